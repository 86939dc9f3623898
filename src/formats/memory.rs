//! [`MemorySource`]: records held in memory, ready to be written in another format.

use std::borrow::Cow;
use std::collections::HashMap;

use super::source::{PairView, SenseView, Source, TermView};
use crate::error::Result;
use crate::labels::{LabelledPair, Record, TermRecord};
use crate::relation::Relation;
use crate::text::{spelling_form, term_form};

/// A [`Source`] made of records, to turn one format into another without a lexicon.
///
/// ```
/// use semrel::formats::{MemorySource, SolrReader, write_skos};
///
/// let mut source = MemorySource::new("sozluk", "1.0", "tr", "CC0-1.0");
/// for record in SolrReader::new("saklı pay, mahfuz hisse".as_bytes()) {
///     source.add(record?)?;
/// }
/// let mut turtle = Vec::new();
/// write_skos(&source, None, &mut turtle)?;
/// assert!(String::from_utf8_lossy(&turtle).contains("\"mahfuz hisse\"@tr"));
/// # Ok::<(), semrel::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct MemorySource {
    name: String,
    version: String,
    language: String,
    licence: String,
    terms: Vec<TermView<'static>>,
    ids: HashMap<String, u32>,
    groups: Vec<Vec<u32>>,
    pairs: Vec<PairView<'static>>,
}

impl MemorySource {
    /// A source without terms.
    pub fn new(
        name: impl Into<String>,
        version: impl Into<String>,
        language: impl Into<String>,
        licence: impl Into<String>,
    ) -> Self {
        MemorySource {
            name: name.into(),
            version: version.into(),
            language: language.into(),
            licence: licence.into(),
            terms: Vec::new(),
            ids: HashMap::new(),
            groups: Vec::new(),
            pairs: Vec::new(),
        }
    }

    /// Adds what a record says. Pairs are taken as they come: nothing is merged.
    ///
    /// # Errors
    ///
    /// Those of [`LabelledPair::check`] and [`TermRecord::check`].
    pub fn add(&mut self, record: Record) -> Result<()> {
        match record {
            Record::Pair(pair) => self.add_pair(pair),
            Record::Term(term) => self.add_term(term),
        }
    }

    /// Makes a synonym group, the preferred term first, with the pairs that follow from it.
    ///
    /// # Errors
    ///
    /// `InvalidInput` or `Limit` if one of `terms` is no term or is named twice.
    pub fn add_group<'t>(&mut self, terms: impl IntoIterator<Item = &'t str>) -> Result<()> {
        let terms: Vec<&str> = terms.into_iter().collect();
        for term in &terms {
            term_form(term)?;
        }
        for (at, &a) in terms.iter().enumerate() {
            for &b in &terms[at + 1..] {
                self.add_pair(LabelledPair::new(a, b, Relation::Synonym))?;
            }
        }
        let group = terms.into_iter().map(|term| self.id(term)).collect();
        self.groups.push(group);
        Ok(())
    }

    fn add_pair(&mut self, pair: LabelledPair) -> Result<()> {
        pair.check()?;
        let pair = PairView {
            a: self.id(&pair.sentence1),
            b: self.id(&pair.sentence2),
            relation: pair.label,
            weight: pair.weight.unwrap_or(1.0),
            one_way: pair.one_way,
            derived: false,
            guarded: false,
            source: pair.source.map(Cow::Owned),
            domain: pair.domain.map(Cow::Owned),
        };
        self.pairs.push(pair);
        Ok(())
    }

    fn add_term(&mut self, record: TermRecord) -> Result<()> {
        record.check()?;
        let id = self.id(&record.term);
        let hypernym = record.hypernym.map(|hypernym| self.id(&hypernym));
        let sense = SenseView {
            pos: record.pos,
            gloss: record.gloss.map(Cow::Owned),
            domain: record.domain.map(Cow::Owned),
            hypernym,
        };
        if sense != SenseView::default() {
            self.terms[id as usize].senses.push(sense);
        }
        Ok(())
    }

    fn id(&mut self, text: &str) -> u32 {
        let next = self.terms.len() as u32;
        let id = *self
            .ids
            .entry(spelling_form(text).into_owned())
            .or_insert(next);
        if id == next {
            self.terms.push(TermView {
                text: Cow::Owned(text.to_owned()),
                senses: Vec::new(),
            });
        }
        id
    }
}

impl Source for MemorySource {
    fn name(&self) -> &str {
        &self.name
    }

    fn version(&self) -> &str {
        &self.version
    }

    fn language(&self) -> &str {
        &self.language
    }

    fn licence(&self) -> &str {
        &self.licence
    }

    fn terms(&self) -> Box<dyn Iterator<Item = TermView<'_>> + '_> {
        Box::new(self.terms.iter().cloned())
    }

    fn groups(&self) -> Box<dyn Iterator<Item = Vec<u32>> + '_> {
        Box::new(self.groups.iter().cloned())
    }

    fn pairs(&self) -> Box<dyn Iterator<Item = PairView<'_>> + '_> {
        Box::new(self.pairs.iter().cloned())
    }
}
