//! How abbreviations and numbers are read aloud, as far as suffixes agree with the reading:
//! *AYM'ye* (a-ye-me), *TBK'nın* (te-be-ka), *VUK'un* (vuk), *344'ün* (kırk dört).

use super::automaton::{Context, Next};
use super::letters::{Ending, Harmony, Letters, OTHER, code_of, codes_of, is_vowel};

/// What the reading of an abbreviation asks of the suffix behind it.
///
/// An abbreviation that ends in a vowel and a consonant is read as a word (*VUK*, *TÜİK*), any
/// other by the name of its last letter; k is called *ka*, as lawyers do.
pub(super) fn after_abbreviation(abbreviation: &str) -> Context {
    let letters: String = abbreviation
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let Some(codes) = codes_of(&letters) else {
        return letters
            .chars()
            .next_back()
            .and_then(after_digit)
            .unwrap_or(Context::ANY);
    };
    let pronounceable = match codes.as_slice() {
        [.., last] if is_vowel(*last) => true,
        [.., before, _] if codes.len() > 2 => is_vowel(*before),
        _ => false,
    };
    if pronounceable {
        return Context::after(&codes);
    }
    let harmony = match codes.last() {
        Some(&code) if code == code_of('k') => Harmony::Back,
        _ => Harmony::Front,
    };
    Context {
        harmony: harmony as u8,
        ending: Ending::Vowel as u8,
        next: Next::Anything,
    }
}

/// What the reading of a number asks of the suffix behind it; `None` if it is no number.
pub(super) fn after_number(number: &str) -> Option<Context> {
    let digits = number.trim_end_matches('.');
    if !digits.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let significant = digits.trim_end_matches('0');
    let zeros = digits.len() - significant.len();
    let last = significant.chars().next_back();
    let name = match (zeros, last) {
        (0, Some(digit)) => return after_digit(digit),
        (1, Some(tens)) => match tens {
            '1' => "on",
            '2' => "yirmi",
            '3' => "otuz",
            '4' => "kırk",
            '5' => "elli",
            '6' => "altmış",
            '7' => "yetmiş",
            '8' => "seksen",
            '9' => "doksan",
            _ => "sıfır",
        },
        (2, Some(c)) if c.is_ascii_digit() => "yüz",
        (3..=5, Some(c)) if c.is_ascii_digit() => "bin",
        (6..=8, Some(c)) if c.is_ascii_digit() => "milyon",
        (9..=11, Some(c)) if c.is_ascii_digit() => "milyar",
        _ => "sıfır",
    };
    Some(after_name(name))
}

/// After a number word, without putting its letters on the heap.
fn after_name(name: &str) -> Context {
    let mut letters = Letters::EMPTY;
    letters.read(name);
    Context::after(letters.codes())
}

fn after_digit(digit: char) -> Option<Context> {
    let name = match digit {
        '0' => "sıfır",
        '1' => "bir",
        '2' => "iki",
        '3' => "üç",
        '4' => "dört",
        '5' => "beş",
        '6' => "altı",
        '7' => "yedi",
        '8' => "sekiz",
        '9' => "dokuz",
        _ => return None,
    };
    Some(after_name(name))
}

/// Whether a word looks like an abbreviation: letters that nobody could read as a word.
pub(super) fn looks_like_abbreviation(codes: &[u8]) -> bool {
    !codes.is_empty() && !codes.iter().any(|&code| is_vowel(code) || code == OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agrees(context: Option<Context>, harmony: Harmony, ending: Ending) {
        let context = context.unwrap();
        assert_eq!(context.harmony, harmony as u8);
        assert_eq!(context.ending, ending as u8);
    }

    #[test]
    fn abbreviations_are_read() {
        let read = |word| Some(after_abbreviation(word));
        agrees(read("TBK"), Harmony::Back, Ending::Vowel);
        agrees(read("AYM"), Harmony::Front, Ending::Vowel);
        agrees(read("VUK"), Harmony::BackRound, Ending::Voiceless);
        agrees(read("TÜİK"), Harmony::Front, Ending::Voiceless);
        agrees(read("TBMM"), Harmony::Front, Ending::Vowel);
        agrees(read("TOKİ"), Harmony::Front, Ending::Vowel);
    }

    #[test]
    fn numbers_are_read() {
        agrees(after_number("344"), Harmony::FrontRound, Ending::Voiceless);
        agrees(after_number("2004"), Harmony::FrontRound, Ending::Voiceless);
        agrees(after_number("6098"), Harmony::Front, Ending::Voiced);
        agrees(after_number("2010"), Harmony::BackRound, Ending::Voiced);
        agrees(after_number("100"), Harmony::FrontRound, Ending::Voiced);
        agrees(after_number("5000"), Harmony::Front, Ending::Voiced);
        agrees(after_number("0"), Harmony::Back, Ending::Voiced);
        assert!(after_number("md").is_none());
    }
}
