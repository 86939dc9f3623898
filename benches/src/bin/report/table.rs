//! Numbers as Markdown tables.

use semrel::{Error, Result};
use semrel_benches::Fixture;
use semrel_benches::cases::System;

use crate::child::{Child, Measured};
use crate::timing::Cell;

/// A heading, what the numbers are, and a table; the first column is text.
pub(crate) fn section(title: &str, note: &str, columns: &[&str], rows: &[Vec<String>]) -> String {
    let mut out = format!("### {title}\n\n{note}\n\n");
    out += &format!("| {} |\n", columns.join(" | "));
    out += &format!("|---{}|\n", "|---:".repeat(columns.len() - 1));
    for row in rows {
        out += &format!("| {} |\n", row.join(" | "));
    }
    out
}

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

/// Three digits and a unit.
pub(crate) fn time(seconds: f64) -> String {
    let (value, unit) = match seconds {
        s if s < 1e-6 => (s * 1e9, "ns"),
        s if s < 1e-3 => (s * 1e6, "us"),
        s if s < 1.0 => (s * 1e3, "ms"),
        s => (s, "s"),
    };
    let digits = match value {
        v if v < 10.0 => 2,
        v if v < 100.0 => 1,
        _ => 0,
    };
    format!("{value:.digits$} {unit}")
}

/// A whole number, its thousands set apart.
pub(crate) fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn megabytes(bytes: usize) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!(time(0.000_000_123_4), "123 ns");
        assert_eq!(time(0.001_5), "1.50 ms");
        assert_eq!(thousands(1_234_567.0), "1,234,567");
        assert_eq!(megabytes(2_345_678), "2.3 MB");
    }
}
