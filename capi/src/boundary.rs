//! What every exported function does first and last: it checks pointers, reads text, and lets no
//! panic out.
//!
//! What C promises and nobody can check, for all functions alike: a pointer that is not `NULL` points
//! to what its type says, for as many elements as the length beside it says; a handle came from its
//! `_new` function and was not freed; a worker is used by one thread at a time.

use std::any::Any;
use std::ffi::{CStr, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::last_error;
use crate::status::{Failure, SemrelStatus};

/// The length of a text that ends with a NUL and is to be measured by the library.
pub const SEMREL_NUL_TERMINATED: usize = usize::MAX;

/// Runs the work of an exported function. Its failure or panic becomes the last error of the
/// thread.
///
/// Unwinding leaves no handle behind that must not be used: what a worker keeps between calls are
/// results, which the next question clears, and buffers, whose content has no meaning.
pub(crate) fn guard(work: impl FnOnce() -> Result<(), Failure>) -> SemrelStatus {
    let work = || {
        #[cfg(feature = "test-hooks")]
        crate::test_hooks::panic_if_asked();
        work()
    };
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(())) => SemrelStatus::Ok,
        Ok(Err(failure)) => last_error::set(&failure),
        Err(payload) => last_error::set(&panicked(payload)),
    }
}

/// Runs the work of a function that has no status to return.
pub(crate) fn guard_or<T>(otherwise: T, work: impl FnOnce() -> T) -> T {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result,
        Err(payload) => {
            last_error::set(&panicked(payload));
            otherwise
        }
    }
}

fn panicked(payload: Box<dyn Any + Send>) -> Failure {
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let message = format!(
        "a bug of the library, please report it: {}",
        text.unwrap_or("it panicked")
    );
    // A payload of an unknown type might panic again while it is dropped.
    if text.is_none() {
        std::mem::forget(payload);
    }
    Failure::new(SemrelStatus::Panic, message)
}

/// The handle behind a pointer.
pub(crate) unsafe fn handle<'a, T>(pointer: *const T, what: &str) -> Result<&'a T, Failure> {
    // SAFETY: the promise of the module.
    unsafe { pointer.as_ref() }.ok_or_else(|| Failure::null(what))
}

/// The handle behind a pointer, to change it.
pub(crate) unsafe fn handle_mut<'a, T>(pointer: *mut T, what: &str) -> Result<&'a mut T, Failure> {
    // SAFETY: the promise of the module.
    unsafe { pointer.as_mut() }.ok_or_else(|| Failure::null(what))
}

/// Ends the life of a handle that [`give`] handed out.
pub(crate) unsafe fn free<T>(pointer: *mut T) {
    if !pointer.is_null() {
        // SAFETY: the promise of the module: it came from `give` and nobody has freed it.
        guard_or((), || drop(unsafe { Box::from_raw(pointer) }));
    }
}

/// Hands out a new handle; on failure there is none.
pub(crate) unsafe fn give<T>(
    out: *mut *mut T,
    make: impl FnOnce() -> Result<T, Failure>,
) -> Result<(), Failure> {
    if out.is_null() {
        return Err(Failure::null("out"));
    }
    // SAFETY: the promise of the module.
    unsafe { out.write(std::ptr::null_mut()) };
    let made = Box::into_raw(Box::new(make()?));
    // SAFETY: as above.
    unsafe { out.write(made) };
    Ok(())
}

/// Writes to where the caller wants something, if it does.
pub(crate) unsafe fn write<T>(out: *mut T, value: T) {
    if !out.is_null() {
        // SAFETY: the promise of the module.
        unsafe { out.write(value) };
    }
}

/// The elements behind a pointer, none if there are none.
pub(crate) unsafe fn slice<'a, T>(
    pointer: *const T,
    len: usize,
    what: &str,
) -> Result<&'a [T], Failure> {
    if len == 0 {
        return Ok(&[]);
    }
    if pointer.is_null() {
        return Err(Failure::null(what));
    }
    if len > isize::MAX as usize / size_of::<T>().max(1) {
        let message = format!("{what}: {len} elements are more than memory holds");
        return Err(Failure::new(SemrelStatus::Limit, message));
    }
    if !pointer.is_aligned() {
        return Err(Failure::options(format!("{what} is not aligned")));
    }
    // SAFETY: the promise of the module; NULL, sizes and alignment were checked.
    Ok(unsafe { std::slice::from_raw_parts(pointer, len) })
}

/// The bytes of a text, which need not be UTF-8.
pub(crate) unsafe fn bytes<'a>(
    pointer: *const c_char,
    len: usize,
    what: &str,
) -> Result<&'a [u8], Failure> {
    if len == SEMREL_NUL_TERMINATED && !pointer.is_null() {
        // SAFETY: this length promises a NUL at the end.
        return Ok(unsafe { CStr::from_ptr(pointer) }.to_bytes());
    }
    // SAFETY: the promise of the module.
    unsafe { slice(pointer.cast::<u8>(), len, what) }
}

/// The text behind a pointer.
pub(crate) unsafe fn text<'a>(
    pointer: *const c_char,
    len: usize,
    what: &str,
) -> Result<&'a str, Failure> {
    // SAFETY: the promise of the module.
    let bytes = unsafe { bytes(pointer, len, what) }?;
    std::str::from_utf8(bytes).map_err(|e| {
        let message = format!("{what} is not UTF-8: byte {} is wrong", e.valid_up_to());
        Failure::new(SemrelStatus::InvalidUtf8, message)
    })
}
