//! What is never expanded: stop words, numbers, dates, and citations of statutes and decisions.
//!
//! A citation is kept as a whole, with the name of the statute or court in it: *TBK m. 344* asks
//! for that article, and *6098 sayılı Kanun m. 344* is another citation, not another word for it.
//! A name without a number (*TBK*, *HGK kararı*) is a term like any other.

use super::query::WordKind;
use super::stop_words::is_stop_word;
use crate::text::normal_form;

/// The sort of every word of a run. Linear in the number of words.
pub(super) fn kinds(words: &[&str]) -> Vec<WordKind> {
    let forms: Vec<_> = words.iter().map(|word| normal_form(word)).collect();
    let mut kinds: Vec<WordKind> = words
        .iter()
        .zip(&forms)
        .map(|(word, form)| match () {
            () if is_number(word) => WordKind::Number,
            () if is_stop_word(form) => WordKind::Stop,
            () => WordKind::Ordinary,
        })
        .collect();
    let run = Run {
        words,
        forms: forms.iter().map(AsRef::as_ref).collect(),
    };
    let mut at = 0;
    while at < words.len() {
        match run.citation_at(at) {
            Some(end) => {
                let start = run.with_name_before(at);
                kinds[start..end].fill(WordKind::Citation);
                at = end;
            }
            None => {
                if let Some(end) = run.date_at(at) {
                    kinds[at..end].fill(WordKind::Number);
                }
                at += 1;
            }
        }
    }
    kinds
}

struct Run<'a> {
    words: &'a [&'a str],
    forms: Vec<&'a str>,
}

impl Run<'_> {
    fn form(&self, at: usize) -> &str {
        self.forms.get(at).copied().unwrap_or("")
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).copied().unwrap_or("")
    }

    /// Where the citation that begins with this word ends.
    fn citation_at(&self, at: usize) -> Option<usize> {
        let form = self.form(at);
        // "m. 344", "madde 344/1", "md.166": the article of a statute.
        if is_article_mark(form) && is_number(self.word(at + 1)) {
            return Some(self.paragraphs(at + 2));
        }
        if let Some(number) = ["md.", "m."].iter().find_map(|mark| {
            let lower = self.word(at).strip_prefix(mark)?;
            Some(lower)
        }) {
            if is_number(number) {
                return Some(self.paragraphs(at + 1));
            }
        }
        // "E. 2019/1234", "K: 2020/567", "Esas No 2019/1".
        if is_docket_mark(form) {
            let skip = usize::from(matches!(self.form(at + 1), "no" | "numarası" | "sayısı"));
            if is_docket(self.word(at + 1 + skip)) {
                return Some(at + 2 + skip);
            }
        }
        if !is_number(self.word(at)) {
            return None;
        }
        // "344. maddesinin 2. fıkrası"
        if self.form(at + 1).starts_with("madde") {
            return Some(self.paragraphs(at + 2));
        }
        // "2019/1234 E.", "2019/1234 Esas sayılı"
        if is_docket(self.word(at)) {
            if is_docket_mark(self.form(at + 1)) {
                let skip = usize::from(matches!(self.form(at + 2), "sayılı" | "no'lu" | "nolu"));
                return Some(at + 2 + skip);
            }
            if self.form(at + 1) == "sayılı" {
                return Some(at + 2);
            }
        }
        // "6098 sayılı TBK", "6098 sayılı Türk Borçlar Kanunu"
        if self.form(at + 1) == "sayılı" {
            if is_abbreviation(self.word(at + 2)) {
                return Some(self.article_behind(at + 3));
            }
            let name_end = (at + 2..at + 12)
                .take_while(|&i| is_capitalised(self.word(i)))
                .find(|&i| is_statute_noun(self.form(i)));
            return Some(name_end.map_or(at + 2, |end| self.article_behind(end + 1)));
        }
        None
    }

    /// The article that may follow a statute.
    fn article_behind(&self, at: usize) -> usize {
        self.citation_at_article(at).unwrap_or(at)
    }

    fn citation_at_article(&self, at: usize) -> Option<usize> {
        let marked = is_article_mark(self.form(at)) && is_number(self.word(at + 1));
        let counted = is_number(self.word(at)) && self.form(at + 1).starts_with("madde");
        (marked || counted).then(|| self.paragraphs(at + 2))
    }

    /// "1. fıkrası", "2. fıkranın", "(b) bendi", behind an article.
    fn paragraphs(&self, mut at: usize) -> usize {
        loop {
            let part = self.form(at + 1);
            let is_part = ["fıkra", "bend", "bent", "cümle"]
                .iter()
                .any(|p| part.starts_with(p));
            let counted = is_number(self.word(at))
                || self.form(at).chars().count() == 1
                || matches!(
                    self.form(at),
                    "birinci" | "ikinci" | "üçüncü" | "dördüncü" | "son"
                );
            let short = matches!(self.form(at), "f" | "fıkra" | "bent" | "b" | "c")
                && is_number(self.word(at + 1));
            if !(short || (is_part && counted)) {
                return at;
            }
            at += 2;
        }
    }

    /// The name of the statute or court right before a citation.
    fn with_name_before(&self, at: usize) -> usize {
        let mut start = at;
        // "Yargıtay 9. HD", "3. Hukuk Dairesi", "HGK"
        if start > 0 && is_abbreviation(self.word(start - 1)) {
            start -= 1;
        } else if start > 0 && is_court_noun(self.form(start - 1)) {
            start -= 1;
            let first = start.saturating_sub(3);
            while start > first && is_capitalised(self.word(start - 1)) {
                start -= 1;
            }
        } else if start > 0 && is_statute_noun(self.form(start - 1)) {
            let lowest = start.saturating_sub(9);
            start -= 1;
            while start > lowest && is_capitalised(self.word(start - 1)) {
                start -= 1;
            }
            return start;
        }
        if start < at {
            if start > 0 && is_number(self.word(start - 1)) {
                start -= 1;
            }
            if start > 0
                && matches!(
                    self.form(start - 1),
                    "yargıtay" | "danıştay" | "bam" | "bölge"
                )
            {
                start -= 1;
            }
        }
        start
    }

    /// "12 Mart 2019".
    fn date_at(&self, at: usize) -> Option<usize> {
        const MONTHS: &[&str] = &[
            "ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül",
            "ekim", "kasım", "aralık",
        ];
        (is_number(self.word(at))
            && MONTHS.contains(&self.form(at + 1))
            && is_number(self.word(at + 2)))
        .then_some(at + 3)
    }
}

/// A number with what is written into it: *344*, *166/1-a*, *12.03.2019*, *%20*, *2004'ten*.
fn is_number(word: &str) -> bool {
    let word = word.trim_start_matches(['%', '(', '§']);
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let body = word.split(['\'', '’']).next().unwrap_or(word);
    let letters = body.chars().filter(|c| c.is_alphabetic()).count();
    letters <= 2
        && body
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '/' | '-' | ':' | '%' | ')'))
}

/// *2019/1234*, *2019/13-100*.
fn is_docket(word: &str) -> bool {
    let Some((year, number)) = word.split_once('/') else {
        return false;
    };
    year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
        && number.starts_with(|c: char| c.is_ascii_digit())
}

fn is_article_mark(form: &str) -> bool {
    matches!(form, "m" | "md" | "mad" | "madde" | "maddesi" | "maddeleri")
}

fn is_docket_mark(form: &str) -> bool {
    matches!(
        form,
        "e" | "k" | "esas" | "karar" | "t" | "tarih" | "tarihli"
    )
}

fn is_statute_noun(form: &str) -> bool {
    [
        "kanun",
        "yasa",
        "khk",
        "tüzü",
        "yönetmeli",
        "tebliğ",
        "kararname",
        "anayasa",
    ]
    .iter()
    .any(|noun| form.starts_with(noun))
}

fn is_court_noun(form: &str) -> bool {
    ["dairesi", "kurulu", "mahkemesi"]
        .iter()
        .any(|noun| form.starts_with(noun))
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase())
        || matches!(word, "ve" | "ile" | "sayılı" | "hakkında" | "dair")
}

/// *TBK*, *HGK'nın*, *HD*, *A.Ş.*
fn is_abbreviation(word: &str) -> bool {
    let body = word.split(['\'', '’']).next().unwrap_or(word);
    let letters = body.chars().filter(|c| c.is_alphabetic()).count();
    (2..=8).contains(&letters) && body.chars().all(|c| c.is_uppercase() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every word with its sort: c citation, n number, s stop word, - ordinary.
    fn marks(text: &str) -> String {
        let words: Vec<&str> = text
            .split_whitespace()
            .map(|w| w.trim_end_matches([',', ';']))
            .collect();
        kinds(&words)
            .iter()
            .map(|kind| match kind {
                WordKind::Citation => 'c',
                WordKind::Number => 'n',
                WordKind::Stop => 's',
                WordKind::Ordinary => '-',
            })
            .collect()
    }

    #[test]
    fn citations_of_statutes() {
        for (text, expected) in [
            ("6098 sayılı TBK m. 344", "ccccc"),
            ("TMK md. 166/1", "ccc"),
            ("TMK md.166/1 boşanma", "cc-"),
            ("tahliye TBK m. 344 uyarınca", "-cccs"),
            ("TBK'nın 344. maddesi", "ccc"),
            ("TBK'nın 344. maddesinin 2. fıkrası", "ccccc"),
            (
                "6098 sayılı Türk Borçlar Kanunu'nun 344. maddesi",
                "ccccccc",
            ),
            ("Türk Medeni Kanunu'nun 166. maddesi boşanma", "ccccc-"),
            ("4857 sayılı İş Kanunu işe iade", "cccc--"),
            ("6100 sayılı kanun", "cc-"),
            ("TBK genel işlem koşulları", "----"),
            ("m. 5", "cc"),
        ] {
            assert_eq!(marks(text), expected, "{text}");
        }
    }

    #[test]
    fn citations_of_decisions() {
        for (text, expected) in [
            ("2019/1234 E., 2020/567 K.", "cccc"),
            ("HGK 2019/13-100 E.", "ccc"),
            ("Yargıtay 9. HD, 2019/1234 E.", "ccccc"),
            (
                "Yargıtay 3. Hukuk Dairesi 2019/1234 Esas sayılı kararı",
                "ccccccc-",
            ),
            ("E. 2019/1234 K. 2020/567", "cccc"),
            ("Esas No 2019/1", "ccc"),
            ("HGK kararı", "--"),
            ("2019/1234", "n"),
        ] {
            assert_eq!(marks(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_dates_and_stop_words() {
        for (text, expected) in [
            ("12.03.2019 tarihli ihtarname", "n--"),
            ("12 Mart 2019 günlü", "nnn-"),
            ("kira ile satış", "-s-"),
            ("%20 artış", "n-"),
            ("2004'ten beri", "ns"),
            ("kıdem tazminatına ilişkin davada", "--s-"),
        ] {
            assert_eq!(marks(text), expected, "{text}");
        }
    }
}
