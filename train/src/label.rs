//! What a source may state of two terms: a [`Relation`], or that one is the broader term.

use std::fmt;
use std::str::FromStr;

use semrel::{Error, Relation, Result};
use serde::{Deserialize, Serialize};

/// A [`Relation`], or *hypernym*, which is known of pairs but is no answer of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Same meaning.
    Synonym,
    /// Opposite meaning.
    Antonym,
    /// Members of one category.
    CoHyponym,
    /// None of these.
    Unrelated,
    /// One of the two is the broader term of the other.
    Hypernym,
}

impl Label {
    /// All labels.
    pub const ALL: [Label; 5] = [
        Label::Synonym,
        Label::Antonym,
        Label::CoHyponym,
        Label::Unrelated,
        Label::Hypernym,
    ];

    /// The relation, or `None` for a hypernym.
    pub const fn relation(self) -> Option<Relation> {
        match self {
            Label::Synonym => Some(Relation::Synonym),
            Label::Antonym => Some(Relation::Antonym),
            Label::CoHyponym => Some(Relation::CoHyponym),
            Label::Unrelated => Some(Relation::Unrelated),
            Label::Hypernym => None,
        }
    }

    /// The name used in files.
    pub const fn as_str(self) -> &'static str {
        match self.relation() {
            Some(relation) => relation.as_str(),
            None => "hypernym",
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Label {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Label::ALL
            .into_iter()
            .find(|label| label.as_str() == name)
            .ok_or_else(|| {
                Error::invalid(format!(
                    "unknown label {name:?}: use synonym, antonym, co_hyponym, unrelated or hypernym"
                ))
            })
    }
}
