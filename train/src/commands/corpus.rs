//! `semrel-train corpus`: entries, labelled pairs and corrections to the corpus.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use semrel::{Error, Result};
use semrel_train::corpus::Corpus;
use semrel_train::corrections::Corrections;
use semrel_train::entries::Entries;
use semrel_train::neighbours;

use super::write_or_check;

/// Make the corpus from entries, labelled pairs and corrections
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folders with entries (*.tsv)
    #[arg(long, num_args = 1.., default_value = "train/data/tr/entries")]
    entries: Vec<PathBuf>,
    /// Files with pairs that were labelled one by one (JSON Lines)
    #[arg(long, num_args = 1.., default_value = "train/data/tr/neighbours.jsonl")]
    pairs: Vec<PathBuf>,
    /// Which term of a hypernym pair is the narrower one
    #[arg(long, default_value = "train/data/tr/orientations.tsv")]
    orientations: PathBuf,
    /// Changes to the labelled data
    #[arg(long, default_value = "train/data/tr/corrections.tsv")]
    corrections: PathBuf,
    /// Folder to write to
    #[arg(short, long, default_value = "train/data/tr")]
    output: PathBuf,
    /// Write nothing; fail if a file in the folder is not what would be written
    #[arg(long)]
    check: bool,
    /// Report bad lines of the input and go on without them
    #[arg(long)]
    keep_going: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let Entries {
        entries,
        mut problems,
    } = Entries::open(&args.entries)?;
    let mut pairs = Vec::new();
    for path in &args.pairs {
        let (read, bad) = neighbours::read(open(path)?);
        pairs.extend(read);
        problems.extend(bad.into_iter().map(|e| e.context(path.display())));
    }
    for problem in &problems {
        eprintln!("semrel-train: {problem}");
    }
    if !problems.is_empty() && !args.keep_going {
        return Err(Error::invalid(format!(
            "{} bad lines: mend them, or pass over them with --keep-going",
            problems.len()
        )));
    }
    neighbours::orient(&mut pairs, open(&args.orientations)?)
        .map_err(|e| e.context(args.orientations.display()))?;
    let in_corrections = |e: Error| e.context(args.corrections.display());
    let corrections = Corrections::read(open(&args.corrections)?).map_err(in_corrections)?;
    let corpus = Corpus::new(entries, pairs, &corrections).map_err(in_corrections)?;
    write_or_check(&args.output, &corpus.files()?, args.check)
}

fn open(path: &Path) -> Result<BufReader<File>> {
    File::open(path)
        .map(BufReader::new)
        .map_err(|e| Error::io(format_args!("cannot read {}", path.display()), e))
}
