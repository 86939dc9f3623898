//! How terms relate.

use std::ffi::c_char;

use semrel_core::text::term_form;
use semrel_core::{RelationAnswer, Result, Semrel, Side};

use crate::boundary::{guard, guard_or, handle, handle_mut, slice, text, write};
use crate::names::{SemrelEvidence, SemrelRelation, SemrelSide};
use crate::results::{Results, SemrelString, recycle};
use crate::status::{Failure, SemrelStatus};
use crate::worker::SemrelWorker;

/// How two terms relate, and on what the answer rests. It is the worker's and stays until its next
/// question of this kind. Later versions may add fields at the end.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SemrelAnswer {
    /// The relation; `SEMREL_RELATION_UNKNOWN` if nothing is known.
    pub relation: SemrelRelation,
    /// What the answer rests on.
    pub evidence: SemrelEvidence,
    /// Score of `SEMREL_RELATION_SYNONYM`. The four scores add up to 1, or are 0 if nothing is known.
    pub synonym: f32,
    /// Score of `SEMREL_RELATION_ANTONYM`.
    pub antonym: f32,
    /// Score of `SEMREL_RELATION_CO_HYPONYM`.
    pub co_hyponym: f32,
    /// Score of `SEMREL_RELATION_UNRELATED`.
    pub unrelated: f32,
    /// Score of `relation`.
    pub score: f32,
    /// Which of the two terms is the nearest broader term of the other, if one is.
    pub broader: SemrelSide,
    /// Where the label comes from, if it has a source.
    pub source: SemrelString,
    /// The field in which the relation holds, if it is one in particular.
    pub domain: SemrelString,
}

/// Two terms.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SemrelPair {
    /// The first.
    pub first: SemrelString,
    /// The second.
    pub second: SemrelString,
}

/// How two terms relate: what the lexicon says, else their forms, else the models if there are any.
///
/// `answer`: where the answer is put, or NULL (`semrel_answer_at(worker, 0)` has it too). Terms of
/// whom nothing is known are no error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_relation(
    worker: *mut SemrelWorker,
    first: *const c_char,
    first_len: usize,
    second: *const c_char,
    second_len: usize,
    answer: *mut *const SemrelAnswer,
) -> SemrelStatus {
    // SAFETY: the promise of `boundary`.
    unsafe {
        answer_pair(
            worker,
            (first, first_len),
            (second, second_len),
            answer,
            Semrel::relation,
        )
    }
}

/// How two terms relate by the models alone, whatever lexicon and forms say.
///
/// `SEMREL_STATUS_UNAVAILABLE` if the pack has no models or the library was built without them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_relation_by_model(
    worker: *mut SemrelWorker,
    first: *const c_char,
    first_len: usize,
    second: *const c_char,
    second_len: usize,
    answer: *mut *const SemrelAnswer,
) -> SemrelStatus {
    // SAFETY: the promise of `boundary`.
    unsafe {
        answer_pair(
            worker,
            (first, first_len),
            (second, second_len),
            answer,
            |semrel, a, b| semrel.relation_by_model(a, b).map(Some),
        )
    }
}

/// Asks for one pair and keeps the answer in the worker.
///
/// # Safety
///
/// Pointers and lengths as `boundary` says.
unsafe fn answer_pair(
    worker: *mut SemrelWorker,
    (first, first_len): (*const c_char, usize),
    (second, second_len): (*const c_char, usize),
    answer: *mut *const SemrelAnswer,
    ask: impl for<'s> FnOnce(&'s Semrel, &str, &str) -> Result<Option<RelationAnswer<'s>>>,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        unsafe { write(answer, std::ptr::null()) };
        let SemrelWorker {
            semrel, answers, ..
        } = unsafe { handle_mut(worker, "worker") }?;
        answers.clear();
        let first = unsafe { text(first, first_len, "first") }?;
        let second = unsafe { text(second, second_len, "second") }?;
        push(answers, ask(semrel, first, second)?.as_ref());
        unsafe { write(answer, answers.at(0)) };
        Ok(())
    })
}

/// `semrel_relation` of many pairs; `semrel_answer_at` has the answers, in their order. The models
/// judge theirs in batches, which is quicker than one by one.
///
/// If one pair is bad there is no answer at all, and the error text says which it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_relations(
    worker: *mut SemrelWorker,
    pairs: *const SemrelPair,
    count: usize,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        let worker = unsafe { handle_mut(worker, "worker") }?;
        let SemrelWorker {
            semrel,
            answers,
            scratch,
            ..
        } = worker;
        answers.clear();
        let pairs = unsafe { slice(pairs, count, "pairs") }?;
        let texts = |pair: &SemrelPair| {
            Ok::<_, Failure>((
                unsafe { text(pair.first.data, pair.first.len, "first") }?,
                unsafe { text(pair.second.data, pair.second.len, "second") }?,
            ))
        };
        for (at, pair) in pairs.iter().enumerate() {
            texts(pair).map_err(|failure| of_pair(at, &failure))?;
        }
        let mut found = recycle(std::mem::take(&mut scratch.answers));
        let sound = pairs.iter().map(|pair| texts(pair).unwrap_or_default());
        semrel
            .relations_into(sound.clone(), &mut found)
            .map_err(|error| {
                let bad = |(a, b): (&str, &str)| term_form(a).is_err() || term_form(b).is_err();
                match sound.clone().position(bad) {
                    Some(at) => of_pair(at, &error.into()),
                    None => error.into(),
                }
            })?;
        for answer in &found {
            push(answers, answer.as_ref());
        }
        scratch.answers = recycle(found);
        Ok(())
    })
}

/// The answer with a number, from 0; NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_answer_at(
    worker: *const SemrelWorker,
    index: usize,
) -> *const SemrelAnswer {
    guard_or(std::ptr::null(), || {
        // SAFETY: the promise of `boundary`.
        let worker = unsafe { handle(worker, "worker") };
        worker.map_or(std::ptr::null(), |worker| worker.answers.at(index))
    })
}

fn of_pair(at: usize, failure: &Failure) -> Failure {
    Failure::new(failure.status, format!("pair {at}: {}", failure.message))
}

fn push(answers: &mut Results<SemrelAnswer>, answer: Option<&RelationAnswer<'_>>) {
    let scores = answer.map(|answer| answer.scores).unwrap_or_default();
    answers.push(SemrelAnswer {
        relation: answer.map_or(SemrelRelation::Unknown, |a| a.relation.into()),
        evidence: answer.map_or(SemrelEvidence::None, |a| a.evidence.into()),
        synonym: scores.synonym,
        antonym: scores.antonym,
        co_hyponym: scores.co_hyponym,
        unrelated: scores.unrelated,
        score: answer.map_or(0.0, |a| a.scores.get(a.relation)),
        broader: match answer.and_then(|a| a.broader) {
            None => SemrelSide::None,
            Some(Side::First) => SemrelSide::First,
            Some(Side::Second) => SemrelSide::Second,
        },
        source: answers.optional(answer.and_then(|a| a.source)),
        domain: answers.optional(answer.and_then(|a| a.domain)),
    });
}
