//! Instructions per call, counted by callgrind where valgrind is installed.

use std::path::Path;
use std::process::{Command, Stdio};

use semrel::{Error, Result};
use semrel_benches::Fixture;
use semrel_benches::cases::Subjects;

use crate::timing::Cell;

/// Every case runs inside this function, and only it is counted.
const COUNTED: &str = "semrel_benches::cases::Case::run";

/// What the program does under callgrind: each case once, warmed up.
pub(crate) fn run(folder: &Path) -> Result<()> {
    let place = Fixture::new(folder);
    let database = place.sqlite()?;
    let subjects = Subjects::open(&place, &database)?;
    for case in &mut subjects.lookups() {
        case.warm_up();
        case.run();
    }
    Ok(())
}

/// Instructions per call of each case; `None` without valgrind.
pub(crate) fn count(place: &Fixture) -> Result<Option<Vec<Cell>>> {
    let failed = |e| Error::io("cannot count instructions", e);
    let out = place.folder().join("callgrind.out");
    let status = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--collect-atstart=no"])
        .arg(format!("--toggle-collect={COUNTED}"))
        .arg(format!("--dump-before={COUNTED}"))
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(std::env::current_exe().map_err(failed)?)
        .arg("instructions")
        .arg(place.folder())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !status.is_ok_and(|status| status.success()) {
        return Ok(None);
    }
    let database = place.sqlite()?;
    let subjects = Subjects::open(place, &database)?;
    let mut cells = Vec::new();
    let lookups = subjects.lookups();
    for (at, case) in lookups.iter().enumerate() {
        // Dumps are numbered from one and written before each case, so the second is what the
        // first case took; what the last one took is written at the end, without a number.
        let dump = if at + 1 == lookups.len() {
            std::fs::read_to_string(&out)
        } else {
            std::fs::read_to_string(format!("{}.{}", out.display(), at + 2))
        };
        let total = dump.map_err(failed)?.lines().find_map(|line| {
            let number = line.strip_prefix("totals: ")?;
            number.trim().parse::<f64>().ok()
        });
        cells.push(Cell {
            question: case.question,
            system: case.system,
            value: total.unwrap_or(f64::NAN) / case.calls as f64,
        });
    }
    Ok(Some(cells))
}
