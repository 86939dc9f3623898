//! Everything that is stated of two terms, before conflicts are resolved.

use std::collections::{BTreeMap, BTreeSet};

use semrel::text::spelling_form;

use crate::corrections::PairCorrections;
use crate::entries::Entry;
use crate::label::Label;
use crate::neighbours::Neighbours;
use crate::terms::{Pair, TermId, Terms};

/// Who states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The entry with this index.
    Entry(usize),
    /// The pairs that were labelled one by one.
    Neighbours,
}

/// One label for one pair by one origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    /// What is stated.
    pub label: Label,
    /// Who states it.
    pub origin: Origin,
}

/// All statements.
#[derive(Debug, Default)]
pub struct Statements {
    /// What is stated of each pair.
    pub of_pairs: BTreeMap<Pair, BTreeSet<Statement>>,
    /// The narrower and the broader term of every stated hypernymy.
    pub hypernyms: BTreeMap<(TermId, TermId), BTreeSet<Origin>>,
    /// Two spellings of one term that an entry lists as synonyms (*hâkim*, *hakim*).
    pub spellings: BTreeMap<(TermId, String, String), Origin>,
    /// Statements of a term about itself, left out.
    pub self_pairs: usize,
    /// Statements left out by a correction.
    pub dropped: usize,
    /// Statements whose label a correction changed.
    pub relabelled: usize,
}

impl Statements {
    /// Gathers the statements of entries and labelled pairs, corrected.
    pub fn gather(
        entries: &[Entry],
        neighbours: &[Neighbours],
        terms: &Terms,
        corrections: &PairCorrections<'_>,
    ) -> Self {
        let mut all = Statements::default();
        let mut state = |a: &str, b: &str, label, origin| {
            all.add(terms, corrections, (a, b), Statement { label, origin });
        };
        for (index, entry) in entries.iter().enumerate() {
            let origin = Origin::Entry(index);
            let lists = [
                (Label::Synonym, entry.synonyms.as_slice()),
                (Label::Antonym, entry.antonyms.as_slice()),
                (Label::CoHyponym, entry.co_hyponyms.as_slice()),
                (Label::Hypernym, entry.hypernym.as_slice()),
            ];
            for (label, list) in lists {
                for item in list {
                    state(&entry.term, item, label, origin);
                }
            }
        }
        for pair in neighbours {
            state(
                &pair.sentence1,
                &pair.sentence2,
                pair.label,
                Origin::Neighbours,
            );
        }
        all
    }

    fn add(
        &mut self,
        terms: &Terms,
        corrections: &PairCorrections<'_>,
        (a, b): (&str, &str),
        statement: Statement,
    ) {
        let (Some(first), Some(second)) = (terms.get(a), terms.get(b)) else {
            return;
        };
        let Some(pair) = Pair::new(first, second) else {
            if statement.label == Label::Synonym && spelling_form(a) != spelling_form(b) {
                let (a, b) = if a < b { (a, b) } else { (b, a) };
                let key = (first, a.to_owned(), b.to_owned());
                self.spellings.entry(key).or_insert(statement.origin);
            } else {
                self.self_pairs += 1;
            }
            return;
        };
        let Some(label) = corrections.stated(pair, statement.label) else {
            self.dropped += 1;
            return;
        };
        if label != statement.label {
            self.relabelled += 1;
        }
        // A relabelled statement does not tell which term is the narrower one.
        let oriented = label == Label::Hypernym && statement.label == label;
        let statement = Statement { label, ..statement };
        self.of_pairs.entry(pair).or_default().insert(statement);
        if oriented {
            let origins = self.hypernyms.entry((first, second)).or_default();
            origins.insert(statement.origin);
        }
    }
}
