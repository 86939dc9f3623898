//! From labelled records to the byte image of a lexicon.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::format::{KIND_IN, KIND_OUT, WEIGHT_STEPS};
use super::writer::{Names, Numbered};
use crate::error::Result;
use crate::labels::{LabelledPair, Pos, Record, TermRecord};
use crate::relation::Relation;
use crate::text::{normal_form, spelling_form};

/// Collects labelled records and writes them as the byte image of a
/// [`Lexicon`](super::Lexicon).
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
    by_spelling: HashMap<Box<str>, u32>,
    pairs: HashMap<(u32, u32), PairDraft>,
    sources: Names,
    domains: Names,
    conflicts: Vec<Conflict>,
    duplicates: usize,
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
    /// Spellings that differ in case only, with the votes each got.
    pub(super) displays: Vec<(Box<str>, u32)>,
    pub(super) senses: Vec<SenseDraft>,
}

/// A term record speaks louder for its own spelling than lists that mention the term.
const RECORD_VOTES: u32 = 1000;

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
    /// [`KIND_OUT`]: the second may stand for the first; [`KIND_IN`]: the other way; 0: both.
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
        let first = self.intern(&pair.sentence1, 1);
        let second = self.intern(&pair.sentence2, 1);
        let weight = (pair.weight.unwrap_or(1.0) * WEIGHT_STEPS).round().max(1.0) as u8;
        let direction = match (pair.one_way, first < second) {
            (false, _) => 0,
            (true, true) => KIND_OUT,
            (true, false) => KIND_IN,
        };
        let draft = PairDraft {
            relation: pair.label,
            weight,
            source,
            domain,
            direction,
        };
        match self.pairs.entry((first.min(second), first.max(second))) {
            Entry::Vacant(vacant) => {
                vacant.insert(draft);
            }
            Entry::Occupied(mut known) if known.get().relation == draft.relation => {
                self.duplicates += 1;
                let known = known.get_mut();
                let direction = if known.direction == draft.direction {
                    known.direction
                } else {
                    0
                };
                if preference(&draft) > preference(known) {
                    *known = draft;
                }
                known.direction = direction;
            }
            Entry::Occupied(mut known) => {
                let (kept, dropped) = if preference(&draft) > preference(known.get()) {
                    (draft, known.insert(draft))
                } else {
                    (*known.get(), draft)
                };
                self.conflicts.push(Conflict {
                    terms: (pair.sentence1.clone(), pair.sentence2.clone()),
                    kept: kept.relation,
                    dropped: dropped.relation,
                });
            }
        }
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
        let hypernym = record.hypernym.as_ref().map(|name| self.intern(name, 1));
        let gloss = record.gloss.as_deref().unwrap_or_default();
        let gloss = gloss.split_whitespace().collect::<Vec<_>>().join(" ");
        let sense = SenseDraft {
            pos: record.pos,
            domain,
            hypernym,
            gloss: gloss.into_boxed_str(),
        };
        let term = self.intern(&record.term, RECORD_VOTES);
        let senses = &mut self.terms[term as usize].senses;
        if sense != SenseDraft::default() && !senses.contains(&sense) {
            senses.push(sense);
        }
        Ok(())
    }

    fn intern(&mut self, text: &str, votes: u32) -> u32 {
        let text = text.trim();
        let spelling = spelling_form(text);
        if let Some(&term) = self.by_spelling.get(&*spelling) {
            let displays = &mut self.terms[term as usize].displays;
            match displays.iter_mut().find(|(known, _)| &**known == text) {
                Some((_, known)) => *known = known.saturating_add(votes),
                None => displays.push((text.into(), votes)),
            }
            return term;
        }
        let term = self.terms.len() as u32;
        self.terms.push(TermDraft {
            normal: normal_form(text).into(),
            displays: vec![(text.into(), votes)],
            senses: Vec::new(),
        });
        self.by_spelling.insert(spelling.into(), term);
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
        let numbered = Numbered::new(self.terms, &self.by_spelling, &self.pairs);
        drop(self.pairs);
        let mut sources = self.sources;
        let mut report = BuildReport {
            terms: numbered.terms.len(),
            duplicates: self.duplicates,
            conflicts: self.conflicts,
            ..BuildReport::default()
        };
        let (postings, groups) = numbered.relate(&mut sources, &mut report)?;
        let image = numbered.write(&postings, &groups, &sources, &self.domains)?;
        Ok((image, report))
    }
}

/// Which of two drafts for one pair stays: the greater one.
fn preference(draft: &PairDraft) -> (bool, u8, Relation, u8, u8) {
    let antonym = draft.relation == Relation::Antonym;
    (
        antonym,
        draft.weight,
        draft.relation,
        draft.source,
        draft.domain,
    )
}
