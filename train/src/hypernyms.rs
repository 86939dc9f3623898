//! Directed pairs: a term and its nearest broader term.

use serde::{Deserialize, Serialize};

use crate::entries::Entry;
use crate::label::Label;
use crate::sources::Source;
use crate::stated::Stated;
use crate::statements::{Origin, Statements};
use crate::terms::{Pair, Terms};

/// One line of `hypernyms.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HypernymPair {
    /// The narrower term.
    pub sentence1: String,
    /// The broader term.
    pub sentence2: String,
    /// Always `hypernym`.
    pub label: Label,
    /// `entry` or `neighbour-pairs`.
    pub source: String,
    /// Domain of the stating entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
}

/// The hypernym pairs whose label stood, without those stated in both directions. The number of
/// the latter comes with them.
pub fn pairs(
    statements: &Statements,
    stated: &Stated,
    entries: &[Entry],
    terms: &Terms,
) -> (Vec<HypernymPair>, usize) {
    let mut pairs = Vec::new();
    let mut circular = 0;
    for (&(narrower, broader), origins) in &statements.hypernyms {
        let stands = Pair::new(narrower, broader)
            .is_some_and(|pair| stated.label(pair) == Some(Label::Hypernym));
        if !stands {
            continue;
        }
        if statements.hypernyms.contains_key(&(broader, narrower)) {
            circular += 1;
            continue;
        }
        let domain = origins.iter().find_map(|origin| match origin {
            Origin::Entry(index) => Some(entries[*index].domain.clone()),
            Origin::Neighbours => None,
        });
        let source = match domain {
            Some(_) => Source::Entry,
            None => Source::NeighbourPairs,
        };
        pairs.push(HypernymPair {
            sentence1: terms.surface(narrower).to_owned(),
            sentence2: terms.surface(broader).to_owned(),
            label: Label::Hypernym,
            source: source.as_str().to_owned(),
            domain,
        });
    }
    (pairs, circular)
}
