//! What the relation classifier sees of a pair besides the vectors of its terms: how they are
//! written, and how the lexicon joins them.
//!
//! All values are symmetric in the two terms, lie in about `-1.0..=2.0` and cost some
//! microseconds. The order is part of a trained model: change it only together with the model.

use std::collections::HashSet;

use smallvec::SmallVec;

use crate::lexicon::Sense;
use crate::relation::Relation;
use crate::text::normal_form;
use crate::view::{Link, Node, View};

/// How many features a pair has.
pub const PAIR_FEATURES: usize = WRITTEN + KNOWN;
/// Those of the way the terms are written; the rest is what the lexicon knows.
pub(crate) const WRITTEN: usize = 20 + 2 * ENDINGS.len();
const KNOWN: usize = 26;

/// Endings that tell word classes and productive derivations apart.
const ENDINGS: [&[&str]; 12] = [
    &["mak", "mek"],
    &["lık", "lik", "luk", "lük"],
    &["cı", "ci", "cu", "cü", "çı", "çi", "çu", "çü"],
    &["lı", "li", "lu", "lü"],
    &["sız", "siz", "suz", "süz"],
    &["sal", "sel", "i"],
    &["ca", "ce", "ça", "çe", "en", "an"],
    &["ma", "me", "iş", "ış", "uş", "üş"],
    &[
        "laşmak", "leşmek", "lanmak", "lenmek", "ılmak", "ilmek", "ulmak", "ülmek",
    ],
    &[
        "tırmak", "tirmek", "turmak", "türmek", "dırmak", "dirmek", "durmak", "dürmek",
    ],
    &["etmek", "olmak", "yapmak", "vermek", "almak"],
    &["sı", "si", "su", "sü"],
];
const WITH: [&str; 4] = ["lı", "li", "lu", "lü"];
const WITHOUT: [&str; 4] = ["sız", "siz", "suz", "süz"];
const NEGATING_PREFIXES: [&str; 6] = ["gayri", "gayrı", "na", "anti", "bi", "a"];
const NEGATING_WORDS: [&str; 6] = ["değil", "olmayan", "olmama", "yok", "dışı", "hariç"];
/// Longer terms are cut off for the edit distance.
const MAX_LETTERS: usize = 64;
/// Neighbours of a term beyond this many are not followed.
const MAX_LINKS: usize = 48;

/// The words of each term that the other does not have, in their order; empty if it has all.
pub fn remainders(a: &str, b: &str) -> (String, String) {
    let (a, b) = (normal_form(a), normal_form(b));
    let without = |term: &str, other: &str| -> String {
        let others: HashSet<&str> = other.split(' ').collect();
        let words: Vec<&str> = term
            .split(' ')
            .filter(|word| !others.contains(word))
            .collect();
        words.join(" ")
    };
    (without(&a, &b), without(&b, &a))
}

/// The features of a pair; without a view those of the lexicon are zero.
pub(crate) fn pair_features(view: Option<&View>, a: &str, b: &str) -> [f32; PAIR_FEATURES] {
    let mut features = [0.0; PAIR_FEATURES];
    let (written, known) = features.split_at_mut(WRITTEN);
    written_features(&normal_form(a), &normal_form(b), written);
    if let Some(view) = view {
        let (from, to) = (view.named(a), view.named(b));
        known_features(view, &from, &to, known);
    }
    features
}

fn flag(condition: bool) -> f32 {
    f32::from(u8::from(condition))
}

fn written_features(a: &str, b: &str, out: &mut [f32]) {
    let words = |term| -> SmallVec<[&str; 8]> { str::split(term, ' ').collect() };
    let (x, y) = (words(a), words(b));
    let shared = x.iter().filter(|word| y.contains(word)).count() as f32;
    let (fewer, more) = (x.len().min(y.len()) as f32, x.len().max(y.len()) as f32);
    let (s, t): (Vec<char>, Vec<char>) = (
        a.chars().take(MAX_LETTERS).collect(),
        b.chars().take(MAX_LETTERS).collect(),
    );
    let (shorter, longer) = (
        s.len().min(t.len()).max(1) as f32,
        s.len().max(t.len()).max(1) as f32,
    );
    let before = s.iter().zip(&t).take_while(|(p, q)| p == q).count() as f32;
    let after = s
        .iter()
        .rev()
        .zip(t.iter().rev())
        .take_while(|(p, q)| p == q)
        .count() as f32;
    let (left_x, left_y) = (x.len() as f32 - shared, y.len() as f32 - shared);
    let head = [
        shared / more,
        shared / fewer,
        flag(x.first() == y.first()),
        flag(x.last() == y.last()),
        flag(shared == fewer && fewer < more),
        ((more - fewer) / 4.0).min(1.0),
        flag(more == 1.0),
        more.ln(),
        shared_trigrams(&s, &t),
        before / shorter,
        after / shorter,
        before / longer,
        1.0 - edit_distance(&s, &t) as f32 / longer,
        shorter / longer,
        flag(with_against_without(a, b)),
        flag(adds(a, b, &WITHOUT)),
        flag(is_negated_verb(a, b) || is_negated_verb(b, a)),
        flag(has_negating_prefix(a, b) || has_negating_prefix(b, a)),
        flag(has_negating_word(&x) != has_negating_word(&y)),
        flag(shared > 0.0 && left_x == 1.0 && left_y == 1.0)
            + 0.5 * flag(is_initials(a, &y) || is_initials(b, &x)),
    ];
    out[..head.len()].copy_from_slice(&head);
    let pairs = out[head.len()..].chunks_exact_mut(2);
    for (endings, pair) in ENDINGS.iter().zip(pairs) {
        let (p, q) = (ends(a, endings).is_some(), ends(b, endings).is_some());
        pair[0] = flag(p && q);
        pair[1] = flag(p != q);
    }
}

/// What is before the first of the endings that the term has.
fn ends<'t>(term: &'t str, endings: &[&str]) -> Option<&'t str> {
    endings
        .iter()
        .find_map(|ending| term.strip_suffix(ending))
        .filter(|stem| stem.chars().count() >= 2)
}

fn with_against_without(a: &str, b: &str) -> bool {
    let opposite =
        |p: &str, q: &str| ends(p, &WITH).is_some_and(|stem| ends(q, &WITHOUT) == Some(stem));
    opposite(a, b) || opposite(b, a)
}

fn adds(a: &str, b: &str, endings: &[&str]) -> bool {
    ends(a, endings) == Some(b) || ends(b, endings) == Some(a)
}

/// *gelmemek* of *gelmek*, *ödememe* of *ödeme*.
fn is_negated_verb(verb: &str, negated: &str) -> bool {
    ["mak", "mek", "ma", "me"].iter().any(|ending| {
        verb.strip_suffix(ending).is_some_and(|stem| {
            negated.strip_prefix(stem).is_some_and(|rest| {
                ["ma", "me"]
                    .iter()
                    .any(|neg| rest.strip_prefix(neg) == Some(ending))
            })
        })
    })
}

fn has_negating_prefix(word: &str, negated: &str) -> bool {
    let Some(prefix) = negated.strip_suffix(word) else {
        return false;
    };
    word.chars().count() >= 4 && NEGATING_PREFIXES.contains(&prefix.trim_end())
}

fn has_negating_word(words: &[&str]) -> bool {
    words.iter().any(|word| NEGATING_WORDS.contains(word))
}

fn is_initials(abbreviation: &str, words: &[&str]) -> bool {
    words.len() > 1
        && abbreviation
            .chars()
            .eq(words.iter().filter_map(|word| word.chars().next()))
}

/// Dice coefficient of the trigrams, the ends marked.
fn shared_trigrams(a: &[char], b: &[char]) -> f32 {
    let trigrams = |letters: &[char]| -> Vec<[char; 3]> {
        let mut all: Vec<char> = vec![' '];
        all.extend_from_slice(letters);
        all.push(' ');
        let mut grams: Vec<[char; 3]> = all.windows(3).map(|w| [w[0], w[1], w[2]]).collect();
        grams.sort_unstable();
        grams.dedup();
        grams
    };
    let (a, b) = (trigrams(a), trigrams(b));
    let shared = a
        .iter()
        .filter(|gram| b.binary_search(gram).is_ok())
        .count();
    2.0 * shared as f32 / (a.len() + b.len()).max(1) as f32
}

/// Levenshtein distance in letters.
fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut row: SmallVec<[usize; MAX_LETTERS]> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substitute = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substitute.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

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

fn known_features(view: &View, from: &[Node], to: &[Node], out: &mut [f32]) {
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
            .flat_map(|term| term.senses())
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
    let same = |p: bool| flag(p);
    let fields = pairs().filter_map(|(p, q)| Some(p.domain()? == q.domain()?));
    let (agree, differ) = fields.fold((false, false), |(a, d), same| (a | same, d | !same));
    out[4] = same(agree);
    out[5] = same(differ && !agree);
    let classes = pairs().filter_map(|(p, q)| Some(p.pos()? == q.pos()?));
    let (agree, differ) = classes.fold((false, false), |(a, d), same| (a | same, d | !same));
    out[6] = same(agree);
    out[7] = same(differ && !agree);
}
