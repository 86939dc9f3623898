//! Measures what semrel costs, as the Markdown of `benches/README.md`: to standard output, or
//! with `--update FILE` between the two markers of a file.
//!
//! Starts itself again for what needs a process of its own: peak memory and instructions.

mod child;
mod heap;
mod instructions;
mod table;
mod timing;

use std::path::Path;
use std::process::ExitCode;

use semrel::{Error, Result};
use semrel_benches::cases::Subjects;
use semrel_benches::{Fixture, corpus, markdown};

use child::{Child, Measured, SYNTHETIC_PAIRS};

#[global_allocator]
static HEAP: heap::CountingAllocator = heap::CountingAllocator;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        [] => report().map(|report| print!("{report}")),
        ["--update", file] => {
            report().and_then(|report| markdown::update(Path::new(file), &report))
        }
        ["child", name, folder] => child::run(name, Path::new(folder)),
        ["instructions", folder] => instructions::run(Path::new(folder)),
        _ => Err(Error::invalid("usage: report [--update FILE]")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn report() -> Result<String> {
    let folder = tempfile::tempdir().map_err(|e| Error::io("cannot make a temporary folder", e))?;
    let records = corpus::records()?;
    let (place, built) = Fixture::prepare(folder.path(), &records)?;
    drop(records);
    place.compare_answers()?;

    let database = place.sqlite()?;
    let subjects = Subjects::open(&place, &database)?;
    let mut times = timing::measure(&mut subjects.lookups(), 31);
    times.extend(timing::measure(&mut subjects.openings(), 15));
    drop(subjects);

    let mut sections = vec![table::by_system(
        "Time",
        "Median per call, one thread.",
        &times,
        markdown::time,
    )];
    if let Some(counts) = instructions::count(&place)? {
        let note = "Per call, counted by callgrind.";
        sections.push(table::by_system(
            "Instructions",
            note,
            &counts,
            markdown::thousands,
        ));
    }
    let children: Vec<(Child, Measured)> = Child::PEERS
        .into_iter()
        .map(|child| Ok((child, child.measure(&place)?)))
        .collect::<Result<_>>()?;
    sections.push(table::sizes(&place, built.pairs(), &children)?);
    let corpus = Child::Corpus.measure(&place)?;
    let synthetic = Child::Synthetic.measure(&place)?;
    sections.push(table::builds(&[
        ("Turkish, from JSON Lines", built.pairs(), corpus),
        ("synthetic", SYNTHETIC_PAIRS, synthetic),
    ]));
    Ok(sections.join("\n"))
}
