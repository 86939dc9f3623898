//! Statistics of the corpus, in the manner of a data set paper's first table.

use std::collections::{BTreeMap, BTreeSet};

use semrel::text::normal_form;
use semrel::{LabelledPair, Relation};
use serde::Serialize;

use crate::splits::Part;

/// Pairs by relation; every relation is there.
pub type ByRelation = BTreeMap<&'static str, usize>;

/// The statistics of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Stats {
    /// Stated pairs by relation.
    pub stated: ByRelation,
    /// Derived pairs by relation.
    pub derived: ByRelation,
    /// All pairs by source and relation.
    pub sources: BTreeMap<String, ByRelation>,
    /// Stated pairs by domain and relation.
    pub domains: BTreeMap<String, ByRelation>,
    /// Stated pairs by relation and weight, the weight in hundredths.
    pub weights: BTreeMap<&'static str, BTreeMap<u32, usize>>,
    /// The terms of the stated pairs.
    pub terms: TermStats,
    /// The parts of each split by relation.
    pub splits: BTreeMap<String, BTreeMap<String, ByRelation>>,
}

/// Statistics of terms.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TermStats {
    /// Different terms.
    pub terms: usize,
    /// Terms of one word, two words and so on.
    pub by_words: BTreeMap<usize, usize>,
    /// Words per term, on average.
    pub words_per_term: f64,
    /// Letters and spaces per term, on average.
    pub characters_per_term: f64,
    /// Words in all terms of all pairs.
    pub tokens: usize,
    /// Different words among them.
    pub types: usize,
    /// Types by tokens.
    pub type_token_ratio: f64,
    /// The longest term.
    pub longest: String,
}

impl Stats {
    /// The statistics of stated and derived pairs.
    pub fn new(pairs: &[LabelledPair], derived: &[LabelledPair]) -> Self {
        let mut stats = Stats {
            stated: by_relation(pairs),
            derived: by_relation(derived),
            terms: TermStats::new(pairs),
            ..Stats::default()
        };
        for pair in pairs.iter().chain(derived) {
            let source = pair.source.clone().unwrap_or_default();
            add(stats.sources.entry(source).or_default(), pair.label);
        }
        for pair in pairs {
            let domain = pair.domain.clone().unwrap_or_else(|| "(none)".to_owned());
            add(stats.domains.entry(domain).or_default(), pair.label);
            let weight = (pair.weight.unwrap_or(1.0) * 100.0).round() as u32;
            let weights = stats.weights.entry(pair.label.as_str()).or_default();
            *weights.entry(weight).or_default() += 1;
        }
        stats
    }

    /// Adds a split: the part of each stated pair, in their order.
    pub fn add_split(&mut self, name: &str, pairs: &[LabelledPair], parts: &[Part]) {
        let split = self.splits.entry(name.to_owned()).or_default();
        for (pair, part) in pairs.iter().zip(parts) {
            add(split.entry(part.to_string()).or_default(), pair.label);
        }
    }
}

impl TermStats {
    fn new(pairs: &[LabelledPair]) -> Self {
        let mut terms: BTreeMap<String, &str> = BTreeMap::new();
        let mut tokens = 0;
        let mut types: BTreeSet<String> = BTreeSet::new();
        for pair in pairs {
            for term in [&pair.sentence1, &pair.sentence2] {
                let form = normal_form(term).into_owned();
                for word in form.split(' ') {
                    tokens += 1;
                    if !types.contains(word) {
                        types.insert(word.to_owned());
                    }
                }
                terms.entry(form).or_insert(term);
            }
        }
        let mut by_words: BTreeMap<usize, usize> = BTreeMap::new();
        for form in terms.keys() {
            *by_words.entry(form.split(' ').count()).or_default() += 1;
        }
        let mean = |of: &dyn Fn(&str) -> usize| {
            let sum: usize = terms.keys().map(|form| of(form)).sum();
            sum as f64 / terms.len().max(1) as f64
        };
        let characters = |form: &str| form.chars().count();
        TermStats {
            terms: terms.len(),
            words_per_term: mean(&|form| form.split(' ').count()),
            characters_per_term: mean(&characters),
            tokens,
            types: types.len(),
            type_token_ratio: types.len() as f64 / f64::max(tokens as f64, 1.0),
            longest: terms
                .iter()
                .max_by_key(|(form, _)| characters(form))
                .map_or_else(String::new, |(_, term)| (*term).to_owned()),
            by_words,
        }
    }
}

fn by_relation(pairs: &[LabelledPair]) -> ByRelation {
    let mut counts = ByRelation::new();
    for pair in pairs {
        add(&mut counts, pair.label);
    }
    counts
}

fn add(counts: &mut ByRelation, relation: Relation) {
    if counts.is_empty() {
        counts.extend(Relation::ALL.map(|r| (r.as_str(), 0)));
    }
    *counts.entry(relation.as_str()).or_default() += 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_and_words_are_counted_once_per_normal_form() {
        let pairs = [
            LabelledPair::new("saklı pay", "mahfuz hisse", Relation::Synonym),
            LabelledPair::new("Saklı Pay", "tasarruf edilebilir kısım", Relation::Antonym),
        ];
        let stats = Stats::new(&pairs, &[]);
        assert_eq!(stats.terms.terms, 3);
        assert_eq!(stats.terms.by_words, BTreeMap::from([(2, 2), (3, 1)]));
        assert_eq!((stats.terms.tokens, stats.terms.types), (9, 7));
        assert_eq!(stats.terms.longest, "tasarruf edilebilir kısım");
        assert_eq!(stats.stated["synonym"], 1);
        assert_eq!(stats.stated["co_hyponym"], 0);
        assert_eq!(stats.domains["(none)"]["antonym"], 1);
    }
}
