//! Expansions that the models propose, and what guards them.

use semrel::{Evidence, ExpandOptions, ModelUse, Overlay, Relation, Semrel};

use super::{PAIRS, common, model_files, pack_with, semrel};

/// An unknown term that is near to many.
const UNKNOWN: &str = "depremzede";

fn options(models: ModelUse) -> ExpandOptions {
    let mut options = ExpandOptions::default();
    options.models = models;
    options.min_score = 0.0;
    options.limit = usize::MAX;
    options
}

fn are_antonyms(semrel: &Semrel, a: &str, b: &str) -> bool {
    let known = semrel.relation(a, b).unwrap();
    known.is_some_and(|known| {
        known.relation == Relation::Antonym && known.evidence != Evidence::Model
    })
}

#[test]
fn an_unknown_term_gets_neighbours_that_are_synonyms() {
    let semrel = semrel();
    let found = semrel
        .expand(UNKNOWN, &options(ModelUse::UnknownTerms))
        .unwrap();
    assert!(found.len() > 5, "{found:?}");
    assert!(found.is_sorted_by(|x, y| x.score >= y.score));
    for expansion in found {
        assert_eq!(expansion.evidence, Evidence::Model);
        assert_eq!(expansion.relation, Relation::Synonym);
        let judged = semrel.relation(UNKNOWN, expansion.term).unwrap().unwrap();
        assert!((judged.scores.synonym - expansion.score).abs() < 1e-4);
    }
}

#[test]
fn no_expansion_holds_two_antonyms() {
    let semrel = semrel();
    for unknown in [
        UNKNOWN,
        "x",
        "hâkim",
        "müteselsil kefil",
        "borç veren",
        "işyeri",
    ] {
        let found = semrel.expand(unknown, &options(ModelUse::Always)).unwrap();
        for x in &found {
            assert!(
                !are_antonyms(&semrel, unknown, x.term),
                "{unknown}, {}",
                x.term
            );
            for y in &found {
                assert!(
                    !are_antonyms(&semrel, x.term, y.term),
                    "{}, {}",
                    x.term,
                    y.term
                );
            }
        }
    }
}

#[test]
fn of_two_opposites_the_better_one_stays() {
    let semrel = semrel();
    let found = semrel
        .expand(UNKNOWN, &options(ModelUse::UnknownTerms))
        .unwrap();
    let has = |term: &str| found.iter().any(|expansion| expansion.term == term);
    let score = |term: &str| semrel.relation(UNKNOWN, term).unwrap().unwrap().scores;
    let mut decided = 0;
    for (a, b) in PAIRS.iter().filter_map(|pair| pair.split_once(" ! ")) {
        assert!(!(has(a) && has(b)), "{a}, {b}");
        let (better, worse) = match score(a).synonym > score(b).synonym {
            true => (a, b),
            false => (b, a),
        };
        decided += usize::from(has(better) && !has(worse));
    }
    assert!(decided >= 3, "{found:?}");
}

#[test]
fn opposites_by_form_are_left_out() {
    let semrel = semrel();
    let found = semrel
        .expand("haksız alıcı", &options(ModelUse::UnknownTerms))
        .unwrap();
    assert!(!found.is_empty());
    let found = semrel
        .expand("haklı fesih nedeni", &options(ModelUse::Always))
        .unwrap();
    for expansion in &found {
        assert!(!are_antonyms(&semrel, "haklı fesih nedeni", expansion.term));
    }
}

#[test]
fn a_known_term_is_left_to_the_lexicon_unless_asked_otherwise() {
    let semrel = semrel();
    let stated = semrel
        .expand("borçlu", &options(ModelUse::UnknownTerms))
        .unwrap();
    assert_eq!(stated.len(), 1);
    assert_eq!(stated[0].term, "müşterek borçlu");
    assert_eq!(
        semrel.expand("borçlu", &options(ModelUse::Never)).unwrap(),
        stated
    );

    let more = semrel.expand("borçlu", &options(ModelUse::Always)).unwrap();
    assert_eq!(more[0], stated[0]);
    assert!(more.len() > 1);
    for proposed in &more[1..] {
        assert_eq!(proposed.evidence, Evidence::Model);
        assert!(!["borçlu", "müşterek borçlu", "alacaklı"].contains(&proposed.term));
    }
    // Opposite to the synonym of the term, too.
    let more = semrel
        .expand("müşterek borçlu", &options(ModelUse::Always))
        .unwrap();
    assert!(more.iter().all(|expansion| expansion.term != "alacaklı"));
}

#[test]
fn nobody_is_asked_for_unknown_terms_if_so_wished() {
    let semrel = semrel();
    let found = semrel.expand(UNKNOWN, &options(ModelUse::Never)).unwrap();
    assert_eq!(found, []);
}

#[test]
fn the_threshold_of_the_pack_and_the_score_asked_for_both_hold() {
    let mut files = model_files();
    files.manifest.expand_threshold = 0.8;
    let strict = Semrel::new(pack_with(files)).unwrap();
    let found = strict
        .expand(UNKNOWN, &options(ModelUse::UnknownTerms))
        .unwrap();
    assert!(found.iter().all(|expansion| expansion.score >= 0.8));

    let mut asked = options(ModelUse::UnknownTerms);
    asked.min_score = 0.85;
    asked.limit = 2;
    let semrel = semrel();
    let found = semrel.expand(UNKNOWN, &asked).unwrap();
    assert!(found.len() <= 2);
    assert!(found.iter().all(|expansion| expansion.score >= 0.85));
}

#[test]
fn the_users_entries_hold_for_proposals() {
    let semrel = semrel();
    let best = semrel
        .expand(UNKNOWN, &options(ModelUse::UnknownTerms))
        .unwrap()[0]
        .term;

    let mut overlay = Overlay::new();
    overlay.forbid(UNKNOWN, best).unwrap();
    let kept_apart = Semrel::with_overlay(pack_with(model_files()), overlay).unwrap();
    let found = kept_apart
        .expand(UNKNOWN, &options(ModelUse::UnknownTerms))
        .unwrap();
    assert!(!found.is_empty());
    assert!(found.iter().all(|expansion| expansion.term != best));

    let mut overlay = Overlay::new();
    overlay
        .add(common::pair(&format!("{UNKNOWN} ! {best}")))
        .unwrap();
    let opposed = Semrel::with_overlay(pack_with(model_files()), overlay).unwrap();
    let found = opposed.expand(UNKNOWN, &options(ModelUse::Always)).unwrap();
    assert!(!found.is_empty());
    assert!(found.iter().all(|expansion| expansion.term != best));
}
