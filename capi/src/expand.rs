//! What may stand for a term.

use std::ffi::c_char;

use crate::boundary::{guard, guard_or, handle, handle_mut, text, write};
use crate::names::{SemrelEvidence, SemrelRelation};
use crate::options::{Options, SemrelExpandOptions, read};
use crate::results::{SemrelString, recycle};
use crate::status::SemrelStatus;
use crate::worker::SemrelWorker;

/// A term that may stand for another. It is the worker's and stays until its next question of this
/// kind. Later versions may add fields at the end.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SemrelExpansion {
    /// The term, in its right spelling.
    pub term: SemrelString,
    /// How it relates to the term that was asked for.
    pub relation: SemrelRelation,
    /// What the answer rests on.
    pub evidence: SemrelEvidence,
    /// Probability that it does, 0 to 1.
    pub score: f32,
    /// Steps in the synonym graph; 1 for what the models propose.
    pub distance: u32,
    /// Where the label comes from, if it has a source.
    pub source: SemrelString,
    /// The field in which the relation holds, if it is one in particular.
    pub domain: SemrelString,
}

/// What may stand for a term, best first; `semrel_expansion_at` has it. Never an antonym, whichever
/// path makes it one.
///
/// `options`: NULL for the defaults. `count`: where the number of expansions is put, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_expand(
    worker: *mut SemrelWorker,
    term: *const c_char,
    len: usize,
    options: *const SemrelExpandOptions,
    count: *mut usize,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        unsafe { write(count, 0) };
        let worker = unsafe { handle_mut(worker, "worker") }?;
        let SemrelWorker {
            semrel,
            expansions,
            scratch,
            ..
        } = worker;
        expansions.clear();
        let term = unsafe { text(term, len, "term") }?;
        let options = unsafe { read(options) }?.unwrap_or_else(SemrelExpandOptions::defaults);
        unsafe { options.fill(&mut scratch.options, &mut scratch.domain) }?;
        let mut found = recycle(std::mem::take(&mut scratch.expansions));
        semrel.expand_into(term, &scratch.options, &mut found)?;
        for expansion in &found {
            expansions.push(SemrelExpansion {
                term: expansions.string(expansion.term),
                relation: expansion.relation.into(),
                evidence: expansion.evidence.into(),
                score: expansion.score,
                distance: expansion.distance.into(),
                source: expansions.optional(expansion.source),
                domain: expansions.optional(expansion.domain),
            });
        }
        scratch.expansions = recycle(found);
        unsafe { write(count, expansions.len()) };
        Ok(())
    })
}

/// The expansion with a number, from 0, the best; NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_expansion_at(
    worker: *const SemrelWorker,
    index: usize,
) -> *const SemrelExpansion {
    guard_or(std::ptr::null(), || {
        // SAFETY: the promise of `boundary`.
        let worker = unsafe { handle(worker, "worker") };
        worker.map_or(std::ptr::null(), |worker| worker.expansions.at(index))
    })
}
