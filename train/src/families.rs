//! Families of terms: everything that synonyms join, and how many pairs lie within a family and
//! between two.

use std::collections::BTreeMap;

use semrel::{LabelledPair, Relation};

use crate::overlap::PairKey;

/// How many pairs there are, and how many of them are synonyms and antonyms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counts {
    /// All pairs.
    pub all: usize,
    /// Synonyms.
    pub synonyms: usize,
    /// Antonyms.
    pub antonyms: usize,
}

impl Counts {
    fn of(relation: Relation) -> Self {
        Counts {
            all: 1,
            synonyms: usize::from(relation == Relation::Synonym),
            antonyms: usize::from(relation == Relation::Antonym),
        }
    }

    /// How far the mix of relations is from another one: the differences of the shares of
    /// synonyms and antonyms, added.
    pub fn distance(self, other: Counts) -> f64 {
        let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
        let apart = |of: fn(Counts) -> usize| {
            (share(of(self), self.all) - share(of(other), other.all)).abs()
        };
        apart(|c| c.synonyms) + apart(|c| c.antonyms)
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.all += other.all;
        self.synonyms += other.synonyms;
        self.antonyms += other.antonyms;
    }
}

/// The families of a set of pairs. Terms are known by their normal forms.
#[derive(Debug, Default)]
pub struct Families {
    of_forms: BTreeMap<String, usize>,
    names: Vec<String>,
    inside: Vec<Counts>,
    links: Vec<BTreeMap<usize, Counts>>,
    total: Counts,
}

impl Families {
    /// The families that the synonyms among `pairs` make.
    pub fn new(pairs: &[LabelledPair]) -> Self {
        let keys: Vec<PairKey> = pairs
            .iter()
            .map(|pair| PairKey::new(&pair.sentence1, &pair.sentence2))
            .collect();
        let mut forms: Vec<&str> = keys
            .iter()
            .flat_map(|key| <[&str; 2]>::from(key.forms()))
            .collect();
        forms.sort_unstable();
        forms.dedup();
        let index = |form: &str| forms.binary_search(&form).unwrap_or_default();

        let mut roots: Vec<usize> = (0..forms.len()).collect();
        for (pair, key) in pairs.iter().zip(&keys) {
            if pair.label == Relation::Synonym {
                let (a, b) = key.forms();
                let (a, b) = (root(&mut roots, index(a)), root(&mut roots, index(b)));
                roots[a.max(b)] = a.min(b);
            }
        }
        let mut families = Families::default();
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        for (i, form) in forms.iter().enumerate() {
            let root = root(&mut roots, i);
            let next = numbers.len();
            let number = *numbers.entry(root).or_insert(next);
            if number == families.names.len() {
                families.names.push((*form).to_owned());
            }
            families.of_forms.insert((*form).to_owned(), number);
        }
        families.inside = vec![Counts::default(); families.names.len()];
        families.links = vec![BTreeMap::new(); families.names.len()];
        for (pair, key) in pairs.iter().zip(&keys) {
            let (a, b) = key.forms();
            let (a, b) = (families.of_forms[a], families.of_forms[b]);
            let count = Counts::of(pair.label);
            families.total += count;
            if a == b {
                families.inside[a] += count;
            } else {
                *families.links[a].entry(b).or_default() += count;
                *families.links[b].entry(a).or_default() += count;
            }
        }
        families
    }

    /// The family of a normal form.
    pub fn get(&self, form: &str) -> Option<usize> {
        self.of_forms.get(form).copied()
    }

    /// All normal forms in order.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.of_forms.keys().map(String::as_str)
    }

    /// The first normal form of a family.
    pub fn name(&self, family: usize) -> &str {
        &self.names[family]
    }

    /// The pairs within a family.
    pub fn inside(&self, family: usize) -> Counts {
        self.inside[family]
    }

    /// The pairs that join a family to each other one.
    pub fn links(&self, family: usize) -> &BTreeMap<usize, Counts> {
        &self.links[family]
    }

    /// How many pairs lead out of a family.
    pub fn degree(&self, family: usize) -> usize {
        self.links[family].values().map(|count| count.all).sum()
    }

    /// All pairs.
    pub fn total(&self) -> Counts {
        self.total
    }

    /// The number of families.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is no family.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

fn root(roots: &mut [usize], mut at: usize) -> usize {
    while roots[at] != at {
        roots[at] = roots[roots[at]];
        at = roots[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synonyms_join_and_other_relations_link() {
        let pairs = [
            LabelledPair::new("alacaklı", "dain", Relation::Synonym),
            LabelledPair::new("borçlu", "medyun", Relation::Synonym),
            LabelledPair::new("dain", "borçlu", Relation::Antonym),
            LabelledPair::new("alacaklı", "medyun", Relation::Antonym),
        ];
        let families = Families::new(&pairs);
        assert_eq!(families.len(), 2);
        let (creditor, debtor) = (
            families.get("dain").unwrap(),
            families.get("medyun").unwrap(),
        );
        assert_eq!(families.name(creditor), "alacaklı");
        assert_eq!(families.inside(creditor).synonyms, 1);
        assert_eq!(families.links(creditor)[&debtor].antonyms, 2);
        assert_eq!(families.degree(debtor), 2);
    }
}
