//! `semrel completions`: completion scripts for shells.

use clap::CommandFactory;

use crate::{Cli, CommandResult, Outcome};

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// bash, elvish, fish, powershell or zsh
    shell: clap_complete::Shell,
}

pub(crate) fn run(args: &Args) -> CommandResult {
    clap_complete::generate(
        args.shell,
        &mut Cli::command(),
        "semrel",
        &mut std::io::stdout(),
    );
    Ok(Outcome::Done)
}
