//! The lexical split: development and test data share no term with training data or each other.
//!
//! Terms move in families: everything that synonyms join stays together, so that no synonym pair
//! is torn. Development and test data are made of neighbourhoods. Each grows from a family that a
//! hash chooses, always by the family that has most of its pairs inside, and is cut back to the
//! point where it keeps the largest share of its pairs. Pairs between two parts are left out, and
//! growing this way few are.

use std::collections::BTreeMap;

use semrel::LabelledPair;

use super::{Part, Split, key};
use crate::families::{Counts, Families};
use crate::output::OutputFile;
use crate::stable_hash::stable_hash;

/// The seed of the published split.
pub const SEED: u64 = 1;

/// When development and test data are large enough.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Pairs inside each of the two.
    pub pairs: usize,
    /// The fewest pairs of a neighbourhood.
    pub least: usize,
    /// The most families of a neighbourhood.
    pub families: usize,
    /// The smallest share of its pairs that a neighbourhood keeps.
    pub kept: f64,
    /// How far the mix of relations may be from the mix of the corpus.
    pub distance: f64,
}

impl Default for Target {
    fn default() -> Self {
        Target {
            pairs: 2_900,
            least: 12,
            families: 80,
            kept: 0.5,
            distance: 0.04,
        }
    }
}

/// Splits the corpus. The part of each term that is not for training comes with the split.
pub fn split(
    pairs: &[LabelledPair],
    derived: &[LabelledPair],
    target: Target,
) -> (Split, BTreeMap<String, Part>) {
    let families = Families::new(pairs);
    let parts = Growth::new(&families, target).parts();
    let part_of = |form: &str| {
        let family = families.get(form);
        family.map_or(Part::Train, |family| parts[family])
    };
    let part = |pair: &LabelledPair| {
        let key = key(pair);
        let (a, b) = key.forms();
        match (part_of(a), part_of(b)) {
            (x, y) if x != y => Part::Out,
            (x, _) if x != Part::Train && a == b => Part::Out,
            (x, _) => x,
        }
    };
    let split = Split {
        pairs: pairs.iter().map(part).collect(),
        derived: derived
            .iter()
            .map(|pair| match part(pair) {
                Part::Train => Part::Train,
                _ => Part::Out,
            })
            .collect(),
    };
    let terms = families
        .forms()
        .map(|form| (form.to_owned(), part_of(form)))
        .filter(|(_, part)| *part != Part::Train)
        .collect();
    (split, terms)
}

/// The table of the terms that are not for training.
pub fn term_file(name: &str, terms: &BTreeMap<String, Part>) -> OutputFile {
    let rows: String = terms
        .iter()
        .map(|(term, part)| format!("{term}\t{part}\n"))
        .collect();
    OutputFile::new(format!("{name}/terms.tsv"), rows)
}

/// The growing of neighbourhoods. `edges` hold the families around one, and how many pairs join
/// each to it.
struct Growth<'a> {
    families: &'a Families,
    target: Target,
    parts: Vec<Part>,
}

impl<'a> Growth<'a> {
    fn new(families: &'a Families, target: Target) -> Self {
        Growth {
            families,
            target,
            parts: vec![Part::Train; families.len()],
        }
    }

    fn parts(mut self) -> Vec<Part> {
        let mut seeds: Vec<usize> = (0..self.families.len()).collect();
        seeds.sort_by_cached_key(|&f| stable_hash(SEED, self.families.name(f)));
        let total = self.families.total();
        let mut held = [
            (Counts::default(), Part::Dev),
            (Counts::default(), Part::Test),
        ];
        for seed in seeds {
            held.sort_unstable();
            let (counts, part) = &mut held[0];
            if counts.all >= self.target.pairs {
                break;
            }
            if self.parts[seed] != Part::Train {
                continue;
            }
            let Some((members, inside)) = self.grow(seed) else {
                continue;
            };
            let mut with = *counts;
            with += inside;
            let (before, after) = (counts.distance(total), with.distance(total));
            if after > before && after > self.target.distance {
                continue;
            }
            *counts = with;
            for member in members {
                self.parts[member] = *part;
            }
        }
        self.parts
    }

    /// The best neighbourhood around `seed`, with the pairs inside.
    fn grow(&self, seed: usize) -> Option<(Vec<usize>, Counts)> {
        let mut members = vec![seed];
        let mut inside = self.families.inside(seed);
        let mut cut = self.families.degree(seed);
        let mut edges = BTreeMap::new();
        self.meet(seed, &members, &mut edges);
        let mut best: Option<(f64, usize, Counts)> = None;
        loop {
            let kept = inside.all as f64 / (inside.all + cut).max(1) as f64;
            let enough = inside.all >= self.target.least && kept >= self.target.kept;
            if enough && best.is_none_or(|(most, ..)| kept > most) {
                best = Some((kept, members.len(), inside));
            }
            if members.len() >= self.target.families {
                break;
            }
            let Some(next) = self.closest(&edges) else {
                break;
            };
            let links: Counts = edges.remove(&next).unwrap_or_default();
            inside += links;
            inside += self.families.inside(next);
            cut = cut + self.families.degree(next) - 2 * links.all;
            members.push(next);
            self.meet(next, &members, &mut edges);
        }
        best.map(|(_, size, inside)| {
            members.truncate(size);
            (members, inside)
        })
    }

    fn meet(&self, family: usize, members: &[usize], edges: &mut BTreeMap<usize, Counts>) {
        for (&other, &links) in self.families.links(family) {
            if self.parts[other] == Part::Train && !members.contains(&other) {
                *edges.entry(other).or_default() += links;
            }
        }
    }

    /// The family with the largest share of its pairs inside; among equals the larger one, then
    /// the one whose hash is lowest.
    fn closest(&self, edges: &BTreeMap<usize, Counts>) -> Option<usize> {
        edges
            .iter()
            .map(|(&family, &links)| {
                let own = self.families.inside(family).all;
                let share = (links.all + own) as f64 / (self.families.degree(family) + own) as f64;
                (share, links.all, family)
            })
            .max_by(|a, b| {
                a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then_with(|| {
                    let hash = |f: usize| stable_hash(SEED, self.families.name(f));
                    hash(b.2).cmp(&hash(a.2))
                })
            })
            .map(|(_, _, family)| family)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use semrel::Relation;

    /// Towns of ten terms each, each term related to all others of its town and the first to
    /// the first term of the next town.
    fn towns(count: usize) -> Vec<LabelledPair> {
        let term = |town: usize, i: usize| format!("mahalle {town} sokak {i}");
        let mut pairs = Vec::new();
        for town in 0..count {
            for i in 0..10 {
                for j in i + 1..10 {
                    let label = match i + j {
                        1 => Relation::Synonym,
                        _ => Relation::CoHyponym,
                    };
                    pairs.push(LabelledPair::new(term(town, i), term(town, j), label));
                }
            }
            let next = term((town + 1) % count, 0);
            pairs.push(LabelledPair::new(term(town, 0), next, Relation::Unrelated));
        }
        pairs
    }

    #[test]
    fn parts_share_no_term_and_few_pairs_are_lost() {
        let pairs = towns(60);
        let target = Target {
            pairs: 200,
            ..Target::default()
        };
        let derived = [
            LabelledPair::new(
                "mahalle 1 sokak 1",
                "mahalle 40 sokak 3",
                Relation::CoHyponym,
            ),
            LabelledPair::new("köy 1", "köy 2", Relation::CoHyponym),
        ];
        let (split, terms) = split(&pairs, &derived, target);
        let mut seen: BTreeMap<&str, Part> = BTreeMap::new();
        for (pair, &part) in pairs.iter().zip(&split.pairs) {
            for term in [&pair.sentence1, &pair.sentence2] {
                if part != Part::Out {
                    assert_eq!(*seen.entry(term).or_insert(part), part, "{term}");
                }
            }
            if pair.label == Relation::Synonym {
                assert_ne!(part, Part::Out);
            }
        }
        let count = |part| split.pairs.iter().filter(|&&p| p == part).count();
        assert!(count(Part::Dev) >= 200 && count(Part::Test) >= 200);
        assert!(count(Part::Out) < 30, "{}", count(Part::Out));
        assert!(terms.values().all(|&part| part != Part::Train));
        assert_eq!(split.derived[1], Part::Train);
    }
}
