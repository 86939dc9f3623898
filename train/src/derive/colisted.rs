//! Synonyms listed in one entry are synonyms of each other: an entry is one sense.
//!
//! Not so in the glossary, where single words explain an old word each by one of its shades
//! (*talik*: *asma*, *erteleme*); there only items of several words count.

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
            let mut synonyms = knowledge.still(entry, &entry.synonyms, Label::Synonym);
            if entry.domain == "glossary" {
                synonyms.retain(|&id| knowledge.terms.form(id).contains(' '));
            }
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
