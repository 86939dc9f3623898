//! Where the writers write to.

use std::fmt;
use std::io::{BufWriter, Write};

use crate::error::{Error, Result};

/// A buffered stream whose failures are errors of this crate.
pub(super) struct Out<W: Write>(BufWriter<W>);

impl<W: Write> Out<W> {
    pub(super) fn new(writer: W) -> Self {
        Out(BufWriter::new(writer))
    }

    pub(super) fn put(&mut self, text: fmt::Arguments<'_>) -> Result<()> {
        self.0.write_fmt(text).map_err(failed)
    }

    pub(super) fn finish(mut self) -> Result<()> {
        self.0.flush().map_err(failed)
    }
}

fn failed(error: std::io::Error) -> Error {
    Error::io("cannot write the export", error)
}

/// `text` on one line: line ends and other control characters become spaces.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
