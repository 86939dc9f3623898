//! The suffix table compiled: every surface of every suffix, indexed by state and first letter.

use std::sync::OnceLock;

use super::grammar::{ROWS, Row, State};
use super::letters::{Ending, G_SOFT, Harmony, K, code_of, is_vowel};

/// What may come next after a stem or suffix.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Next {
    Anything,
    /// A vowel, as after *kitab-*.
    Vowel,
    /// No vowel, as after *kitap*.
    NoVowel,
    /// Only -Iyor, as after *ödü-yor*'s *öd-*.
    Iyor,
    /// Only y, as after *di-yen*'s *di-*.
    Glide,
}

/// What the sounds so far ask of the next suffix.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Context {
    /// Bits of [`Harmony`]: more than one if the reading is unknown.
    pub(super) harmony: u8,
    /// Bits of [`Ending`].
    pub(super) ending: u8,
    pub(super) next: Next,
}

impl Context {
    /// After letters whose reading is unknown, such as digits.
    pub(super) const ANY: Self = Self {
        harmony: 15,
        ending: 7,
        next: Next::Anything,
    };

    /// After the letters of a regular word.
    pub(super) fn after(codes: &[u8]) -> Self {
        Self {
            harmony: Harmony::of_word(codes).map_or(15, |harmony| harmony as u8),
            ending: codes
                .last()
                .map_or(7, |&letter| Ending::of_letter(letter) as u8),
            next: Next::Anything,
        }
    }

    /// Whether a word may end here.
    pub(super) fn may_end(self) -> bool {
        matches!(self.next, Next::Anything | Next::NoVowel)
    }
}

/// The longest surface of a suffix (-mAksIzIn has eight letters).
const MAX_SURFACE: usize = 8;

/// One surface of a suffix.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surface {
    letters: [u8; MAX_SURFACE],
    len: u8,
    /// Index of the row in the table.
    pub(super) row: u8,
    pub(super) to: State,
    pub(super) cost: u8,
    /// Bits: after which vowels.
    harmony: u8,
    /// Bits: after which endings.
    ending: u8,
    /// The vowel class behind it; 0 if it has no vowel.
    harmony_after: u8,
    ending_after: u8,
    pub(super) next: Next,
    pub(super) derives: bool,
    pub(super) needs: u16,
    /// The class of what it derives; 0 if it leaves the stem's class alone.
    pub(super) class_after: u16,
}

impl Surface {
    pub(super) fn letters(&self) -> &[u8] {
        &self.letters[..self.len as usize]
    }

    /// Whether the sounds before it allow it.
    pub(super) fn fits(&self, context: Context) -> bool {
        if self.harmony & context.harmony == 0 || self.ending & context.ending == 0 {
            return false;
        }
        match context.next {
            Next::Anything => true,
            Next::Vowel => is_vowel(self.letters[0]),
            Next::NoVowel => !is_vowel(self.letters[0]),
            Next::Iyor => self.is_iyor(),
            Next::Glide => self.letters[0] == super::letters::Y,
        }
    }

    fn is_iyor(&self) -> bool {
        ROWS[self.row as usize].shape == IYOR
    }

    /// What it leaves for the next suffix.
    pub(super) fn after(&self, before: Context) -> Context {
        Context {
            harmony: if self.harmony_after == 0 {
                before.harmony
            } else {
                self.harmony_after
            },
            ending: self.ending_after,
            next: self.next,
        }
    }
}

const IYOR: &str = "Iyor";
const LETTERS: usize = 32;

/// The compiled table.
#[derive(Debug)]
pub(super) struct Automaton {
    surfaces: Vec<Surface>,
    /// Start of the surfaces of a state and first letter; one more entry than there are pairs.
    index: Vec<u16>,
    /// Rows without surface, by state: they apply at the end of a word.
    silent: Vec<Option<u8>>,
}

impl Automaton {
    /// The one automaton, compiled on first use (well under a millisecond).
    pub(super) fn get() -> &'static Self {
        static AUTOMATON: OnceLock<Automaton> = OnceLock::new();
        AUTOMATON.get_or_init(Self::compile)
    }

    fn compile() -> Self {
        let mut surfaces = Vec::new();
        let mut index = vec![0];
        let mut silent = vec![None; State::ALL.len()];
        for (state_at, &state) in State::ALL.iter().enumerate() {
            debug_assert_eq!(state as usize, state_at);
            let mut here = Vec::new();
            for (at, row) in ROWS.iter().enumerate() {
                if !row.from.contains(&state) {
                    continue;
                }
                if row.shape.is_empty() {
                    silent[state_at] = Some(at as u8);
                } else {
                    surfaces_of(at as u8, row, &mut here);
                }
            }
            for letter in 0..LETTERS {
                let starting = here
                    .iter()
                    .filter(|surface| surface.letters[0] as usize == letter);
                surfaces.extend(starting.copied());
                index.push(surfaces.len() as u16);
            }
        }
        Self {
            surfaces,
            index,
            silent,
        }
    }

    /// The suffixes that may follow in `state` and begin with `letter`.
    pub(super) fn starting(&self, state: State, letter: u8) -> &[Surface] {
        if letter as usize >= LETTERS {
            return &[];
        }
        let at = state as usize * LETTERS + letter as usize;
        &self.surfaces[self.index[at] as usize..self.index[at + 1] as usize]
    }

    /// All suffixes that may follow in `state`.
    pub(super) fn following(&self, state: State) -> &[Surface] {
        let at = state as usize * LETTERS;
        &self.surfaces[self.index[at] as usize..self.index[at + LETTERS] as usize]
    }

    /// The row that a word may end with in `state` without any letter.
    pub(super) fn silent(&self, state: State) -> Option<u8> {
        self.silent[state as usize]
    }
}

/// Appends every surface of `row` to `out`.
fn surfaces_of(at: u8, row: &Row, out: &mut Vec<Surface>) {
    let first = out.len();
    for harmony in Harmony::ALL {
        for ending in Ending::ALL {
            let Some(letters) = realise(row.shape, harmony, ending) else {
                continue;
            };
            let softening = row.shape.ends_with('K');
            let falling = row.shape.ends_with('~');
            add(
                at,
                row,
                &letters,
                harmony,
                ending,
                Next::Anything,
                first,
                out,
            );
            if softening {
                if let Some(hard) = out[first..].iter_mut().find(|s| s.letters() == letters) {
                    hard.next = Next::NoVowel;
                }
                let mut soft = letters.clone();
                if let Some(last) = soft.last_mut() {
                    *last = G_SOFT;
                }
                add(at, row, &soft, harmony, ending, Next::Vowel, first, out);
            }
            if falling {
                let short = &letters[..letters.len() - 1];
                add(at, row, short, harmony, ending, Next::Iyor, first, out);
                if !row.derives {
                    let mut narrow = short.to_vec();
                    narrow.extend(
                        letters
                            .last()
                            .and_then(|&low| Some(Harmony::of_vowel(low)?.high_vowel())),
                    );
                    add(at, row, &narrow, harmony, ending, Next::Glide, first, out);
                }
            }
        }
    }
}

#[allow(clippy::too_many_arguments)]
fn add(
    at: u8,
    row: &Row,
    letters: &[u8],
    harmony: Harmony,
    ending: Ending,
    next: Next,
    first: usize,
    out: &mut Vec<Surface>,
) {
    if let Some(known) = out[first..].iter_mut().find(|s| s.letters() == letters) {
        known.harmony |= harmony as u8;
        known.ending |= ending as u8;
        return;
    }
    let mut surface = Surface {
        letters: [0; MAX_SURFACE],
        len: letters.len() as u8,
        row: at,
        to: row.to,
        cost: row.cost,
        harmony: harmony as u8,
        ending: ending as u8,
        harmony_after: Harmony::of_word(letters).map_or(0, |class| class as u8),
        ending_after: letters
            .last()
            .map_or(0, |&letter| Ending::of_letter(letter) as u8),
        next,
        derives: row.derives,
        needs: row.needs,
        class_after: if row.derives || row.to.is_verb() {
            row.to.class() | super::grammar::class::KNOWN
        } else {
            0
        },
    };
    surface.letters[..letters.len()].copy_from_slice(letters);
    out.push(surface);
}

/// The letters of a suffix after a stem whose last vowel and last sound are given; `None` where
/// two vowels would meet.
fn realise(shape: &str, harmony: Harmony, ending: Ending) -> Option<Vec<u8>> {
    let mut letters: Vec<u8> = Vec::new();
    let mut harmony = harmony;
    let mut ending = ending;
    let mut symbols = shape.chars().filter(|&c| c != '~' && c != ')').peekable();
    while let Some(symbol) = symbols.next() {
        let symbol = if symbol == '(' {
            let optional = symbols.next()?;
            let wanted = if optional == 'I' {
                ending != Ending::Vowel
            } else {
                ending == Ending::Vowel
            };
            if !wanted {
                continue;
            }
            optional
        } else {
            symbol
        };
        let letter = match symbol {
            'A' => harmony.low_vowel(),
            'I' => harmony.high_vowel(),
            'D' if ending == Ending::Voiceless => code_of('t'),
            'D' => code_of('d'),
            'C' if ending == Ending::Voiceless => code_of('ç'),
            'C' => code_of('c'),
            'K' => K,
            other => code_of(other),
        };
        if is_vowel(letter) && ending == Ending::Vowel {
            return None;
        }
        harmony = Harmony::of_vowel(letter).unwrap_or(harmony);
        ending = Ending::of_letter(letter);
        letters.push(letter);
    }
    Some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::morphology::letters::{codes_of, spell};

    fn after(stem: &str, shape: &str) -> String {
        let codes = codes_of(stem).unwrap();
        let harmony = Harmony::of_word(&codes).unwrap();
        let ending = Ending::of_letter(*codes.last().unwrap());
        let mut out = stem.to_owned();
        spell(&realise(shape, harmony, ending).unwrap(), &mut out);
        out
    }

    #[test]
    fn shapes_agree_with_the_stem() {
        for (stem, shape, word) in [
            ("dava", "lAr", "davalar"),
            ("mahkeme", "(s)I", "mahkemesi"),
            ("hüküm", "(n)In", "hükümün"),
            ("taraf", "DAn", "taraftan"),
            ("borç", "lI", "borçlu"),
            ("kira", "CI", "kiracı"),
            ("öde", "(y)AcAK", "ödeyecek"),
            ("gör", "mAksIzIn", "görmeksizin"),
            ("hak", "CA", "hakça"),
            ("dava", "(I)m", "davam"),
            ("kanun", "(I)mIz", "kanunumuz"),
        ] {
            assert_eq!(after(stem, shape), word);
        }
    }

    #[test]
    fn every_row_compiles_to_surfaces_that_fit_the_table() {
        let automaton = Automaton::get();
        for state in State::ALL {
            for surface in automaton.following(*state) {
                assert!(ROWS[surface.row as usize].from.contains(state));
                assert!(surface.harmony != 0 && surface.ending != 0);
            }
        }
        assert!(ROWS.len() < 256);
        assert!(automaton.surfaces.len() < usize::from(u16::MAX));
    }
}
