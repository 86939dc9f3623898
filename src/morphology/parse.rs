//! One way through the automaton, and the few best of them.

use super::feature::Feature;
use super::grammar::{ROWS, State};

/// More suffixes than any word of [`MAX_LETTERS`](super::letters::MAX_LETTERS) letters has.
pub(super) const MAX_ROWS: usize = 14;
/// How many readings of a word are kept.
pub(super) const MAX_PARSES: usize = 8;

/// A parse that costs so much more than the best one is no alternative to it.
const FAR: u16 = 20;

/// What must be undone at the end of a derived stem to get its dictionary form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mend {
    Nothing,
    /// ğ back to k.
    Hard,
    /// The vowel that fell out before -Iyor.
    Vowel,
}

/// Which stem a parse begins with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum StemKind {
    /// An entry of the stem list.
    Known(u32),
    /// A guessed noun as spelled; the letter, if any, replaces the last one (kitab-: p).
    Noun(Option<u8>),
    /// A guessed verb.
    Verb,
    /// What stands before an apostrophe.
    Name,
    /// No letters.
    Opaque,
}

/// A stem and its suffixes. Plain data, copied around, never allocated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parse {
    pub(super) stem: StemKind,
    pub(super) stem_len: u8,
    rows: [u8; MAX_ROWS],
    ends: [u8; MAX_ROWS],
    len: u8,
    /// How many rows belong to the dictionary form: up to the last derivation.
    pub(super) derived: u8,
    pub(super) mend: Mend,
    pub(super) cost: u16,
}

impl Parse {
    pub(super) const EMPTY: Self = Self {
        stem: StemKind::Opaque,
        stem_len: 0,
        rows: [0; MAX_ROWS],
        ends: [0; MAX_ROWS],
        len: 0,
        derived: 0,
        mend: Mend::Nothing,
        cost: 0,
    };

    pub(super) fn new(stem: StemKind, stem_len: usize) -> Self {
        Self {
            stem,
            stem_len: stem_len as u8,
            ..Self::EMPTY
        }
    }

    pub(super) fn rows(&self) -> &[u8] {
        &self.rows[..self.len as usize]
    }

    /// Letters up to the end of each suffix.
    pub(super) fn ends(&self) -> &[u8] {
        &self.ends[..self.len as usize]
    }

    /// Whether there is room for one more suffix.
    pub(super) fn has_room(&self) -> bool {
        (self.len as usize) < MAX_ROWS
    }

    pub(super) fn push(&mut self, row: u8, end: usize) {
        self.rows[self.len as usize] = row;
        self.ends[self.len as usize] = end as u8;
        self.len += 1;
    }

    pub(super) fn pop(&mut self) {
        self.len -= 1;
    }

    /// Letters up to the end of the dictionary form's last suffix.
    pub(super) fn lemma_end(&self) -> usize {
        match self.derived {
            0 => self.stem_len as usize,
            n => self.ends[n as usize - 1] as usize,
        }
    }

    /// The features of the suffixes in `rows`.
    pub(super) fn features_of(rows: &[u8]) -> impl Iterator<Item = Feature> + '_ {
        rows.iter()
            .flat_map(|&row| ROWS[row as usize].adds.iter().copied())
    }

    /// The state that the dictionary form ends in, if a suffix made it.
    pub(super) fn lemma_state(&self) -> Option<State> {
        let last = self.derived.checked_sub(1)?;
        Some(ROWS[self.rows[last as usize] as usize].to)
    }

    /// Part of speech of a derived dictionary form.
    pub(super) fn derived_pos(&self) -> Option<Feature> {
        let last = self.derived.checked_sub(1)?;
        let row = &ROWS[self.rows[last as usize] as usize];
        Some(if row.to.is_verb() {
            Feature::Verb
        } else if row.to == State::Adverb {
            Feature::Adv
        } else if matches!(
            row.adds,
            [Feature::With | Feature::Without | Feature::Sal | Feature::Ici]
        ) {
            Feature::Adj
        } else {
            Feature::Noun
        })
    }

    fn rank(&self) -> (u16, u8) {
        (self.cost, u8::MAX - self.stem_len)
    }
}

/// The best parses so far, best first.
#[derive(Clone, Debug)]
pub(super) struct Parses {
    parses: [Parse; MAX_PARSES],
    len: usize,
}

impl Parses {
    pub(super) const EMPTY: Self = Self {
        parses: [Parse::EMPTY; MAX_PARSES],
        len: 0,
    };

    pub(super) fn clear(&mut self) {
        self.len = 0;
    }

    pub(super) fn as_slice(&self) -> &[Parse] {
        &self.parses[..self.len]
    }

    /// Drops the parses that `keep` refuses.
    pub(super) fn retain(&mut self, keep: impl Fn(&Parse) -> bool) {
        let mut kept = 0;
        for at in 0..self.len {
            if keep(&self.parses[at]) {
                self.parses[kept] = self.parses[at];
                kept += 1;
            }
        }
        self.len = kept;
    }

    /// Whether a parse of this cost would not be kept anyway.
    pub(super) fn refuses(&self, cost: u16) -> bool {
        let Some(best) = self.as_slice().first() else {
            return false;
        };
        cost > best.cost.saturating_add(FAR)
            || (self.len == MAX_PARSES && cost > self.parses[MAX_PARSES - 1].cost)
    }

    /// Keeps `parse` if it is among the best and says something new. Among equals the one found
    /// first stays ahead, so that the order is the same in every run.
    pub(super) fn offer(&mut self, parse: Parse, same: impl Fn(&Parse, &Parse) -> bool) {
        if let Some(at) = self.as_slice().iter().position(|known| same(known, &parse)) {
            if self.parses[at].rank() <= parse.rank() {
                return;
            }
            self.parses.copy_within(at + 1..self.len, at);
            self.len -= 1;
        }
        let at = self
            .as_slice()
            .partition_point(|known| known.rank() <= parse.rank());
        if at == MAX_PARSES {
            return;
        }
        self.len = (self.len + 1).min(MAX_PARSES);
        self.parses.copy_within(at..self.len - 1, at + 1);
        self.parses[at] = parse;
    }
}
