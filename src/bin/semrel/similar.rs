//! `semrel similar`: the terms of the lexicon that are nearest to a term.

use semrel::{Result, Semrel, Similar};
use serde::Serialize;

use crate::CommandResult;
use crate::input::{Input, term_of};
use crate::output::{BOLD, FAINT, Output};
use crate::source::Source;

/// The terms of the lexicon nearest to a term, by the models; antonyms are near, too
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The term
    #[arg(required_unless_present = "input", conflicts_with = "input")]
    term: Option<String>,
    #[command(flatten)]
    input: Input,
    /// At most this many terms
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// One JSON object per term
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    source: Source,
}

#[derive(Serialize)]
struct Answer<'a> {
    term: &'a str,
    similar: Vec<Similar<'a>>,
}

pub(crate) fn run(args: &Args) -> CommandResult {
    let semrel = args.source.open()?;
    args.input
        .answer_each(args.term.clone(), term_of, |term, out| {
            answer(args, &semrel, term, out)
        })
}

/// Prints the answer for one term; returns whether there is one.
fn answer(args: &Args, semrel: &Semrel, term: &str, out: &mut Output) -> Result<bool> {
    let similar = semrel.similar(term, args.limit)?;
    let found = !similar.is_empty();
    let term = term.trim();
    if args.json {
        out.json(&Answer { term, similar })?;
        return Ok(found);
    }
    if args.term.is_none() {
        out.line(format_args!("{BOLD}{term}{BOLD:#}"))?;
    }
    for near in similar {
        out.line(format_args!(
            "  {:<32} {FAINT}{:.3}{FAINT:#}",
            near.term, near.score
        ))?;
    }
    Ok(found)
}
