//! Scratch memory that threads take, use and give back.

use std::sync::{Mutex, PoisonError};

/// What no thread uses now.
#[derive(Debug)]
pub(super) struct Pool<T>(Mutex<Vec<T>>);

impl<T> Pool<T> {
    pub(super) fn new() -> Self {
        Pool(Mutex::new(Vec::new()))
    }

    /// Works with one that was used before, or with a new one.
    pub(super) fn with<R>(&self, new: impl FnOnce() -> T, work: impl FnOnce(&mut T) -> R) -> R {
        let idle = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let mut item = taken.unwrap_or_else(new);
        let done = work(&mut item);
        idle().push(item);
        done
    }
}
