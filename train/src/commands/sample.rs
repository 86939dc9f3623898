//! `semrel-train sample`: pairs to read.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use semrel::{Error, Relation, Result};
use semrel_train::pairs_file;
use semrel_train::sample::{Filter, sample};

/// Print randomly chosen pairs, for reading and judging
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folder of the corpus
    #[arg(long, default_value = "train/data/tr")]
    corpus: PathBuf,
    /// Only pairs with this label
    #[arg(long)]
    label: Option<Relation>,
    /// Only pairs from this source
    #[arg(long)]
    source: Option<String>,
    /// Only pairs of this domain
    #[arg(long)]
    domain: Option<String>,
    /// Another seed, another sample
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How many pairs
    #[arg(short = 'n', long, default_value_t = 200)]
    size: usize,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let mut pairs = pairs_file::read(&args.corpus.join("pairs.jsonl"))?;
    pairs.extend(pairs_file::read(&args.corpus.join("derived.jsonl"))?);
    let filter = Filter {
        label: args.label,
        source: args.source.clone(),
        domain: args.domain.clone(),
    };
    let mut out = io::stdout().lock();
    for pair in sample(pairs, &filter, args.seed, args.size) {
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}",
            pair.sentence1,
            pair.sentence2,
            pair.label,
            pair.source.as_deref().unwrap_or("-"),
            pair.domain.as_deref().unwrap_or("-"),
        )
        .map_err(|e| Error::io("cannot write the sample", e))?;
    }
    Ok(ExitCode::SUCCESS)
}
