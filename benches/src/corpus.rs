//! The Turkish corpus, as its JSON Lines files.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use semrel::{BuildReport, Error, LexiconBuilder, Record, RecordReader, Result};

const FILES: [&str; 3] = ["terms.jsonl", "pairs.jsonl", "derived.jsonl"];

/// The folder of the corpus: `SEMREL_CORPUS`, or `train/data/tr` of this repository.
pub fn folder() -> PathBuf {
    std::env::var_os("SEMREL_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../train/data/tr"),
        PathBuf::from,
    )
}

/// All records of the corpus.
///
/// # Errors
///
/// `Io` if a file is not there, with what to do; that of the first bad line.
pub fn records() -> Result<Vec<Record>> {
    let mut records = Vec::new();
    for name in FILES {
        let path = folder().join(name);
        let file = File::open(&path).map_err(|e| {
            let what = format!(
                "the corpus is not there ({}): run from a full checkout, or set SEMREL_CORPUS to a \
                 folder with {}",
                path.display(),
                FILES.join(", ")
            );
            Error::io(what, e)
        })?;
        for record in RecordReader::new(BufReader::new(file)) {
            records.push(record.map_err(|e| e.context(name))?);
        }
    }
    Ok(records)
}

/// The lexicon image of some records.
///
/// # Errors
///
/// As [`LexiconBuilder::add`] and [`LexiconBuilder::build`].
pub fn build(records: &[Record]) -> Result<(Vec<u8>, BuildReport)> {
    let mut builder = LexiconBuilder::new();
    for record in records {
        builder.add(record)?;
    }
    builder.build()
}
