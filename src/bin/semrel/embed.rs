//! `semrel embed`: the vectors of terms.

use semrel::{Result, Semrel};

use crate::input::{Input, term_of};
use crate::output::Output;
use crate::source::Source;
use crate::{CommandResult, Outcome};

/// The vectors of terms, one JSON array per line; finite numbers, unit length
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The terms
    #[arg(required_unless_present = "input", conflicts_with = "input")]
    terms: Vec<String>,
    #[command(flatten)]
    input: Input,
    /// Only the first N numbers, at unit length again
    #[arg(long, value_name = "N")]
    dimensions: Option<usize>,
    #[command(flatten)]
    source: Source,
}

pub(crate) fn run(args: &Args) -> CommandResult {
    let semrel = args.source.open()?;
    if args.input.input.is_some() {
        return args.input.answer_each(None, term_of, |term, out| {
            print(args, &semrel, term, out).map(|()| true)
        });
    }
    let mut out = Output::stdout(false);
    for term in &args.terms {
        print(args, &semrel, term, &mut out)?;
    }
    out.finish()?;
    Ok(Outcome::Done)
}

fn print(args: &Args, semrel: &Semrel, term: &str, out: &mut Output) -> Result<()> {
    let vector = semrel.embed(term)?;
    match args.dimensions {
        Some(dimensions) => out.json(&vector.truncated(dimensions)?),
        None => out.json(&vector),
    }
}
