//! The Turkish alphabet as small codes, its sound classes, and the reading of a word form.

use crate::text::{is_latin_mark, nfc};

/// The 29 Turkish letters and q, w, x. A letter's code is its index.
pub(super) const ALPHABET: [char; 32] = [
    'a', 'b', 'c', 'ç', 'd', 'e', 'f', 'g', 'ğ', 'h', 'ı', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'ö',
    'p', 'q', 'r', 's', 'ş', 't', 'u', 'ü', 'v', 'w', 'x', 'y', 'z',
];

/// What stands for a character that is no letter (digits, hyphens, other scripts).
pub(super) const OTHER: u8 = 32;

/// More letters than any Turkish word has; longer input is its own lemma.
pub(super) const MAX_LETTERS: usize = 48;

pub(super) const A: u8 = 0;
pub(super) const E: u8 = 5;
pub(super) const G_SOFT: u8 = 8;
pub(super) const K: u8 = 13;
pub(super) const Y: u8 = 30;

const fn bit(letter: char) -> u32 {
    1 << code_of(letter)
}

const VOWELS: u32 =
    bit('a') | bit('e') | bit('ı') | bit('i') | bit('o') | bit('ö') | bit('u') | bit('ü');
const VOICELESS: u32 = bit('ç')
    | bit('f')
    | bit('h')
    | bit('k')
    | bit('p')
    | bit('q')
    | bit('s')
    | bit('ş')
    | bit('t')
    | bit('x');

/// The code of a lower-case letter; [`OTHER`] for anything else.
pub(super) const fn code_of(letter: char) -> u8 {
    let mut code = 0;
    while code < 32 {
        if ALPHABET[code as usize] == letter {
            return code;
        }
        code += 1;
    }
    OTHER
}

pub(super) fn is_vowel(code: u8) -> bool {
    code < 32 && VOWELS >> code & 1 == 1
}

/// How a suffix agrees with the last vowel before it. The discriminants are bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Harmony {
    /// After a, ı.
    Back = 1,
    /// After e, i.
    Front = 2,
    /// After o, u.
    BackRound = 4,
    /// After ö, ü.
    FrontRound = 8,
}

impl Harmony {
    pub(super) const ALL: [Self; 4] = [Self::Back, Self::Front, Self::BackRound, Self::FrontRound];

    /// The class of a vowel.
    pub(super) fn of_vowel(code: u8) -> Option<Self> {
        match ALPHABET.get(code as usize)? {
            'a' | 'ı' => Some(Self::Back),
            'e' | 'i' => Some(Self::Front),
            'o' | 'u' => Some(Self::BackRound),
            'ö' | 'ü' => Some(Self::FrontRound),
            _ => None,
        }
    }

    /// The class of the last vowel of `codes`.
    pub(super) fn of_word(codes: &[u8]) -> Option<Self> {
        codes.iter().rev().find_map(|&code| Self::of_vowel(code))
    }

    /// The same roundness at the front of the mouth: *saat* takes *saati*, *rol* takes *rolü*.
    pub(super) fn fronted(self) -> Self {
        match self {
            Self::Back | Self::Front => Self::Front,
            Self::BackRound | Self::FrontRound => Self::FrontRound,
        }
    }

    /// `A` of a suffix shape.
    pub(super) fn low_vowel(self) -> u8 {
        match self {
            Self::Back | Self::BackRound => A,
            Self::Front | Self::FrontRound => E,
        }
    }

    /// `I` of a suffix shape.
    pub(super) fn high_vowel(self) -> u8 {
        match self {
            Self::Back => const { code_of('ı') },
            Self::Front => const { code_of('i') },
            Self::BackRound => const { code_of('u') },
            Self::FrontRound => const { code_of('ü') },
        }
    }
}

/// What the last sound asks of the next suffix: a buffer letter, t for d. Discriminants are bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Ending {
    Vowel = 1,
    Voiced = 2,
    Voiceless = 4,
}

impl Ending {
    pub(super) const ALL: [Self; 3] = [Self::Vowel, Self::Voiced, Self::Voiceless];

    pub(super) fn of_letter(code: u8) -> Self {
        if is_vowel(code) {
            Self::Vowel
        } else if code < 32 && VOICELESS >> code & 1 == 1 {
            Self::Voiceless
        } else {
            Self::Voiced
        }
    }
}

/// A word form read into letter codes: case folded by Turkish rules, circumflex off (but
/// remembered), apostrophe out (but remembered).
#[derive(Clone, Debug)]
pub(super) struct Letters {
    codes: [u8; MAX_LETTERS],
    len: usize,
    /// Letters before the last apostrophe.
    pub(super) apostrophe: Option<usize>,
    /// Byte offset of that apostrophe.
    pub(super) apostrophe_byte: usize,
    /// Bit `i`: letter `i` was written with a circumflex.
    pub(super) circumflex: u64,
    /// How many of the letters are upper case.
    pub(super) capitals: u8,
    /// A character is no letter, or there are too many of them.
    pub(super) opaque: bool,
}

impl Letters {
    pub(super) const EMPTY: Self = Self {
        codes: [0; MAX_LETTERS],
        len: 0,
        apostrophe: None,
        apostrophe_byte: 0,
        circumflex: 0,
        capitals: 0,
        opaque: false,
    };

    pub(super) fn codes(&self) -> &[u8] {
        &self.codes[..self.len]
    }

    /// Reads `word`. Linear; stops early in a text that is too long to be a word.
    pub(super) fn read(&mut self, word: &str) {
        self.clear();
        for (at, c) in word.char_indices() {
            if is_latin_mark(c) {
                // Rare: decomposed input. An apostrophe is where it is in the input as it came.
                self.clear();
                let apostrophe = word.rfind(is_apostrophe).unwrap_or(0);
                for c in nfc(word).chars() {
                    if !self.push(c, apostrophe) {
                        break;
                    }
                }
                return;
            }
            if !self.push(c, at) {
                break;
            }
        }
    }

    fn clear(&mut self) {
        self.len = 0;
        self.apostrophe = None;
        self.apostrophe_byte = 0;
        self.circumflex = 0;
        self.capitals = 0;
        self.opaque = false;
    }

    /// Whether reading goes on.
    fn push(&mut self, c: char, at: usize) -> bool {
        if self.len == MAX_LETTERS {
            self.opaque = true;
            self.apostrophe = None;
            return false;
        }
        let (code, circumflex) = match c {
            'a'..='z' => (LATIN[(c as u32 - 'a' as u32) as usize], false),
            'ı' => (const { code_of('ı') }, false),
            'ş' => (const { code_of('ş') }, false),
            'ü' => (const { code_of('ü') }, false),
            'ç' => (const { code_of('ç') }, false),
            'ğ' => (const { code_of('ğ') }, false),
            'ö' => (const { code_of('ö') }, false),
            'â' => (A, true),
            'î' => (const { code_of('i') }, true),
            'û' => (const { code_of('u') }, true),
            _ => {
                self.capitals += u8::from(c.is_uppercase());
                match c {
                    'I' => (const { code_of('ı') }, false),
                    'İ' => (const { code_of('i') }, false),
                    'A'..='Z' => (LATIN[(c as u32 - 'A' as u32) as usize], false),
                    'Ş' => (const { code_of('ş') }, false),
                    'Ü' => (const { code_of('ü') }, false),
                    'Ç' => (const { code_of('ç') }, false),
                    'Ğ' => (const { code_of('ğ') }, false),
                    'Ö' => (const { code_of('ö') }, false),
                    'Â' => (A, true),
                    'Î' => (const { code_of('i') }, true),
                    'Û' => (const { code_of('u') }, true),
                    // What naive lower-casing leaves of İ, and the soft hyphen.
                    '\u{307}' | '\u{ad}' => return true,
                    c if is_apostrophe(c) => {
                        if self.len > 0 {
                            self.apostrophe = Some(self.len);
                            self.apostrophe_byte = at;
                        }
                        return true;
                    }
                    _ => (OTHER, false),
                }
            }
        };
        if code == OTHER {
            self.opaque = true;
        }
        self.circumflex |= u64::from(circumflex) << self.len;
        self.codes[self.len] = code;
        self.len += 1;
        true
    }
}

const LATIN: [u8; 26] = {
    let mut codes = [0; 26];
    let mut i = 0;
    while i < 26 {
        codes[i] = code_of((b'a' + i as u8) as char);
        i += 1;
    }
    codes
};

/// Whether `c` may separate a name from its inflection.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '‛' | 'ʼ' | '`' | '´' | '′' | '＇')
}

/// Appends the letters of `codes` to `out`.
pub(super) fn spell(codes: &[u8], out: &mut String) {
    out.extend(codes.iter().filter_map(|&code| ALPHABET.get(code as usize)));
}

/// The codes of a word that is only letters; `None` otherwise.
pub(super) fn codes_of(word: &str) -> Option<Vec<u8>> {
    let mut letters = Letters::EMPTY;
    letters.read(word);
    (!letters.opaque && letters.len > 0).then(|| letters.codes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{fold_case, normal_form};

    fn read(word: &str) -> (String, Option<usize>, bool) {
        let mut letters = Letters::EMPTY;
        letters.read(word);
        let mut out = String::new();
        spell(letters.codes(), &mut out);
        (out, letters.apostrophe, letters.opaque)
    }

    #[test]
    fn reading_folds_like_the_rest_of_the_library() {
        for letter in "abcçdefgğhıijklmnoöpqrsştuüvwxyzABCÇDEFGĞHIİJKLMNOÖPQRSŞTUÜVWXYZ".chars()
        {
            let word = letter.to_string();
            assert_eq!(read(&word).0, fold_case(&word), "{letter}");
        }
        assert_eq!(read("I\u{307}l").0, normal_form("I\u{307}l"));
        assert_eq!(read("i\u{307}l").0, "il");
        assert_eq!(read("s\u{327}art").0, "şart");
        assert_eq!(read("HÂKİM").0, "hakim");
    }

    #[test]
    fn apostrophes_are_remembered() {
        assert_eq!(read("TBK’nın"), ("tbknın".into(), Some(3), false));
        assert_eq!(read("'nın"), ("nın".into(), None, false));
        assert!(read("6098").2);
        assert!(read(&"a".repeat(100)).2);
    }
}
