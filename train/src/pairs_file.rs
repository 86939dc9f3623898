//! Files of labelled pairs.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use semrel::{Error, LabelledPair, Lines, Record, RecordReader, Result};
use serde::Deserialize;

/// Reads all pairs of a file in JSON Lines.
///
/// # Errors
///
/// `Io` if the file cannot be read, `InvalidInput` or `Limit` for the first bad line, and for a
/// line that is no pair.
pub fn read(path: &Path) -> Result<Vec<LabelledPair>> {
    let file = File::open(path)
        .map_err(|e| Error::io(format_args!("cannot read {}", path.display()), e))?;
    let mut pairs = Vec::new();
    for record in RecordReader::new(BufReader::new(file)) {
        match record.map_err(|e| e.context(path.display()))? {
            Record::Pair(pair) => pairs.push(pair),
            Record::Term(term) => {
                return Err(Error::invalid(format!(
                    "{}: {:?} is a term, not a pair",
                    path.display(),
                    term.term
                )));
            }
        }
    }
    Ok(pairs)
}

/// The terms of a pair, whatever else its line holds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TermPair {
    sentence1: String,
    sentence2: String,
}

impl TermPair {
    /// The two terms.
    pub fn terms(&self) -> (&str, &str) {
        (&self.sentence1, &self.sentence2)
    }
}

/// Reads the terms of all pairs of a file in JSON Lines, labelled in any way or not at all.
///
/// # Errors
///
/// `Io` if the file cannot be read, `InvalidInput` or `Limit` for the first bad line.
pub fn read_terms(path: &Path) -> Result<Vec<TermPair>> {
    let file = File::open(path)
        .map_err(|e| Error::io(format_args!("cannot read {}", path.display()), e))?;
    let mut pairs = Vec::new();
    let mut lines = Lines::new(BufReader::new(file));
    while let Some(line) = lines.next_line() {
        let line = line.map_err(|e| e.context(path.display()))?;
        if line.trim().is_empty() {
            continue;
        }
        let pair = serde_json::from_str(line);
        let number = lines.number();
        pairs.push(pair.map_err(|e| {
            Error::invalid(format!(
                "{}: line {number}: malformed JSON: {e}",
                path.display()
            ))
        })?);
    }
    Ok(pairs)
}
