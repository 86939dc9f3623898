//! The user's own entries beside the immutable lexicon.

use std::collections::HashSet;
use std::io::BufRead;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::labels::{LabelledPair, Record};
use crate::lines::Lines;
use crate::text::{spelling_form, term_form};

/// Entries of the user: pairs that the lexicon lacks or gets wrong for their collection, one-way
/// rules, and pairs that must never be expanded.
///
/// An overlay pair takes the place of whatever the lexicon says of the same two terms.
/// Everything else, the guard against antonyms too, then works on lexicon and overlay together.
///
/// ```
/// use semrel::{LabelledPair, Overlay, Relation};
///
/// let mut overlay = Overlay::new();
/// overlay.add(LabelledPair::new("müvekkil", "danışan", Relation::Synonym))?;
/// overlay.forbid("hak", "hukuk")?;
/// # Ok::<(), semrel::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    pairs: Vec<LabelledPair>,
    forbidden: HashSet<(String, String)>,
}

impl Overlay {
    /// An overlay without entries.
    pub fn new() -> Self {
        Overlay::default()
    }

    /// Adds a pair; a later one for the same two terms takes the place of an earlier one.
    ///
    /// # Errors
    ///
    /// As [`LabelledPair::check`]. A refused pair changes nothing.
    pub fn add(&mut self, pair: LabelledPair) -> Result<()> {
        pair.check()?;
        self.pairs.push(pair);
        Ok(())
    }

    /// Keeps each of two terms out of the expansions of the other.
    ///
    /// # Errors
    ///
    /// `InvalidInput` or `Limit` if one of them is no term.
    pub fn forbid(&mut self, a: &str, b: &str) -> Result<()> {
        term_form(a)?;
        term_form(b)?;
        self.forbidden.insert(ordered(a, b));
        Ok(())
    }

    /// Reads JSON Lines: labelled pairs as everywhere, and forbidden pairs as
    /// `{"forbid":["hak","hukuk"]}`.
    ///
    /// # Errors
    ///
    /// The first bad line, with its number and the reason.
    pub fn read<R: BufRead>(reader: R) -> Result<Self> {
        #[derive(Deserialize)]
        struct Forbid {
            forbid: (String, String),
        }
        let mut overlay = Overlay::new();
        let mut lines = Lines::new(reader);
        loop {
            let added = match lines.next_line() {
                None => return Ok(overlay),
                Some(Err(error)) => return Err(error),
                Some(Ok(line)) if line.trim().is_empty() => continue,
                Some(Ok(line)) => match serde_json::from_str::<Forbid>(line) {
                    Ok(Forbid { forbid: (a, b) }) => overlay.forbid(&a, &b),
                    Err(_) => Record::from_json(line).and_then(|record| match record {
                        Record::Pair(pair) => overlay.add(pair),
                        Record::Term(_) => Err(Error::invalid(
                            "an overlay holds pairs: \"sentence1\", \"sentence2\" and \"label\", \
                             or \"forbid\"",
                        )),
                    }),
                },
            };
            let number = lines.number();
            added.map_err(|e| e.context(format_args!("line {number}")))?;
        }
    }

    /// Whether there is no entry at all.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty() && self.forbidden.is_empty()
    }

    /// The pairs, in the order in which they were added.
    pub fn pairs(&self) -> &[LabelledPair] {
        &self.pairs
    }

    /// Whether two terms must not stand for each other.
    pub fn is_forbidden(&self, a: &str, b: &str) -> bool {
        !self.forbidden.is_empty() && self.forbidden.contains(&ordered(a, b))
    }
}

fn ordered(a: &str, b: &str) -> (String, String) {
    let (a, b) = (spelling_form(a).into_owned(), spelling_form(b).into_owned());
    if a <= b { (a, b) } else { (b, a) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_is_named() {
        let text = "{\"forbid\":[\"hak\",\"hukuk\"]}\n{\"forbid\":[\"hak\"]}\n";
        let error = Overlay::read(text.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with("line 2: "), "{error}");
        let text = "{\"term\":\"hak\"}";
        let error = Overlay::read(text.as_bytes()).unwrap_err().to_string();
        assert!(
            error.starts_with("line 1: an overlay holds pairs"),
            "{error}"
        );
    }

    #[test]
    fn forbidden_in_both_directions_and_any_case() {
        let mut overlay = Overlay::new();
        overlay.forbid("Hak", "HUKUK").unwrap();
        assert!(overlay.is_forbidden("hukuk", "hak"));
        assert!(!overlay.is_forbidden("hukuk", "hâk"));
        assert!(overlay.forbid(" ", "hak").is_err());
    }
}
