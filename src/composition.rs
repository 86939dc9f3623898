//! Evidence from the form of two terms, between lexicon and models: variants of one term,
//! productive opposites, and multi-word terms that differ in one part.

use crate::morphology::{Analysis, Analyzer, Feature};
use crate::relation::{Evidence, Relation};
use crate::text::{normal_form, spelling_form};

/// What the forms of two terms say of their relation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Formal {
    pub(crate) relation: Relation,
    /// Probability that it is right: the weight of the parts' relation, at most [`precision`].
    pub(crate) weight: f32,
    pub(crate) evidence: Evidence,
}

/// How the lexicon relates two parts of terms: the relation and its weight.
pub(crate) type PartRelation<'a> = dyn Fn(&str, &str) -> Option<(Relation, f32)> + 'a;

/// Co-hyponyms that a label is less sure of are inherited by synonyms as often as not.
const SURE: f32 = 0.9;
/// Longer terms are not compared part by part, in words.
const MAX_WORDS: usize = 12;
/// Longer words are not analysed, in bytes.
const MAX_WORD_BYTES: usize = 100;

/// Relates two terms by their forms alone.
///
/// - They are *variants* if they have the same words up to plural, genitive and the possessive
///   that marks a compound (*yayın ilkesi ihlali*, *yayın ilkesinin ihlali*).
/// - They are *opposites* if they differ in -lI against -sIz, in negation, or in *gayri*, *na-*,
///   *anti-* alone (*süreli*, *süresiz*).
/// - *Composed*, they inherit the relation of the one part in which they differ (*haklı fesih*,
///   *haksız fesih*), if all other words are the same up to variants.
///
/// `part_relation` tells how parts relate, and whether a part is known at all.
pub(crate) fn relate(
    analyzer: &Analyzer,
    a: &str,
    b: &str,
    part_relation: &PartRelation<'_>,
) -> Option<Formal> {
    if !may_share_a_word(&normal_form(a), &normal_form(b)) {
        return None;
    }
    let (a, b) = (words(analyzer, a)?, words(analyzer, b)?);
    let before = shared(a.iter().zip(&b));
    if before == a.len() && before == b.len() {
        return Formal::new(Basis::Variant, Relation::Synonym, 1.0);
    }
    let shorter = a.len().min(b.len());
    let after = shared(a.iter().rev().zip(b.iter().rev())).min(shorter - before);
    let (x, y) = (&a[before..a.len() - after], &b[before..b.len() - after]);
    let opposite = match (x, y) {
        ([x], [y]) => x.is_opposite_of(y) || is_negation(&x.surface, &y.surface),
        ([word], []) | ([], [word]) => word.surface == "gayri" && after > 0,
        _ => false,
    };
    if opposite || is_prefixed_opposite(x, y, part_relation) {
        return Formal::new(Basis::Opposite, Relation::Antonym, 1.0);
    }
    if before + after == 0 {
        return None;
    }
    let (relation, weight) = related_parts(x, y, part_relation)?;
    if relation == Relation::CoHyponym && weight < SURE {
        return None;
    }
    let place = if after == 0 {
        Place::End
    } else {
        Place::Before
    };
    Formal::new(Basis::Part(place), relation, weight)
}

/// Whether one is the other's infinitive negated, by its letters: *abanmak*, *abanmamak*. Verbs that
/// the analyser has to guess are opposites of their negations too.
fn is_negation(a: &str, b: &str) -> bool {
    let (verb, negated) = if a.len() < b.len() { (a, b) } else { (b, a) };
    [("mak", "mamak"), ("mek", "memek")]
        .iter()
        .any(|(ending, negation)| {
            let stem = verb.strip_suffix(ending);
            stem.is_some_and(|stem| {
                !stem.is_empty() && negated.strip_suffix(negation) == Some(stem)
            })
        })
}

/// Whether a term ends in a negated infinitive (*tahrik etmemek*), by its letters.
pub(crate) fn is_negated(term: &str) -> bool {
    let form = normal_form(term);
    ["mamak", "memek"]
        .iter()
        .any(|ending| form.ends_with(ending))
}

/// How many pairs of words are variants, up to the first that are not.
fn shared<'w>(pairs: impl Iterator<Item = (&'w Word, &'w Word)>) -> usize {
    pairs.take_while(|(x, y)| x.is_variant_of(y)).count()
}

impl Formal {
    fn new(basis: Basis, relation: Relation, weight: f32) -> Option<Self> {
        Some(Formal {
            relation,
            weight: weight.min(precision(basis, relation)?),
            evidence: match basis {
                Basis::Variant => Evidence::Variant,
                Basis::Opposite | Basis::Part(_) => Evidence::Composition,
            },
        })
    }
}

/// What the evidence of form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Basis {
    /// The same words.
    Variant,
    /// A word and its productive opposite.
    Opposite,
    /// A part that has a relation.
    Part(Place),
}

/// Where two terms differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In their last words, the heads of a Turkish noun phrase.
    End,
    /// In words before the last.
    Before,
}

/// How often such evidence was right on the training part of the random split of the Turkish
/// corpus, rounded; `semrel-train composition` measures it and its precision on the held-out
/// parts. `None` for what is too often wrong to be told: terms whose heads are co-hyponyms are
/// more often synonyms than co-hyponyms (*emredici hüküm*, *emredici kural*).
fn precision(basis: Basis, relation: Relation) -> Option<f32> {
    match (basis, relation) {
        (Basis::Variant, _) => Some(0.99),
        (Basis::Opposite, _) => Some(0.99),
        (Basis::Part(_), Relation::Synonym) => Some(0.99),
        (Basis::Part(Place::End), Relation::Antonym) => Some(0.96),
        (Basis::Part(Place::Before), Relation::Antonym) => Some(0.93),
        (Basis::Part(Place::Before), Relation::CoHyponym) => Some(0.85),
        (Basis::Part(_), _) => None,
    }
}

/// A word of a term with its plausible analyses.
struct Word {
    surface: String,
    analyses: Vec<Analysis>,
}

/// A quick look that spares most pairs the analysis: inflection leaves the first two letters of a
/// word, so terms that share their first or last word share those.
fn may_share_a_word(a: &str, b: &str) -> bool {
    let alike = |x: &str, y: &str| {
        let (mut x, mut y) = (x.chars(), y.chars());
        x.next() == y.next() && (x.next() == y.next())
    };
    let last = |term: &str| term.rfind(' ').map_or(0, |space| space + 1);
    alike(a, b) || alike(&a[last(a)..], &b[last(b)..]) || a.ends_with(b) || b.ends_with(a)
}

fn words(analyzer: &Analyzer, term: &str) -> Option<Vec<Word>> {
    let form = spelling_form(term);
    let words: Vec<&str> = form.split(' ').filter(|word| !word.is_empty()).collect();
    if words.is_empty()
        || words.len() > MAX_WORDS
        || words.iter().any(|word| word.len() > MAX_WORD_BYTES)
    {
        return None;
    }
    let word = |surface: &&str| Word {
        analyses: analyzer.analyze(surface),
        surface: (*surface).to_owned(),
    };
    Some(words.iter().map(word).collect())
}

impl Word {
    fn best(&self) -> Option<&Analysis> {
        self.analyses.first().filter(|analysis| !analysis.guessed)
    }

    /// The same word, up to plural, genitive and the possessive that marks a compound.
    fn is_variant_of(&self, other: &Word) -> bool {
        if normal_form(&self.surface) == normal_form(&other.surface) {
            return true;
        }
        let (Some(a), Some(b)) = (self.best(), other.best()) else {
            return false;
        };
        a.lemma == b.lemma && kept(a).eq(kept(b))
    }

    /// The same word but for -lI against -sIz, or for negation.
    fn is_opposite_of(&self, other: &Word) -> bool {
        let pairs = || {
            self.analyses
                .iter()
                .flat_map(|a| other.analyses.iter().map(move |b| (a, b)))
                .filter(|(a, b)| !a.guessed && !b.guessed && a.root == b.root)
        };
        pairs().any(|(a, b)| {
            let derived = |analysis: &Analysis, from: Feature, to: Feature| -> Vec<Feature> {
                let swap = |&feature: &Feature| if feature == from { to } else { feature };
                analysis.derivation.iter().map(swap).collect()
            };
            let with_or_without = a.derivation != b.derivation
                && derived(a, Feature::With, Feature::Without)
                    == derived(b, Feature::With, Feature::Without);
            let negated = |analysis: &Analysis| analysis.features.contains(&Feature::Neg);
            let same_form = {
                let form = |analysis: &Analysis| -> Vec<Feature> {
                    let stays = |feature: &Feature| *feature != Feature::Neg;
                    analysis.features.iter().copied().filter(stays).collect()
                };
                form(a) == form(b)
            };
            same_form
                && if a.derivation == b.derivation {
                    a.lemma == b.lemma && negated(a) != negated(b)
                } else {
                    with_or_without && negated(a) == negated(b)
                }
        })
    }
}

/// The features of an analysis that two variants must share.
fn kept(analysis: &Analysis) -> impl Iterator<Item = &Feature> {
    analysis.features.iter().filter(|feature| {
        !matches!(
            feature,
            Feature::Pl | Feature::P3sg | Feature::P3pl | Feature::Gen
        )
    })
}

/// *gayri*, *na-* and *anti-* before a word that the lexicon knows.
fn is_prefixed_opposite(x: &[Word], y: &[Word], part_relation: &PartRelation<'_>) -> bool {
    let (x, y) = (joined(x), joined(y));
    let (short, long) = if x.len() < y.len() { (x, y) } else { (y, x) };
    let known = || part_relation(&short, &short).is_some();
    let Some(prefix) = long.strip_suffix(&short) else {
        return false;
    };
    matches!(prefix, "gayri" | "na" | "anti") && short.len() >= 4 && known()
}

/// The relation of two parts as they stand, or in their dictionary forms if they are inflected
/// alike.
fn related_parts(
    x: &[Word],
    y: &[Word],
    part_relation: &PartRelation<'_>,
) -> Option<(Relation, f32)> {
    let ((x_last, x_first), (y_last, y_first)) = (x.split_last()?, y.split_last()?);
    if let Some(found) = part_relation(&joined(x), &joined(y)) {
        return Some(found);
    }
    let (a, b) = (x_last.best()?, y_last.best()?);
    if !kept(a).eq(kept(b)) {
        return None;
    }
    let part = |first: &[Word], lemma: &str| {
        let mut text = joined(first);
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(lemma);
        text
    };
    part_relation(&part(x_first, &a.lemma), &part(y_first, &b.lemma))
}

fn joined(words: &[Word]) -> String {
    let surfaces: Vec<&str> = words.iter().map(|word| word.surface.as_str()).collect();
    surfaces.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formal(a: &str, b: &str) -> Option<(Relation, Evidence)> {
        let known = [
            ("haklı", "haksız", Relation::Antonym),
            ("menkul", "taşınır", Relation::Synonym),
            ("rehin", "haciz", Relation::CoHyponym),
            ("sözleşme", "akit", Relation::Synonym),
            ("meşru", "meşru", Relation::Synonym),
        ];
        let parts = |x: &str, y: &str| {
            let same =
                |(a, b, _): &&(&str, &str, Relation)| (*a, *b) == (x, y) || (*a, *b) == (y, x);
            known.iter().find(same).map(|known| (known.2, 0.97))
        };
        let found = relate(&Analyzer::turkish(), a, b, &parts);
        let back = relate(&Analyzer::turkish(), b, a, &parts);
        assert_eq!(found, back, "{a}, {b}");
        found.map(|formal| (formal.relation, formal.evidence))
    }

    #[test]
    fn inflection_and_compound_marking_make_variants() {
        for (a, b) in [
            ("yayın ilkesi ihlali", "yayın ilkesinin ihlali"),
            ("mirasçılık belgesi", "mirasçılık belgeleri"),
            ("sözleşme", "sözleşmeler"),
            ("Hâkimin reddi", "hakimin reddi"),
        ] {
            assert_eq!(
                formal(a, b),
                Some((Relation::Synonym, Evidence::Variant)),
                "{a}, {b}"
            );
        }
    }

    #[test]
    fn productive_opposites_are_antonyms() {
        for (a, b) in [
            ("süreli", "süresiz"),
            ("ehliyetlilik", "ehliyetsizlik"),
            ("ödemek", "ödememek"),
            ("zırvalaklamak", "zırvalaklamamak"),
            ("meşru", "gayri meşru"),
            ("gayrimeşru", "meşru"),
            (
                "belirli süreli iş sözleşmesi",
                "belirli süresiz iş sözleşmesi",
            ),
        ] {
            let expected = Some((Relation::Antonym, Evidence::Composition));
            assert_eq!(formal(a, b), expected, "{a}, {b}");
        }
    }

    #[test]
    fn terms_inherit_the_relation_of_the_part_in_which_they_differ() {
        for (a, b, relation) in [
            ("haklı fesih", "haksız fesih", Relation::Antonym),
            ("menkul rehni", "taşınır rehni", Relation::Synonym),
            ("sözleşmenin feshi", "akdin feshi", Relation::Synonym),
            ("kira sözleşmesi", "kira akdi", Relation::Synonym),
            ("rehin alacaklısı", "haciz alacaklısı", Relation::CoHyponym),
        ] {
            assert_eq!(
                formal(a, b),
                Some((relation, Evidence::Composition)),
                "{a}, {b}"
            );
        }
    }

    #[test]
    fn other_differences_say_nothing() {
        for (a, b) in [
            ("menkul rehni", "menkul haczi"),
            ("mahkemeye başvurmak", "mahkemeden başvurmak"),
            ("haklı fesih", "haksız rekabet"),
            ("hak", "haklı"),
            ("nakil", "kil"),
            ("kira", "satış"),
            ("", "kira"),
            (&"a ".repeat(50), "kira"),
        ] {
            assert_eq!(formal(a, b), None, "{a}, {b}");
        }
    }
}
