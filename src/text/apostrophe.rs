//! Apostrophes: inflection after proper names and abbreviations ("TBK'nın", "Ankara'dakiler"),
//! against those that belong to the word ("def'i", "Kur'an", "mer'i").

/// Beginnings of words whose apostrophe stands for an Arabic ayn or hamza and is followed by
/// letters that could be taken for a suffix. The apostrophe is dropped and the letters stay.
const WORD_INTERNAL: &[&str] = &[
    "cem'i",
    "cüz'i",
    "def'i",
    "fer'i",
    "fi'li",
    "hal'i",
    "haml'i",
    "iş'a",
    "kat'i",
    "kıt'a",
    "men'i",
    "mer'i",
    "mus'ı",
    "müdafa'a",
    "mütala'a",
    "nef'i",
    "nev'i",
    "neş'e",
    "nez'i",
    "rab'ı",
    "ref'i",
    "rub'u",
    "seb'a",
    "sem'i",
    "sun'i",
    "tab'ı",
    "tabi'i",
    "te'mi",
    "tevdi'i",
    "vad'e",
    "vaz'ı",
    "zeri'a",
    "şer'i",
    "şuf'a",
];

/// Appends `token` (case already folded, apostrophes already `'`) to `out` without apostrophes
/// and without the inflection that follows one.
pub(crate) fn push_without_suffix(token: &str, out: &mut String) {
    let mut stem = token;
    if !WORD_INTERNAL.iter().any(|word| token.starts_with(word)) {
        while let Some((head, tail)) = stem.rsplit_once('\'') {
            if head.is_empty() || !(tail.is_empty() || is_inflection(tail)) {
                break;
            }
            stem = head;
        }
    }
    out.extend(stem.chars().filter(|&c| c != '\''));
}

/// Whether `suffix` is a chain of nominal inflections: plural, possessive, case, -ki, copula.
///
/// Harmony is not asked for: after an abbreviation it follows the reading ("TBK'nın", "AB'ye").
/// Source: order of nominal inflection in Göksel and Kerslake, *Turkish: A Comprehensive
/// Grammar* (2005), chapter 8.
fn is_inflection(suffix: &str) -> bool {
    let letters: Vec<char> = suffix.chars().collect();
    if letters.is_empty() || letters.len() > 16 {
        return false;
    }
    matches_from(&letters, Slot::Plural)
}

#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Slot {
    Plural,
    Possessive,
    Case,
    Relative,
    Copula,
    End,
}

/// Suffix shapes per slot. `A` is e or a, `I` is ı, i, u or ü, `D` is d or t, `C` is c or ç.
const SHAPES: &[(Slot, &[&str])] = &[
    (Slot::Plural, &["lAr"]),
    (
        Slot::Possessive,
        &[
            "m", "Im", "n", "In", "I", "sI", "mIz", "ImIz", "nIz", "InIz", "lArI",
        ],
    ),
    (
        Slot::Case,
        &[
            "I", "yI", "nI", "A", "yA", "nA", "DA", "nDA", "DAn", "nDAn", "In", "nIn", "lA", "ylA",
            "CA", "nCA",
        ],
    ),
    (Slot::Relative, &["ki", "kü"]),
    (
        Slot::Copula,
        &["DIr", "DI", "yDI", "mIş", "ymIş", "sA", "ysA"],
    ),
];

fn matches_from(letters: &[char], slot: Slot) -> bool {
    if letters.is_empty() {
        return true;
    }
    for &(at, shapes) in SHAPES.iter().filter(|(at, _)| *at >= slot) {
        let next = match at {
            Slot::Plural => Slot::Possessive,
            Slot::Possessive => Slot::Case,
            Slot::Case => Slot::Relative,
            // "-dakilerin": -ki opens a new noun.
            Slot::Relative => Slot::Plural,
            Slot::Copula | Slot::End => Slot::End,
        };
        for shape in shapes {
            if let Some(rest) = strip_shape(letters, shape) {
                if matches_from(rest, next) {
                    return true;
                }
            }
        }
    }
    false
}

fn strip_shape<'a>(letters: &'a [char], shape: &str) -> Option<&'a [char]> {
    let mut rest = letters;
    for wanted in shape.chars() {
        let (&letter, tail) = rest.split_first()?;
        let fits = match wanted {
            'A' => matches!(letter, 'a' | 'e'),
            'I' => matches!(letter, 'ı' | 'i' | 'u' | 'ü'),
            'D' => matches!(letter, 'd' | 't'),
            'C' => matches!(letter, 'c' | 'ç'),
            other => letter == other,
        };
        if !fits {
            return None;
        }
        rest = tail;
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(token: &str) -> String {
        let mut out = String::new();
        push_without_suffix(token, &mut out);
        out
    }

    #[test]
    fn inflection_of_names_is_dropped() {
        for (inflected, stem) in [
            ("tbk'nın", "tbk"),
            ("tmk'ya", "tmk"),
            ("yargıtay'ın", "yargıtay"),
            ("ankara'dakilerin", "ankara"),
            ("aihm'nce", "aihm"),
            ("anayasa'sının", "anayasa"),
            ("hmk'daki", "hmk"),
            ("sgk'dır", "sgk"),
            ("2004'ten", "2004"),
            ("kur'an'ın", "kuran"),
            ("türkiye'nin", "türkiye"),
            ("müslümanlar'ınki", "müslümanlar"),
            ("tbk'", "tbk"),
        ] {
            assert_eq!(strip(inflected), stem, "{inflected}");
        }
    }

    #[test]
    fn apostrophes_inside_words_only_vanish() {
        for (word, joined) in [
            ("def'i", "defi"),
            ("def'inin", "definin"),
            ("mer'i", "meri"),
            ("fer'ilik", "ferilik"),
            ("kur'an", "kuran"),
            ("re'sen", "resen"),
            ("san'at", "sanat"),
            ("mes'ul", "mesul"),
            ("te'minat", "teminat"),
            ("cür'et", "cüret"),
            ("kat'iyet", "katiyet"),
            ("ta'til", "tatil"),
            ("d'hondt", "dhondt"),
            ("5'inci", "5inci"),
            ("'", ""),
            ("'nın", "nın"),
        ] {
            assert_eq!(strip(word), joined, "{word}");
        }
    }
}
