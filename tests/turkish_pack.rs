//! The Turkish pack that is compiled into the library: sound, and right about real terms.
#![cfg(feature = "tr")]
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::{HashMap, HashSet};

use common::all_expansions;
use semrel::{
    Evidence, ExpandOptions, Expansion, Lexicon, ModelUse, Pack, Relation, Semrel, Side, Term,
    TermId,
};

fn semrel() -> Semrel {
    Semrel::turkish().unwrap()
}

fn relation(semrel: &Semrel, a: &str, b: &str) -> Option<Relation> {
    semrel.relation(a, b).unwrap().map(|answer| answer.relation)
}

/// The embedded image is trusted at run time; here it goes through the full check.
#[test]
fn the_embedded_pack_passes_the_full_check() {
    let opened = Pack::open(concat!(env!("CARGO_MANIFEST_DIR"), "/models/tr")).unwrap();
    let embedded = semrel();
    assert_eq!(opened.manifest(), embedded.manifest());
    assert_eq!(opened.lexicon().len(), embedded.lexicon().len());
    assert_eq!(embedded.manifest().counts.terms, embedded.lexicon().len());
}

/// For every term of the lexicon: no expansion can be reached from it over one antonym with at
/// most one synonym before it and one after it, whatever the relations asked for.
#[test]
fn no_antonym_leaves_any_expansion() {
    let semrel = semrel();
    let lexicon = semrel.lexicon();
    let step = |relation: Relation| -> HashMap<TermId, Vec<TermId>> {
        let of = |term: Term<'_>| {
            let targets = term.postings().filter(|p| p.relation == relation);
            (term.id(), targets.map(|p| p.target).collect())
        };
        lexicon.terms().map(of).collect()
    };
    let (synonyms, antonyms) = (step(Relation::Synonym), step(Relation::Antonym));
    let options = all_expansions();
    let mut checked = 0;
    for term in lexicon.terms() {
        let mut opposites = HashSet::new();
        for near in std::iter::once(&term.id()).chain(&synonyms[&term.id()]) {
            for opposite in &antonyms[near] {
                opposites.insert(*opposite);
                opposites.extend(&synonyms[opposite]);
            }
        }
        for expansion in semrel.expand(term.text(), &options).unwrap() {
            checked += 1;
            let id = expansion.id.unwrap();
            assert!(
                !opposites.contains(&id),
                "{} must not stand for {}",
                expansion.term,
                term.text()
            );
        }
    }
    assert!(checked > 100_000, "only {checked} expansions were checked");
}

#[test]
fn every_pair_is_told_alike_in_both_orders() {
    let semrel = semrel();
    let lexicon = semrel.lexicon();
    for term in lexicon.terms() {
        for posting in term.postings() {
            let other = lexicon.term(posting.target).unwrap();
            let back = other.posting(term.id()).unwrap();
            assert_eq!(back.relation, posting.relation);
            assert_eq!(back.weight, posting.weight);
            assert_eq!(back.guarded, posting.guarded);
        }
    }
}

#[test]
fn every_term_is_found_by_its_own_text() {
    let semrel = semrel();
    for term in semrel.lexicon().terms() {
        let found = semrel.lexicon().lookup(term.text()).next().unwrap();
        assert_eq!(found.id(), term.id(), "{}", term.text());
    }
}

#[test]
fn a_group_is_a_set_of_synonyms_with_a_preferred_member() {
    let semrel = semrel();
    let lexicon = semrel.lexicon();
    for group in lexicon.groups() {
        let members: Vec<_> = group.members().collect();
        let preferred = group.preferred().unwrap();
        assert!(members.iter().any(|m| m.id() == preferred.id()));
        for a in &members {
            for b in &members {
                let posting = a.posting(b.id());
                assert!(
                    a.id() == b.id() || posting.is_some_and(|p| p.relation == Relation::Synonym)
                );
            }
        }
    }
}

#[test]
fn what_a_lawyer_expects() {
    let semrel = semrel();
    for (a, b) in [
        ("mahfuz hisse", "saklı pay"),
        ("akit", "sözleşme"),
        ("müstecir", "kiracı"),
        ("TBK", "Türk Borçlar Kanunu"),
        ("HMK'nın", "Hukuk Muhakemeleri Kanunu"),
        ("YARGITAY", "Temyiz Mahkemesi"),
        ("kanıt", "delil"),
        ("mirasçı", "varis"),
        ("vekâletname", "vekaletname"),
    ] {
        assert_eq!(relation(&semrel, a, b), Some(Relation::Synonym), "{a}, {b}");
    }
    for (a, b) in [
        ("alacaklı", "borçlu"),
        ("alıcı", "satıcı"),
        ("davacı", "davalı"),
        ("geçerli", "geçersiz"),
        ("haklı fesih", "haksız fesih"),
        ("taşınır", "taşınmaz"),
        ("ehliyetli", "ehliyetsiz"),
    ] {
        assert_eq!(relation(&semrel, a, b), Some(Relation::Antonym), "{a}, {b}");
    }
    for (a, b) in [
        ("kira sözleşmesi", "satış sözleşmesi"),
        ("istinaf", "temyiz"),
    ] {
        assert_eq!(
            relation(&semrel, a, b),
            Some(Relation::CoHyponym),
            "{a}, {b}"
        );
    }
    let broader = semrel.relation("saklı pay", "miras payı").unwrap();
    assert_eq!(
        broader.and_then(|answer| answer.broader),
        Some(Side::Second)
    );
}

#[test]
fn drift_stays_out() {
    let semrel = semrel();
    // Joined by a chain of synonyms whose middle has two meanings, or by mere association.
    for (a, b) in [
        ("sıcak", "ağrı"),
        ("kâr", "kar"),
        ("hak", "hukuk"),
        ("dava", "dosya"),
    ] {
        let found = semrel.expand(a, &ExpandOptions::default()).unwrap();
        assert!(
            found.iter().all(|e| e.term != b),
            "{b} must not stand for {a}"
        );
    }
}

#[test]
fn a_name_is_not_the_word_in_small_letters() {
    let semrel = semrel();
    let gloss = |text: &str| {
        let term = semrel.lexicon().lookup(text).next().unwrap();
        term.gloss().unwrap_or_default()
    };
    assert!(gloss("çek").contains("ödeme emri"));
    assert!(!gloss("Çek").contains("ödeme emri"));
    assert!(gloss("YAŞ").contains("kurul"));
    assert!(!gloss("yaş").contains("kurul"));
    assert_eq!(gloss("ÇEK"), gloss("çek"));
    for (a, b) in [
        ("yaş", "Yüksek Askerî Şûra"),
        ("kap", "Kamuyu Aydınlatma Platformu"),
    ] {
        let found = semrel.expand(a, &ExpandOptions::default()).unwrap();
        assert!(
            found.iter().all(|e| e.term != b),
            "{b} must not stand for {a}"
        );
    }
}

#[test]
fn inflected_terms_are_found_by_their_dictionary_form() {
    let semrel = semrel();
    for (inflected, expected) in [
        ("kiracının", "müstecir"),
        ("kira sözleşmelerinden", "kira akdi"),
        ("mahfuz hisselerinin", "saklı pay"),
        ("mirasçılık belgelerinin", "veraset ilamı"),
    ] {
        let found = semrel.expand(inflected, &ExpandOptions::default()).unwrap();
        let expansion = found.iter().find(|e| e.term == expected);
        assert_eq!(
            expansion.map(|e| e.evidence),
            Some(Evidence::Variant),
            "{inflected}: {found:?}"
        );
    }
    let answer = semrel
        .relation("alacaklıların", "borçluya")
        .unwrap()
        .unwrap();
    assert_eq!(
        (answer.relation, answer.evidence),
        (Relation::Antonym, Evidence::Variant)
    );
    // What the lexicon has as it stands is not taken apart.
    assert_eq!(semrel.lemma("kadın"), None);
}

/// For every verb of the lexicon: its negation is not looked up as the verb itself.
#[test]
fn a_negated_verb_is_never_the_verb() {
    let semrel = semrel();
    let mut antonyms = 0;
    let mut verbs = 0;
    for term in semrel.lexicon().terms() {
        let verb = term.text();
        let negated = match (verb.strip_suffix("mek"), verb.strip_suffix("mak")) {
            (Some(stem), _) => format!("{stem}memek"),
            (_, Some(stem)) => format!("{stem}mamak"),
            _ => continue,
        };
        if semrel.knows(&negated) {
            continue;
        }
        verbs += 1;
        let mut options = all_expansions();
        // The models are slow beside the lexicon: some of the verbs will do.
        if verbs % 50 != 0 {
            options.models = ModelUse::Never;
        }
        let found = semrel.expand(&negated, &options).unwrap();
        let negative = |e: &Expansion<'_>| {
            let ending = ["mamak", "memek"].iter().any(|end| e.term.ends_with(end));
            e.evidence == Evidence::Model && ending
        };
        assert!(found.iter().all(negative), "{negated}: {found:?}");
        if let Some(answer) = semrel.relation(verb, &negated).unwrap() {
            assert_eq!(answer.relation, Relation::Antonym, "{verb}, {negated}");
            antonyms += 1;
        }
    }
    assert!(
        verbs > 4000 && antonyms * 10 > verbs * 9,
        "{antonyms} of {verbs} verbs"
    );
}

#[test]
fn forms_tell_what_the_lexicon_does_not_state() {
    let semrel = semrel();
    for (a, b, relation, evidence) in [
        (
            "haklı istifa",
            "haksız istifa",
            Relation::Antonym,
            Evidence::Composition,
        ),
        (
            "menkul rehinleri",
            "taşınır rehni",
            Relation::Synonym,
            Evidence::Variant,
        ),
        (
            "yayın ilkesi ihlali",
            "yayın ilkesinin ihlali",
            Relation::Synonym,
            Evidence::Variant,
        ),
        (
            "sözleşmenin yorumlanması",
            "akdin yorumlanması",
            Relation::Synonym,
            Evidence::Composition,
        ),
        (
            "temyiz etmek",
            "temyiz etmemek",
            Relation::Antonym,
            Evidence::Composition,
        ),
    ] {
        let answer = semrel.relation(a, b).unwrap();
        let told = answer.map(|answer| (answer.relation, answer.evidence));
        assert_eq!(told, Some((relation, evidence)), "{a}, {b}");
    }
    let neither = semrel.relation("kira bedeli", "dava dilekçesi").unwrap();
    if cfg!(feature = "model") {
        let answer = neither.unwrap();
        let told = (answer.relation, answer.evidence);
        assert_eq!(told, (Relation::Unrelated, Evidence::Model));
    } else {
        assert_eq!(neither, None);
    }
}

#[test]
fn prefix_and_fuzzy_lookup_on_real_terms() {
    let semrel = semrel();
    let lexicon: &Lexicon = semrel.lexicon();
    let found: Vec<_> = lexicon.prefix("saklı pay").map(Term::text).collect();
    assert!(found.contains(&"saklı pay"), "{found:?}");
    assert!(found.iter().all(|term| term.starts_with("saklı pay")));
    for (typo, meant) in [
        ("ihtiyati hacz", "ihtiyati haciz"),
        ("kiraci", "kiracı"),
        ("zamanasimi", "zamanaşımı"),
        ("TEMYİİZ", "temyiz"),
    ] {
        let found = lexicon.suggest(typo, 5);
        assert!(
            found.iter().any(|s| s.term.text() == meant),
            "{typo}: {found:?}"
        );
    }
}
