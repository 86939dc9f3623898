//! [`SemrelStatus`]: what a function returns, and [`Failure`], from which it is made.

use std::borrow::Cow;
use std::ffi::c_char;

use semrel_core::{Error, ErrorKind};

/// What a function returns. The numbers stay; new ones are put into the gaps.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SemrelStatus {
    /// Done.
    Ok = 0,
    /// A pointer is NULL that must not be.
    NullPointer = 100,
    /// A text is not UTF-8.
    InvalidUtf8 = 110,
    /// A text, label or file does not make sense: no term, a bad line of an overlay.
    InvalidInput = 120,
    /// An options struct does not make sense: its size, a number out of its range.
    InvalidOptions = 130,
    /// A size or count is over a stated limit.
    Limit = 140,
    /// The caller's buffer is too small; the function says what it needs.
    BufferTooSmall = 150,
    /// The bytes are no pack, or were damaged or cut off.
    Corrupt = 200,
    /// The bytes are a pack of a format version that this library does not read.
    PackVersion = 210,
    /// What was asked for needs models that the pack does not have, or a feature that the library
    /// was built without.
    Unavailable = 220,
    /// A file cannot be read.
    Io = 230,
    /// A bug of the library: it panicked, and the panic was caught. Handles stay usable.
    Panic = 900,
}

/// The name of a status, for logs: `"invalid_utf8"`; `"?"` for a number that is none.
#[unsafe(no_mangle)]
pub extern "C" fn semrel_status_name(status: i32) -> *const c_char {
    let name = match status {
        0 => c"ok",
        100 => c"null_pointer",
        110 => c"invalid_utf8",
        120 => c"invalid_input",
        130 => c"invalid_options",
        140 => c"limit",
        150 => c"buffer_too_small",
        200 => c"corrupt",
        210 => c"pack_version",
        220 => c"unavailable",
        230 => c"io",
        900 => c"panic",
        _ => c"?",
    };
    name.as_ptr()
}

/// Why a function fails: its status, and a sentence for [`semrel_last_error`](crate::semrel_last_error).
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: SemrelStatus,
    pub(crate) message: Cow<'static, str>,
}

impl Failure {
    pub(crate) fn new(status: SemrelStatus, message: impl Into<Cow<'static, str>>) -> Self {
        Failure {
            status,
            message: message.into(),
        }
    }

    pub(crate) fn null(what: &str) -> Self {
        Failure::new(SemrelStatus::NullPointer, format!("{what} is NULL"))
    }

    pub(crate) fn options(message: impl Into<Cow<'static, str>>) -> Self {
        Failure::new(SemrelStatus::InvalidOptions, message)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let status = match error.kind() {
            ErrorKind::InvalidInput => SemrelStatus::InvalidInput,
            ErrorKind::Corrupt => SemrelStatus::Corrupt,
            ErrorKind::Version => SemrelStatus::PackVersion,
            ErrorKind::Io => SemrelStatus::Io,
            ErrorKind::Limit => SemrelStatus::Limit,
            ErrorKind::Unavailable => SemrelStatus::Unavailable,
            // A kind that the core has and this file does not know yet.
            _ => SemrelStatus::Panic,
        };
        Failure::new(status, error.to_string())
    }
}
