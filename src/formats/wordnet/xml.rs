//! XML as a stream of tags and text, bounded in size and depth.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event as Raw};

use crate::error::{Error, Result};

/// The largest tag, text or comment, in bytes.
pub(super) const MAX_EVENT_BYTES: usize = 1 << 20;
/// The most elements inside one another. WN-LMF needs six.
pub(super) const MAX_DEPTH: usize = 32;
/// The most attributes of an element. WN-LMF knows twenty-five.
pub(super) const MAX_ATTRIBUTES: usize = 64;

#[derive(Debug)]
pub(super) enum Event {
    Start(Tag),
    /// The end of the element of this name; an empty element has one too.
    End(String),
    Text(String),
    /// Comment, document type or processing instruction.
    Other,
    /// The end of a document that was complete.
    Done,
}

/// A start tag, its attributes unescaped.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// The line on which it begins.
    pub(super) line: u64,
}

impl Tag {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(key, _)| key == name)
            .map(|(_, value)| &**value)
    }

    pub(super) fn require(&self, name: &str) -> Result<&str> {
        self.get(name)
            .ok_or_else(|| self.error(format_args!("has no attribute {name:?}")))
    }

    pub(super) fn error(&self, what: impl std::fmt::Display) -> Error {
        Error::invalid(format!("line {}: <{}> {what}", self.line, self.name))
    }
}

/// Reads no external entity and no document type; knows no entity but the five of XML, so that
/// nothing expands.
#[derive(Debug)]
pub(super) struct Xml<R> {
    reader: Reader<Bounded<R>>,
    buffer: Vec<u8>,
    depth: usize,
    seen_root: bool,
}

impl<R: BufRead> Xml<R> {
    pub(super) fn new(inner: R) -> Self {
        let mut reader = Reader::from_reader(Bounded {
            inner,
            left: 0,
            lines: 0,
        });
        reader.config_mut().expand_empty_elements = true;
        Xml {
            reader,
            buffer: Vec::new(),
            depth: 0,
            seen_root: false,
        }
    }

    /// # Errors
    ///
    /// `InvalidInput` for what is not well-formed XML in UTF-8, `Limit` for what is too large,
    /// `Io` if reading failed. Nothing can be read after an error.
    pub(super) fn next(&mut self) -> Result<Event> {
        self.buffer.clear();
        self.reader.get_mut().left = MAX_EVENT_BYTES;
        let line = self.reader.get_ref().lines + 1;
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(Raw::Start(start)) => tag(&start, line).map(Event::Start),
            Ok(Raw::End(end)) => Ok(Event::End(
                String::from_utf8_lossy(end.name().as_ref()).into_owned(),
            )),
            Ok(Raw::Text(text)) => text
                .xml10_content()
                .map(|text| Event::Text(text.into_owned()))
                .map_err(malformed),
            Ok(Raw::CData(text)) => text
                .xml10_content()
                .map(|text| Event::Text(text.into_owned()))
                .map_err(malformed),
            Ok(Raw::GeneralRef(reference)) => resolve(&reference).map(Event::Text),
            Ok(Raw::Decl(declaration)) => check_encoding(&declaration).map(|()| Event::Other),
            Ok(Raw::Comment(_) | Raw::PI(_) | Raw::DocType(_) | Raw::Empty(_)) => Ok(Event::Other),
            Ok(Raw::Eof) => Ok(Event::Done),
            Err(error) => return Err(self.located(error)),
        };
        event
            .and_then(|event| self.nested(event))
            .map_err(|error| error.context(format_args!("line {line}")))
    }

    /// Checks that `event` may come at this depth.
    fn nested(&mut self, event: Event) -> Result<Event> {
        match &event {
            Event::Start(_) if self.depth == 0 && self.seen_root => {
                return Err(Error::invalid("a second root element"));
            }
            Event::Start(_) if self.depth == MAX_DEPTH => {
                return Err(Error::limit(format!(
                    "more than {MAX_DEPTH} elements inside one another"
                )));
            }
            Event::Start(_) => {
                self.seen_root = true;
                self.depth += 1;
            }
            Event::End(_) => self.depth -= 1,
            Event::Text(text) if self.depth == 0 && !text.trim().is_empty() => {
                return Err(Error::invalid("text outside of the root element"));
            }
            Event::Done if self.depth > 0 => {
                return Err(Error::invalid(
                    "the file ends inside an element: it was cut off",
                ));
            }
            Event::Text(_) | Event::Other | Event::Done => {}
        }
        Ok(event)
    }

    fn located(&self, error: quick_xml::Error) -> Error {
        let bounded = self.reader.get_ref();
        let byte = self.reader.error_position();
        let place = format!("line {} (byte {byte})", bounded.lines + 1);
        match error {
            quick_xml::Error::Io(_) if bounded.left == 0 => Error::limit(format!(
                "{place}: a tag, text or comment of more than {MAX_EVENT_BYTES} bytes"
            )),
            quick_xml::Error::Io(error) => {
                let error = io::Error::new(error.kind(), error.to_string());
                Error::io(format_args!("{place}: cannot read"), error)
            }
            error => malformed(error).context(place),
        }
    }
}

fn tag(start: &BytesStart<'_>, line: u64) -> Result<Tag> {
    let text = |bytes: &[u8]| start.decoder().decode(bytes).map(Cow::into_owned);
    let name = text(start.name().as_ref()).map_err(malformed)?;
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(malformed)?;
        if attributes.len() == MAX_ATTRIBUTES {
            return Err(Error::limit(format!(
                "<{name}> has more than {MAX_ATTRIBUTES} attributes"
            )));
        }
        let key = text(attribute.key.as_ref()).map_err(malformed)?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|e| malformed(e).context(format_args!("attribute {key:?} of <{name}>")))?;
        attributes.push((key, value.into_owned()));
    }
    Ok(Tag {
        name,
        attributes,
        line,
    })
}

fn resolve(reference: &BytesRef<'_>) -> Result<String> {
    if let Some(c) = reference.resolve_char_ref().map_err(malformed)? {
        return Ok(c.to_string());
    }
    let name = reference.decode().map_err(malformed)?;
    resolve_xml_entity(&name).map(str::to_owned).ok_or_else(|| {
        Error::invalid(format!(
            "unknown entity &{name};: only the five of XML are read, no declared ones"
        ))
    })
}

fn check_encoding(declaration: &BytesDecl<'_>) -> Result<()> {
    let Some(encoding) = declaration.encoding() else {
        return Ok(());
    };
    let encoding = encoding.map_err(malformed)?;
    if encoding.eq_ignore_ascii_case(b"utf-8") || encoding.eq_ignore_ascii_case(b"us-ascii") {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "the file is in {}: convert it to UTF-8 first",
        String::from_utf8_lossy(&encoding)
    )))
}

fn malformed(error: impl Into<quick_xml::Error>) -> Error {
    match error.into() {
        quick_xml::Error::Encoding(_) => {
            Error::invalid("not UTF-8: convert the file to UTF-8 first")
        }
        error => Error::invalid(format!("malformed XML: {error}")),
    }
}

/// Counts lines, and fails after `left` bytes.
#[derive(Debug)]
struct Bounded<R> {
    inner: R,
    left: usize,
    lines: u64,
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other("too long"));
        }
        let bytes = self.inner.fill_buf()?;
        Ok(&bytes[..bytes.len().min(self.left)])
    }

    fn consume(&mut self, amount: usize) {
        if amount == 0 {
            return;
        }
        // The bytes are those of the last `fill_buf`, which does not read again before they go.
        if let Ok(bytes) = self.inner.fill_buf() {
            let taken = &bytes[..amount.min(bytes.len())];
            self.lines += taken.iter().filter(|&&b| b == b'\n').count() as u64;
        }
        self.left -= amount.min(self.left);
        self.inner.consume(amount);
    }
}
