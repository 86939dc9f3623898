//! `semrel-train splits`: who trains, who develops, who tests.

use std::path::PathBuf;
use std::process::ExitCode;

use semrel::Result;
use semrel_train::pairs_file;
use semrel_train::splits::{lexical, random};

use super::write_or_check;

/// Split the corpus into training, development and test data
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folder of the corpus
    #[arg(long, default_value = "train/data/tr")]
    corpus: PathBuf,
    /// Write nothing; fail if a file in the folder is not what would be written
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let pairs = pairs_file::read(&args.corpus.join("pairs.jsonl"))?;
    let derived = pairs_file::read(&args.corpus.join("derived.jsonl"))?;
    let mut files = random::split(&pairs, &derived).files("random", &pairs)?;
    let (split, terms) = lexical::split(&pairs, &derived, lexical::Target::default());
    files.extend(split.files("lexical", &pairs)?);
    files.push(lexical::term_file("lexical", &terms));
    write_or_check(&args.corpus.join("splits"), &files, args.check)
}
