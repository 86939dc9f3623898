//! The small tables of an image as they are made: names, ranked values, entries of varying length.

use std::collections::HashMap;

use crate::error::{Error, Result};

/// Short names, numbered from one in the order in which they came; zero is "none".
#[derive(Debug, Default)]
pub(super) struct Names(Vec<String>);

impl Names {
    pub(super) fn intern(&mut self, what: &str, name: &str) -> Result<u8> {
        if let Some(at) = self.0.iter().position(|known| known == name) {
            return Ok(at as u8 + 1);
        }
        if self.0.len() == 254 {
            return Err(Error::limit(format!(
                "more than 254 different names of a {what}"
            )));
        }
        if name.len() > 255 {
            return Err(Error::limit(format!(
                "the name of a {what} is over 255 bytes long"
            )));
        }
        self.0.push(name.to_owned());
        Ok(self.0.len() as u8)
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.push(self.0.len() as u8);
        for name in &self.0 {
            out.push(name.len() as u8);
            out.extend_from_slice(name.as_bytes());
        }
    }
}

/// Distinct values, most frequent first, so that frequent ones get short numbers.
pub(super) struct Ranked<T> {
    pub(super) values: Vec<T>,
    ranks: HashMap<T, u32>,
}

impl<T: Clone + Ord + std::hash::Hash> Ranked<T> {
    pub(super) fn new(items: impl Iterator<Item = T>) -> Self {
        let mut counts: HashMap<T, usize> = HashMap::new();
        for item in items {
            *counts.entry(item).or_default() += 1;
        }
        let mut counted: Vec<(T, usize)> = counts.into_iter().collect();
        counted.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let values: Vec<T> = counted.into_iter().map(|(value, _)| value).collect();
        let ranks = values.iter().cloned().zip(0..).collect();
        Ranked { values, ranks }
    }

    pub(super) fn rank(&self, value: &T) -> u32 {
        self.ranks.get(value).copied().unwrap_or(0)
    }
}

/// Entries of varying length, back to back, with their offsets.
pub(super) struct Blob {
    pub(super) bytes: Vec<u8>,
    offsets: Vec<usize>,
}

impl Default for Blob {
    fn default() -> Self {
        Blob {
            bytes: Vec::new(),
            offsets: vec![0],
        }
    }
}

impl Blob {
    pub(super) fn end_entry(&mut self) {
        self.offsets.push(self.bytes.len());
    }

    /// Offsets as the format wants them. `assemble` refuses images beyond `u32`.
    pub(super) fn offset_bytes(&self) -> Vec<u8> {
        self.offsets
            .iter()
            .flat_map(|&offset| (offset as u32).to_le_bytes())
            .collect()
    }

    pub(super) fn joined(self) -> Vec<u8> {
        let mut out = ((self.offsets.len() - 1) as u32).to_le_bytes().to_vec();
        out.extend(self.offset_bytes());
        out.extend(self.bytes);
        out
    }
}
