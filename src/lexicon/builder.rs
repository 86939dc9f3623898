//! From labelled records to the byte image of a lexicon.

use std::collections::HashMap;

use super::format::{KIND_OUT, WEIGHT_STEPS};
use super::tables::Names;
use super::writer::Numbered;
use crate::error::Result;
use crate::labels::{LabelledPair, Pos, Record, TermRecord};
use crate::relation::Relation;
use crate::text::{normal_form, spelling_form};

/// Collects labelled records and writes them as the byte image of a
/// [`Lexicon`](super::Lexicon).
///
/// Ways of writing that differ in case alone are one term, except where records say that one is
/// a name or an abbreviation and the other is not (*Çek*, *çek*; *YAŞ*, *yaş*).
///
/// Memory is proportional to the number of terms and pairs. The same records in the same order
/// give the same bytes.
///
/// ```
/// use semrel::{LabelledPair, Lexicon, LexiconBuilder, Relation};
///
/// let mut builder = LexiconBuilder::new();
/// builder.add_pair(&LabelledPair::new("saklı pay", "mahfuz hisse", Relation::Synonym))?;
/// let (image, report) = builder.build()?;
/// assert_eq!((report.terms, report.pairs()), (2, 1));
/// let lexicon = Lexicon::from_bytes(image)?;
/// assert_eq!(lexicon.terms().count(), 2);
/// # Ok::<(), semrel::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct LexiconBuilder {
    terms: Vec<TermDraft>,
    by_text: HashMap<Box<str>, u32>,
    pairs: Vec<(u32, u32, PairDraft)>,
    sources: Names,
    domains: Names,
}

/// What a build did, for people and logs.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct BuildReport {
    /// Terms in the lexicon.
    pub terms: usize,
    /// Labelled pairs, counted once each, in the order of [`Relation::ALL`].
    pub pairs_by_relation: [usize; 4],
    /// Synonym pairs that no label states but all members agree on.
    pub transitive: usize,
    /// Pairs kept out of every expansion because some path makes them antonyms.
    pub guarded: usize,
    /// Synonym groups of two or more terms.
    pub groups: usize,
    /// Pairs that came more than once with the same relation.
    pub duplicates: usize,
    /// Pairs that came with different relations.
    pub conflicts: Vec<Conflict>,
}

impl BuildReport {
    /// Labelled pairs of all relations.
    pub fn pairs(&self) -> usize {
        self.pairs_by_relation.iter().sum()
    }
}

/// One pair that came with two relations. An antonym is kept before anything else, then the
/// higher weight, then the more cautious relation.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Conflict {
    /// The two terms.
    pub terms: (String, String),
    /// The relation that stayed.
    pub kept: Relation,
    /// The relation that went.
    pub dropped: Relation,
}

#[derive(Debug)]
pub(super) struct TermDraft {
    pub(super) normal: Box<str>,
    pub(super) spelling: Box<str>,
    pub(super) text: Box<str>,
    pub(super) mentions: u32,
    pub(super) has_record: bool,
    pub(super) senses: Vec<SenseDraft>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct SenseDraft {
    pub(super) pos: Option<Pos>,
    pub(super) domain: Option<u8>,
    pub(super) hypernym: Option<u32>,
    pub(super) gloss: Box<str>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct PairDraft {
    pub(super) relation: Relation,
    pub(super) weight: u8,
    pub(super) source: u8,
    pub(super) domain: u8,
    /// `KIND_OUT`: the second may stand for the first; `KIND_IN`: the other way; 0: both.
    pub(super) direction: u8,
}

impl LexiconBuilder {
    /// A builder without records.
    pub fn new() -> Self {
        LexiconBuilder::default()
    }

    /// Adds a pair or a term.
    ///
    /// # Errors
    ///
    /// As [`add_pair`](Self::add_pair) and [`add_term`](Self::add_term).
    pub fn add(&mut self, record: &Record) -> Result<()> {
        match record {
            Record::Pair(pair) => self.add_pair(pair),
            Record::Term(term) => self.add_term(term),
        }
    }

    /// Adds a labelled pair. Constant time.
    ///
    /// # Errors
    ///
    /// As [`LabelledPair::check`]; `Limit` over 254 different sources or domains. A refused pair
    /// changes nothing.
    pub fn add_pair(&mut self, pair: &LabelledPair) -> Result<()> {
        pair.check()?;
        let source = match &pair.source {
            Some(name) => self.sources.intern("source", name)?,
            None => 0,
        };
        let domain = match &pair.domain {
            Some(name) => self.domains.intern("domain", name)?,
            None => 0,
        };
        let weight = pair.weight.unwrap_or(1.0) * WEIGHT_STEPS;
        let draft = PairDraft {
            relation: pair.label,
            weight: weight.round().max(1.0) as u8,
            source,
            domain,
            direction: if pair.one_way { KIND_OUT } else { 0 },
        };
        let first = self.intern(&pair.sentence1, false);
        let second = self.intern(&pair.sentence2, false);
        self.pairs.push((first, second, draft));
        Ok(())
    }

    /// Adds what is known of a term. Constant time. The same sense twice is one sense.
    ///
    /// # Errors
    ///
    /// As [`TermRecord::check`]; `Limit` over 254 different domains. A refused record changes
    /// nothing.
    pub fn add_term(&mut self, record: &TermRecord) -> Result<()> {
        record.check()?;
        let domain = match &record.domain {
            Some(name) => Some(self.domains.intern("domain", name)?),
            None => None,
        };
        let hypernym = record
            .hypernym
            .as_ref()
            .map(|name| self.intern(name, false));
        let gloss = record.gloss.as_deref().unwrap_or_default();
        let gloss = gloss.split_whitespace().collect::<Vec<_>>().join(" ");
        let sense = SenseDraft {
            pos: record.pos,
            domain,
            hypernym,
            gloss: gloss.into_boxed_str(),
        };
        let term = self.intern(&record.term, true);
        let senses = &mut self.terms[term as usize].senses;
        if sense != SenseDraft::default() && !senses.contains(&sense) {
            senses.push(sense);
        }
        Ok(())
    }

    /// The draft of a term in one way of writing it; the build brings those together that differ
    /// in case alone.
    fn intern(&mut self, text: &str, has_record: bool) -> u32 {
        let text = text.trim();
        let term = match self.by_text.get(text) {
            Some(&term) => term,
            None => {
                let term = self.terms.len() as u32;
                self.terms.push(TermDraft {
                    normal: normal_form(text).into(),
                    spelling: spelling_form(text).into(),
                    text: text.into(),
                    mentions: 0,
                    has_record: false,
                    senses: Vec::new(),
                });
                self.by_text.insert(text.into(), term);
                term
            }
        };
        let draft = &mut self.terms[term as usize];
        draft.mentions += 1;
        draft.has_record |= has_record;
        term
    }

    /// Writes the image.
    ///
    /// Time grows with pairs, and with the square of the number of synonyms that a term has (up
    /// to 64; beyond that a term takes no part in transitive steps).
    ///
    /// # Errors
    ///
    /// `Limit` if the image would be over 4 GiB.
    pub fn build(self) -> Result<(Vec<u8>, BuildReport)> {
        let mut report = BuildReport::default();
        let numbered = Numbered::new(self.terms, self.pairs, &mut report);
        let mut sources = self.sources;
        let (postings, groups) = numbered.relate(&mut sources, &mut report)?;
        let image = numbered.write(&postings, &groups, &sources, &self.domains)?;
        Ok((image, report))
    }
}
