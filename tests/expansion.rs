//! What may stand for a term, and what never may.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{PAIRS, all_expansions, pack, pair, semrel};
use proptest::prelude::*;
use semrel::{
    Evidence, ExpandOptions, LabelledPair, LexiconBuilder, Manifest, Overlay, Pack, PackBuilder,
    Pos, Relation, Semrel, Side, TermRecord,
};

fn expand(semrel: &Semrel, term: &str) -> Vec<String> {
    expand_with(semrel, term, &ExpandOptions::default())
}

fn expand_with(semrel: &Semrel, term: &str, options: &ExpandOptions) -> Vec<String> {
    let expansions = semrel.expand(term, options).unwrap();
    expansions.iter().map(|e| e.term.to_owned()).collect()
}

#[test]
fn an_old_term_finds_the_new_one_with_everything_known_of_it() {
    let semrel = semrel(PAIRS);
    let found = semrel
        .expand("Mahfuz Hisse", &ExpandOptions::default())
        .unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].term, "saklı pay");
    assert_eq!(found[0].relation, Relation::Synonym);
    assert_eq!(found[0].score, 0.95);
    assert_eq!(found[0].evidence, Evidence::Lexicon);
    assert_eq!(found[0].source, Some("entry"));
    let term = semrel.lexicon().term(found[0].id.unwrap()).unwrap();
    assert_eq!(
        term.gloss().unwrap(),
        "yasal miras payının dokunulamaz bölümü"
    );
    let sense = term.senses().next().unwrap();
    assert_eq!(sense.domain(), Some("inheritance"));
    assert_eq!(sense.hypernym().unwrap().text(), "miras payı");
}

#[test]
fn meaning_does_not_drift_along_a_chain() {
    let semrel = semrel(PAIRS);
    assert_eq!(expand(&semrel, "sıcak"), ["acı"]);
    assert_eq!(expand(&semrel, "ağrı"), ["acı"]);
    assert!(semrel.relation("sıcak", "ağrı").unwrap().is_none());
}

#[test]
fn synonyms_of_synonyms_hold_where_all_agree() {
    let semrel = semrel(PAIRS);
    assert_eq!(
        expand(&semrel, "ileri sürmek"),
        ["iddia etmek", "serdetmek", "öne sürmek"]
    );
    let found = semrel
        .expand("ileri sürmek", &ExpandOptions::default())
        .unwrap();
    assert_eq!((found[2].distance, found[0].distance), (2, 1));
    assert!(found[2].score < found[1].score);
    let mut direct = ExpandOptions::default();
    direct.max_distance = 1;
    assert_eq!(
        expand_with(&semrel, "ileri sürmek", &direct),
        ["iddia etmek", "serdetmek"]
    );
}

#[test]
fn antonyms_by_any_path_stay_out() {
    let mut pairs = PAIRS.to_vec();
    // Mistakes of the kind that look-alike neighbours bring in.
    pairs.extend(["muteber ~ hükümsüz", "dain & medyun"]);
    let semrel = semrel(&pairs);
    for (term, never) in [
        ("muteber", "hükümsüz"),
        ("hükümsüz", "muteber"),
        ("muteber", "geçersiz"),
        ("alacaklı", "medyun"),
        ("dain", "medyun"),
        ("alacaklı", "borçlu"),
    ] {
        let found = expand_with(&semrel, term, &all_expansions());
        assert!(!found.iter().any(|t| t == never), "{term}: {found:?}");
    }
    // What the labels say is still told, only not used.
    let told = semrel.relation("muteber", "hükümsüz").unwrap().unwrap();
    assert_eq!(told.relation, Relation::Synonym);
}

#[test]
fn asking_for_antonyms_is_an_error() {
    let semrel = semrel(PAIRS);
    let mut options = ExpandOptions::default();
    options.relations = vec![Relation::Synonym, Relation::Antonym];
    let error = semrel.expand("alacaklı", &options).unwrap_err();
    assert!(error.to_string().contains("never stand for a term"));
    options.relations = vec![];
    assert!(semrel.expand("alacaklı", &options).is_err());
    options = ExpandOptions::default();
    options.min_score = f32::NAN;
    assert!(semrel.expand("alacaklı", &options).is_err());
}

#[test]
fn one_way_rules_work_one_way() {
    let semrel = semrel(PAIRS);
    assert_eq!(expand(&semrel, "hukuk"), ["medeni hukuk"]);
    assert_eq!(expand(&semrel, "medeni hukuk"), [] as [&str; 0]);
    assert!(semrel.relation("medeni hukuk", "hukuk").unwrap().is_some());
}

#[test]
fn spellings_and_inflected_abbreviations_are_found() {
    let semrel = semrel(PAIRS);
    assert_eq!(
        expand(&semrel, "TBK’nın"),
        ["6098 sayılı Kanun", "Türk Borçlar Kanunu"]
    );
    assert_eq!(expand(&semrel, "TÜRK BORÇLAR KANUNU'NUN"), ["TBK"]);
    assert_eq!(expand(&semrel, "DEF'İ"), ["def'i hakkı"]);
    // hakim is labelled another spelling of hâkim, kar is not one of kâr.
    assert_eq!(expand(&semrel, "hakim"), ["hâkim", "yargıç"]);
    assert_eq!(expand(&semrel, "KÂR"), ["kazanç"]);
    assert_eq!(expand(&semrel, "kar"), [] as [&str; 0]);
    let meant: Vec<_> = semrel
        .suggest("kar", 3)
        .iter()
        .map(|s| s.term.text())
        .collect();
    assert_eq!(meant, ["kâr"]);
    // Only one of the two is asked for by a spelling that neither has.
    assert_eq!(expand(&semrel, "yargiç"), [] as [&str; 0]);
    let meant: Vec<_> = semrel
        .suggest("yargiç", 3)
        .iter()
        .map(|s| s.term.text())
        .collect();
    assert_eq!(meant, ["yargıç"]);
}

#[test]
fn ways_of_writing_are_one_term_unless_one_is_a_name() {
    let mut builder = LexiconBuilder::new();
    for (term, pos) in [
        ("Çek", Pos::Name),
        ("çek", Pos::Noun),
        ("Kira Bedeli", Pos::Noun),
    ] {
        let record = TermRecord {
            term: term.to_owned(),
            pos: Some(pos),
            ..TermRecord::default()
        };
        builder.add_term(&record).unwrap();
    }
    for text in [
        "çek ~ banka çeki",
        "Çek ~ Çekyalı",
        "kira bedeli ~ kira parası",
        "KİRA BEDELİ ~ icar",
    ] {
        builder.add_pair(&pair(text)).unwrap();
    }
    let (image, report) = builder.build().unwrap();
    assert_eq!((report.terms, report.pairs()), (7, 4));
    let pack = PackBuilder::new(Manifest::new("case", "tr", "1"), image, &report);
    let semrel = Semrel::new(Pack::from_bytes(pack.to_bytes().unwrap()).unwrap()).unwrap();
    assert_eq!(expand(&semrel, "ÇEK"), ["banka çeki"]);
    assert_eq!(expand(&semrel, "Çek"), ["Çekyalı"]);
    assert_eq!(expand(&semrel, "kira bedeli"), ["icar", "kira parası"]);
    assert_eq!(expand(&semrel, "icar"), ["Kira Bedeli"]);
}

#[test]
fn relations_are_told_in_both_orders() {
    let semrel = semrel(PAIRS);
    for (a, b, relation) in [
        ("alıcı", "satıcı", Relation::Antonym),
        ("KİRA SÖZLEŞMESİ", "satış sözleşmesi", Relation::CoHyponym),
        ("mahfuz hisse", "Saklı Pay", Relation::Synonym),
    ] {
        for (x, y) in [(a, b), (b, a)] {
            let answer = semrel.relation(x, y).unwrap().unwrap();
            assert_eq!(answer.relation, relation, "{x}, {y}");
            assert_eq!(answer.scores.best(), relation);
            assert_eq!(answer.evidence, Evidence::Lexicon);
        }
    }
    assert!(
        semrel
            .relation("alıcı", "kira sözleşmesi")
            .unwrap()
            .is_none()
    );
    let answer = semrel.relation("feragat", "FERAGAT").unwrap().unwrap();
    assert_eq!(
        (answer.relation, answer.evidence),
        (Relation::Synonym, Evidence::Variant)
    );
    let answer = semrel.relation("miras payı", "saklı pay").unwrap().unwrap();
    assert_eq!(answer.relation, Relation::Unrelated);
    assert_eq!(answer.broader, Some(Side::First));
    assert!(semrel.relation("alıcı", " ").is_err());
    assert!(semrel.relation(&"a".repeat(1 << 20), "b").is_err());
}

#[test]
fn the_users_entries_take_precedence() {
    let mut overlay = Overlay::new();
    overlay
        .add(LabelledPair::new("müvekkil", "danışan", Relation::Synonym))
        .unwrap();
    overlay
        .add(LabelledPair::new("Müşteri", "danışan", Relation::Synonym))
        .unwrap();
    overlay.add(pair("alıcı & müşteri")).unwrap();
    overlay.add(pair("danışan > iş sahibi")).unwrap();
    overlay.forbid("saklı pay", "MAHFUZ HİSSE").unwrap();
    let semrel = Semrel::with_overlay(pack(PAIRS), overlay).unwrap();

    assert_eq!(
        expand(&semrel, "danışan"),
        ["müşteri", "müvekkil", "iş sahibi"]
    );
    assert_eq!(expand(&semrel, "iş sahibi"), [] as [&str; 0]);
    assert_eq!(expand(&semrel, "MÜVEKKİL"), ["danışan"]);
    assert_eq!(expand(&semrel, "saklı pay"), [] as [&str; 0]);
    assert_eq!(expand(&semrel, "alıcı"), [] as [&str; 0]);
    let answer = semrel.relation("alıcı", "müşteri").unwrap().unwrap();
    assert_eq!(answer.relation, Relation::CoHyponym);
    assert_eq!(answer.source, Some("overlay"));
    assert!(semrel.knows("müvekkil"));
}

#[test]
fn an_overlay_cannot_smuggle_an_antonym_in() {
    let mut overlay = Overlay::new();
    // alacaklı ! borçlu, borçlu ~ medyun are in the lexicon.
    overlay.add(pair("alacaklı ~ medyun")).unwrap();
    let semrel = Semrel::with_overlay(pack(PAIRS), overlay).unwrap();
    assert_eq!(expand(&semrel, "alacaklı"), ["dain"]);

    let mut overlay = Overlay::new();
    overlay.add(pair("saklı pay ! mahfuz hisse")).unwrap();
    let semrel = Semrel::with_overlay(pack(PAIRS), overlay).unwrap();
    assert_eq!(expand(&semrel, "saklı pay"), [] as [&str; 0]);
}

/// The graph of labelled pairs, read the plain way.
#[derive(Default)]
struct Naive {
    synonyms: BTreeMap<u8, BTreeSet<u8>>,
    antonyms: BTreeMap<u8, BTreeSet<u8>>,
}

impl Naive {
    fn is_opposite(&self, a: u8, b: u8) -> bool {
        let step = |from: u8, map: &BTreeMap<u8, BTreeSet<u8>>| {
            map.get(&from).cloned().unwrap_or_default()
        };
        let with_synonyms = |term: u8| {
            let mut terms = step(term, &self.synonyms);
            terms.insert(term);
            terms
        };
        with_synonyms(a).into_iter().any(|x| {
            with_synonyms(b)
                .into_iter()
                .any(|y| step(x, &self.antonyms).contains(&y))
        })
    }
}

fn build(pairs: &[LabelledPair]) -> Semrel {
    let mut builder = LexiconBuilder::new();
    for pair in pairs {
        builder.add_pair(pair).unwrap();
    }
    let (image, report) = builder.build().unwrap();
    let pack = PackBuilder::new(Manifest::new("random", "tr", "1"), image, &report);
    Semrel::new(Pack::from_bytes(pack.to_bytes().unwrap()).unwrap()).unwrap()
}

fn name(term: u8) -> String {
    format!("terim {term}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn on_any_graph_no_opposite_leaves_and_expansion_is_symmetric(
        edges in prop::collection::btree_map((0u8..24, 0u8..24), 0u8..4, 0..90),
    ) {
        let mut naive = Naive::default();
        let mut labelled = BTreeMap::new();
        let mut pairs = Vec::new();
        for (&(a, b), &kind) in &edges {
            if a >= b {
                continue;
            }
            let relation = if kind == 3 { Relation::Antonym } else { Relation::Synonym };
            let map = if kind == 3 { &mut naive.antonyms } else { &mut naive.synonyms };
            map.entry(a).or_default().insert(b);
            map.entry(b).or_default().insert(a);
            labelled.insert((a, b), relation);
            pairs.push(LabelledPair::new(name(a), name(b), relation));
        }
        let semrel = build(&pairs);
        let mut found: BTreeMap<(u8, u8), u8> = BTreeMap::new();
        for a in 0..24 {
            for expansion in semrel.expand(&name(a), &all_expansions()).unwrap() {
                let b: u8 = expansion.term["terim ".len()..].parse().unwrap();
                prop_assert!(!naive.is_opposite(a, b), "{} for {}", b, a);
                found.insert((a, b), expansion.distance);
            }
        }
        for (&(a, b), distance) in &found {
            prop_assert_eq!(found.get(&(b, a)), Some(distance));
        }
        // Nothing that is labelled a synonym and is no opposite gets lost.
        for (&(a, b), &relation) in &labelled {
            if relation == Relation::Synonym && !found.contains_key(&(a, b)) {
                let through_transitive = found.iter().any(|(_, &d)| d == 2);
                prop_assert!(naive.is_opposite(a, b) || naive.is_opposite(b, a) || through_transitive);
            }
        }
    }
}
