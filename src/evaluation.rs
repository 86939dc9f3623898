//! Accuracy on labelled pairs.

use serde::Serialize;

use crate::relation::Relation;

/// Counts of given labels against answers, and the measures that follow from them.
///
/// ```
/// use semrel::{Evaluation, Relation};
///
/// let mut evaluation = Evaluation::new();
/// evaluation.add(Relation::Synonym, Some(Relation::Synonym));
/// evaluation.add(Relation::Antonym, None);
/// assert_eq!(evaluation.total(), 2);
/// assert_eq!(evaluation.answered(), 1);
/// assert_eq!(evaluation.class(Relation::Synonym).f1, 1.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evaluation {
    /// `counts[given][answered]`; the last column counts pairs without an answer.
    counts: [[u64; 5]; 4],
}

/// Precision, recall and their harmonic mean for one relation, each in `0.0..=1.0`; zero where
/// nothing was to be found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ClassScores {
    /// Share of right answers among answers with this relation.
    pub precision: f64,
    /// Share of pairs with this relation that were answered with it.
    pub recall: f64,
    /// Harmonic mean of precision and recall.
    pub f1: f64,
    /// Pairs with this relation.
    pub support: u64,
}

impl Evaluation {
    /// Without pairs.
    pub fn new() -> Self {
        Evaluation::default()
    }

    /// Counts one pair: its label, and the answer, `None` if there was none.
    pub fn add(&mut self, given: Relation, answer: Option<Relation>) {
        self.counts[given as usize][answer.map_or(4, |relation| relation as usize)] += 1;
    }

    /// All pairs.
    pub fn total(&self) -> u64 {
        self.counts.iter().flatten().sum()
    }

    /// Pairs with an answer.
    pub fn answered(&self) -> u64 {
        self.counts.iter().flat_map(|row| &row[..4]).sum()
    }

    /// Pairs of one relation that were answered with another, or (`None`) not at all.
    pub fn count(&self, given: Relation, answer: Option<Relation>) -> u64 {
        self.counts[given as usize][answer.map_or(4, |relation| relation as usize)]
    }

    /// Share of all pairs with the right answer.
    pub fn accuracy(&self) -> f64 {
        let right: u64 = Relation::ALL.iter().map(|&r| self.count(r, Some(r))).sum();
        ratio(right, self.total())
    }

    /// The measures of one relation. A pair without an answer lowers recall.
    pub fn class(&self, relation: Relation) -> ClassScores {
        let right = self.count(relation, Some(relation));
        let support: u64 = self.counts[relation as usize].iter().sum();
        let answers: u64 = Relation::ALL
            .iter()
            .map(|&given| self.count(given, Some(relation)))
            .sum();
        let (precision, recall) = (ratio(right, answers), ratio(right, support));
        let f1 = if right == 0 {
            0.0
        } else {
            2.0 * precision * recall / (precision + recall)
        };
        ClassScores {
            precision,
            recall,
            f1,
            support,
        }
    }

    /// The mean F1 of some relations; zero for none.
    pub fn macro_f1(&self, relations: &[Relation]) -> f64 {
        let sum: f64 = relations.iter().map(|&r| self.class(r).f1).sum();
        sum / (relations.len().max(1) as f64)
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Relation::{Antonym, CoHyponym, Synonym, Unrelated};

    #[test]
    fn measures_by_hand() {
        let mut e = Evaluation::new();
        for (given, answer, times) in [
            (Synonym, Some(Synonym), 6),
            (Synonym, Some(CoHyponym), 2),
            (Synonym, None, 2),
            (Antonym, Some(Synonym), 3),
            (Antonym, Some(Antonym), 1),
            (Unrelated, Some(Unrelated), 4),
        ] {
            for _ in 0..times {
                e.add(given, answer);
            }
        }
        assert_eq!((e.total(), e.answered()), (18, 16));
        let synonym = e.class(Synonym);
        assert!((synonym.precision - 6.0 / 9.0).abs() < 1e-12);
        assert!((synonym.recall - 0.6).abs() < 1e-12);
        assert_eq!(e.class(CoHyponym), ClassScores::default());
        assert!((e.accuracy() - 11.0 / 18.0).abs() < 1e-12);
        let antonym = 2.0 * 0.25 / 1.25;
        let expected = (synonym.f1 + antonym + 1.0) / 3.0;
        assert!((e.macro_f1(&[Synonym, Antonym, Unrelated]) - expected).abs() < 1e-12);
    }
}
