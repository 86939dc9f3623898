//! A panic on demand, for the tests of the panic boundary.

use std::cell::Cell;

thread_local! {
    static PANIC_NEXT: Cell<bool> = const { Cell::new(false) };
}

/// Makes the next call of this thread that returns a status panic inside.
#[unsafe(no_mangle)]
pub extern "C" fn semrel_test_panic_next() {
    PANIC_NEXT.set(true);
}

#[allow(clippy::panic)]
pub(crate) fn panic_if_asked() {
    if PANIC_NEXT.take() {
        panic!("asked for by a test");
    }
}
