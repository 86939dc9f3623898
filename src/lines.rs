//! Lines of a stream of any size: counted, bounded in length, checked to be UTF-8.

use std::io::{BufRead, Read};

use crate::error::{Error, Result};

/// The longest line accepted, in bytes.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// Reads lines one by one, in constant memory, and goes on after a bad one.
///
/// Line ends (`\n`, `\r\n`) and a byte order mark at the start are not part of a line.
///
/// ```
/// use semrel::Lines;
///
/// let mut lines = Lines::new(&b"alacakl\xc4\xb1\n\xff\nbor\xc3\xa7lu"[..]);
/// assert_eq!(lines.next().unwrap()?, "alacaklı");
/// assert_eq!(
///     lines.next().unwrap().unwrap_err().to_string(),
///     "line 2: not UTF-8: convert the input to UTF-8 first"
/// );
/// assert_eq!(lines.next().unwrap()?, "borçlu");
/// assert_eq!(lines.number(), 3);
/// # Ok::<(), semrel::Error>(())
/// ```
#[derive(Debug)]
pub struct Lines<R> {
    reader: R,
    number: u64,
    buffer: Vec<u8>,
    failed: bool,
}

impl<R: BufRead> Lines<R> {
    /// Lines of `reader`.
    pub fn new(reader: R) -> Self {
        Lines {
            reader,
            number: 0,
            buffer: Vec::new(),
            failed: false,
        }
    }

    /// The number of the line returned last, counted from one.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next line, borrowed until the next call; `None` at the end of the stream or after a
    /// failed read.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for a line that is not UTF-8, `Limit` for one over [`MAX_LINE_BYTES`]: the
    /// following call continues with the line after it. `Io` if reading failed.
    pub fn next_line(&mut self) -> Option<Result<&str>> {
        if self.failed {
            return None;
        }
        self.buffer.clear();
        let limit = MAX_LINE_BYTES as u64 + 1;
        match (&mut self.reader)
            .take(limit)
            .read_until(b'\n', &mut self.buffer)
        {
            Ok(0) => return None,
            Ok(_) => self.number += 1,
            Err(error) => {
                self.failed = true;
                let place = format!("line {}: cannot read", self.number + 1);
                return Some(Err(Error::io(place, error)));
            }
        }
        if self.buffer.len() > MAX_LINE_BYTES && !self.buffer.ends_with(b"\n") {
            if let Err(error) = self.skip_line() {
                self.failed = true;
                let place = format!("line {}: cannot read", self.number);
                return Some(Err(Error::io(place, error)));
            }
            return Some(Err(Error::limit(format!(
                "line {}: longer than {MAX_LINE_BYTES} bytes",
                self.number
            ))));
        }
        let mut line = self.buffer.as_slice();
        if self.number == 1 {
            line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        }
        line = line.strip_suffix(b"\n").unwrap_or(line);
        line = line.strip_suffix(b"\r").unwrap_or(line);
        Some(std::str::from_utf8(line).map_err(|_| {
            Error::invalid(format!(
                "line {}: not UTF-8: convert the input to UTF-8 first",
                self.number
            ))
        }))
    }

    fn skip_line(&mut self) -> std::io::Result<()> {
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                return Ok(());
            }
            let end = chunk.iter().position(|&b| b == b'\n');
            let used = end.map_or(chunk.len(), |at| at + 1);
            self.reader.consume(used);
            if end.is_some() {
                return Ok(());
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<String>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_line().map(|line| line.map(str::to_owned))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn a_line_that_is_too_long_costs_only_itself() {
        let mut text = vec![b'x'; MAX_LINE_BYTES * 3];
        text.extend_from_slice(b"\nborsa\r\n\nson");
        let mut lines = Lines::new(text.as_slice());
        assert_eq!(lines.next().unwrap().unwrap_err().kind(), ErrorKind::Limit);
        assert_eq!(lines.next().unwrap().unwrap(), "borsa");
        assert_eq!(lines.next().unwrap().unwrap(), "");
        assert_eq!(lines.next().unwrap().unwrap(), "son");
        assert!(lines.next().is_none());
    }

    #[test]
    fn byte_order_mark_is_no_text() {
        let lines: Vec<_> = Lines::new(&b"\xef\xbb\xbfhak\n"[..])
            .map(Result::unwrap)
            .collect();
        assert_eq!(lines, ["hak"]);
    }

    #[test]
    fn a_broken_stream_ends_with_an_error() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("disk gone"))
            }
        }
        let mut lines = Lines::new(std::io::BufReader::new(Broken));
        assert_eq!(lines.next().unwrap().unwrap_err().kind(), ErrorKind::Io);
        assert!(lines.next().is_none());
    }
}
