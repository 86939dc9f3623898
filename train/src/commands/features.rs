//! `semrel-train features`: pairs as the relation classifier sees them besides the vectors.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use npyz::WriterBuilder;
use semrel::{Error, PAIR_FEATURES, Pack, Result, Semrel, remainders};
use semrel_train::pairs_file;

/// Write the features of pairs (float32, n x d, .npy) and the words that their terms do not share
/// (two columns)
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Pairs (JSON Lines)
    pairs: PathBuf,
    /// The pack whose lexicon tells what lies around a pair
    #[arg(long, default_value = "models/tr")]
    pack: PathBuf,
    /// Leave the lexicon's features zero
    #[arg(long)]
    no_lexicon: bool,
    /// Where the features go
    #[arg(short, long)]
    output: PathBuf,
    /// Where the words that are not shared go
    #[arg(long)]
    remainders: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let semrel = Semrel::new(Pack::open(&args.pack)?)?;
    let pairs = pairs_file::read_terms(&args.pairs)?;
    let create = |path: &PathBuf| {
        File::create(path)
            .map(BufWriter::new)
            .map_err(|e| Error::io(format_args!("cannot write {}", path.display()), e))
    };
    let cannot_write = |e| Error::io("cannot write the features", e);
    let mut table = npyz::WriteOptions::new()
        .default_dtype()
        .shape(&[pairs.len() as u64, PAIR_FEATURES as u64])
        .writer(create(&args.output)?)
        .begin_nd()
        .map_err(cannot_write)?;
    let mut words = create(&args.remainders)?;
    for pair in &pairs {
        let (a, b) = pair.terms();
        let features = semrel.pair_features(a, b, !args.no_lexicon);
        table.extend(features).map_err(cannot_write)?;
        let (left, right) = remainders(a, b);
        writeln!(words, "{left}\t{right}").map_err(cannot_write)?;
    }
    table.finish().map_err(cannot_write)?;
    words.flush().map_err(cannot_write)?;
    Ok(ExitCode::SUCCESS)
}
