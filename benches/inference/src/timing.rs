//! Median and least time of a call.

use std::time::{Duration, Instant};

use crate::Failure;

/// Rounds, unless that takes too long.
const ROUNDS: usize = 41;
const FEWEST_ROUNDS: usize = 7;
const LONGEST: Duration = Duration::from_secs(3);
/// Calls are repeated in a round until they take this long together.
const ROUND: Duration = Duration::from_millis(2);

/// Seconds of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    pub(crate) median: f64,
    pub(crate) least: f64,
}

/// Times several ways to do the same. They take turns in every round, so that whatever else the
/// machine does hits all of them; each runs once untimed first, so that none profits from what the
/// one before it left in the caches.
pub(crate) fn measure(
    ways: &mut [&mut dyn FnMut() -> Result<(), Failure>],
) -> Result<Vec<Times>, Failure> {
    let mut calls = Vec::new();
    for way in &mut *ways {
        way()?;
        let start = Instant::now();
        way()?;
        let once = start.elapsed().max(Duration::from_nanos(100));
        calls.push((ROUND.as_secs_f64() / once.as_secs_f64()).ceil() as usize);
    }
    let mut seconds = vec![Vec::new(); ways.len()];
    let start = Instant::now();
    for round in 0..ROUNDS {
        if round >= FEWEST_ROUNDS && start.elapsed() > LONGEST {
            break;
        }
        for ((way, &calls), seconds) in ways.iter_mut().zip(&calls).zip(&mut seconds) {
            way()?;
            let start = Instant::now();
            for _ in 0..calls {
                way()?;
            }
            seconds.push(start.elapsed().as_secs_f64() / calls as f64);
        }
    }
    Ok(seconds.into_iter().map(Times::of).collect())
}

impl Times {
    pub(crate) fn of(mut seconds: Vec<f64>) -> Self {
        seconds.sort_by(f64::total_cmp);
        Times {
            median: seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN),
            least: seconds.first().copied().unwrap_or(f64::NAN),
        }
    }
}
