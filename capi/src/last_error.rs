//! The text of the last error of a thread.

use std::cell::RefCell;
use std::ffi::c_char;

use crate::boundary::write;
use crate::status::{Failure, SemrelStatus};

thread_local! {
    /// The message and the NUL behind it; empty before the first error.
    static MESSAGE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// What went wrong in the last call of this thread that failed: a sentence for people, UTF-8,
/// NUL-terminated; `""` if none has failed. Calls that succeed leave it as it is.
///
/// `len`: where the length in bytes is put, or NULL. The text is the library's and stays until the
/// next call of this thread that fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_last_error(len: *mut usize) -> *const c_char {
    let nothing = (c"".as_ptr(), 0);
    let (message, bytes) = MESSAGE
        // While a thread ends its message may be gone already.
        .try_with(|message| match message.borrow().split_last() {
            Some((_, text)) => (text.as_ptr().cast(), text.len()),
            None => nothing,
        })
        .unwrap_or(nothing);
    // SAFETY: the caller passes NULL or a place for a number.
    unsafe { write(len, bytes) };
    message
}

/// Keeps what a failure says, and gives its status.
pub(crate) fn set(failure: &Failure) -> SemrelStatus {
    let _ = MESSAGE.try_with(|message| {
        let mut message = message.borrow_mut();
        message.clear();
        message.extend_from_slice(failure.message.as_bytes());
        message.push(0);
    });
    failure.status
}
