//! Heads under one specific hypernym are co-hyponyms.
//!
//! Specific means: a term of at least two words with few heads under it. The heads are nouns of
//! one domain, neither is itself a broader term, neither repeats the words of the other
//! (*maddi unsur*, *suçun maddi unsuru*), and no path of two synonym or antonym steps joins them.

use std::collections::BTreeMap;

use semrel::{Pos, Relation};

use super::{DerivedPair, Knowledge};
use crate::label::Label;
use crate::sources::Source;
use crate::terms::{Pair, TermId};

/// The most heads under a hypernym that still counts as specific.
const MAX_SIBLINGS: usize = 6;

/// Letters that a word keeps when its endings are cut off, roughly.
const STEM_LETTERS: usize = 4;

pub(super) fn derive(
    knowledge: Knowledge<'_>,
) -> impl Iterator<Item = (Pair, DerivedPair)> + use<'_> {
    let mut families: BTreeMap<(TermId, &str), Vec<(TermId, usize)>> = BTreeMap::new();
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
        if entry.pos != Pos::Noun {
            continue;
        }
        families
            .entry((hypernym, &entry.domain))
            .or_default()
            .push((head, index));
    }
    families.retain(|(hypernym, _), _| {
        children[hypernym] <= MAX_SIBLINGS && knowledge.terms.form(*hypernym).contains(' ')
    });
    families.into_values().flat_map(move |heads| {
        let mut pairs = Vec::new();
        for (i, &(a, entry)) in heads.iter().enumerate() {
            for &(b, _) in &heads[i + 1..] {
                let derived = DerivedPair {
                    relation: Relation::CoHyponym,
                    source: Source::Sibling,
                    entry,
                };
                let narrowest = !children.contains_key(&a) && !children.contains_key(&b);
                let apart = !repeats(knowledge, a, b) && !two_steps(knowledge, a, b);
                if narrowest && apart {
                    pairs.extend(Pair::new(a, b).map(|pair| (pair, derived)));
                }
            }
        }
        pairs
    })
}

/// Whether all words of one term begin like words of the other.
fn repeats(knowledge: Knowledge<'_>, a: TermId, b: TermId) -> bool {
    let words = |id| knowledge.terms.form(id).split(' ').map(stem);
    let within = |a, b| words(a).all(|x| words(b).any(|y| x == y));
    within(a, b) || within(b, a)
}

fn stem(word: &str) -> &str {
    word.char_indices()
        .nth(STEM_LETTERS)
        .map_or(word, |(end, _)| &word[..end])
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
