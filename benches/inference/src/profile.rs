//! Where the time goes in stock tract: by operator, beside what the arithmetic and the weights
//! alone would need.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::Failure;
use crate::cases::{Case, LENGTHS};
use crate::engines::{Engine, StockTract};
use crate::models::Model;

const RUNS: usize = 300;

/// What the nodes of one operator took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spent {
    pub(crate) nodes: usize,
    pub(crate) time: Duration,
}

/// Prints tables for a model.
pub(crate) fn run(model: Model) -> Result<(), Failure> {
    println!("# {}\n", model.description());
    let onnx = std::fs::read(model.file()?)?;
    let start = Instant::now();
    let mut tract = StockTract::open(&onnx, model.dimensions())?;
    println!("read: {:.1} ms\n", start.elapsed().as_secs_f64() * 1e3);
    let mut out = vec![0.0; model.dimensions()];
    for tokens in LENGTHS {
        let planned = tract.prepare(tokens)?;
        let case = Case::of_length(tokens, 1);
        let start = Instant::now();
        for _ in 0..RUNS {
            tract.encode(&case.sequences(), &mut out)?;
        }
        let call = start.elapsed() / RUNS as u32;
        let mut spent = BTreeMap::new();
        for _ in 0..RUNS {
            tract.profile(&case.sequences[0], &mut spent)?;
        }
        let (products, bytes) = tract.work(tokens)?;
        println!("## {tokens} tokens\n");
        println!(
            "planned in {:.1} ms, {:.0} us a call; {:.2} million multiply-adds, {:.2} MB of \
             constants\n",
            planned.as_secs_f64() * 1e3,
            call.as_secs_f64() * 1e6,
            products / 1e6,
            bytes / 1e6
        );
        table(spent);
    }
    Ok(())
}

fn table(spent: BTreeMap<String, Spent>) {
    let mut rows: Vec<(String, Spent)> = spent.into_iter().collect();
    rows.sort_by_key(|(_, spent)| std::cmp::Reverse(spent.time));
    let total: f64 = rows.iter().map(|(_, spent)| spent.time.as_secs_f64()).sum();
    println!("| operator | nodes | us a call | share |\n|---|---:|---:|---:|");
    for (operator, spent) in rows {
        let seconds = spent.time.as_secs_f64();
        println!(
            "| {operator} | {} | {:.1} | {:.1} % |",
            spent.nodes / RUNS,
            seconds * 1e6 / RUNS as f64,
            seconds * 100.0 / total
        );
    }
    println!();
}
