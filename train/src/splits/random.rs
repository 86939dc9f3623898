//! The random split, 90 : 5 : 5, by a hash of the pair.
//!
//! A pair keeps its part whatever else is added to or removed from the corpus.

use std::collections::{HashMap, HashSet};

use semrel::LabelledPair;

use super::{Part, Split, key};
use crate::overlap::PairKey;
use crate::stable_hash::stable_hash;

/// The seed of the published split.
pub const SEED: u64 = 1;

/// Hundredths of the pairs that go to each of development and test data.
const HUNDREDTHS: u64 = 5;

/// Splits the corpus.
///
/// Two spellings of one term only train. A derived pair trains unless it closes a triangle over a
/// pair of the development or test data, which could then be inferred from it.
pub fn split(pairs: &[LabelledPair], derived: &[LabelledPair]) -> Split {
    let keys: Vec<PairKey> = pairs.iter().map(key).collect();
    let parts: Vec<Part> = keys.iter().map(part).collect();
    let held_out: HashSet<&PairKey> = keys
        .iter()
        .zip(&parts)
        .filter(|&(_, &part)| part != Part::Train)
        .map(|(key, _)| key)
        .collect();
    let mut related: HashMap<&str, Vec<(&str, bool)>> = HashMap::new();
    for key in &keys {
        let (a, b) = key.forms();
        let held = held_out.contains(key);
        related.entry(a).or_default().push((b, held));
        related.entry(b).or_default().push((a, held));
    }
    let closes = |key: &PairKey| {
        let (a, b) = key.forms();
        let around = |term| related.get(term).map_or(&[][..], Vec::as_slice);
        held_out.contains(key)
            || around(a).iter().any(|&(x, x_held)| {
                around(b)
                    .iter()
                    .any(|&(y, y_held)| x == y && (x_held || y_held))
            })
    };
    let derived = derived
        .iter()
        .map(|pair| {
            if closes(&key(pair)) {
                Part::Out
            } else {
                Part::Train
            }
        })
        .collect();
    Split {
        pairs: parts,
        derived,
    }
}

fn part(key: &PairKey) -> Part {
    let (a, b) = key.forms();
    if a == b {
        return Part::Train;
    }
    match stable_hash(SEED, &format!("{a}\t{b}")) % 100 {
        h if h < HUNDREDTHS => Part::Dev,
        h if h < 2 * HUNDREDTHS => Part::Test,
        _ => Part::Train,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use semrel::Relation;

    fn pair(a: &str, b: &str) -> LabelledPair {
        LabelledPair::new(a, b, Relation::Synonym)
    }

    fn articles(range: std::ops::Range<usize>) -> Vec<LabelledPair> {
        range
            .map(|i| pair(&format!("madde {i}"), "fıkra"))
            .collect()
    }

    #[test]
    fn shares_are_ninety_five_five() {
        let split = split(&articles(0..10_000), &[]);
        for (part, share) in [(Part::Train, 90), (Part::Dev, 5), (Part::Test, 5)] {
            let count = split.pairs.iter().filter(|&&p| p == part).count();
            assert!(count.abs_diff(share * 100) < 100, "{part}: {count}");
        }
    }

    #[test]
    fn new_pairs_move_no_old_pair() {
        let old = split(&articles(0..50), &[]);
        let new = split(&articles(0..100), &[]);
        assert_eq!(old.pairs, new.pairs[..50]);
    }

    #[test]
    fn a_derived_pair_over_a_held_out_pair_does_not_train() {
        let stated = articles(0..100);
        let held = split(&stated, &[])
            .pairs
            .iter()
            .position(|&part| part == Part::Test)
            .unwrap();
        let mut stated = stated;
        stated.push(pair("bent", "fıkra"));
        let derived = [pair(&format!("madde {held}"), "bent"), pair("bent", "ek")];
        let split = split(&stated, &derived);
        assert_eq!(split.derived, [Part::Out, Part::Train]);
    }

    #[test]
    fn spellings_of_one_term_only_train() {
        let split = split(&[pair("hâkim", "hakim")], &[]);
        assert_eq!(split.pairs, [Part::Train]);
    }
}
