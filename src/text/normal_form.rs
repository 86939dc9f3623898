//! The normal form of a term: what the index is keyed by.

use std::borrow::Cow;

use super::apostrophe::push_without_suffix;
use super::case::{DOT_ABOVE, lower};
use super::unicode::{nfc, nfd, nfkd};
use crate::error::{Error, Result};

/// The longest term accepted, in bytes of UTF-8. The longest term of the Turkish corpus has 66
/// characters; a longer text than this is not a term.
pub const MAX_TERM_BYTES: usize = 1024;

const CIRCUMFLEX: char = '\u{302}';

/// The normal form of a term, for index and query alike.
///
/// In this order: compatibility decomposition (full-width letters, ligatures), invisible
/// characters out, Turkish case folding, hyphens and all white space to single spaces, quotation
/// marks out, inflection after the apostrophe of a name or abbreviation out (*TBK'nın* is *tbk*),
/// other apostrophes out (*def'i* is *defi*), punctuation at both ends out, circumflex out
/// (*hâkim* and *hakim* meet), canonical composition.
///
/// Idempotent: `normal_form(normal_form(x)) == normal_form(x)`. Borrowed if nothing changes.
/// Linear in the length of `text`.
///
/// ```
/// use semrel::text::normal_form;
///
/// assert_eq!(normal_form("  SAKLI   PAY "), "saklı pay");
/// assert_eq!(normal_form("TBK’nın"), "tbk");
/// assert_eq!(normal_form("Hâkim"), "hakim");
/// assert_eq!(normal_form("hikmet-i teşrî"), "hikmet i teşri");
/// ```
pub fn normal_form(text: &str) -> Cow<'_, str> {
    normalize(text, Circumflex::Drop)
}

/// Like [`normal_form`], but the circumflex stays: tells *hâkim* (judge) from *hakim* (wise) and
/// *kâr* (profit) from *kar* (snow) where both are in the lexicon.
///
/// ```
/// use semrel::text::spelling_form;
///
/// assert_eq!(spelling_form("KÂR'ın"), "kâr");
/// ```
pub fn spelling_form(text: &str) -> Cow<'_, str> {
    normalize(text, Circumflex::Keep)
}

/// The [`normal_form`] of `text`, or an error if it cannot be a term.
///
/// # Errors
///
/// [`ErrorKind::Limit`](crate::ErrorKind::Limit) if `text` is longer than [`MAX_TERM_BYTES`],
/// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) if nothing but white space,
/// punctuation or invisible characters is in it.
pub fn term_form(text: &str) -> Result<Cow<'_, str>> {
    if text.len() > MAX_TERM_BYTES {
        return Err(Error::limit(format!(
            "a term of {} bytes is too long: at most {MAX_TERM_BYTES} bytes are a term",
            text.len()
        )));
    }
    let form = normal_form(text);
    if form.is_empty() {
        return Err(Error::invalid(format!(
            "{text:?} is no term: it holds no letter or digit"
        )));
    }
    Ok(form)
}

#[derive(Clone, Copy, PartialEq)]
enum Circumflex {
    Drop,
    Keep,
}

fn normalize(text: &str, circumflex: Circumflex) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut form = pass(text, circumflex);
    // One pass settles ordinary text. Characters whose lower case decomposes further may want
    // another; the loop ends because every pass folds or removes what it changes.
    while !is_plain(&form) {
        let again = pass(&form, circumflex);
        if again == form {
            break;
        }
        form = again;
    }
    Cow::Owned(form)
}

/// Whether `text` surely is in normal form: lower-case Turkish letters, ASCII digits and inner
/// `.`, `&`, `/`, `+`, `%`, single spaces between words.
fn is_plain(text: &str) -> bool {
    let mut previous = ' ';
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' | 'ç' | 'ğ' | 'ı' | 'ö' | 'ş' | 'ü' => {}
            ' ' | '.' | '&' | '/' | '+' | '%' if previous != ' ' => {}
            _ => return false,
        }
        previous = c;
    }
    text.is_empty() || !is_outer(previous)
}

fn pass(text: &str, circumflex: Circumflex) -> String {
    if text.chars().all(is_settled) {
        let form = join_tokens(&fold(text.chars()));
        let trimmed = form.trim_matches(is_outer);
        return match circumflex {
            Circumflex::Keep => trimmed.to_owned(),
            Circumflex::Drop => trimmed.chars().map(without_circumflex).collect(),
        };
    }
    let mut visible = nfkd(text);
    visible.retain(|c| !is_invisible(c));
    let form = join_tokens(&fold(nfc(&visible).chars()));
    let trimmed = form.trim_matches(is_outer);
    match circumflex {
        Circumflex::Keep => nfc(trimmed),
        Circumflex::Drop => nfc(&nfd(trimmed).replace(CIRCUMFLEX, "")),
    }
}

/// Whether Unicode decomposition and composition leave `c` alone, whatever settled characters
/// stand beside it: what Turkish is typed with. Such text takes the short way through [`pass`].
fn is_settled(c: char) -> bool {
    c.is_ascii()
        || matches!(
            c,
            'Ç' | 'Ğ' | 'İ' | 'Ö' | 'Ş' | 'Ü' | 'ç' | 'ğ' | 'ı' | 'ö' | 'ş' | 'ü'
        )
        || matches!(c, 'Â' | 'Î' | 'Û' | 'â' | 'î' | 'û')
        || matches!(c, '’' | '‘' | '“' | '”' | '–' | '—')
}

fn without_circumflex(c: char) -> char {
    match c {
        'â' => 'a',
        'î' => 'i',
        'û' => 'u',
        other => other,
    }
}

/// Case folded; apostrophes `'`; dashes and white space single characters, spaces.
fn fold(text: impl Iterator<Item = char>) -> String {
    let mut folded = String::with_capacity(text.size_hint().1.unwrap_or(0));
    let mut after_i = false;
    for c in text.flat_map(lower) {
        if c == DOT_ABOVE && after_i {
            continue;
        }
        after_i = c == 'i';
        match c {
            c if is_quote(c) => {}
            c if is_apostrophe(c) => folded.push('\''),
            c if is_dash(c) || c.is_whitespace() || c.is_control() => folded.push(' '),
            c => folded.push(c),
        }
    }
    folded
}

/// Words without inflection after an apostrophe, with one space between them.
fn join_tokens(folded: &str) -> String {
    let mut form = String::with_capacity(folded.len());
    for token in folded.split(' ').filter(|token| !token.is_empty()) {
        let before = form.len();
        if !form.is_empty() {
            form.push(' ');
        }
        let start = form.len();
        if token.contains('\'') {
            push_without_suffix(token, &mut form);
        } else {
            form.push_str(token);
        }
        if form.len() == start {
            form.truncate(before);
        }
    }
    form
}

/// Punctuation that does not belong to a term when it stands at either end.
fn is_outer(c: char) -> bool {
    matches!(
        c,
        ' ' | '.'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '…'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '/'
            | '\\'
            | '|'
            | '&'
            | '+'
            | '*'
            | '~'
            | '^'
            | '_'
            | '='
    )
}

fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | '‛' | 'ʼ' | 'ʹ' | 'ʻ' | 'ʾ' | 'ʿ' | '`' | '´' | '′' | '＇' | '\u{1fbf}'
    )
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '″')
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Characters that take no room on screen: soft hyphen, zero-width and bidirectional controls,
/// variation selectors, tags, the byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use proptest::prelude::*;

    #[test]
    fn turkish_spellings_meet() {
        for (written, form) in [
            ("İSTANBUL'DA", "istanbul"),
            ("i\u{307}stanbul", "istanbul"),
            ("I\u{307}STANBUL", "istanbul"),
            ("YARGITAY", "yargıtay"),
            ("Yargıtay’ın", "yargıtay"),
            ("Türk Borçlar Kanunu'nun", "türk borçlar kanunu"),
            ("s\u{327}irket", "şirket"),
            ("ＴＢＫ　ｍａｄｄｅ", "tbk madde"),
            ("saklı\u{ad} pay\u{200b}", "saklı pay"),
            ("saklı\u{a0}pay", "saklı pay"),
            ("“saklı pay”", "saklı pay"),
            ("saklı pay.", "saklı pay"),
            ("A.Ş.", "a.ş"),
            ("e-posta", "e posta"),
            ("e\u{2011}posta", "e posta"),
            ("Hikmet-i  teşrî", "hikmet i teşri"),
            ("a\u{302}lem", "alem"),
            ("KÂRDAN ZARAR", "kardan zarar"),
            ("İİK'nın 4949 sayılı Kanun'la", "iik 4949 sayılı kanun"),
            ("def’i", "defi"),
            ("' '", ""),
            ("", ""),
            ("ﬁkir", "fikir"),
        ] {
            assert_eq!(normal_form(written), form, "{written:?}");
        }
    }

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(normal_form("kira sözleşmesi"), Cow::Borrowed(_)));
        assert!(matches!(normal_form("Kira sözleşmesi"), Cow::Owned(_)));
    }

    #[test]
    fn spelling_keeps_the_circumflex() {
        assert_eq!(spelling_form("Hâkim"), "hâkim");
        assert_eq!(spelling_form("HA\u{302}KİM"), "hâkim");
        assert_eq!(spelling_form("hakim"), "hakim");
    }

    #[test]
    fn what_cannot_be_a_term_is_refused() {
        assert_eq!(
            term_form(" - ").unwrap_err().kind(),
            ErrorKind::InvalidInput
        );
        assert_eq!(
            term_form("\u{200b}").unwrap_err().kind(),
            ErrorKind::InvalidInput
        );
        let long = "a".repeat(1 << 20);
        let error = term_form(&long).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit);
        assert!(error.to_string().len() < 200);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn idempotent_on_any_text(text in any::<String>()) {
            let once = normal_form(&text).into_owned();
            prop_assert_eq!(normal_form(&once), once.as_str());
            let spelled = spelling_form(&text).into_owned();
            prop_assert_eq!(spelling_form(&spelled), spelled.as_str());
        }

        #[test]
        fn idempotent_on_turkish_like_text(
            text in "[a-zA-ZçğıöşüÇĞİÖŞÜâîûÂÎÛ0-9 '’\\-.\u{302}\u{307}\u{327}\u{200b}\"]{0,40}"
        ) {
            let once = normal_form(&text).into_owned();
            prop_assert_eq!(normal_form(&once), once.as_str());
        }

        /// The short way is the long way: an invisible character in front forces the latter.
        #[test]
        fn settled_text_needs_no_normalization(
            text in "[ -~çğıöşüÇĞİÖŞÜâîûÂÎÛ’‘“”–—\t\n\u{7f}]{0,40}"
        ) {
            prop_assert!(text.chars().all(is_settled));
            for circumflex in [Circumflex::Drop, Circumflex::Keep] {
                let long_way = pass(&format!("\u{200b}{text}"), circumflex);
                prop_assert_eq!(pass(&text, circumflex), long_way);
            }
        }

        #[test]
        fn case_does_not_matter(text in "[a-zçğıöşü ]{0,30}") {
            let upper: String = text
                .chars()
                .flat_map(|c| match c {
                    'i' => vec!['İ'],
                    c => c.to_uppercase().collect(),
                })
                .collect();
            prop_assert_eq!(normal_form(&upper), normal_form(&text));
        }

        #[test]
        fn spelling_form_refines_normal_form(text in any::<String>()) {
            let spelled = spelling_form(&text).into_owned();
            prop_assert_eq!(normal_form(&spelled), normal_form(&text));
        }
    }
}
