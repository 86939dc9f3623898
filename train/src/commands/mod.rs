//! One file per command.

pub(crate) mod composition;
pub(crate) mod corpus;
pub(crate) mod features;
pub(crate) mod lemmas;
pub(crate) mod overlap;
pub(crate) mod sample;
pub(crate) mod splits;
pub(crate) mod stats;
pub(crate) mod vectors;

use std::path::Path;
use std::process::ExitCode;

use semrel::Result;
use semrel_train::output::{self, OutputFile};

/// Writes the files, or with `check` reports those that are not up to date.
fn write_or_check(folder: &Path, files: &[OutputFile], check: bool) -> Result<ExitCode> {
    if !check {
        output::write(folder, files)?;
        return Ok(ExitCode::SUCCESS);
    }
    let outdated = output::outdated(folder, files)?;
    for name in &outdated {
        eprintln!(
            "{} is not up to date: make it again",
            folder.join(name).display()
        );
    }
    Ok(if outdated.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
