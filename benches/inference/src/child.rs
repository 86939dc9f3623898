//! Processes of their own: what one engine alone needs to open and to answer.

use std::process::Command;
use std::time::Instant;

use semrel_benches::process::peak_memory;

use crate::Failure;
use crate::cases::{Case, LENGTHS};
use crate::engines::{Kind, load_library};
use crate::models::Model;
use crate::timing::Times;

/// Processes that are started to measure one thing.
const TIMES: usize = 9;

/// What processes of one engine report.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    /// From opening the file to the first vector, of 16 tokens. A shared library is loaded before.
    pub(crate) first_answer: Times,
    /// Most memory after vectors of all lengths, one by one, in KiB.
    pub(crate) peak: usize,
}

/// Starts processes, one after another, and waits for what they report. `None` is a process that
/// does nothing.
pub(crate) fn measure(kind: Option<Kind>, model: Model) -> Result<Measured, Failure> {
    let name = kind.map_or("nothing", Kind::as_str);
    let library = load_library()?;
    let (mut seconds, mut peak) = (Vec::new(), 0);
    for _ in 0..TIMES {
        let output = Command::new(std::env::current_exe()?)
            .args(["child", name, model.as_str()])
            .env("ORT_DYLIB_PATH", &library)
            .output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let numbers: Vec<f64> = text.split_whitespace().flat_map(str::parse).collect();
        let &[first, most] = numbers.as_slice() else {
            return Err(format!("{name}: {}", String::from_utf8_lossy(&output.stderr)).into());
        };
        seconds.push(first);
        peak = peak.max(most as usize);
    }
    Ok(Measured {
        first_answer: Times::of(seconds),
        peak,
    })
}

/// What a process does that was started to be measured.
pub(crate) fn run(name: &str, model: &str) -> Result<(), Failure> {
    let model = Model::named(model)?;
    let file = model.file()?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == name);
    let mut out = vec![0.0; model.dimensions()];
    let mut first = 0.0;
    if let Some(kind) = kind {
        if kind == Kind::OnnxRuntime {
            load_library()?;
        }
        let case = Case::of_length(16, 1);
        let start = Instant::now();
        let mut engine = kind.open(model, &file)?;
        engine.encode(&case.sequences(), &mut out)?;
        first = start.elapsed().as_secs_f64();
        for tokens in LENGTHS {
            engine.encode(&Case::of_length(tokens, 1).sequences(), &mut out)?;
        }
    }
    println!("{first} {}", peak_memory().unwrap_or(0));
    Ok(())
}
