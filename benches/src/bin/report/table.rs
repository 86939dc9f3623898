//! Numbers as Markdown tables.

use semrel::{Error, Result};
use semrel_benches::Fixture;
use semrel_benches::cases::System;
use semrel_benches::markdown::{megabytes, section, thousands, time};

use crate::child::{Child, Measured};
use crate::timing::Cell;

/// A row per question, a column per system.
pub(crate) fn by_system(
    title: &str,
    note: &str,
    cells: &[Cell],
    format: fn(f64) -> String,
) -> String {
    let mut columns = vec!["call"];
    columns.extend(System::ALL.map(System::as_str));
    let mut rows: Vec<Vec<String>> = Vec::new();
    for cell in cells {
        if rows.iter().any(|row| row[0] == cell.question) {
            continue;
        }
        let mut row = vec![cell.question.to_owned()];
        row.extend(System::ALL.map(|system| {
            cells
                .iter()
                .find(|c| c.question == cell.question && c.system == system)
                .map_or_else(String::new, |c| format(c.value))
        }));
        rows.push(row);
    }
    section(title, note, &columns, &rows)
}

/// Bytes of each system, and what its process needs.
pub(crate) fn sizes(
    place: &Fixture,
    pairs: usize,
    children: &[(Child, Measured)],
) -> Result<String> {
    let database = std::fs::metadata(place.sqlite_path())
        .map_err(|e| Error::io("cannot measure the database", e))?;
    let image = place.semrel()?.lexicon().image_len();
    let show = |bytes: Option<usize>| bytes.map_or_else(String::new, megabytes);
    let row = |&(child, measured): &(Child, Measured)| {
        let file = match child {
            Child::Semrel => Some(image),
            Child::Sqlite => Some(database.len() as usize),
            _ => None,
        };
        let heap = Some(measured.heap).filter(|&heap| heap > 0);
        let per_pair = file.or(heap).map(|bytes| bytes as f64 / pairs as f64);
        vec![
            child.as_str().to_owned(),
            show(file),
            per_pair.map_or_else(String::new, |bytes| format!("{bytes:.0} B")),
            show(heap),
            megabytes(measured.peak * 1024),
        ]
    };
    Ok(section(
        "Size and memory",
        "Each in a process of its own that opens and answers all questions.",
        &[
            "",
            "file",
            "per labelled pair",
            "heap once open",
            "peak of the process",
        ],
        &children.iter().map(row).collect::<Vec<_>>(),
    ))
}

/// What a build takes.
pub(crate) fn builds(builds: &[(&str, usize, Measured)]) -> String {
    let row = |&(name, pairs, measured): &(&str, usize, Measured)| {
        vec![
            name.to_owned(),
            thousands(pairs as f64),
            thousands(measured.terms as f64),
            time(measured.seconds),
            megabytes(measured.image),
            megabytes(measured.peak * 1024),
        ]
    };
    section(
        "Building",
        "From records to an image, in a process of its own.",
        &[
            "corpus",
            "labelled pairs",
            "terms",
            "time",
            "image",
            "peak of the process",
        ],
        &builds.iter().map(row).collect::<Vec<_>>(),
    )
}
