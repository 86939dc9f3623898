//! How two terms relate, as an answer.

use serde::Serialize;

use crate::relation::{Evidence, Relation, RelationScores};

/// How two terms relate, and on what the answer rests.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RelationAnswer<'a> {
    /// The relation.
    pub relation: Relation,
    /// One score per relation.
    pub scores: RelationScores,
    /// What the answer rests on.
    pub evidence: Evidence,
    /// Where the label comes from.
    pub source: Option<&'a str>,
    /// The field in which the relation holds.
    pub domain: Option<&'a str>,
    /// Which of the two terms is the nearest broader term of the other, if one is.
    pub broader: Option<Side>,
}

/// One of the two terms of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Side {
    /// The first term.
    #[serde(rename = "sentence1")]
    First,
    /// The second term.
    #[serde(rename = "sentence2")]
    Second,
}

/// Among homographs an antonym speaks first, then the surer label.
pub(super) fn better(relation: Relation, weight: f32, than: &RelationAnswer<'_>) -> bool {
    let rank = |relation, weight| (relation == Relation::Antonym, weight);
    let than = rank(than.relation, than.scores.get(than.relation));
    let this = rank(relation, weight);
    this.0 & !than.0 || (this.0 == than.0 && this.1 > than.1)
}
