//! Which version of the library is linked.

use std::ffi::{CStr, c_char};

const VERSION: &CStr =
    match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(version) => version,
        Err(_) => c"",
    };

/// The version of the library that runs, as text: `"0.1.0"`. `SEMREL_VERSION` is the one of the
/// header that a program was compiled with.
#[unsafe(no_mangle)]
pub extern "C" fn semrel_version() -> *const c_char {
    VERSION.as_ptr()
}

/// The version of the library that runs, as a number: major * 1000000 + minor * 1000 + patch, to be
/// compared with `SEMREL_VERSION_NUMBER`.
#[unsafe(no_mangle)]
pub extern "C" fn semrel_version_number() -> u32 {
    let parts = env!("CARGO_PKG_VERSION").split('.');
    parts.fold(0, |number, part| {
        number * 1000 + part.parse::<u32>().unwrap_or(0)
    })
}
