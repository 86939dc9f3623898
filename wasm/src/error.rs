//! Errors on their way to JavaScript.

use semrel::{Error, ErrorKind};

/// `kind: message`, which the JavaScript side takes apart again: a kind has no colon.
pub(crate) fn text(error: &Error) -> String {
    format!("{}: {error}", kind(error.kind()))
}

fn kind(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidInput => "invalid_input",
        ErrorKind::Corrupt => "corrupt",
        ErrorKind::Version => "version",
        ErrorKind::Limit => "limit",
        ErrorKind::Unavailable => "unavailable",
        // Nothing here reads or writes; a kind that is new says what it is in its message.
        _ => "io",
    }
}
