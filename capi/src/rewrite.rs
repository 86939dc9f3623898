//! Search queries, widened.

use std::ffi::c_char;

use semrel_core::RewriteOptions;

use crate::boundary::{guard, guard_or, handle, handle_mut, text, write};
use crate::names::{SemrelEvidence, SemrelRelation, SemrelSyntax};
use crate::options::{SemrelRewriteOptions, read};
use crate::results::SemrelString;
use crate::spelling::put;
use crate::status::{Failure, SemrelStatus};
use crate::worker::SemrelWorker;

/// Something that was added to a query. It is the worker's and stays until its next question of this
/// kind. Later versions may add fields at the end.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SemrelAlternative {
    /// What is searched for: a word, or the words of a phrase.
    pub text: SemrelString,
    /// The term of the lexicon that it is a form of.
    pub term: SemrelString,
    /// As the query has it, what this stands for.
    pub written: SemrelString,
    /// The term of the lexicon that was recognised in that.
    pub written_term: SemrelString,
    /// Why it was added, in a sentence.
    pub explanation: SemrelString,
    /// Where `written` begins in the query, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// How the terms relate.
    pub relation: SemrelRelation,
    /// What the answer rests on.
    pub evidence: SemrelEvidence,
    /// Probability that they do, 0 to 1.
    pub score: f32,
    /// The factor on its rank in the search, under 1: the original has 1.
    pub weight: f32,
    /// Steps in the synonym graph.
    pub distance: u32,
    /// Where the label comes from, if it has a source.
    pub source: SemrelString,
    /// The field in which the relation holds, if it is one in particular.
    pub domain: SemrelString,
}

/// A search query, widened by what may stand for its terms; `semrel_render` writes it for an engine,
/// `semrel_alternative_at` has what was added.
///
/// `options`: NULL for the defaults. `count`: where the number of alternatives is put, or NULL. At
/// most 64 KiB and 1024 clauses: `SEMREL_STATUS_LIMIT`. No query is wrong otherwise.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_rewrite(
    worker: *mut SemrelWorker,
    query: *const c_char,
    len: usize,
    options: *const SemrelRewriteOptions,
    count: *mut usize,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        unsafe { write(count, 0) };
        let worker = unsafe { handle_mut(worker, "worker") }?;
        let SemrelWorker {
            semrel,
            alternatives,
            rewrite,
            ..
        } = worker;
        *rewrite = None;
        alternatives.clear();
        let query = unsafe { text(query, len, "query") }?;
        let options = match unsafe { read(options) }? {
            Some(options) => unsafe { options.into_core() }?,
            None => RewriteOptions::default(),
        };
        let rewrite = rewrite.insert(semrel.rewrite(query, &options)?);
        for alternative in rewrite.alternatives() {
            alternatives.push(SemrelAlternative {
                text: alternatives.string(&alternative.text),
                term: alternatives.string(&alternative.term),
                written: alternatives.string(&alternative.written),
                written_term: alternatives.string(&alternative.written_term),
                explanation: alternatives.string(&alternative.explanation()),
                start: alternative.start,
                end: alternative.end,
                relation: alternative.relation.into(),
                evidence: alternative.evidence.into(),
                score: alternative.score,
                weight: alternative.weight,
                distance: alternative.distance.into(),
                source: alternatives.optional(alternative.source.as_deref()),
                domain: alternatives.optional(alternative.domain.as_deref()),
            });
        }
        unsafe { write(count, alternatives.len()) };
        Ok(())
    })
}

/// The query that `semrel_rewrite` widened last, as a search engine reads it: always valid for it,
/// empty if there is nothing to search for.
///
/// `syntax`: a `semrel_syntax`. `rendering`: where it is put; it is the worker's and stays until its
/// next rendering.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_render(
    worker: *mut SemrelWorker,
    syntax: i32,
    rendering: *mut SemrelString,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        unsafe { write(rendering, SemrelString::NONE) };
        let worker = unsafe { handle_mut(worker, "worker") }?;
        let known = usize::try_from(syntax)
            .ok()
            .and_then(SemrelSyntax::from_number);
        let Some(syntax) = known else {
            return Err(Failure::options(format!(
                "syntax is {syntax}: no semrel_syntax"
            )));
        };
        let Some(rewrite) = &worker.rewrite else {
            let message = "there is no query to render: call semrel_rewrite before";
            return Err(Failure::new(SemrelStatus::InvalidInput, message));
        };
        let text = syntax.render(rewrite);
        unsafe { put(rendering, "rendering", &mut worker.rendering, Some(&text)) }
    })
}

/// What was added to the query, by number, from 0: in the order of the query, best first for each
/// term; NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_alternative_at(
    worker: *const SemrelWorker,
    index: usize,
) -> *const SemrelAlternative {
    guard_or(std::ptr::null(), || {
        // SAFETY: the promise of `boundary`.
        let worker = unsafe { handle(worker, "worker") };
        worker.map_or(std::ptr::null(), |worker| worker.alternatives.at(index))
    })
}
