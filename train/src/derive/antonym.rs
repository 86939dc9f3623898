//! The antonym of a head is the antonym of the synonyms listed in the same entry, which is one
//! sense.

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
            let antonyms = knowledge.still(entry, &entry.antonyms, Label::Antonym);
            let mut pairs = Vec::new();
            for &antonym in &antonyms {
                pairs.extend(synonyms.iter().filter_map(|&s| Pair::new(s, antonym)));
            }
            pairs.into_iter().map(move |pair| {
                let derived = DerivedPair {
                    relation: Relation::Antonym,
                    source: Source::CarriedAntonym,
                    entry: index,
                };
                (pair, derived)
            })
        })
}
