//! What the models answer: vectors, and terms that are near.

use std::ffi::c_char;

use crate::boundary::{guard, guard_or, handle, handle_mut, text, write};
use crate::results::SemrelString;
use crate::status::{Failure, SemrelStatus};
use crate::worker::SemrelWorker;

/// A term of the lexicon that is near to another. It is the worker's and stays until its next
/// question of this kind. Later versions may add fields at the end.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SemrelNeighbour {
    /// The term.
    pub term: SemrelString,
    /// Cosine of the two vectors, -1 to 1.
    pub score: f32,
}

/// The vector of a term, of unit length, into the caller's buffer. The cosine of two vectors is the
/// sum of their products.
///
/// `dimensions`: 0 for the whole vector; a smaller number for its beginning, made a unit vector
/// again, which is a good vector of its own. `vector` has room for `capacity` numbers; `written`, or
/// NULL, is where their number is put. If the room is too small nothing is written to `vector`, the
/// status is `SEMREL_STATUS_BUFFER_TOO_SMALL`, and `written` has what is needed.
///
/// `SEMREL_STATUS_UNAVAILABLE` if the pack has no models, or if the embedder is needed and the
/// library was built without models.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_embed(
    worker: *mut SemrelWorker,
    term: *const c_char,
    len: usize,
    dimensions: usize,
    vector: *mut f32,
    capacity: usize,
    written: *mut usize,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        unsafe { write(written, 0) };
        let worker = unsafe { handle_mut(worker, "worker") }?;
        let term = unsafe { text(term, len, "term") }?;
        if vector.is_null() && capacity > 0 {
            return Err(Failure::null("vector"));
        }
        let mut embedding = worker.semrel.embed(term)?;
        if dimensions > 0 {
            embedding = embedding.truncated(dimensions)?;
        }
        let values = embedding.as_slice();
        unsafe { write(written, values.len()) };
        if values.len() > capacity {
            return Err(Failure::new(
                SemrelStatus::BufferTooSmall,
                format!(
                    "a vector of {} numbers needs more room than {capacity}",
                    values.len()
                ),
            ));
        }
        // SAFETY: there is room, as was checked; a caller's buffer and ours do not overlap.
        unsafe { values.as_ptr().copy_to_nonoverlapping(vector, values.len()) };
        Ok(())
    })
}

/// The `limit` terms of the lexicon whose vectors are nearest to that of a term, nearest first;
/// `semrel_neighbour_at` has them. Near is not synonymous: antonyms are near, too.
///
/// `count`: where their number is put, or NULL. Errors as `semrel_embed`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_similar(
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
            semrel, neighbours, ..
        } = unsafe { handle_mut(worker, "worker") }?;
        neighbours.clear();
        let term = unsafe { text(term, len, "term") }?;
        // There are no more than that, and the core makes room for as many as it is asked for.
        let limit = limit.min(semrel.lexicon().len());
        for near in semrel.similar(term, limit)? {
            neighbours.push(SemrelNeighbour {
                term: neighbours.string(near.term),
                score: near.score,
            });
        }
        unsafe { write(count, neighbours.len()) };
        Ok(())
    })
}

/// The near term with a number, from 0, the nearest; NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_neighbour_at(
    worker: *const SemrelWorker,
    index: usize,
) -> *const SemrelNeighbour {
    guard_or(std::ptr::null(), || {
        // SAFETY: the promise of `boundary`.
        let worker = unsafe { handle(worker, "worker") };
        worker.map_or(std::ptr::null(), |worker| worker.neighbours.at(index))
    })
}
