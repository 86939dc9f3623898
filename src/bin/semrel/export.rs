//! `semrel export`: the lexicon in the formats that search engines load.

use std::path::PathBuf;

use semrel::formats::Format;

use crate::output::{self, Output};
use crate::source::Source;
use crate::{CommandResult, Outcome};

/// The lexicon in the formats that search engines load
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// solr, elasticsearch, wordnet, skos or jsonl
    #[arg(long, value_name = "FORMAT")]
    to: Format,
    /// Write a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    source: Source,
}

pub(crate) fn run(args: &Args) -> CommandResult {
    let pack = args.source.open_pack()?;
    match &args.output {
        Some(path) => output::write_file(path, |file| args.to.write(&pack, file))?,
        None => {
            let mut out = Output::stdout(false);
            args.to.write(&pack, &mut out)?;
            out.finish()?;
        }
    }
    Ok(Outcome::Done)
}
