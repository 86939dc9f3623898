//! The stated pairs: one label each, and what supports it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use semrel::{Pos, Relation};

use crate::conflicts::{Rule, resolve};
use crate::domains::DomainKind;
use crate::entries::Entry;
use crate::label::Label;
use crate::sources::Source;
use crate::statements::{Origin, Statement, Statements};
use crate::terms::{Pair, TermId};

/// A pair with its label.
#[derive(Clone, Debug)]
pub struct StatedPair {
    /// The label, conflicts resolved.
    pub label: Label,
    /// The rule that chose the label.
    pub rule: Rule,
    /// How many statements say so.
    pub statements: usize,
    /// An entry, or else the pairs labelled one by one.
    pub source: Source,
    /// Domain of the entry that speaks for the pair.
    pub domain: Option<String>,
    /// Part of speech in that entry.
    pub pos: Option<Pos>,
}

/// All stated pairs.
#[derive(Debug, Default)]
pub struct Stated {
    /// The pairs in order.
    pub pairs: BTreeMap<Pair, StatedPair>,
    neighbours: HashMap<(TermId, Label), Vec<TermId>>,
}

impl Stated {
    /// Resolves what was gathered.
    pub fn new(statements: &Statements, entries: &[Entry]) -> Self {
        let mut stated = Stated::default();
        for (&pair, of_pair) in &statements.of_pairs {
            let resolved = stated_pair(of_pair, entries);
            for term in [pair.first(), pair.second()] {
                stated
                    .neighbours
                    .entry((term, resolved.label))
                    .or_default()
                    .push(pair.other(term));
            }
            stated.pairs.insert(pair, resolved);
        }
        stated
    }

    /// The label stated of a pair.
    pub fn label(&self, pair: Pair) -> Option<Label> {
        self.pairs.get(&pair).map(|stated| stated.label)
    }

    /// The pairs and their relations; hypernyms are left out.
    pub fn relations(&self) -> impl Iterator<Item = (Pair, Relation)> + '_ {
        self.pairs
            .iter()
            .filter_map(|(&pair, stated)| Some((pair, stated.label.relation()?)))
    }

    /// The terms stated to stand in the relation `label` to `term`, in order.
    pub fn related(&self, term: TermId, label: Label) -> &[TermId] {
        self.neighbours
            .get(&(term, label))
            .map_or(&[], Vec::as_slice)
    }
}

fn stated_pair(statements: &BTreeSet<Statement>, entries: &[Entry]) -> StatedPair {
    let (label, rule) = resolve(statements, entries);
    let supporting = || statements.iter().filter(|s| s.label == label);
    let speaker = supporting()
        .filter_map(|s| match s.origin {
            Origin::Entry(index) => Some(&entries[index]),
            Origin::Neighbours => None,
        })
        .min_by_key(|entry| DomainKind::of(&entry.domain));
    StatedPair {
        label,
        rule,
        statements: supporting().count(),
        source: speaker.map_or(Source::NeighbourPairs, |_| Source::Entry),
        domain: speaker.map(|entry| entry.domain.clone()),
        pos: speaker.map(|entry| entry.pos),
    }
}
