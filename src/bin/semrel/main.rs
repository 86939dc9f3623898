//! The `semrel` program: one file per command, see `semrel --help`.
//!
//! Exit status: 0 done, 1 nothing found where one answer was asked for, 2 bad usage or bad input.

mod build;
mod completions;
mod embed;
mod eval;
mod expand;
mod export;
mod info;
mod input;
mod lookup;
mod output;
mod relation;
mod rewrite;
mod similar;
mod source;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use semrel::Error;

/// How two terms relate, what may stand for a term, and how to rewrite a query with it.
#[derive(Debug, Parser)]
#[command(name = "semrel", version, arg_required_else_help = true)]
#[command(
    after_help = "Exit status: 0 done, 1 nothing found where one answer was asked for, \
                        2 bad usage or bad input."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: output::Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    Relation(relation::Args),
    Expand(expand::Args),
    Similar(similar::Args),
    Embed(embed::Args),
    Lookup(lookup::Args),
    Rewrite(rewrite::Args),
    Export(export::Args),
    Build(build::Args),
    Info(info::Args),
    Eval(eval::Args),
    Completions(completions::Args),
}

/// How a command ended, if it did not fail.
enum Outcome {
    Done,
    /// One answer was asked for and there is none.
    NothingFound,
    /// Bad lines were passed over, as asked; each was reported.
    SkippedInput,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.color.choose();
    let outcome = match cli.command {
        Command::Relation(args) => relation::run(&args),
        Command::Expand(args) => expand::run(&args),
        Command::Similar(args) => similar::run(&args),
        Command::Embed(args) => embed::run(&args),
        Command::Lookup(args) => lookup::run(&args),
        Command::Rewrite(args) => rewrite::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Info(args) => info::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Completions(args) => completions::run(&args),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NothingFound) => ExitCode::from(1),
        Ok(Outcome::SkippedInput) => ExitCode::from(2),
        // Whoever reads our output has seen enough (`semrel export | head`).
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::report(&error);
            ExitCode::from(2)
        }
    }
}

type CommandResult = Result<Outcome, Error>;
