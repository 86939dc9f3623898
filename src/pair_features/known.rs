//! What lies around two terms in the lexicon: paths, broader terms, fields, word classes.

use smallvec::SmallVec;

use super::flag;
use crate::lexicon::{Sense, Term};
use crate::relation::Relation;
use crate::view::{Link, Node, View};

/// How many features these are.
pub(super) const COUNT: usize = 26;
/// Neighbours of a term beyond this many are not followed.
const MAX_LINKS: usize = 48;

/// Paths of two steps, by the relations of their steps; of three, by the one between two synonyms.
const TWO_STEPS: [(Relation, Relation); 6] = [
    (Relation::Synonym, Relation::Synonym),
    (Relation::Synonym, Relation::Antonym),
    (Relation::Synonym, Relation::CoHyponym),
    (Relation::Antonym, Relation::Antonym),
    (Relation::Antonym, Relation::CoHyponym),
    (Relation::CoHyponym, Relation::CoHyponym),
];
const BETWEEN: [Relation; 3] = [Relation::Synonym, Relation::Antonym, Relation::CoHyponym];

/// Derived pairs repeat what the pairs they come from say.
fn is_derived(link: &Link<'_>) -> bool {
    link.source
        .is_some_and(|source| source.starts_with("derived"))
}

/// The links of some nodes, without those between the two terms of the pair: a pair is judged by
/// what lies around it.
fn links(view: &View, nodes: &[Node], other: &[Node]) -> Vec<(Node, Relation, f32)> {
    let mut links: Vec<(Node, Relation, f32)> = nodes
        .iter()
        .flat_map(|&node| view.links(node))
        .filter(|link| !other.contains(&link.target) && !nodes.contains(&link.target))
        .filter(|link| link.relation != Relation::Unrelated && !is_derived(link))
        .map(|link| (link.target, link.relation, link.weight))
        .take(MAX_LINKS)
        .collect();
    links.sort_unstable_by_key(|(node, ..)| *node);
    links
}

/// Fills in the features of the terms that the nodes stand for; all but the first two stay zero
/// unless both are known.
pub(super) fn known_features(view: &View, from: &[Node], to: &[Node], out: &mut [f32]) {
    out[0] = flag(!from.is_empty() && !to.is_empty());
    out[1] = flag(from.is_empty() != to.is_empty());
    if out[0] == 0.0 {
        return;
    }
    let (near, far) = (links(view, from, to), links(view, to, from));
    let mut counts = [0usize; TWO_STEPS.len()];
    let mut strongest = [0f32; 2];
    for &(node, first, weight) in &near {
        let at = far.partition_point(|(other, ..)| *other < node);
        for &(_, second, other_weight) in far[at..].iter().take_while(|(other, ..)| *other == node)
        {
            let is = |&(p, q): &(Relation, Relation)| {
                (p, q) == (first, second) || (q, p) == (first, second)
            };
            let Some(kind) = TWO_STEPS.iter().position(is) else {
                continue;
            };
            counts[kind] += 1;
            if let Some(best) = strongest.get_mut(kind) {
                *best = best.max(weight * other_weight);
            }
        }
    }
    let mut between = [0usize; BETWEEN.len()];
    let synonyms = |links: &[(Node, Relation, f32)]| -> SmallVec<[Node; 8]> {
        links
            .iter()
            .filter(|link| link.1 == Relation::Synonym)
            .map(|link| link.0)
            .collect()
    };
    let (near_synonyms, far_synonyms) = (synonyms(&near), synonyms(&far));
    for &x in &near_synonyms {
        for &y in far_synonyms.iter().filter(|&&y| y != x) {
            let kind = view
                .link(x, y)
                .and_then(|link| BETWEEN.iter().position(|&r| r == link.relation));
            if let Some(kind) = kind {
                between[kind] += 1;
            }
        }
    }
    let many = |count: usize| (count as f32).ln_1p() / 2.0;
    for (value, &count) in out[2..].iter_mut().zip(counts.iter().chain(&between)) {
        *value = many(count);
    }
    out[11..13].copy_from_slice(&strongest);
    let (fewer, more) = (near.len().min(far.len()), near.len().max(far.len()));
    out[13] = many(fewer);
    out[14] = many(more);
    sense_features(view, from, to, &mut out[15..]);
    let share = |links: &[(Node, Relation, f32)], relation| {
        links.iter().filter(|link| link.1 == relation).count() as f32 / links.len().max(1) as f32
    };
    for (value, relation) in out[23..].iter_mut().zip(BETWEEN) {
        *value = share(&near, relation) * share(&far, relation);
    }
}

/// Broader terms, fields and word classes.
fn sense_features(view: &View, from: &[Node], to: &[Node], out: &mut [f32]) {
    let senses = |nodes: &[Node]| -> SmallVec<[Sense<'_>; 4]> {
        nodes
            .iter()
            .filter_map(|&node| view.term(node))
            .flat_map(Term::senses)
            .collect()
    };
    let (x, y) = (senses(from), senses(to));
    let pairs = || x.iter().flat_map(|p| y.iter().map(move |q| (p, q)));
    let broader = |sense: &Sense<'_>| sense.hypernym().map(Node::from);
    let both = |p: &Sense<'_>, q: &Sense<'_>| Some((broader(p)?, broader(q)?));
    let links_broader = |relation| {
        pairs().filter_map(|(p, q)| both(p, q)).any(|(p, q)| {
            p != q
                && view
                    .link(p, q)
                    .is_some_and(|link| link.relation == relation)
        })
    };
    out[0] = flag(pairs().filter_map(|(p, q)| both(p, q)).any(|(p, q)| p == q));
    out[1] = flag(links_broader(Relation::Synonym));
    out[2] = flag(links_broader(Relation::CoHyponym));
    out[3] = flag(pairs().any(|(p, q)| {
        broader(p).is_some_and(|p| to.contains(&p)) || broader(q).is_some_and(|q| from.contains(&q))
    }));
    let fields = pairs().filter_map(|(p, q)| Some(p.domain()? == q.domain()?));
    let (agree, differ) = fields.fold((false, false), |(a, d), same| (a | same, d | !same));
    out[4] = flag(agree);
    out[5] = flag(differ && !agree);
    let classes = pairs().filter_map(|(p, q)| Some(p.pos()? == q.pos()?));
    let (agree, differ) = classes.fold((false, false), |(a, d), same| (a | same, d | !same));
    out[6] = flag(agree);
    out[7] = flag(differ && !agree);
}
