//! The byte image of a lexicon.
//!
//! ```text
//! offset  size  what
//!      0     8  magic "SEMRLEX\0"
//!      8     4  format version, little-endian u32
//!     12     4  CRC-32 of all bytes from offset 16
//!     16     8  length of the whole image, u64
//!     24    64  eight sections, each as (offset u32, length u32), in the order of `Section`
//!     88     -  the sections, back to back
//! ```
//!
//! | section | content |
//! |---|---|
//! | `Names` | sources, then domains: a count byte, then per name a length byte and UTF-8 |
//! | `Kinds` | the distinct (relation, weight, source, domain, flags) of postings, 5 bytes each, most frequent first |
//! | `Words` | the words of glosses: `u32` offsets, one more than words, then UTF-8 |
//! | `Keys` | an `fst` map from normal form to the first term that has it |
//! | `TermOffsets` | `u32` offsets into `Terms`, one more than terms |
//! | `Terms` | per term, in the order of (normal form, spelling): flags, text, group, postings, senses |
//! | `GroupOffsets` | `u32` offsets into `Groups`, one more than groups |
//! | `Groups` | per synonym group: preferred member, count, members |
//!
//! A term is a flag byte, then varints: length of its text and the text, group + 1 (0: none),
//! count of postings, per posting the distance from the target before it and the index of its
//! kind, then the senses: count, and per sense a part-of-speech byte, a domain byte, hypernym + 1,
//! number of gloss words and their indices. All numbers are little-endian; varints are LEB128.
//!
//! NOTE: change [`VERSION`] with every change of this layout.

use std::ops::Range;

use crate::error::{Error, ErrorKind, Result};

pub(super) const MAGIC: [u8; 8] = *b"SEMRLEX\0";
pub(super) const VERSION: u32 = 1;
pub(super) const HEADER_LEN: usize = 24 + 8 * Section::COUNT;
/// Where the part of the image begins that the checksum covers.
pub(super) const CHECKED_FROM: usize = 16;

/// The next term has the same normal form.
pub(super) const TERM_SHARES_KEY: u8 = 1;

/// The target may stand for this term, but not the other way round.
pub(super) const KIND_OUT: u8 = 1;
/// This term may stand for the target, but not the other way round.
pub(super) const KIND_IN: u8 = 2;
/// Some path makes the target an antonym: it never leaves an expansion.
pub(super) const KIND_GUARDED: u8 = 4;
/// A synonym of synonyms on which all agree, not a labelled pair.
pub(super) const KIND_TRANSITIVE: u8 = 8;

pub(super) const KIND_LEN: usize = 5;
/// Weights are stored in half percents.
pub(super) const WEIGHT_STEPS: f32 = 200.0;

#[derive(Clone, Copy, Debug)]
pub(super) enum Section {
    Names,
    Kinds,
    Words,
    Keys,
    TermOffsets,
    Terms,
    GroupOffsets,
    Groups,
}

impl Section {
    pub(super) const COUNT: usize = 8;
}

/// Where the sections of an image lie.
#[derive(Clone, Debug)]
pub(super) struct Layout([Range<usize>; Section::COUNT]);

impl Layout {
    pub(super) fn range(&self, section: Section) -> Range<usize> {
        self.0[section as usize].clone()
    }

    /// Checks the header of `image`, and its checksum if asked.
    pub(super) fn read(image: &[u8], verify_checksum: bool) -> Result<Layout> {
        if image.len() < HEADER_LEN {
            return Err(Error::corrupt(format!(
                "a lexicon image has at least {HEADER_LEN} bytes, this one {}: it was cut off",
                image.len()
            )));
        }
        if image[..8] != MAGIC {
            return Err(Error::corrupt(
                "not a lexicon image: it does not begin with the magic bytes SEMRLEX",
            ));
        }
        let version = u32_at(image, 8);
        if version != VERSION {
            return Err(Error::new(
                ErrorKind::Version,
                format!(
                    "the lexicon image has format version {version}, this program reads version \
                     {VERSION}: build the pack again with `semrel build`"
                ),
            ));
        }
        let length = u64::from(u32_at(image, 16)) | u64::from(u32_at(image, 20)) << 32;
        if length != image.len() as u64 {
            return Err(Error::corrupt(format!(
                "the lexicon image should have {length} bytes and has {}: it was cut off or \
                 something was appended",
                image.len()
            )));
        }
        if verify_checksum && crc32fast::hash(&image[CHECKED_FROM..]) != u32_at(image, 12) {
            return Err(Error::corrupt(
                "the checksum of the lexicon image does not match: it was damaged; fetch or build \
                 it again",
            ));
        }
        let mut ranges: [Range<usize>; Section::COUNT] = Default::default();
        let mut expected = HEADER_LEN;
        for (at, range) in ranges.iter_mut().enumerate() {
            let start = u32_at(image, 24 + 8 * at) as usize;
            let end = start.checked_add(u32_at(image, 28 + 8 * at) as usize);
            match end {
                Some(end) if start == expected && end <= image.len() => {
                    *range = start..end;
                    expected = end;
                }
                _ => {
                    return Err(Error::corrupt(
                        "the sections of the lexicon image do not follow one another",
                    ));
                }
            }
        }
        if expected != image.len() {
            return Err(Error::corrupt(
                "the sections of the lexicon image do not fill it",
            ));
        }
        Ok(Layout(ranges))
    }
}

/// Puts sections behind a header.
pub(super) fn assemble(sections: &[Vec<u8>; Section::COUNT]) -> Result<Vec<u8>> {
    let length = HEADER_LEN + sections.iter().map(Vec::len).sum::<usize>();
    if u32::try_from(length).is_err() {
        return Err(Error::limit(format!(
            "the lexicon would have {length} bytes: an image holds at most 4 GiB"
        )));
    }
    let mut image = Vec::with_capacity(length);
    image.extend_from_slice(&MAGIC);
    image.extend_from_slice(&VERSION.to_le_bytes());
    image.extend_from_slice(&[0; 4]);
    image.extend_from_slice(&(length as u64).to_le_bytes());
    let mut offset = HEADER_LEN;
    for section in sections {
        image.extend_from_slice(&(offset as u32).to_le_bytes());
        image.extend_from_slice(&(section.len() as u32).to_le_bytes());
        offset += section.len();
    }
    for section in sections {
        image.extend_from_slice(section);
    }
    let checksum = crc32fast::hash(&image[CHECKED_FROM..]);
    image[12..16].copy_from_slice(&checksum.to_le_bytes());
    Ok(image)
}

/// The little-endian `u32` at `at`; zero past the end (callers have checked the length).
pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

pub(super) fn push_varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads the fields of a record, each checked against the end of the bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    #[inline]
    pub(super) fn varint(&mut self) -> Option<u32> {
        let mut value = 0u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            if shift == 28 && byte > 0x0f {
                return None;
            }
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    pub(super) fn bytes(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn text(&mut self, len: usize) -> Option<&'a str> {
        std::str::from_utf8(self.bytes(len)?).ok()
    }
}

/// Entry `index` of a table of `u32` offsets (one more than entries) into `blob`.
pub(super) fn entry<'a>(offsets: &[u8], blob: &'a [u8], index: usize) -> Option<&'a [u8]> {
    let at = index.checked_mul(4)?;
    let bounds = offsets.get(at..at.checked_add(8)?)?;
    blob.get(u32_at(bounds, 0) as usize..u32_at(bounds, 4) as usize)
}

/// How many entries a table of offsets describes.
pub(super) fn entry_count(offsets: &[u8]) -> usize {
    (offsets.len() / 4).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varints_round_trip() {
        for value in [0, 1, 127, 128, 300, 16_383, 16_384, 1 << 28, u32::MAX] {
            let mut bytes = Vec::new();
            push_varint(&mut bytes, value);
            assert_eq!(Fields(&bytes).varint(), Some(value));
            for cut in 0..bytes.len() {
                assert_eq!(Fields(&bytes[..cut]).varint(), None);
            }
        }
        assert_eq!(Fields(&[0xff; 8]).varint(), None);
    }
}
