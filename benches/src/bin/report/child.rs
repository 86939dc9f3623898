//! Processes of their own: what one system alone needs to open and to answer.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use semrel::{Error, ExpandOptions, LexiconBuilder, Result};
use semrel_benches::peers::{Database, SqlitePeer};
use semrel_benches::process::peak_memory;
use semrel_benches::synthetic::Synthetic;
use semrel_benches::{Fixture, corpus};

use crate::heap;

/// Labelled pairs of the synthetic corpus.
pub(crate) const SYNTHETIC_PAIRS: usize = 1_000_000;

/// What a process does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Child {
    /// Reads the questions and answers none.
    Nothing,
    Semrel,
    HashMap,
    /// From its file, with the page cache of its own that SQLite has by default.
    Sqlite,
    SqliteInMemory,
    /// Builds the lexicon of the corpus.
    Corpus,
    /// Builds a lexicon of [`SYNTHETIC_PAIRS`].
    Synthetic,
}

/// What a process reports of itself.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Measured {
    /// Most memory it ever had, in KiB.
    pub(crate) peak: usize,
    /// Bytes on the heap once it was open.
    pub(crate) heap: usize,
    /// Bytes that it wrote.
    pub(crate) image: usize,
    pub(crate) terms: usize,
    pub(crate) seconds: f64,
}

impl Child {
    /// The rows of the report; the first is what the others have in common.
    pub(crate) const PEERS: [Child; 5] = [
        Child::Nothing,
        Child::Semrel,
        Child::HashMap,
        Child::Sqlite,
        Child::SqliteInMemory,
    ];

    const ALL: [Child; 7] = [
        Child::Nothing,
        Child::Semrel,
        Child::HashMap,
        Child::Sqlite,
        Child::SqliteInMemory,
        Child::Corpus,
        Child::Synthetic,
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Child::Nothing => "nothing",
            Child::Semrel => "semrel",
            Child::HashMap => "HashMap",
            Child::Sqlite => "SQLite, file",
            Child::SqliteInMemory => "SQLite, in memory",
            Child::Corpus => "corpus",
            Child::Synthetic => "synthetic",
        }
    }

    /// Starts the process and waits for what it reports.
    pub(crate) fn measure(self, place: &Fixture) -> Result<Measured> {
        let failed = |e| Error::io(format_args!("cannot measure {}", self.as_str()), e);
        let output = std::env::current_exe()
            .and_then(|program| {
                Command::new(program)
                    .args(["child", self.as_str()])
                    .arg(place.folder())
                    .output()
            })
            .map_err(failed)?;
        let text = String::from_utf8_lossy(&output.stdout);
        let numbers: Vec<f64> = text.split_whitespace().flat_map(str::parse).collect();
        let &[peak, heap, image, terms, seconds] = numbers.as_slice() else {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(failed(std::io::Error::other(said)));
        };
        Ok(Measured {
            peak: peak as usize,
            heap: heap as usize,
            image: image as usize,
            terms: terms as usize,
            seconds,
        })
    }

    fn work(self, place: &Fixture) -> Result<Measured> {
        let mut measured = Measured::default();
        let questions = place.questions()?;
        heap::start();
        let start = Instant::now();
        match self {
            Child::Nothing => {}
            Child::Semrel => {
                let semrel = place.semrel()?;
                measured.heap = heap::live();
                let options = ExpandOptions::default();
                for (a, b) in &questions.known {
                    semrel.relation(a, b)?;
                }
                for term in &questions.terms {
                    semrel.expand(term, &options)?;
                }
            }
            Child::HashMap => {
                let map = place.hash_map()?;
                measured.heap = heap::live();
                for (a, b) in &questions.known {
                    std::hint::black_box(map.relation(a, b));
                }
                for term in &questions.terms {
                    map.expand(term);
                }
            }
            Child::Sqlite | Child::SqliteInMemory => {
                let database = match self {
                    Child::Sqlite => Database::open(&place.sqlite_path())?,
                    _ => place.sqlite()?,
                };
                let sqlite = SqlitePeer::new(&database)?;
                for (a, b) in &questions.known {
                    sqlite.relation(a, b)?;
                }
                for term in &questions.terms {
                    sqlite.expand(term)?;
                }
            }
            Child::Corpus => {
                let (image, report) = corpus::build(&corpus::records()?)?;
                measured.image = image.len();
                measured.terms = report.terms;
            }
            Child::Synthetic => {
                let mut builder = LexiconBuilder::new();
                for pair in Synthetic::new(1).take(SYNTHETIC_PAIRS) {
                    builder.add_pair(&pair)?;
                }
                let (image, report) = builder.build()?;
                measured.image = image.len();
                measured.terms = report.terms;
            }
        }
        measured.seconds = start.elapsed().as_secs_f64();
        measured.peak = peak_memory().unwrap_or(0);
        Ok(measured)
    }
}

/// What a process does that was started to be measured.
pub(crate) fn run(name: &str, folder: &Path) -> Result<()> {
    let child = Child::ALL
        .into_iter()
        .find(|child| child.as_str() == name)
        .ok_or_else(|| Error::invalid(format!("no such measurement: {name}")))?;
    let m = child.work(&Fixture::new(folder))?;
    println!(
        "{} {} {} {} {}",
        m.peak, m.heap, m.image, m.terms, m.seconds
    );
    Ok(())
}
