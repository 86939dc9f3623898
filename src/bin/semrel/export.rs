//! `semrel export`: the lexicon in the formats that search engines load.
use crate::{CommandResult, Outcome};

/// The lexicon in the formats that search engines load
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_args: &Args) -> CommandResult {
    Ok(Outcome::Done)
}
