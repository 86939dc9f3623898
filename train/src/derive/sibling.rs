//! Heads under one specific hypernym are co-hyponyms.
//!
//! Specific means: a term of at least two words with few heads under it. The heads share part of
//! speech and domain, and no path of two synonym or antonym steps joins them.

use std::collections::BTreeMap;

use semrel::{Pos, Relation};

use super::{DerivedPair, Knowledge};
use crate::label::Label;
use crate::sources::Source;
use crate::terms::{Pair, TermId};

/// The most heads under a hypernym that still counts as specific.
const MAX_SIBLINGS: usize = 6;

pub(super) fn derive(
    knowledge: Knowledge<'_>,
) -> impl Iterator<Item = (Pair, DerivedPair)> + use<'_> {
    let mut families: BTreeMap<(TermId, Pos, &str), Vec<(TermId, usize)>> = BTreeMap::new();
    let mut children: BTreeMap<TermId, usize> = BTreeMap::new();
    for (index, entry) in knowledge.entries.iter().enumerate() {
        let hypernym = entry
            .hypernym
            .as_deref()
            .and_then(|h| knowledge.terms.get(h));
        let (Some(hypernym), Some(head)) = (hypernym, knowledge.terms.get(&entry.term)) else {
            continue;
        };
        *children.entry(hypernym).or_default() += 1;
        families
            .entry((hypernym, entry.pos, &entry.domain))
            .or_default()
            .push((head, index));
    }
    families
        .into_iter()
        .filter(move |((hypernym, ..), _)| {
            children[hypernym] <= MAX_SIBLINGS && knowledge.terms.form(*hypernym).contains(' ')
        })
        .flat_map(move |((hypernym, ..), heads)| {
            let mut pairs = Vec::new();
            for (i, &(a, entry)) in heads.iter().enumerate() {
                for &(b, _) in &heads[i + 1..] {
                    let derived = DerivedPair {
                        relation: Relation::CoHyponym,
                        source: Source::Sibling,
                        entry,
                    };
                    if a != hypernym && b != hypernym && !two_steps(knowledge, a, b) {
                        pairs.extend(Pair::new(a, b).map(|pair| (pair, derived)));
                    }
                }
            }
            pairs
        })
}

/// Whether a third term is a synonym or antonym of both.
fn two_steps(knowledge: Knowledge<'_>, a: TermId, b: TermId) -> bool {
    let close = |term| {
        [Label::Synonym, Label::Antonym]
            .into_iter()
            .flat_map(move |label| knowledge.stated.related(term, label))
    };
    close(a).any(|x| close(b).any(|y| x == y))
}
