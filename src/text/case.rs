//! Turkish case folding.

use std::iter;

/// Combining dot above: what naive lower-casing leaves behind `İ` (`i` + U+0307).
pub(crate) const DOT_ABOVE: char = '\u{307}';

/// Lower-cases one character by Turkish rules: `I` becomes `ı`, `İ` becomes `i`.
pub(crate) fn lower(c: char) -> impl Iterator<Item = char> {
    let (single, rest) = match c {
        'I' => (Some('ı'), None),
        'İ' => (Some('i'), None),
        'a'..='z' | '0'..='9' => (Some(c), None),
        'A'..='Z' => (Some(c.to_ascii_lowercase()), None),
        '\0'..='\x7f' | 'ç' | 'ğ' | 'ı' | 'ö' | 'ş' | 'ü' => (Some(c), None),
        'Ç' => (Some('ç'), None),
        'Ğ' => (Some('ğ'), None),
        'Ö' => (Some('ö'), None),
        'Ş' => (Some('ş'), None),
        'Ü' => (Some('ü'), None),
        _ => (None, Some(c.to_lowercase())),
    };
    single.into_iter().chain(rest.into_iter().flatten())
}

/// Lower-cases by Turkish rules, whatever mix of dotted and dotless forms comes in.
///
/// `I` becomes `ı` and `İ` becomes `i`; the dot that other programs leave behind when they
/// lower-case `İ` (`i` + U+0307) is dropped.
///
/// ```
/// use semrel::text::fold_case;
///
/// assert_eq!(fold_case("ISPARTA İLİ"), "ısparta ili");
/// assert_eq!(fold_case("i\u{307}zmir"), "izmir");
/// ```
pub fn fold_case(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_i = false;
    for c in text.chars().flat_map(lower) {
        if c == DOT_ABOVE && after_i {
            continue;
        }
        after_i = c == 'i';
        out.extend(iter::once(c));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::fold_case;

    #[test]
    fn dotted_and_dotless_are_kept_apart() {
        assert_eq!(fold_case("İSTİNAF"), "istinaf");
        assert_eq!(fold_case("YARGITAY"), "yargıtay");
        assert_eq!(fold_case("I\u{307}STANBUL"), "ı\u{307}stanbul");
        assert_eq!(fold_case("ÇĞÖŞÜÂ"), "çğöşüâ");
    }
}
