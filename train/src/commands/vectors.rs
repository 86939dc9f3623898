//! `semrel-train vectors`: the `vectors.bin` of a pack from what the embedder made of its terms.

use std::path::PathBuf;
use std::process::ExitCode;

use semrel::{Error, Result};
use semrel_train::{output::OutputFile, vectors};

use super::write_or_check;

/// Write the vectors of terms in the format of a pack, as int8
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The terms, one per line
    #[arg(long, value_name = "FILE")]
    terms: PathBuf,
    /// Their vectors, in the same order: a `NumPy` file of float32, terms x dimensions
    #[arg(long, value_name = "FILE")]
    vectors: PathBuf,
    /// Where to write them
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let vectors = vectors::read(&args.terms, &args.vectors)?;
    let file = vectors.build()?;
    let folder = args.output.parent().unwrap_or(&args.output);
    let name = args
        .output
        .file_name()
        .ok_or_else(|| Error::invalid("the output must be a file"))?;
    eprintln!(
        "{}: {} terms, {} bytes",
        args.output.display(),
        vectors.len(),
        file.len()
    );
    write_or_check(
        folder,
        &[OutputFile::new(name.to_string_lossy(), file)],
        false,
    )
}
