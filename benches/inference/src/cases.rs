//! The token ids that all engines get.

use semrel::{Semrel, Term};
use semrel_benches::random::Random;
use tokenizers::Tokenizer;

use crate::Failure;

/// Tokens of a sequence.
pub(crate) const LENGTHS: [usize; 4] = [4, 8, 16, 32];
/// Sequences of a call.
const BATCHES: [usize; 3] = [1, 8, 64];
/// Ids are drawn from those that all models have, without the special ones.
const IDS: std::ops::Range<usize> = 5..6000;

/// Sequences that are encoded in one call.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) tokens: String,
    pub(crate) sequences: Vec<Vec<u32>>,
}

impl Case {
    pub(crate) fn of_length(tokens: usize, batch: usize) -> Self {
        let mut random = Random::new((tokens * 1000 + batch) as u64);
        let mut id = || (IDS.start + random.below(IDS.len())) as u32;
        Case {
            tokens: tokens.to_string(),
            sequences: (0..batch)
                .map(|_| (0..tokens).map(|_| id()).collect())
                .collect(),
        }
    }

    pub(crate) fn sequences(&self) -> Vec<&[u32]> {
        self.sequences.iter().map(Vec::as_slice).collect()
    }
}

/// All lengths in all batches, and terms of the lexicon, whose lengths differ.
pub(crate) fn all() -> Result<Vec<Case>, Failure> {
    let mut cases = Vec::new();
    for batch in BATCHES {
        cases.extend(LENGTHS.map(|tokens| Case::of_length(tokens, batch)));
        if batch > 1 {
            cases.push(terms(batch)?);
        }
    }
    Ok(cases)
}

/// Terms drawn from the lexicon, as the pack's tokenizer splits them.
fn terms(batch: usize) -> Result<Case, Failure> {
    let json = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../models/tr/tokenizer.json"
    );
    let tokenizer = Tokenizer::from_file(json)?;
    let semrel = Semrel::turkish()?;
    let terms: Vec<&str> = semrel.lexicon().terms().map(Term::text).collect();
    let mut random = Random::new(batch as u64);
    let mut sequences = Vec::new();
    while sequences.len() < batch {
        let ids = tokenizer
            .encode_fast(random.pick(&terms), true)?
            .get_ids()
            .to_vec();
        if ids.len() <= 32 {
            sequences.push(ids);
        }
    }
    let lengths = || sequences.iter().map(Vec::len);
    let mean = lengths().sum::<usize>() as f64 / batch as f64;
    let most = lengths().max().unwrap_or(0);
    Ok(Case {
        tokens: format!("terms (mean {mean:.1}, most {most})"),
        sequences,
    })
}
