//! One term against many: the pair head alone, and the whole library.

use std::time::Instant;

use semrel::Semrel;
use semrel_benches::random::Random;

use crate::Failure;
use crate::engines::{HeadPlan, HeadSession};
use crate::timing::{Times, measure};

/// Candidates of one term.
pub(crate) const CANDIDATES: usize = 10_000;
/// Pairs of the rows that tract is planned for.
const ROWS: usize = 64;
const TERM: &str = "saklı pay";
/// Widths of the head's inputs.
const DIMENSIONS: usize = 96;
const FEATURES: usize = 70;
const LOGITS: usize = 4;

/// What was measured, and the seconds for all candidates.
pub(crate) type Row = (&'static str, Times);

/// Times the head over vectors and features that are there, in both orders of the terms, by the
/// other engines.
///
/// HOOK: `semrel::inference::PairHead` belongs here as the first of the ways.
pub(crate) fn head() -> Result<Vec<Row>, Failure> {
    let onnx = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../models/tr/classifier.onnx"
    ))?;
    let inputs = [
        ("a", DIMENSIONS),
        ("b", DIMENSIONS),
        ("remainder_a", DIMENSIONS),
        ("remainder_b", DIMENSIONS),
        ("features", FEATURES),
    ];
    // Both orders of a pair are two rows.
    let rows = 2 * CANDIDATES;
    let mut random = Random::new(1);
    let mut number = || random.below(2001) as f32 / 1000.0 - 1.0;
    let matrices: Vec<Vec<f32>> = inputs
        .iter()
        .map(|&(_, width)| (0..rows * width).map(|_| number() * 0.18).collect())
        .collect();
    let part = |from: usize, to: usize| -> Vec<&[f32]> {
        let matrices = matrices.iter().zip(&inputs);
        matrices
            .map(|(m, &(_, width))| &m[from * width..to * width])
            .collect()
    };
    let plan = HeadPlan::open(&onnx, &inputs, ROWS)?;
    let mut session = HeadSession::open(&onnx)?;
    let mut by_tract = vec![0.0; rows * LOGITS];
    let mut by_runtime = vec![0.0; rows * LOGITS];
    let mut tract = || -> Result<(), Failure> {
        // What is left over of the last batch is not worth a plan of its own.
        for at in (0..rows - rows % ROWS).step_by(ROWS) {
            let out = &mut by_tract[at * LOGITS..(at + ROWS) * LOGITS];
            plan.run(&part(at, at + ROWS), out)?;
        }
        Ok(())
    };
    let mut runtime =
        || -> Result<(), Failure> { session.run(rows, &inputs, &part(0, rows), &mut by_runtime) };
    let times = measure(&mut [&mut runtime, &mut tract])?;
    let apart = by_tract.iter().zip(&by_runtime).take(ROWS * LOGITS);
    if apart.map(|(x, y)| (x - y).abs()).fold(0.0, f32::max) > 1e-3 {
        return Err("the engines do not agree on the logits".into());
    }
    let names = ["head alone, ONNX Runtime", "head alone, tract"];
    Ok(names.into_iter().zip(times).collect())
}

/// Times the library, from text: a known term against known ones, and against unknown ones.
pub(crate) fn library() -> Result<Vec<Row>, Failure> {
    let semrel = Semrel::turkish()?;
    let terms: Vec<&str> = semrel.lexicon().terms().map(|term| term.text()).collect();
    let mut random = Random::new(2);
    let known: Vec<&str> = (0..CANDIDATES).map(|_| random.pick(&terms)).collect();
    let unknown: Vec<String> = known[..CANDIDATES / 10]
        .iter()
        .map(|term| term.chars().rev().collect())
        .collect();
    let pairs = || known.iter().map(|&candidate| (TERM, candidate));
    semrel.relation_by_model(TERM, &unknown[0])?;
    let mut one_by_one = Vec::new();
    let (mut batched, mut strange) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let start = Instant::now();
        for (a, b) in pairs() {
            semrel.relation_by_model(a, b)?;
        }
        one_by_one.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        semrel.relations(pairs())?;
        batched.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        for candidate in &unknown {
            semrel.relation_by_model(TERM, candidate)?;
        }
        strange.push(start.elapsed().as_secs_f64() * 10.0);
    }
    Ok(vec![
        ("`relations`, terms of the lexicon", Times::of(batched)),
        (
            "`relation_by_model`, terms of the lexicon",
            Times::of(one_by_one),
        ),
        ("`relation_by_model`, unknown terms", Times::of(strange)),
    ])
}
