//! How many bytes live on the heap.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

static COUNTS: AtomicBool = AtomicBool::new(false);
static LIVE: AtomicUsize = AtomicUsize::new(0);

/// The allocator of the system; counts once told to, so that timed code does not pay for it.
pub(crate) struct CountingAllocator;

/// Counts from now on.
pub(crate) fn start() {
    COUNTS.store(true, Relaxed);
}

/// Bytes allocated since [`start`] and not given back.
pub(crate) fn live() -> usize {
    LIVE.load(Relaxed)
}

// SAFETY: every call goes to `System` unchanged.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if COUNTS.load(Relaxed) {
            LIVE.fetch_add(layout.size(), Relaxed);
        }
        // SAFETY: the caller keeps the contract of `GlobalAlloc::alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if COUNTS.load(Relaxed) {
            // Wraps for what was allocated before `start`; nothing of size is.
            LIVE.fetch_sub(layout.size(), Relaxed);
        }
        // SAFETY: the caller keeps the contract of `GlobalAlloc::dealloc`.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        if COUNTS.load(Relaxed) {
            LIVE.fetch_add(new_size.wrapping_sub(layout.size()), Relaxed);
        }
        // SAFETY: the caller keeps the contract of `GlobalAlloc::realloc`.
        unsafe { System.realloc(pointer, layout, new_size) }
    }
}
