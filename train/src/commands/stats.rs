//! `semrel-train stats`: what the corpus holds, in tables.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use semrel::{Error, Result};
use semrel_train::output::OutputFile;
use semrel_train::pairs_file;
use semrel_train::splits::{lexical, random};
use semrel_train::stats::Stats;
use semrel_train::stats_table::{embed, markdown};

use super::write_or_check;

/// Print the statistics of the corpus as Markdown tables
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folder of the corpus
    #[arg(long, default_value = "train/data/tr")]
    corpus: PathBuf,
    /// Print JSON
    #[arg(long, conflicts_with_all = ["update", "check"])]
    json: bool,
    /// Put the tables into this document, between its two marks
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    update: Option<PathBuf>,
    /// Fail if the tables in this document are not current
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let pairs = pairs_file::read(&args.corpus.join("pairs.jsonl"))?;
    let derived = pairs_file::read(&args.corpus.join("derived.jsonl"))?;
    let mut stats = Stats::new(&pairs, &derived);
    let (split, _) = lexical::split(&pairs, &derived, lexical::Target::default());
    stats.add_split("lexical", &pairs, &split.pairs);
    stats.add_split("random", &pairs, &random::split(&pairs, &derived).pairs);

    if let Some(path) = args.update.as_ref().or(args.check.as_ref()) {
        let document = fs::read_to_string(path)
            .map_err(|e| Error::io(format_args!("cannot read {}", path.display()), e))?;
        let document = embed(&document, &stats).map_err(|e| e.context(path.display()))?;
        let folder = path.parent().unwrap_or(path);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let file = OutputFile::new(name, document);
        return write_or_check(folder, &[file], args.check.is_some());
    }
    if args.json {
        let json = serde_json::to_string_pretty(&stats)
            .map_err(|e| Error::invalid(format!("statistics: {e}")))?;
        println!("{json}");
    } else {
        print!("{}", markdown(&stats));
    }
    Ok(ExitCode::SUCCESS)
}
