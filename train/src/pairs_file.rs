//! Files of labelled pairs.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use semrel::{Error, LabelledPair, Record, RecordReader, Result};

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
