//! Splits into training, development and test data, fixed once for everybody.
//!
//! Both are made from the stated pairs; derived pairs only ever train. The [`random`] split is
//! the published protocol: pairs are independent, terms may be seen in training. In the
//! [`lexical`] split no term of the development or test data occurs in training, nor do the two
//! share a term.

pub mod lexical;
pub mod random;

use std::fmt;

use semrel::{LabelledPair, Result};

use crate::output::{OutputFile, json_lines};
use crate::overlap::PairKey;

/// Where a pair or a term belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Training data.
    Train,
    /// Development data: to choose between models.
    Dev,
    /// Test data: to be looked at once.
    Test,
    /// In no part: it would carry knowledge from one part to another.
    Out,
}

impl Part {
    /// The name used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Part::Train => "train",
            Part::Dev => "dev",
            Part::Test => "test",
            Part::Out => "out",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A split of a corpus: one part per line of its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The parts of the stated pairs, in their order.
    pub pairs: Vec<Part>,
    /// The parts of the derived pairs, in their order: [`Part::Train`] or [`Part::Out`].
    pub derived: Vec<Part>,
}

impl Split {
    /// The files of the split in the folder `name`: `dev.jsonl` and `test.jsonl` in full, and
    /// for each file of the corpus the part of each of its lines.
    ///
    /// # Errors
    ///
    /// If a pair has no JSON form.
    pub fn files(&self, name: &str, pairs: &[LabelledPair]) -> Result<Vec<OutputFile>> {
        let in_part = |part: Part| -> Vec<&LabelledPair> {
            let lines = pairs.iter().zip(&self.pairs);
            lines.filter(|&(_, &p)| p == part).map(|(l, _)| l).collect()
        };
        let parts =
            |parts: &[Part]| -> String { parts.iter().map(|part| format!("{part}\n")).collect() };
        let file = |file: &str, content| OutputFile::new(format!("{name}/{file}"), content);
        Ok(vec![
            file("dev.jsonl", json_lines(&in_part(Part::Dev))?),
            file("test.jsonl", json_lines(&in_part(Part::Test))?),
            file("pairs.part", parts(&self.pairs)),
            file("derived.part", parts(&self.derived)),
        ])
    }
}

fn key(pair: &LabelledPair) -> PairKey {
    PairKey::new(&pair.sentence1, &pair.sentence2)
}
