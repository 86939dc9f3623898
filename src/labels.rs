//! Labelled data as JSON Lines: pairs of terms with their relation, and what is known of a term.
//!
//! A line is one of two things, told apart by its keys:
//!
//! ```json
//! {"sentence1":"saklı pay","sentence2":"mahfuz hisse","label":"synonym","source":"entry","weight":0.99,"domain":"inheritance"}
//! {"term":"saklı pay","pos":"noun","gloss":"yasal miras payının dokunulamaz bölümü","domain":"inheritance","hypernym":"miras payı"}
//! ```

use std::fmt;
use std::io::BufRead;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::lines::Lines;
use crate::relation::Relation;
use crate::text::{spelling_form, term_form};

/// The longest gloss accepted, in bytes of UTF-8: a few words, not an article.
pub const MAX_GLOSS_BYTES: usize = 1 << 16;

/// Two terms and how they relate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LabelledPair {
    /// The first term, as it is to be printed.
    pub sentence1: String,
    /// The second term.
    pub sentence2: String,
    /// Their relation.
    pub label: Relation,
    /// Where the label comes from; any short name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Probability that the label is right, over 0 and at most 1; 1 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f32>,
    /// The field in which the relation holds (*inheritance*, *tax*, *general*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Part of speech of both terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pos: Option<Pos>,
    /// `sentence2` may stand for `sentence1` but not the other way round. Synonyms only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub one_way: bool,
}

impl LabelledPair {
    /// A pair with a label and nothing else known.
    pub fn new(
        sentence1: impl Into<String>,
        sentence2: impl Into<String>,
        label: Relation,
    ) -> Self {
        LabelledPair {
            sentence1: sentence1.into(),
            sentence2: sentence2.into(),
            label,
            source: None,
            weight: None,
            domain: None,
            pos: None,
            one_way: false,
        }
    }

    /// Checks what the types cannot.
    ///
    /// # Errors
    ///
    /// `InvalidInput` or `Limit` if a term is no term, if both are the same term, if the weight
    /// is not in `0.0..=1.0` without zero, or if a relation other than synonym is one-way.
    pub fn check(&self) -> Result<()> {
        term_form(&self.sentence1).map_err(|e| e.context("sentence1"))?;
        term_form(&self.sentence2).map_err(|e| e.context("sentence2"))?;
        if spelling_form(&self.sentence1) == spelling_form(&self.sentence2) {
            return Err(Error::invalid(format!(
                "{:?} is paired with itself",
                self.sentence1
            )));
        }
        if let Some(weight) = self.weight {
            if !(weight > 0.0 && weight <= 1.0) {
                return Err(Error::invalid(format!(
                    "weight {weight} is not a probability over 0 and at most 1"
                )));
            }
        }
        if self.one_way && self.label != Relation::Synonym {
            return Err(Error::invalid(format!(
                "only a synonym can be one-way, not {}",
                self.label
            )));
        }
        Ok(())
    }
}

/// What is known of one term in one sense.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermRecord {
    /// The term, as it is to be printed.
    pub term: String,
    /// Part of speech.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pos: Option<Pos>,
    /// What it means, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gloss: Option<String>,
    /// The field in which it has this sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// The nearest broader term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hypernym: Option<String>,
}

impl TermRecord {
    /// Checks what the types cannot.
    ///
    /// # Errors
    ///
    /// `InvalidInput` or `Limit` if the term or its hypernym is no term, if the term is its own
    /// hypernym, or if the gloss is longer than [`MAX_GLOSS_BYTES`].
    pub fn check(&self) -> Result<()> {
        term_form(&self.term).map_err(|e| e.context("term"))?;
        if let Some(gloss) = self.gloss.as_ref().filter(|g| g.len() > MAX_GLOSS_BYTES) {
            return Err(Error::limit(format!(
                "a gloss of {} bytes is too long: at most {MAX_GLOSS_BYTES} bytes",
                gloss.len()
            )));
        }
        if let Some(hypernym) = &self.hypernym {
            term_form(hypernym).map_err(|e| e.context("hypernym"))?;
            if spelling_form(&self.term) == spelling_form(hypernym) {
                return Err(Error::invalid(format!(
                    "{:?} is its own hypernym",
                    self.term
                )));
            }
        }
        Ok(())
    }
}

/// Part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Pos {
    /// Noun or noun phrase.
    Noun,
    /// Verb or verb phrase, in the infinitive.
    Verb,
    /// Adjective.
    Adj,
    /// Adverb.
    Adv,
    /// Abbreviation.
    Abbr,
    /// Proper name.
    Name,
    /// Anything else.
    Other,
}

impl Pos {
    /// All parts of speech.
    pub const ALL: [Pos; 7] = [
        Pos::Noun,
        Pos::Verb,
        Pos::Adj,
        Pos::Adv,
        Pos::Abbr,
        Pos::Name,
        Pos::Other,
    ];

    /// The name used in files and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Pos::Noun => "noun",
            Pos::Verb => "verb",
            Pos::Adj => "adj",
            Pos::Adv => "adv",
            Pos::Abbr => "abbr",
            Pos::Name => "name",
            Pos::Other => "other",
        }
    }
}

impl fmt::Display for Pos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Pos {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Pos::ALL
            .into_iter()
            .find(|pos| pos.as_str() == name)
            .ok_or_else(|| {
                Error::invalid(format!(
                    "unknown part of speech {name:?}: use noun, verb, adj, adv, abbr, name or other"
                ))
            })
    }
}

/// One line of labelled data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Record {
    /// Two terms and their relation.
    Pair(LabelledPair),
    /// One term.
    Term(TermRecord),
}

impl Record {
    /// Reads one line of JSON and checks it.
    ///
    /// # Errors
    ///
    /// `InvalidInput` or `Limit`, saying what is wrong with the line.
    pub fn from_json(line: &str) -> Result<Self> {
        let record = Record::from_json_unchecked(line)?;
        match &record {
            Record::Pair(pair) => pair.check(),
            Record::Term(term) => term.check(),
        }?;
        Ok(record)
    }

    fn from_json_unchecked(line: &str) -> Result<Self> {
        // Not `#[serde(untagged)]`: it answers every mistake with "matched no variant".
        #[derive(Deserialize)]
        struct Keys {
            sentence1: Option<serde::de::IgnoredAny>,
            term: Option<serde::de::IgnoredAny>,
        }
        let reason = |e: serde_json::Error| Error::invalid(format!("malformed JSON: {e}"));
        let keys: Keys = serde_json::from_str(line).map_err(reason)?;
        match (keys.sentence1, keys.term) {
            (Some(_), None) => serde_json::from_str(line).map(Record::Pair).map_err(reason),
            (None, Some(_)) => serde_json::from_str(line).map(Record::Term).map_err(reason),
            _ => Err(Error::invalid(
                "a line holds either \"sentence1\", \"sentence2\" and \"label\", or \"term\"",
            )),
        }
    }
}

/// Reads labelled data, line by line, in constant memory.
///
/// Empty lines are passed over. A bad line is an error that names it; the next call goes on
/// with the line after it, so that the caller decides whether to stop.
///
/// ```
/// use semrel::{Record, RecordReader};
///
/// let text = r#"{"sentence1":"alıcı","sentence2":"satıcı","label":"antonym"}
/// {"sentence1":"alıcı","sentence2":"alıcı","label":"synonym"}
/// {"term":"alıcı","pos":"noun"}"#;
/// let records: Vec<_> = RecordReader::new(text.as_bytes()).collect();
/// assert!(matches!(records[0], Ok(Record::Pair(_))));
/// assert_eq!(
///     records[1].as_ref().unwrap_err().to_string(),
///     "line 2: \"alıcı\" is paired with itself"
/// );
/// assert!(matches!(records[2], Ok(Record::Term(_))));
/// ```
#[derive(Debug)]
pub struct RecordReader<R> {
    lines: Lines<R>,
    read: fn(&str) -> Result<Record>,
}

impl<R: BufRead> RecordReader<R> {
    /// Records of `reader`.
    pub fn new(reader: R) -> Self {
        RecordReader {
            lines: Lines::new(reader),
            read: Record::from_json,
        }
    }

    /// Takes records as they stand, without [`LabelledPair::check`] and [`TermRecord::check`]:
    /// for evaluation data of others, where a term may well be paired with itself.
    #[must_use]
    pub fn unchecked(mut self) -> Self {
        self.read = Record::from_json_unchecked;
        self
    }

    /// The number of the line returned last, counted from one.
    pub fn line_number(&self) -> u64 {
        self.lines.number()
    }
}

impl<R: BufRead> Iterator for RecordReader<R> {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let record = match self.lines.next_line()? {
                Ok(line) if line.trim().is_empty() => continue,
                Ok(line) => (self.read)(line),
                Err(error) => return Some(Err(error)),
            };
            let number = self.lines.number();
            return Some(record.map_err(|e| e.context(format_args!("line {number}"))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_of(line: &str) -> String {
        Record::from_json(line).unwrap_err().to_string()
    }

    #[test]
    fn both_spellings_of_the_label_are_read_and_one_is_written() {
        let line = r#"{"sentence1":"kefil","sentence2":"garantör","label":"co-hyponym"}"#;
        let record = Record::from_json(line).unwrap();
        assert_eq!(
            serde_json::to_string(&record).unwrap(),
            r#"{"sentence1":"kefil","sentence2":"garantör","label":"co_hyponym"}"#
        );
    }

    #[test]
    fn spelling_variants_are_a_pair() {
        let line = r#"{"sentence1":"hâkim","sentence2":"hakim","label":"synonym"}"#;
        assert!(Record::from_json(line).is_ok());
    }

    #[test]
    fn a_gloss_is_a_few_words() {
        let gloss = "söz ".repeat(MAX_GLOSS_BYTES / 4);
        let line = format!(r#"{{"term":"hak","gloss":"{gloss}"}}"#);
        assert!(error_of(&line).contains("too long"));
    }

    #[test]
    fn every_mistake_is_named() {
        for (line, reason) in [
            ("{", "malformed JSON"),
            ("[]", "malformed JSON"),
            ("{}", "a line holds either"),
            (
                r#"{"sentence1":"a","label":"synonym"}"#,
                "missing field `sentence2`",
            ),
            (
                r#"{"sentence1":"a","sentence2":"b","label":"hyponym"}"#,
                "unknown variant `hyponym`",
            ),
            (
                r#"{"sentence1":"a","sentence2":" ","label":"synonym"}"#,
                "sentence2: \" \" is no term",
            ),
            (
                r#"{"sentence1":"a","sentence2":"b","label":"synonym","weight":2}"#,
                "not a probability",
            ),
            (
                r#"{"sentence1":"a","sentence2":"b","label":"antonym","one_way":true}"#,
                "only a synonym can be one-way",
            ),
            (r#"{"term":"hak","hypernym":"HAK"}"#, "its own hypernym"),
            (r#"{"term":"hak","pos":"isim"}"#, "unknown variant `isim`"),
        ] {
            assert!(
                error_of(line).contains(reason),
                "{line}: {}",
                error_of(line)
            );
        }
    }
}
