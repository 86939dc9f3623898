//! What the analyser answers.

use std::fmt;
use std::ops::Deref;

use super::feature::Feature;
use super::grammar::{ROWS, State};
use super::letters::{G_SOFT, Harmony, K, Letters, is_vowel, spell};
use super::parse::{Mend, Parse, Parses, StemKind};
use super::stems::Stems;
use crate::text::fold_case;

const MAX_FEATURES: usize = 32;

/// A short list of features, held in place. Reads like a slice.
#[derive(Clone, Copy)]
pub struct Features {
    items: [Feature; MAX_FEATURES],
    len: u8,
}

impl Features {
    pub(super) fn new() -> Self {
        Self {
            items: [Feature::Other; MAX_FEATURES],
            len: 0,
        }
    }

    pub(super) fn push(&mut self, feature: Feature) {
        if (self.len as usize) < MAX_FEATURES {
            self.items[self.len as usize] = feature;
            self.len += 1;
        }
    }
}

impl Deref for Features {
    type Target = [Feature];

    fn deref(&self) -> &[Feature] {
        &self.items[..self.len as usize]
    }
}

impl PartialEq for Features {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Features {}

impl fmt::Debug for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// One analysis of a word form, on its own: what [`Analyzer::analyze`] returns.
///
/// [`Analyzer::analyze`]: super::Analyzer::analyze
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Analysis {
    /// The dictionary form: inflection off, derivation kept (*haksızlığa* is *haksızlık*,
    /// *ödenmediğinden* is *ödenmek*).
    pub lemma: String,
    /// The dictionary form of the stem that everything is derived from (*ödenmek*: *ödemek*).
    pub root: String,
    /// The part of speech of the lemma, then its inflection in the order of the suffixes.
    pub features: Vec<Feature>,
    /// The derivations that lead from the root to the lemma.
    pub derivation: Vec<Feature>,
    /// Whether the stem is not in the stem list.
    pub guessed: bool,
}

impl fmt::Display for Analysis {
    /// `sözleşme Noun+P3sg+Gen`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.lemma)?;
        for (at, feature) in self.features.iter().enumerate() {
            if at > 0 {
                f.write_str("+")?;
            }
            write!(f, "{feature}")?;
        }
        Ok(())
    }
}

/// The analyses of one word, best first; there is always at least one. Borrows the scratch
/// memory they were made in.
#[derive(Clone, Copy, Debug)]
pub struct Analyses<'a> {
    pub(super) stems: &'a Stems,
    pub(super) word: &'a str,
    pub(super) letters: &'a Letters,
    pub(super) parses: &'a Parses,
}

impl<'a> Analyses<'a> {
    /// The best analysis.
    pub fn best(&self) -> Reading<'a> {
        self.reading(&self.parses.as_slice()[0])
    }

    /// All analyses, best first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Reading<'a>> + use<'a> {
        let this = *self;
        this.parses
            .as_slice()
            .iter()
            .map(move |parse| this.reading(parse))
    }

    fn reading(&self, parse: &'a Parse) -> Reading<'a> {
        Reading {
            analyses: *self,
            parse,
        }
    }
}

/// One analysis, spelled out only as far as asked.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    analyses: Analyses<'a>,
    parse: &'a Parse,
}

impl Reading<'_> {
    /// Whether the stem is not in the stem list.
    pub fn is_guessed(&self) -> bool {
        !matches!(self.parse.stem, StemKind::Known(_))
    }

    /// How unlikely the analysis is; only comparable within one word. Smaller is better.
    pub fn cost(&self) -> u32 {
        u32::from(self.parse.cost)
    }

    /// The part of speech of the lemma.
    pub fn part_of_speech(&self) -> Feature {
        self.parse.derived_pos().unwrap_or_else(|| self.stem_pos())
    }

    fn stem_pos(&self) -> Feature {
        match self.parse.stem {
            StemKind::Known(index) => self.analyses.stems.entry(index).pos,
            StemKind::Noun(_) => Feature::Noun,
            StemKind::Verb => Feature::Verb,
            StemKind::Name => {
                let name = &self.analyses.word[..self.analyses.letters.apostrophe_byte];
                if name.starts_with(|c: char| c.is_ascii_digit()) {
                    Feature::Num
                } else {
                    Feature::Name
                }
            }
            StemKind::Opaque => Feature::Other,
        }
    }

    /// The part of speech of the lemma, then its inflection in the order of the suffixes.
    pub fn features(&self) -> Features {
        let mut features = Features::new();
        features.push(self.part_of_speech());
        if self.parse.derived == 0 {
            if let StemKind::Known(index) = self.parse.stem {
                if let Some(given) = self.analyses.stems.entry(index).given {
                    features.push(given);
                }
            }
        }
        for feature in Parse::features_of(&self.parse.rows()[self.parse.derived as usize..]) {
            features.push(feature);
        }
        features
    }

    /// The derivations that lead from the root to the lemma.
    pub fn derivation(&self) -> Features {
        let mut features = Features::new();
        for feature in Parse::features_of(&self.parse.rows()[..self.parse.derived as usize]) {
            features.push(feature);
        }
        features
    }

    /// Appends the dictionary form to `out`.
    pub fn push_lemma(&self, out: &mut String) {
        let Some(state) = self.parse.lemma_state() else {
            return self.push_root(out);
        };
        let codes = &self.analyses.letters.codes()[..self.parse.lemma_end()];
        let codes = if self.parse.stem == StemKind::Name {
            // "AB'li": the name keeps its capitals and the apostrophe.
            self.push_root(out);
            out.push('\'');
            &codes[self.parse.stem_len as usize..]
        } else {
            codes
        };
        match self.parse.mend {
            Mend::Nothing => spell(codes, out),
            Mend::Hard => {
                spell(&codes[..codes.len() - 1], out);
                spell(&[K], out);
            }
            Mend::Vowel => {
                spell(codes, out);
                let harmony = Harmony::of_word(codes).unwrap_or(Harmony::Front);
                spell(&[harmony.low_vowel()], out);
            }
        }
        if state.is_verb() {
            push_infinitive(codes, out);
        }
    }

    /// Appends the dictionary form of the stem that the word is derived from to `out`.
    pub fn push_root(&self, out: &mut String) {
        let codes = &self.analyses.letters.codes()[..self.parse.stem_len as usize];
        match self.parse.stem {
            StemKind::Known(index) => {
                let stems = self.analyses.stems;
                out.push_str(stems.lemma(stems.entry(index)));
            }
            StemKind::Noun(None) => spell(codes, out),
            StemKind::Noun(Some(last)) => {
                spell(&codes[..codes.len() - 1], out);
                spell(&[last], out);
            }
            StemKind::Verb => {
                spell(codes, out);
                push_infinitive(codes, out);
            }
            StemKind::Name => {
                out.push_str(&self.analyses.word[..self.analyses.letters.apostrophe_byte]);
            }
            StemKind::Opaque => out.push_str(&fold_case(self.analyses.word)),
        }
    }

    /// The dictionary form; see [`Analysis::lemma`].
    pub fn lemma(&self) -> String {
        let mut lemma = String::new();
        self.push_lemma(&mut lemma);
        lemma
    }

    /// The dictionary form of the root; see [`Analysis::root`].
    pub fn root(&self) -> String {
        let mut root = String::new();
        self.push_root(&mut root);
        root
    }

    /// The nominal that carries the last possessive, case and copula suffixes, and those: for
    /// *feshedilmesinden* it is *feshedilme* and possessive, ablative. `None` for finite verbs.
    pub(super) fn nominal(&self) -> Option<(String, Features)> {
        let rows = self.parse.rows();
        let nominal = |row: u8| {
            let adds = ROWS[row as usize].adds;
            adds.iter().all(|&f| {
                f == Feature::Pl
                    || f == Feature::Ki
                    || f.is_possessive()
                    || f.is_case()
                    || (Feature::A1sg..=Feature::While).contains(&f)
            })
        };
        let tail = rows.iter().rev().take_while(|&&row| nominal(row)).count();
        let base = rows.len() - tail;
        let mut features = Features::new();
        if base == self.parse.derived as usize {
            if self.part_of_speech() == Feature::Verb {
                return None;
            }
            for &feature in &self.features()[1..] {
                features.push(feature);
            }
            return Some((self.lemma(), features));
        }
        let last = &ROWS[rows[base - 1] as usize];
        if !matches!(
            last.to,
            State::Participle | State::Infinitive | State::Dik | State::Noun
        ) {
            return None;
        }
        let codes = &self.analyses.letters.codes()[..self.parse.ends()[base - 1] as usize];
        let mut out = String::new();
        match codes.split_last() {
            Some((&G_SOFT, before)) if last.shape.ends_with('K') => {
                spell(before, &mut out);
                spell(&[K], &mut out);
            }
            _ => spell(codes, &mut out),
        }
        for feature in Parse::features_of(&rows[base..]) {
            features.push(feature);
        }
        Some((out, features))
    }

    /// This analysis on its own.
    pub fn to_analysis(&self) -> Analysis {
        Analysis {
            lemma: self.lemma(),
            root: self.root(),
            features: self.features().to_vec(),
            derivation: self.derivation().to_vec(),
            guessed: self.is_guessed(),
        }
    }
}

/// Appends -mek or -mak as the stem asks.
fn push_infinitive(stem: &[u8], out: &mut String) {
    let front = stem
        .iter()
        .rev()
        .find(|&&code| is_vowel(code))
        .and_then(|&code| Harmony::of_vowel(code))
        .is_none_or(|harmony| matches!(harmony, Harmony::Front | Harmony::FrontRound));
    out.push_str(if front { "mek" } else { "mak" });
}
