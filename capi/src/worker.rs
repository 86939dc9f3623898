//! [`SemrelWorker`]: who asks, and what it keeps between calls.

use semrel_core::{ExpandOptions, Expansion, RelationAnswer, Rewrite, Semrel};

use crate::boundary::{free, give, guard, handle};
use crate::engine::SemrelEngine;
use crate::expand::SemrelExpansion;
use crate::lookup::Terms;
use crate::models::SemrelNeighbour;
use crate::relation::SemrelAnswer;
use crate::results::Results;
use crate::rewrite::SemrelAlternative;
use crate::segment::SemrelSpan;
use crate::spelling::SemrelSuggestion;
use crate::status::SemrelStatus;

/// Asks an engine, and holds the answers. One thread at a time may use it; make one per thread.
///
/// An answer stays until the next question of the same kind to the same worker: asking how two terms
/// relate leaves expansions alone.
#[derive(Debug)]
pub struct SemrelWorker {
    pub(crate) semrel: Semrel,
    pub(crate) answers: Results<SemrelAnswer>,
    pub(crate) expansions: Results<SemrelExpansion>,
    pub(crate) neighbours: Results<SemrelNeighbour>,
    pub(crate) terms: Terms,
    pub(crate) suggestions: Results<SemrelSuggestion>,
    pub(crate) spans: Results<SemrelSpan>,
    pub(crate) rewrite: Option<Rewrite>,
    pub(crate) alternatives: Results<SemrelAlternative>,
    /// One text: a rendering, a dictionary form, a normal form. Each has its own, because a rendering
    /// is asked for while a query is at work.
    pub(crate) rendering: Results<()>,
    pub(crate) lemma: Results<()>,
    pub(crate) normal_form: Results<()>,
    /// Memory for the core's answers, empty between calls; see `results::recycle`.
    pub(crate) scratch: Scratch,
}

/// Memory that the next question uses again.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) options: ExpandOptions,
    pub(crate) domain: String,
    pub(crate) expansions: Vec<Expansion<'static>>,
    pub(crate) answers: Vec<Option<RelationAnswer<'static>>>,
}

/// A worker for an engine. Free it with `semrel_worker_free`; the engine may be freed before it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_worker_new(
    engine: *const SemrelEngine,
    out: *mut *mut SemrelWorker,
) -> SemrelStatus {
    let make = || {
        // SAFETY: the promise of `boundary`.
        let engine = unsafe { handle(engine, "engine") }?;
        Ok(SemrelWorker {
            semrel: engine.semrel.clone(),
            answers: Results::new(),
            expansions: Results::new(),
            neighbours: Results::new(),
            terms: Terms::new(),
            suggestions: Results::new(),
            spans: Results::new(),
            rewrite: None,
            alternatives: Results::new(),
            rendering: Results::new(),
            lemma: Results::new(),
            normal_form: Results::new(),
            scratch: Scratch::default(),
        })
    };
    // SAFETY: as above.
    guard(|| unsafe { give(out, make) })
}

/// Frees a worker and all its answers; nothing if it is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_worker_free(worker: *mut SemrelWorker) {
    // SAFETY: the promise of `boundary`.
    unsafe { free(worker) };
}
