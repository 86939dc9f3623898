//! Spellings: suggestions, dictionary forms, normal forms.

use std::ffi::c_char;

use semrel_core::text::normal_form;

use crate::boundary::{guard, guard_or, handle, handle_mut, text, write};
use crate::results::{Results, SemrelString};
use crate::status::{Failure, SemrelStatus};
use crate::worker::SemrelWorker;

/// A term that may have been meant. It is the worker's and stays until its next question of this
/// kind. Later versions may add fields at the end.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SemrelSuggestion {
    /// The term.
    pub term: SemrelString,
    /// Edits; a missing Turkish mark (`sozlesme`) counts an eighth.
    pub distance: f32,
}

/// What may have been meant by a term, nearest first; nothing if the term is known.
/// `semrel_suggestion_at` has it. For people to choose from, never for expansion.
///
/// `count`: where the number of suggestions is put, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_suggest(
    worker: *mut SemrelWorker,
    term: *const c_char,
    len: usize,
    limit: usize,
    count: *mut usize,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        unsafe { write(count, 0) };
        let SemrelWorker {
            semrel,
            suggestions,
            ..
        } = unsafe { handle_mut(worker, "worker") }?;
        suggestions.clear();
        let term = unsafe { text(term, len, "term") }?;
        for suggestion in semrel.suggest(term, limit) {
            suggestions.push(SemrelSuggestion {
                term: suggestions.string(suggestion.term.text()),
                distance: suggestion.distance,
            });
        }
        unsafe { write(count, suggestions.len()) };
        Ok(())
    })
}

/// The suggestion with a number, from 0, the nearest; NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_suggestion_at(
    worker: *const SemrelWorker,
    index: usize,
) -> *const SemrelSuggestion {
    guard_or(std::ptr::null(), || {
        // SAFETY: the promise of `boundary`.
        let worker = unsafe { handle(worker, "worker") };
        worker.map_or(std::ptr::null(), |worker| worker.suggestions.at(index))
    })
}

/// The dictionary form under which lexicon or overlay have an inflected term.
///
/// `lemma`: where it is put; its `data` is NULL if the term is known as it stands, or in no form. It
/// is the worker's and stays until its next question of this kind.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_lemma(
    worker: *mut SemrelWorker,
    term: *const c_char,
    len: usize,
    lemma: *mut SemrelString,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        unsafe { write(lemma, SemrelString::NONE) };
        let SemrelWorker {
            semrel,
            lemma: kept,
            ..
        } = unsafe { handle_mut(worker, "worker") }?;
        let term = unsafe { text(term, len, "term") }?;
        unsafe { put(lemma, "lemma", kept, semrel.lemma(term)) }
    })
}

/// The normal form of a text: the key under which index and query meet. Turkish case folding,
/// apostrophes, circumflex, white space. Every text has one.
///
/// `form`: where it is put. It is the worker's and stays until its next question of this kind.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_normal_form(
    worker: *mut SemrelWorker,
    term: *const c_char,
    len: usize,
    form: *mut SemrelString,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        unsafe { write(form, SemrelString::NONE) };
        let worker = unsafe { handle_mut(worker, "worker") }?;
        let term = unsafe { text(term, len, "term") }?;
        unsafe {
            put(
                form,
                "form",
                &mut worker.normal_form,
                Some(&normal_form(term)),
            )
        }
    })
}

/// Keeps a text in the place of the one before, and says where it is.
pub(crate) unsafe fn put(
    out: *mut SemrelString,
    what: &str,
    kept: &mut Results<()>,
    text: Option<&str>,
) -> Result<(), Failure> {
    if out.is_null() {
        return Err(Failure::null(what));
    }
    kept.clear();
    // SAFETY: the promise of `boundary`.
    unsafe { write(out, kept.optional(text)) };
    Ok(())
}
