//! The vocabulary of the whole project: [`Relation`], its [`RelationScores`], and the
//! [`Evidence`] behind an answer.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// How two terms relate.
///
/// ```
/// use semrel::Relation;
///
/// assert_eq!("co-hyponym".parse::<Relation>()?, Relation::CoHyponym);
/// assert_eq!(Relation::CoHyponym.to_string(), "co_hyponym");
/// # Ok::<(), semrel::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Same meaning: one may stand for the other in the same context
    /// (*saklı pay*, *mahfuz hisse*).
    Synonym,
    /// Opposite meaning: contrary, complementary, converse, reversive or privative
    /// (*alacaklı*, *borçlu*).
    Antonym,
    /// Distinct members of one category (*kira sözleşmesi*, *satış sözleşmesi*).
    #[serde(alias = "co-hyponym", alias = "cohyponym")]
    CoHyponym,
    /// None of the three.
    Unrelated,
}

impl Relation {
    /// All relations, in the order used by scores and reports.
    pub const ALL: [Relation; 4] = [
        Relation::Synonym,
        Relation::Antonym,
        Relation::CoHyponym,
        Relation::Unrelated,
    ];

    /// The name used in every file and every JSON answer.
    pub const fn as_str(self) -> &'static str {
        match self {
            Relation::Synonym => "synonym",
            Relation::Antonym => "antonym",
            Relation::CoHyponym => "co_hyponym",
            Relation::Unrelated => "unrelated",
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Relation {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        match name.trim() {
            "synonym" => Ok(Relation::Synonym),
            "antonym" => Ok(Relation::Antonym),
            "co_hyponym" | "co-hyponym" | "cohyponym" => Ok(Relation::CoHyponym),
            "unrelated" => Ok(Relation::Unrelated),
            other => Err(Error::new(
                ErrorKind::InvalidInput,
                format!(
                    "unknown relation {other:?}: use synonym, antonym, co_hyponym or unrelated"
                ),
            )),
        }
    }
}

/// One score per [`Relation`], each in `0.0..=1.0`, adding up to one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RelationScores {
    /// Score of [`Relation::Synonym`].
    pub synonym: f32,
    /// Score of [`Relation::Antonym`].
    pub antonym: f32,
    /// Score of [`Relation::CoHyponym`].
    pub co_hyponym: f32,
    /// Score of [`Relation::Unrelated`].
    pub unrelated: f32,
}

impl RelationScores {
    /// Scores of a stated relation that is right with probability `weight`.
    ///
    /// The rest goes to the relation that such statements are confused with most often: a wrong
    /// synonym or antonym turns out to be a co-hyponym, a wrong co-hyponym to be unrelated.
    pub fn stated(relation: Relation, weight: f32) -> Self {
        let weight = weight.clamp(0.0, 1.0);
        let mut scores = RelationScores::default();
        *scores.get_mut(relation) = weight;
        let confused_with = match relation {
            Relation::Synonym | Relation::Antonym | Relation::Unrelated => Relation::CoHyponym,
            Relation::CoHyponym => Relation::Unrelated,
        };
        // Weights are written with few digits; so should be what is left of them.
        *scores.get_mut(confused_with) += ((1.0 - weight) * 1e4).round() / 1e4;
        scores
    }

    /// The score of one relation.
    pub fn get(&self, relation: Relation) -> f32 {
        match relation {
            Relation::Synonym => self.synonym,
            Relation::Antonym => self.antonym,
            Relation::CoHyponym => self.co_hyponym,
            Relation::Unrelated => self.unrelated,
        }
    }

    fn get_mut(&mut self, relation: Relation) -> &mut f32 {
        match relation {
            Relation::Synonym => &mut self.synonym,
            Relation::Antonym => &mut self.antonym,
            Relation::CoHyponym => &mut self.co_hyponym,
            Relation::Unrelated => &mut self.unrelated,
        }
    }

    /// The relation with the highest score; on a tie the earlier one in [`Relation::ALL`].
    pub fn best(&self) -> Relation {
        self.best_of(&Relation::ALL).unwrap_or(Relation::Unrelated)
    }

    /// The relation with the highest score among `labels`; `None` if there are none.
    pub fn best_of(&self, labels: &[Relation]) -> Option<Relation> {
        let mut best = None;
        for &label in labels {
            if best.is_none_or(|b| self.get(label) > self.get(b)) {
                best = Some(label);
            }
        }
        best
    }
}

/// What an answer rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Evidence {
    /// A labelled pair of the lexicon or of the user's overlay.
    Lexicon,
    /// Two ways of writing or inflecting one term.
    Variant,
    /// Productive opposites, or terms that inherit the relation of the part in which they differ.
    Composition,
    /// The models: what they learnt from the labels of other terms.
    Model,
}

impl Evidence {
    /// The name used in JSON answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Evidence::Lexicon => "lexicon",
            Evidence::Variant => "variant",
            Evidence::Composition => "composition",
            Evidence::Model => "model",
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stated_scores_add_up_to_one() {
        for relation in Relation::ALL {
            let s = RelationScores::stated(relation, 0.94);
            let sum: f32 = Relation::ALL.iter().map(|&r| s.get(r)).sum();
            assert!((sum - 1.0).abs() < 1e-6);
            assert_eq!(s.best(), relation);
        }
    }

    #[test]
    fn decision_can_be_restricted() {
        let s = RelationScores {
            synonym: 0.1,
            antonym: 0.2,
            co_hyponym: 0.1,
            unrelated: 0.6,
        };
        assert_eq!(s.best(), Relation::Unrelated);
        assert_eq!(
            s.best_of(&[Relation::Synonym, Relation::Antonym]),
            Some(Relation::Antonym)
        );
        assert_eq!(s.best_of(&[]), None);
    }
}
