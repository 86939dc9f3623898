//! One term against many: the pair head alone, and the whole library.

use std::time::Instant;

use semrel::inference::{PairHead, PairRow};
use semrel::{Semrel, Term};
use semrel_benches::random::Random;

use crate::Failure;
use crate::engines::{HeadPlan, HeadSession};
use crate::timing::{Times, measure};

/// Candidates of one term.
const CANDIDATES: usize = 10_000;
/// In so many pairs one shares a word with the term.
const SHARING: usize = 8;
/// Rows that tract is planned for.
const ROWS: usize = 32;
const TERM: &str = "saklı pay";
/// Widths of the head's inputs.
const DIMENSIONS: usize = 96;
const FEATURES: usize = 70;
const LOGITS: usize = 4;
const INPUTS: [(&str, usize); 5] = [
    ("a", DIMENSIONS),
    ("b", DIMENSIONS),
    ("remainder_a", DIMENSIONS),
    ("remainder_b", DIMENSIONS),
    ("features", FEATURES),
];
/// How far logits may lie apart on average: weights and activations of 8 bits against floats.
const APART: f32 = 0.05;

/// What was measured, and the seconds for all candidates.
pub(crate) type Row = (&'static str, Times);

/// Times the head over vectors and features that are there. ONNX Runtime and tract judge each pair
/// in both orders of its terms, as a head of any shape must be asked.
pub(crate) fn head() -> Result<Vec<Row>, Failure> {
    let onnx = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../models/tr/classifier.onnx"
    ))?;
    let given = Given::draw();
    let matrices = given.matrices();
    let pairs: Vec<PairRow<'_>> = (0..CANDIDATES).map(|pair| given.pair(pair)).collect();
    let rows = 2 * CANDIDATES;

    let mut session = PairHead::from_onnx(onnx.clone(), DIMENSIONS, FEATURES)?.session();
    let mut runtime_session = HeadSession::open(&onnx)?;
    let plan = HeadPlan::open(&onnx, &INPUTS, ROWS)?;
    let mut by_ours = vec![[0.0; LOGITS]; CANDIDATES];
    let mut by_runtime = vec![0.0; rows * LOGITS];
    let mut by_tract = vec![0.0; rows * LOGITS];
    let mut ours = || Ok(session.logits(&pairs, &mut by_ours)?);
    let mut runtime = || {
        let matrices: Vec<&[f32]> = matrices.iter().map(Vec::as_slice).collect();
        runtime_session.run(rows, &INPUTS, &matrices, &mut by_runtime)
    };
    let mut tract = || {
        for at in (0..rows).step_by(ROWS) {
            let part: Vec<&[f32]> = matrices
                .iter()
                .zip(INPUTS)
                .map(|(matrix, (_, width))| &matrix[at * width..(at + ROWS) * width])
                .collect();
            plan.run(&part, &mut by_tract[at * LOGITS..(at + ROWS) * LOGITS])?;
        }
        Ok(())
    };
    let times = measure(&mut [&mut ours, &mut runtime, &mut tract])?;

    for (name, theirs) in [("ONNX Runtime", by_runtime), ("tract", by_tract)] {
        let apart = apart(&by_ours, &theirs);
        if apart > APART {
            return Err(format!("logits differ from those of {name} by {apart} on average").into());
        }
    }
    let names = [
        "head alone, semrel",
        "head alone, ONNX Runtime",
        "head alone, tract",
    ];
    Ok(names.into_iter().zip(times).collect())
}

/// The mean distance of logits of pairs to those of both orders.
fn apart(ours: &[[f32; LOGITS]], theirs: &[f32]) -> f32 {
    let both = theirs
        .chunks_exact(2 * LOGITS)
        .map(|both| both.split_at(LOGITS));
    let distances = ours.iter().zip(both).flat_map(|(ours, (forth, back))| {
        let means = forth.iter().zip(back).map(|(x, y)| (x + y) / 2.0);
        ours.iter().zip(means).map(|(x, y)| (x - y).abs())
    });
    distances.sum::<f32>() / (ours.len() * LOGITS) as f32
}

/// Vectors and features of one term and its candidates.
struct Given {
    term: Vec<f32>,
    rest: Vec<f32>,
    candidates: Vec<f32>,
    remainders: Vec<f32>,
    features: Vec<f32>,
}

impl Given {
    fn draw() -> Self {
        let mut random = Random::new(1);
        let mut number = || random.below(2001) as f32 / 1000.0 - 1.0;
        let mut unit = |rows: usize| -> Vec<f32> {
            let mut numbers: Vec<f32> = (0..rows * DIMENSIONS).map(|_| number()).collect();
            for row in numbers.chunks_mut(DIMENSIONS) {
                let length = row.iter().map(|x| x * x).sum::<f32>().sqrt();
                row.iter_mut().for_each(|x| *x /= length);
            }
            numbers
        };
        let [term, rest, candidates, remainders] =
            [unit(1), unit(1), unit(CANDIDATES), unit(CANDIDATES)];
        let features = (0..CANDIDATES * FEATURES).map(|_| number().abs()).collect();
        Given {
            term,
            rest,
            candidates,
            remainders,
            features,
        }
    }

    fn pair(&self, pair: usize) -> PairRow<'_> {
        let vector = pair * DIMENSIONS..(pair + 1) * DIMENSIONS;
        let b = &self.candidates[vector.clone()];
        let remainder = &self.remainders[vector];
        let shares = pair % SHARING == 0;
        PairRow {
            a: &self.term,
            b,
            remainder_a: if shares { &self.rest } else { &self.term },
            remainder_b: if shares { remainder } else { b },
            features: &self.features[pair * FEATURES..(pair + 1) * FEATURES],
        }
    }

    /// One matrix per input, two rows a pair: both orders.
    fn matrices(&self) -> [Vec<f32>; 5] {
        let mut matrices: [Vec<f32>; 5] = Default::default();
        for pair in (0..CANDIDATES).map(|pair| self.pair(pair)) {
            let (x, y) = (pair.remainder_a, pair.remainder_b);
            for rows in [[pair.a, pair.b, x, y], [pair.b, pair.a, y, x]] {
                for (matrix, row) in matrices.iter_mut().zip(rows) {
                    matrix.extend_from_slice(row);
                }
                matrices[4].extend_from_slice(pair.features);
            }
        }
        matrices
    }
}

/// Times the library, from text: a known term against known ones, and against unknown ones.
pub(crate) fn library() -> Result<Vec<Row>, Failure> {
    let semrel = Semrel::turkish()?;
    let terms: Vec<&str> = semrel.lexicon().terms().map(Term::text).collect();
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
