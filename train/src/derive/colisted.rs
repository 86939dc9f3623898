//! Synonyms listed in one entry are synonyms of each other: an entry is one sense.

use semrel::Relation;

use super::{DerivedPair, Knowledge};
use crate::label::Label;
use crate::sources::Source;
use crate::terms::Pair;

pub(super) fn derive(
    knowledge: Knowledge<'_>,
) -> impl Iterator<Item = (Pair, DerivedPair)> + use<'_> {
    knowledge
        .entries
        .iter()
        .enumerate()
        .flat_map(move |(index, entry)| {
            let synonyms = knowledge.still(entry, &entry.synonyms, Label::Synonym);
            let mut pairs = Vec::new();
            for (i, &a) in synonyms.iter().enumerate() {
                pairs.extend(synonyms[i + 1..].iter().filter_map(|&b| Pair::new(a, b)));
            }
            pairs.into_iter().map(move |pair| {
                let derived = DerivedPair {
                    relation: Relation::Synonym,
                    source: Source::Colisted,
                    entry: index,
                };
                (pair, derived)
            })
        })
}
