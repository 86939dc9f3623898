//! What follows from labelled pairs: which synonyms of synonyms hold, which candidates some path
//! makes an antonym, and which terms form a group.
//!
//! Terms are numbers here. All functions are deterministic; ties go to the smaller number.

use std::collections::{BTreeMap, HashSet};

/// Terms with more synonyms than this take no part in transitive steps: they are hubs, and what
/// meets in a hub has little in common.
const MAX_DEGREE: usize = 64;

/// How sure a two-step synonym is, as a share of the product of its steps.
const TRANSITIVE_DISCOUNT: f32 = 0.95;

/// Undirected relations between terms `0..len`, as sorted neighbour lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Neighbours {
    lists: Vec<Vec<(u32, f32)>>,
}

impl Neighbours {
    pub(super) fn new(len: usize, edges: impl IntoIterator<Item = (u32, u32, f32)>) -> Self {
        let mut lists = vec![Vec::new(); len];
        for (a, b, weight) in edges {
            lists[a as usize].push((b, weight));
            lists[b as usize].push((a, weight));
        }
        for list in &mut lists {
            list.sort_unstable_by_key(|&(term, _)| term);
        }
        Neighbours { lists }
    }

    pub(super) fn of(&self, term: u32) -> &[(u32, f32)] {
        &self.lists[term as usize]
    }

    pub(super) fn weight(&self, a: u32, b: u32) -> Option<f32> {
        let list = self.of(a);
        let at = list.binary_search_by_key(&b, |&(term, _)| term).ok()?;
        Some(list[at].1)
    }

    fn terms(&self, term: u32) -> impl Iterator<Item = u32> + '_ {
        self.of(term).iter().map(|&(other, _)| other)
    }
}

/// A synonym reached in two steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Transitive {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) weight: f32,
}

/// Synonyms of synonyms on which every member agrees.
///
/// Two terms that no label relates are synonyms if they share at least two synonyms, and every
/// synonym of one of them (of the one with fewer) is a synonym of the other too. One shared
/// synonym is never enough: it may have two senses (*hot*: *spicy*, *warm*), and that is how
/// meaning drifts along a chain.
///
/// `labelled` says whether any label, of whatever relation, relates two terms.
pub(super) fn transitive_synonyms(
    synonyms: &Neighbours,
    labelled: impl Fn(u32, u32) -> bool,
) -> Vec<Transitive> {
    let mut found = Vec::new();
    let mut shared: BTreeMap<u32, (usize, f32)> = BTreeMap::new();
    for a in 0..synonyms.lists.len() as u32 {
        let direct = synonyms.of(a);
        if direct.len() < 2 || direct.len() > MAX_DEGREE {
            continue;
        }
        shared.clear();
        for &(through, first) in direct {
            if synonyms.of(through).len() > MAX_DEGREE {
                continue;
            }
            for &(b, second) in synonyms.of(through) {
                if b > a {
                    let entry = shared.entry(b).or_default();
                    entry.0 += 1;
                    entry.1 = entry.1.max(first * second);
                }
            }
        }
        for (&b, &(count, best)) in &shared {
            let fewer = direct.len().min(synonyms.of(b).len());
            if count >= 2 && count == fewer && !labelled(a, b) {
                found.push(Transitive {
                    a,
                    b,
                    weight: best * TRANSITIVE_DISCOUNT,
                });
            }
        }
    }
    found
}

/// All terms that some path makes an antonym of `term`: one step to an antonym, with at most one
/// step to a synonym before it and one after it.
pub(super) fn opposites(term: u32, synonyms: &Neighbours, antonyms: &Neighbours) -> HashSet<u32> {
    let mut out = HashSet::new();
    for near in std::iter::once(term).chain(synonyms.terms(term)) {
        for opposite in antonyms.terms(near) {
            out.insert(opposite);
            out.extend(synonyms.terms(opposite));
        }
    }
    out.remove(&term);
    out
}

/// Parts terms into groups in which every two are synonyms; terms without a group are left out.
///
/// Greedy complete linkage: pairs in order of falling weight, two groups become one if all their
/// members are synonyms of each other. Groups and their members are sorted.
pub(super) fn groups(synonyms: &Neighbours) -> Vec<Vec<u32>> {
    let mut edges: Vec<(u32, u32, f32)> = Vec::new();
    for a in 0..synonyms.lists.len() as u32 {
        edges.extend(
            synonyms
                .of(a)
                .iter()
                .filter(|&&(b, _)| a < b)
                .map(|&(b, weight)| (a, b, weight)),
        );
    }
    edges.sort_by(|x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));

    let mut group_of: Vec<u32> = (0..synonyms.lists.len() as u32).collect();
    let mut members: Vec<Vec<u32>> = group_of.iter().map(|&term| vec![term]).collect();
    for (a, b, _) in edges {
        let (into, from) = (group_of[a as usize], group_of[b as usize]);
        if into == from {
            continue;
        }
        let (into, from) = (into.min(from) as usize, into.max(from) as usize);
        let agree = members[into].iter().all(|&x| {
            members[from]
                .iter()
                .all(|&y| synonyms.weight(x, y).is_some())
        });
        if agree {
            let moved = std::mem::take(&mut members[from]);
            for &term in &moved {
                group_of[term as usize] = into as u32;
            }
            members[into].extend(moved);
        }
    }
    let mut groups: Vec<Vec<u32>> = members.into_iter().filter(|g| g.len() > 1).collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(len: usize, edges: &[(u32, u32)]) -> Neighbours {
        Neighbours::new(len, edges.iter().map(|&(a, b)| (a, b, 1.0)))
    }

    #[test]
    fn one_shared_synonym_is_drift() {
        // 0 sıcak (hot), 1 acı (spicy), 2 ağrı (pain), 3 kızgın
        let synonyms = graph(4, &[(0, 1), (1, 2), (0, 3)]);
        assert_eq!(transitive_synonyms(&synonyms, |_, _| false), []);
    }

    #[test]
    fn two_terms_with_the_same_synonyms_agree() {
        let synonyms = graph(4, &[(0, 1), (0, 2), (3, 1), (3, 2), (1, 2)]);
        let found = transitive_synonyms(&synonyms, |a, b| synonyms.weight(a, b).is_some());
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].a, found[0].b), (0, 3));
        assert!(found[0].weight < 1.0);
        assert_eq!(transitive_synonyms(&synonyms, |_, _| true), []);
    }

    #[test]
    fn opposites_are_found_on_both_sides() {
        // 0 geçerli, 1 muteber, 2 geçersiz, 3 hükümsüz, 4 batıl
        let synonyms = graph(5, &[(0, 1), (2, 3), (3, 4)]);
        let antonyms = graph(5, &[(0, 2)]);
        let sorted = |term| {
            let mut out: Vec<_> = opposites(term, &synonyms, &antonyms).into_iter().collect();
            out.sort_unstable();
            out
        };
        assert_eq!(sorted(0), [2, 3]);
        assert_eq!(sorted(1), [2, 3]);
        assert_eq!(sorted(3), [0, 1]);
        assert_eq!(sorted(4), [] as [u32; 0]);
    }

    #[test]
    fn a_group_is_a_clique() {
        let synonyms = graph(6, &[(0, 1), (1, 2), (0, 2), (2, 3), (4, 5)]);
        assert_eq!(groups(&synonyms), [vec![0, 1, 2], vec![4, 5]]);
    }
}
