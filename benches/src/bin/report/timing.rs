//! Medians.

use std::time::Instant;

use semrel_benches::cases::{Case, System};

/// A number per question and system.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    pub(crate) question: &'static str,
    pub(crate) system: System,
    pub(crate) value: f64,
}

/// Seconds per call of each case: the median over rounds. All cases take turns in every round,
/// so that whatever else the machine does hits all of them; each is timed right after two untimed
/// runs of its own, so that none profits from what the one before it left in the caches.
pub(crate) fn measure(cases: &mut [Case<'_>], rounds: usize) -> Vec<Cell> {
    let mut seconds = vec![Vec::with_capacity(rounds); cases.len()];
    for _ in 0..rounds {
        for (case, seconds) in cases.iter_mut().zip(&mut seconds) {
            case.warm_up();
            case.warm_up();
            let start = Instant::now();
            case.run();
            seconds.push(start.elapsed().as_secs_f64() / case.calls as f64);
        }
    }
    cases
        .iter()
        .zip(seconds)
        .map(|(case, seconds)| Cell {
            question: case.question,
            system: case.system,
            value: median(seconds),
        })
        .collect()
}

pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
