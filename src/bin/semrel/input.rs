//! Terms and pairs from files and streams, line by line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use semrel::{Error, Lines, Result};
use serde::Deserialize;

use crate::output::{self, Output};
use crate::{CommandResult, Outcome};

/// Options shared by the commands that answer line by line.
#[derive(Debug, clap::Args)]
pub(crate) struct Input {
    /// Read a file line by line, or standard input (-)
    #[arg(long, value_name = "FILE")]
    pub(crate) input: Option<PathBuf>,
    /// Report bad lines and go on with the next; the exit status is then 2
    #[arg(long, requires = "input")]
    keep_going: bool,
}

impl Input {
    /// Answers the one question of the command line, or one per line of `--input`.
    ///
    /// `read` makes a question of a line; `answer` prints an answer and returns whether there is
    /// one.
    pub(crate) fn answer_each<Q>(
        &self,
        question: Option<Q>,
        read: impl Fn(&str) -> Result<Q>,
        mut answer: impl FnMut(&Q, &mut Output) -> Result<bool>,
    ) -> CommandResult {
        let Some(path) = &self.input else {
            let question =
                question.ok_or_else(|| Error::invalid("a question or --input is needed"))?;
            let mut out = Output::stdout(false);
            let found = answer(&question, &mut out)?;
            out.finish()?;
            return Ok(if found {
                Outcome::Done
            } else {
                Outcome::NothingFound
            });
        };
        let mut out = Output::stdout(is_stdin(path));
        let skipped = self.for_each_line(path, |line| answer(&read(line)?, &mut out).map(|_| ()));
        out.finish()?;
        Ok(if skipped? {
            Outcome::SkippedInput
        } else {
            Outcome::Done
        })
    }

    /// Calls `answer` for every line that is not empty. Without `--keep-going` the first error
    /// ends it. Returns whether any line was passed over.
    fn for_each_line(
        &self,
        path: &Path,
        mut answer: impl FnMut(&str) -> Result<()>,
    ) -> Result<bool> {
        let mut lines = Lines::new(open(path)?);
        let mut skipped = false;
        loop {
            let answered = match lines.next_line() {
                None => return Ok(skipped),
                Some(Ok(line)) if line.trim().is_empty() => continue,
                Some(Ok(line)) => match answer(line) {
                    Err(error) if !output::is_io(&error) => {
                        let number = lines.number();
                        Err(error.context(format_args!("line {number}")))
                    }
                    answered => answered,
                },
                Some(Err(error)) => Err(error),
            };
            match answered {
                Ok(()) => {}
                Err(error) if self.keep_going && !output::is_io(&error) => {
                    output::report(&error);
                    skipped = true;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// Whether a path stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Opens a file, or standard input for `-`, with a progress bar on a terminal.
pub(crate) fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    if is_stdin(path) {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let cannot = |e| Error::io(format_args!("cannot read {}", path.display()), e);
    let file = File::open(path).map_err(cannot)?;
    let metadata = file.metadata().map_err(cannot)?;
    if metadata.is_dir() {
        return Err(Error::invalid(format!(
            "cannot read {}: it is a folder",
            path.display()
        )));
    }
    let bar = ProgressBar::new(metadata.len());
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {eta}") {
        bar.set_style(style);
    }
    Ok(Box::new(BufReader::with_capacity(
        1 << 16,
        WithProgress { file, bar },
    )))
}

/// Moves a progress bar along with what is read. The bar shows on a terminal only.
struct WithProgress {
    file: File,
    bar: ProgressBar,
}

impl Read for WithProgress {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.bar.inc(count as u64);
        if count == 0 {
            self.bar.finish_and_clear();
        }
        Ok(count)
    }
}

/// Two terms, as a line gives them.
#[derive(Debug, Deserialize)]
pub(crate) struct PairLine {
    pub(crate) sentence1: String,
    pub(crate) sentence2: String,
}

impl PairLine {
    /// A JSON object, or two columns with a tab between them.
    pub(crate) fn read(line: &str) -> Result<Self> {
        if line.starts_with('{') {
            return serde_json::from_str(line)
                .map_err(|e| Error::invalid(format!("malformed JSON: {e}")));
        }
        match line.split_once('\t') {
            Some((a, b)) => Ok(PairLine {
                sentence1: a.to_owned(),
                sentence2: b.split('\t').next().unwrap_or_default().to_owned(),
            }),
            None => Err(Error::invalid(
                "not a pair: two columns with a tab between them, or \
                 {\"sentence1\":…,\"sentence2\":…}",
            )),
        }
    }
}

/// A term: a JSON object, or the line itself.
pub(crate) fn term_of(line: &str) -> Result<String> {
    #[derive(Deserialize)]
    struct TermLine {
        term: String,
    }
    if line.starts_with('{') {
        let line: TermLine = serde_json::from_str(line)
            .map_err(|e| Error::invalid(format!("malformed JSON: {e}")))?;
        return Ok(line.term);
    }
    Ok(line.to_owned())
}
