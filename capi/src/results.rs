//! [`Results`]: answers and their strings, in memory that is used again for the next ones.

use std::ffi::c_char;
use std::ptr;

use bumpalo::Bump;

/// A text: UTF-8, `len` bytes at `data`.
///
/// From the library there is a NUL behind it, which `len` does not count, and `data` is NULL if there
/// is no text at all. To the library `len` may be `SEMREL_NUL_TERMINATED`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SemrelString {
    /// The bytes.
    pub data: *const c_char,
    /// How many there are.
    pub len: usize,
}

impl SemrelString {
    /// No text.
    pub(crate) const NONE: SemrelString = SemrelString {
        data: ptr::null(),
        len: 0,
    };
}

/// Answers to one question, and the strings that they point to. Clearing keeps the memory.
#[derive(Debug)]
pub(crate) struct Results<T> {
    items: Vec<T>,
    strings: Bump,
}

impl<T> Results<T> {
    pub(crate) fn new() -> Self {
        Results {
            items: Vec::new(),
            strings: Bump::new(),
        }
    }

    /// Forgets the answers: their pointers are of no use from now on.
    pub(crate) fn clear(&mut self) {
        self.items.clear();
        self.strings.reset();
    }

    pub(crate) fn push(&mut self, item: T) {
        self.items.push(item);
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        self.items.get(index)
    }

    /// The answer with a number, NULL if there is none.
    pub(crate) fn at(&self, index: usize) -> *const T {
        self.get(index).map_or(ptr::null(), ptr::from_ref)
    }

    /// A copy of a text with a NUL behind it, until the next [`clear`](Self::clear).
    pub(crate) fn string(&self, text: &str) -> SemrelString {
        let copy = self.strings.alloc_slice_fill_copy(text.len() + 1, 0u8);
        copy[..text.len()].copy_from_slice(text.as_bytes());
        SemrelString {
            data: copy.as_ptr().cast(),
            len: text.len(),
        }
    }

    /// A copy of a text, if there is one.
    pub(crate) fn optional(&self, text: Option<&str>) -> SemrelString {
        text.map_or(SemrelString::NONE, |text| self.string(text))
    }
}

/// An empty vector with the memory of another one, whose elements borrowed from elsewhere. The
/// standard library collects in place where sizes agree, which `tests/allocation.rs` checks.
pub(crate) fn recycle<A, B>(mut used: Vec<A>) -> Vec<B> {
    const { assert!(size_of::<A>() == size_of::<B>() && align_of::<A>() == align_of::<B>()) };
    used.clear();
    used.into_iter().filter_map(|_| None).collect()
}
