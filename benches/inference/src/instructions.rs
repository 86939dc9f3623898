//! Instructions per call, counted by callgrind where valgrind is installed.
//!
//! Valgrind knows no AVX-512: every engine sees a machine with AVX2 there and takes its kernels for
//! that.

use std::process::{Command, Stdio};

use crate::Failure;
use crate::cases::{Case, LENGTHS};
use crate::engines::{Engine, Kind, load_library};
use crate::models::Model;

/// What is counted happens inside this function.
const COUNTED: &str = "semrel_inference_benches::instructions::counted";

/// What the program does under callgrind: each length once, warmed up.
pub(crate) fn run(name: &str, model: &str) -> Result<(), Failure> {
    let model = Model::named(model)?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == name);
    let kind = kind.ok_or_else(|| format!("no such engine: {name}"))?;
    let mut engine = kind.open(model, &model.file()?)?;
    let mut out = vec![0.0; model.dimensions()];
    for tokens in LENGTHS {
        let case = Case::of_length(tokens, 1);
        engine.encode(&case.sequences(), &mut out)?;
        counted(&mut *engine, &case.sequences(), &mut out)?;
    }
    Ok(())
}

#[inline(never)]
fn counted(engine: &mut dyn Engine, sequences: &[&[u32]], out: &mut [f32]) -> Result<(), Failure> {
    engine.encode(sequences, out)
}

/// Instructions of a vector at each of the lengths; `None` without valgrind.
pub(crate) fn count(kind: Kind, model: Model) -> Result<Option<[f64; LENGTHS.len()]>, Failure> {
    let folder = tempfile::tempdir()?;
    let out = folder.path().join("callgrind.out");
    let status = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--collect-atstart=no"])
        .arg(format!("--toggle-collect={COUNTED}"))
        .arg(format!("--dump-before={COUNTED}"))
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(std::env::current_exe()?)
        .args(["instructions", kind.as_str(), model.as_str()])
        .env("ORT_DYLIB_PATH", load_library()?)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !status.is_ok_and(|status| status.success()) {
        return Ok(None);
    }
    let mut counts = [f64::NAN; LENGTHS.len()];
    for (at, count) in counts.iter_mut().enumerate() {
        // Dumps are numbered from one and written before each call, so the second is what the
        // first call took; what the last one took is written at the end, without a number.
        let dump = if at + 1 == LENGTHS.len() {
            std::fs::read_to_string(&out)?
        } else {
            std::fs::read_to_string(format!("{}.{}", out.display(), at + 2))?
        };
        let totals = dump.lines().find_map(|line| line.strip_prefix("totals: "));
        *count = totals.ok_or("callgrind wrote no totals")?.trim().parse()?;
    }
    Ok(Some(counts))
}
