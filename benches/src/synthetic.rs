//! A corpus of any size with planted structure: synonym clusters, siblings and opposites, over
//! words that look Turkish.

use semrel::{LabelledPair, Relation};

use crate::random::Random;

const FRONT: &[&str] = &["e", "i", "ö", "ü"];
const BACK: &[&str] = &["a", "ı", "o", "u"];
const ONSETS: &[&str] = &[
    "b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "ş", "t", "v", "y", "z",
];
const CODAS: &[&str] = &["", "", "", "", "k", "l", "m", "n", "r", "ş"];

/// Pairs, one after the other, without end.
///
/// Clusters of two to six synonyms, all of their pairs labelled. Four clusters are siblings:
/// their first terms are co-hyponyms. The first two of the four are opposites. Every twentieth
/// pair is an unrelated one across clusters.
#[derive(Debug)]
pub struct Synthetic {
    random: Random,
    ready: Vec<LabelledPair>,
    strangers: Vec<String>,
}

impl Synthetic {
    /// Pairs that follow from `seed`.
    pub fn new(seed: u64) -> Self {
        Synthetic {
            random: Random::new(seed),
            ready: Vec::new(),
            strangers: Vec::new(),
        }
    }

    fn next_family(&mut self) {
        let clusters: Vec<Vec<String>> = (0..4)
            .map(|_| {
                let size = 2 + self.random.below(5);
                (0..size).map(|_| self.term()).collect()
            })
            .collect();
        let mut add = |a: &str, b: &str, label: Relation, weight: f32| {
            if a != b {
                let mut pair = LabelledPair::new(a, b, label);
                pair.weight = Some(weight);
                pair.source = Some("synthetic".to_owned());
                self.ready.push(pair);
            }
        };
        for cluster in &clusters {
            for (at, a) in cluster.iter().enumerate() {
                for b in &cluster[at + 1..] {
                    add(a, b, Relation::Synonym, 0.95);
                }
            }
        }
        for (at, a) in clusters.iter().enumerate() {
            for (other, b) in clusters.iter().enumerate().skip(at + 1) {
                let opposites = (at, other) == (0, 1);
                let label = if opposites {
                    Relation::Antonym
                } else {
                    Relation::CoHyponym
                };
                add(&a[0], &b[0], label, 0.9);
            }
        }
        for stranger in &self.strangers {
            add(&clusters[3][1], stranger, Relation::Unrelated, 0.8);
        }
        self.strangers = vec![clusters[0][1].clone(), clusters[2][1].clone()];
    }

    fn term(&mut self) -> String {
        let words = 1 + self.random.below(3);
        let mut term = String::new();
        for _ in 0..words {
            if !term.is_empty() {
                term.push(' ');
            }
            self.push_word(&mut term);
        }
        term
    }

    /// Two to four syllables in vowel harmony.
    fn push_word(&mut self, out: &mut String) {
        let vowels = if self.random.below(2) == 0 {
            FRONT
        } else {
            BACK
        };
        for _ in 0..2 + self.random.below(3) {
            out.push_str(self.random.pick(ONSETS));
            out.push_str(self.random.pick(vowels));
            out.push_str(self.random.pick(CODAS));
        }
    }
}

impl Iterator for Synthetic {
    type Item = LabelledPair;

    fn next(&mut self) -> Option<LabelledPair> {
        while self.ready.is_empty() {
            self.next_family();
        }
        self.ready.pop()
    }
}
