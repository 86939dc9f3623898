//! The terms inside running text.

use std::ffi::c_char;

use semrel_core::rewrite::WordKind;

use crate::boundary::{guard, guard_or, handle, handle_mut, text, write};
use crate::results::SemrelString;
use crate::status::SemrelStatus;
use crate::worker::SemrelWorker;

/// The sorts of words.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SemrelWordKind {
    /// A word or term that may be expanded.
    Ordinary = 0,
    /// A word that says nothing by itself (`ve`, `ilişkin`).
    Stop = 1,
    /// A number or date.
    Number = 2,
    /// Part of a citation of a statute or decision (`TBK m. 344`).
    Citation = 3,
    /// Something that a newer core has and this interface does not name yet.
    Other = 99,
}

/// A term or a word of running text. It is the worker's and stays until its next question of this
/// kind. Later versions may add fields at the end.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SemrelSpan {
    /// Where it begins in the text, in bytes, without punctuation around it.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// How many words it has.
    pub words: usize,
    /// What sort of word it is.
    pub kind: SemrelWordKind,
    /// The term of the lexicon, in its right spelling, if it is one.
    pub term: SemrelString,
}

/// The terms of lexicon and overlay inside running text, inflected or not, and the words between
/// them, in order; `semrel_span_at` has them. The text may be of any length.
///
/// `count`: where the number of spans is put, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_segment(
    worker: *mut SemrelWorker,
    running: *const c_char,
    len: usize,
    count: *mut usize,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        unsafe { write(count, 0) };
        let SemrelWorker { semrel, spans, .. } = unsafe { handle_mut(worker, "worker") }?;
        spans.clear();
        for segment in semrel.segment(unsafe { text(running, len, "running") }?) {
            spans.push(SemrelSpan {
                start: segment.start,
                end: segment.end,
                words: segment.words,
                kind: match segment.kind {
                    WordKind::Ordinary => SemrelWordKind::Ordinary,
                    WordKind::Stop => SemrelWordKind::Stop,
                    WordKind::Number => SemrelWordKind::Number,
                    WordKind::Citation => SemrelWordKind::Citation,
                    _ => SemrelWordKind::Other,
                },
                term: spans.optional(segment.term.as_deref()),
            });
        }
        unsafe { write(count, spans.len()) };
        Ok(())
    })
}

/// The span with a number, from 0; NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_span_at(
    worker: *const SemrelWorker,
    index: usize,
) -> *const SemrelSpan {
    guard_or(std::ptr::null(), || {
        // SAFETY: the promise of `boundary`.
        let worker = unsafe { handle(worker, "worker") };
        worker.map_or(std::ptr::null(), |worker| worker.spans.at(index))
    })
}
