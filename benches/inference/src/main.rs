//! Measures what a vector by the encoder costs, beside ONNX Runtime and stock tract on the same file
//! and the same tokens, as the Markdown of `README.md`: to standard output, or with `--update FILE`
//! between the two markers of a file.
//!
//! Starts itself again for what needs a process of its own: opening, peak memory and instructions.

mod cases;
mod child;
mod engines;
mod instructions;
mod machine;
mod mass;
mod models;
mod profile;
mod report;
mod timing;

use std::path::Path;
use std::process::ExitCode;

use semrel_benches::markdown;

type Failure = Box<dyn std::error::Error + Send + Sync>;

const USAGE: &str = "usage: semrel-inference-benches [--update FILE | --profile MODEL | --mass]";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => print!("{}", report::report()?),
        ["--update", file] => markdown::update(Path::new(file), &report::report()?)?,
        ["--profile", model] => profile::run(models::Model::named(model)?)?,
        ["--mass"] => {
            for (name, times) in mass::head()?.into_iter().chain(mass::library()?) {
                println!("{name}: {}", markdown::time(times.median));
            }
        }
        ["child", name, model] => child::run(name, model)?,
        ["instructions", name, model] => instructions::run(name, model)?,
        _ => return Err(USAGE.into()),
    }
    Ok(())
}
