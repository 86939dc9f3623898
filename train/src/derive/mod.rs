//! Derived pairs: what follows from the stated ones.
//!
//! Nothing is derived of a pair that is stated in any way, and nothing of a pair for which two
//! rules derive different relations.

mod antonym;
mod colisted;
mod sibling;

use std::collections::{BTreeMap, BTreeSet};

use semrel::Relation;
use serde::Serialize;

use crate::consistency::Oppositions;
use crate::corrections::PairCorrections;
use crate::entries::Entry;
use crate::label::Label;
use crate::sources::Source;
use crate::stated::Stated;
use crate::terms::{Pair, TermId, Terms};

/// A derived pair and the entry that it follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DerivedPair {
    /// The relation derived.
    pub relation: Relation,
    /// The rule that derives it.
    pub source: Source,
    /// Index of the entry it follows from.
    pub entry: usize,
}

/// Why something was not derived, counted in pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NotDerived {
    /// The pair is stated with another label.
    pub stated_otherwise: usize,
    /// Two rules derive different relations.
    pub derived_twice: usize,
    /// A correction forbids it.
    pub corrected: usize,
    /// It would make synonyms of opposites.
    pub opposed: usize,
}

/// What the rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Knowledge<'a> {
    /// The entries, corrected.
    pub entries: &'a [Entry],
    /// All terms.
    pub terms: &'a Terms,
    /// The stated pairs.
    pub stated: &'a Stated,
}

impl Knowledge<'_> {
    /// The items of a list that are still stated, with this label, of the head of the entry.
    fn still(&self, entry: &Entry, list: &[String], label: Label) -> Vec<TermId> {
        let Some(head) = self.terms.get(&entry.term) else {
            return Vec::new();
        };
        list.iter()
            .filter_map(|item| self.terms.get(item))
            .filter(|&item| {
                Pair::new(head, item).is_some_and(|p| self.stated.label(p) == Some(label))
            })
            .collect()
    }
}

/// All derived pairs.
pub fn derive(
    knowledge: Knowledge<'_>,
    corrections: &PairCorrections<'_>,
) -> (BTreeMap<Pair, DerivedPair>, NotDerived) {
    let mut candidates: BTreeMap<Pair, Vec<DerivedPair>> = BTreeMap::new();
    let found = colisted::derive(knowledge)
        .chain(antonym::derive(knowledge))
        .chain(sibling::derive(knowledge));
    for (pair, derived) in found {
        candidates.entry(pair).or_default().push(derived);
    }

    let mut pairs = BTreeMap::new();
    let mut not = NotDerived::default();
    for (pair, candidates) in candidates {
        let first = candidates[0];
        let relations: BTreeSet<Relation> = candidates.iter().map(|c| c.relation).collect();
        if let Some(label) = knowledge.stated.label(pair) {
            let same = label.relation() == Some(first.relation) && relations.len() == 1;
            not.stated_otherwise += usize::from(!same);
        } else if relations.len() > 1 {
            not.derived_twice += 1;
        } else if corrections.forbids(pair, label_of(first.relation)) {
            not.corrected += 1;
        } else {
            pairs.insert(pair, first);
        }
    }
    not.opposed = remove_opposed(knowledge.stated, &mut pairs);
    (pairs, not)
}

/// Removes what would make synonyms of opposites: of each opposition the derived antonym, or
/// else the derived synonym. Returns how many were removed.
fn remove_opposed(stated: &Stated, derived: &mut BTreeMap<Pair, DerivedPair>) -> usize {
    let before = derived.len();
    loop {
        let all = stated
            .relations()
            .chain(derived.iter().map(|(&pair, d)| (pair, d.relation)));
        let wrong: BTreeSet<Pair> = Oppositions::new(all)
            .opposed()
            .filter_map(|opposed| {
                [opposed.antonyms, opposed.synonyms]
                    .into_iter()
                    .find(|pair| derived.contains_key(pair))
            })
            .collect();
        if wrong.is_empty() {
            return before - derived.len();
        }
        derived.retain(|pair, _| !wrong.contains(pair));
    }
}

fn label_of(relation: Relation) -> Label {
    match relation {
        Relation::Synonym => Label::Synonym,
        Relation::Antonym => Label::Antonym,
        Relation::CoHyponym => Label::CoHyponym,
        Relation::Unrelated => Label::Unrelated,
    }
}
