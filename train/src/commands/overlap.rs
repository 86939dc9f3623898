//! `semrel-train overlap`: no evaluation pair may be in training data.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use semrel::Result;
use semrel_train::overlap::overlap;
use semrel_train::pairs_file::{self, TermPair};

/// Check that no evaluation pair is in training data; list those that are
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files with training pairs (JSON Lines)
    #[arg(long, num_args = 1.., required = true)]
    train: Vec<PathBuf>,
    /// Files with evaluation pairs (JSON Lines)
    #[arg(long, num_args = 1.., required = true)]
    eval: Vec<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let train = read(&args.train)?;
    let eval = read(&args.eval)?;
    let both = overlap(
        train.iter().map(TermPair::terms),
        eval.iter().map(TermPair::terms),
    );
    for key in &both {
        let (a, b) = key.forms();
        println!("{a}\t{b}");
    }
    if both.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!(
        "semrel-train: {} evaluation pairs are in training data",
        both.len()
    );
    Ok(ExitCode::FAILURE)
}

fn read(paths: &[PathBuf]) -> Result<Vec<TermPair>> {
    let mut all = Vec::new();
    for path in paths {
        all.extend(pairs_file::read_terms(Path::new(path))?);
    }
    Ok(all)
}
