//! Samples for reading: the same pairs for the same seed, whatever else is in the file.

use semrel::{LabelledPair, Relation};

use crate::stable_hash::stable_hash;

/// Which pairs to sample from.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only this relation.
    pub label: Option<Relation>,
    /// Only this source.
    pub source: Option<String>,
    /// Only this domain.
    pub domain: Option<String>,
}

impl Filter {
    /// Whether `pair` passes.
    pub fn passes(&self, pair: &LabelledPair) -> bool {
        self.label.is_none_or(|label| pair.label == label)
            && (self.source.is_none() || self.source == pair.source)
            && (self.domain.is_none() || self.domain == pair.domain)
    }
}

/// At most `size` of the pairs that pass, chosen by `seed`.
pub fn sample(
    pairs: impl IntoIterator<Item = LabelledPair>,
    filter: &Filter,
    seed: u64,
    size: usize,
) -> Vec<LabelledPair> {
    let mut chosen: Vec<(u64, LabelledPair)> = pairs
        .into_iter()
        .filter(|pair| filter.passes(pair))
        .map(|pair| {
            let key = format!("{}\t{}", pair.sentence1, pair.sentence2);
            (stable_hash(seed, &key), pair)
        })
        .collect();
    chosen.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.sentence1.cmp(&y.sentence1)));
    chosen.truncate(size);
    chosen.into_iter().map(|(_, pair)| pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(count: usize) -> Vec<LabelledPair> {
        (0..count)
            .map(|i| LabelledPair::new(format!("madde {i}"), "fıkra", Relation::CoHyponym))
            .collect()
    }

    #[test]
    fn a_seed_chooses_the_same_pairs_again() {
        let filter = Filter::default();
        let first = sample(pairs(100), &filter, 7, 10);
        assert_eq!(first, sample(pairs(100), &filter, 7, 10));
        assert_ne!(first, sample(pairs(100), &filter, 8, 10));
    }

    #[test]
    fn only_what_passes_is_chosen() {
        let filter = Filter {
            label: Some(Relation::Synonym),
            ..Filter::default()
        };
        assert!(sample(pairs(5), &filter, 7, 10).is_empty());
    }
}
