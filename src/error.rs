//! [`Error`]: a kind to match on and a sentence that says what to do.

use std::fmt;

/// A specialised `Result` for this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, in a sentence for people, with an [`ErrorKind`] for programs.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The caller's text, label, option or file does not make sense.
    InvalidInput,
    /// The bytes are not what this crate writes, or were damaged or cut off.
    Corrupt,
    /// The bytes are ours, but of a format version that this crate does not read.
    Version,
    /// Reading or writing a file failed.
    Io,
    /// A size or count is over a stated limit.
    Limit,
    /// What was asked for needs models that the pack does not have, or a feature that this program
    /// was built without.
    Unavailable,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error {
            kind,
            message: message.into(),
            source: None,
        }
    }

    /// The caller's input does not make sense; `message` says why and what to do.
    pub fn invalid(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::InvalidInput, message)
    }

    pub(crate) fn corrupt(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Corrupt, message)
    }

    pub(crate) fn unavailable(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Unavailable, message)
    }

    /// The same error once more, for an answer that is remembered.
    pub(crate) fn again(&self) -> Self {
        Error::new(self.kind, self.message.clone())
    }

    pub(crate) fn limit(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Limit, message)
    }

    /// An I/O failure, with what was being done (*"cannot read pack.semrel"*).
    pub fn io(what: impl fmt::Display, error: std::io::Error) -> Self {
        Error {
            kind: ErrorKind::Io,
            message: format!("{what}: {error}"),
            source: Some(Box::new(error)),
        }
    }

    /// Puts `context` in front of the message: `context: message`.
    #[must_use]
    pub fn context(mut self, context: impl fmt::Display) -> Self {
        self.message = format!("{context}: {}", self.message);
        self
    }

    /// What kind of error this is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|e| &**e as _)
    }
}
