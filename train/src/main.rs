//! `semrel-train`: makes the labelled data of semrel.

mod commands;

use std::process::ExitCode;

use clap::Parser;

/// Makes the labelled data of semrel.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Corpus(commands::corpus::Args),
    Splits(commands::splits::Args),
    Stats(commands::stats::Args),
    Sample(commands::sample::Args),
    Features(commands::features::Args),
    Lemmas(commands::lemmas::Args),
    Overlap(commands::overlap::Args),
    Composition(commands::composition::Args),
    Vectors(commands::vectors::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Corpus(args) => commands::corpus::run(&args),
        Command::Splits(args) => commands::splits::run(&args),
        Command::Features(args) => commands::features::run(&args),
        Command::Lemmas(args) => commands::lemmas::run(&args),
        Command::Overlap(args) => commands::overlap::run(&args),
        Command::Stats(args) => commands::stats::run(&args),
        Command::Sample(args) => commands::sample::run(&args),
        Command::Composition(args) => commands::composition::run(&args),
        Command::Vectors(args) => commands::vectors::run(&args),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("semrel-train: {error}");
            ExitCode::from(2)
        }
    }
}
