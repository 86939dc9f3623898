//! The rules of the corpus, on small entries.

#![allow(clippy::unwrap_used)]

use semrel::{LabelledPair, Pos, Relation};
use semrel_train::corpus::Corpus;
use semrel_train::corrections::Corrections;
use semrel_train::entries::Entry;
use semrel_train::neighbours::{self, Neighbours};

fn entries(lines: &[&str]) -> Vec<Entry> {
    lines
        .iter()
        .enumerate()
        .map(|(i, line)| Entry::from_line(&format!("t{i}"), line).unwrap())
        .collect()
}

fn corpus_of(lines: &[&str], neighbours: Vec<Neighbours>, corrections: &str) -> Corpus {
    let corrections = Corrections::read(corrections.as_bytes()).unwrap();
    Corpus::new(entries(lines), neighbours, &corrections).unwrap()
}

fn corpus(lines: &[&str]) -> Corpus {
    corpus_of(lines, Vec::new(), "")
}

fn find<'a>(pairs: &'a [LabelledPair], a: &str, b: &str) -> Option<&'a LabelledPair> {
    pairs
        .iter()
        .find(|p| (p.sentence1 == a && p.sentence2 == b) || (p.sentence1 == b && p.sentence2 == a))
}

fn label(pairs: &[LabelledPair], a: &str, b: &str) -> Option<Relation> {
    find(pairs, a, b).map(|pair| pair.label)
}

const RESERVED: &str = "saklı pay\tnoun\tyasal miras payının dokunulamaz bölümü\tmahfuz hisse ; mahfuz pay\ttasarruf edilebilir kısım\tatanmış mirasçı payı\tmiras payı\tinheritance";

#[test]
fn a_pair_is_stated_once_with_what_its_entry_says() {
    let corpus = corpus(&[
        RESERVED,
        "mahfuz hisse\tnoun\tsaklı pay\tsaklı pay\t\t\t\told-new",
    ]);
    let pairs: Vec<_> = corpus
        .pairs
        .iter()
        .filter(|p| p.label == Relation::Synonym)
        .collect();
    assert_eq!(pairs.len(), 2);
    let pair = find(&corpus.pairs, "saklı pay", "mahfuz hisse").unwrap();
    assert_eq!(pair.domain.as_deref(), Some("inheritance"));
    assert_eq!(pair.source.as_deref(), Some("entry"));
    assert_eq!(pair.pos, Some(Pos::Noun));
    let once = find(&corpus.pairs, "saklı pay", "mahfuz pay").unwrap();
    assert!(pair.weight > once.weight);
}

#[test]
fn synonyms_of_one_entry_are_synonyms_and_share_its_antonym() {
    let corpus = corpus(&[RESERVED]);
    assert_eq!(
        label(&corpus.derived, "mahfuz hisse", "mahfuz pay"),
        Some(Relation::Synonym)
    );
    assert_eq!(
        label(&corpus.derived, "mahfuz pay", "tasarruf edilebilir kısım"),
        Some(Relation::Antonym)
    );
    assert_eq!(corpus.derived.len(), 3);
}

#[test]
fn nothing_is_derived_against_a_stated_label() {
    let corpus = corpus(&[
        RESERVED,
        "mahfuz pay\tnoun\t\t\t\tmahfuz hisse\t\tinheritance",
        "tasarruf edilebilir kısım\tnoun\t\t\t\tmahfuz pay\t\tinheritance",
    ]);
    assert_eq!(label(&corpus.derived, "mahfuz hisse", "mahfuz pay"), None);
    assert_eq!(
        label(&corpus.derived, "mahfuz pay", "tasarruf edilebilir kısım"),
        None
    );
    assert_eq!(corpus.report.not_derived.stated_otherwise, 2);
}

#[test]
fn single_words_of_the_glossary_are_shades_not_synonyms() {
    let corpus =
        corpus(&["talik\tnoun\t\tasma ; erteleme ; ileri bırakma ; geri bırakma\t\t\t\tglossary"]);
    assert_eq!(label(&corpus.derived, "asma", "erteleme"), None);
    assert!(label(&corpus.derived, "ileri bırakma", "geri bırakma").is_some());
}

#[test]
fn opposites_never_become_synonyms() {
    let corpus = corpus(&[
        "açık\tadj\t\tbelirgin ; aleni\t\t\t\tgeneral",
        "örtülü\tadj\t\tgizli\taleni\t\t\tgeneral",
        "kapalı\tadj\t\tbelirgin ; gizli\t\t\t\tlegal-antonyms",
    ]);
    assert_eq!(label(&corpus.derived, "belirgin", "gizli"), None);
    assert!(corpus.report.not_derived.opposed > 0);
}

#[test]
fn opposed_statements_are_reported() {
    let corpus = corpus(&[
        "geçerli\tadj\t\tmuteber\tgeçersiz\t\t\tobligations",
        "geçersiz\tadj\t\tmuteber\t\t\t\tobligations",
    ]);
    assert_eq!(corpus.report.opposed_synonyms.len(), 2);
}

#[test]
fn heads_under_a_specific_hypernym_are_co_hyponyms() {
    let corpus = corpus(&[
        "factoring sözleşmesi\tnoun\t\t\t\t\talacak devri sözleşmesi\tcontracts",
        "forfeting sözleşmesi\tnoun\t\t\t\t\talacak devri sözleşmesi\tcontracts",
        "ticari factoring sözleşmesi\tnoun\t\t\t\t\talacak devri sözleşmesi\tcontracts",
        "kira sözleşmesi\tnoun\t\t\t\t\tsözleşme\tcontracts",
        "satış sözleşmesi\tnoun\t\t\t\t\tsözleşme\tcontracts",
    ]);
    let siblings: Vec<_> = corpus
        .derived
        .iter()
        .map(|p| (p.sentence1.as_str(), p.sentence2.as_str()))
        .collect();
    assert_eq!(
        siblings,
        [
            ("factoring sözleşmesi", "forfeting sözleşmesi"),
            ("forfeting sözleşmesi", "ticari factoring sözleşmesi"),
        ]
    );
}

#[test]
fn siblings_joined_by_synonyms_or_antonyms_are_not_derived() {
    let corpus = corpus(&[
        "distribütör\tnoun\t\ttek satıcı\t\t\tticari aracı kişi\tcommercial",
        "dağıtıcı\tnoun\t\ttek satıcı\t\t\tticari aracı kişi\tcommercial",
    ]);
    assert_eq!(label(&corpus.derived, "distribütör", "dağıtıcı"), None);
}

#[test]
fn a_conflict_is_resolved_and_told() {
    let corpus = corpus(&[
        "komisyonculuk\tnoun\t\t\t\tsimsarlık\t\tcontracts",
        "simsarlık\tnoun\t\tkomisyonculuk\t\t\t\tcontracts",
    ]);
    let pair = find(&corpus.pairs, "komisyonculuk", "simsarlık").unwrap();
    assert_eq!(pair.label, Relation::CoHyponym);
    assert_eq!(pair.weight, Some(0.75));
    assert_eq!(
        corpus.conflicts.lines().nth(1),
        Some(
            "komisyonculuk\tsimsarlık\tco_hyponym\tcaution\tsynonym (simsarlık, contracts); co_hyponym (komisyonculuk, contracts)"
        )
    );
}

#[test]
fn spellings_are_kept_and_self_pairs_are_not() {
    let corpus = corpus(&[
        "hâkim\tnoun\t\thakim ; yargıç\t\t\t\tprocedure",
        "hakim\tnoun\t\tyargıç\t\t\t\tgeneral",
        "e-posta\tnoun\t\te posta\t\t\t\tip-it",
    ]);
    let pair = find(&corpus.pairs, "hâkim", "hakim").unwrap();
    assert_eq!(pair.source.as_deref(), Some("spelling"));
    assert_eq!(
        corpus.pairs.len(),
        2,
        "yargıç is stated once, by two entries"
    );
    assert_eq!(corpus.report.self_pairs, 1);
}

#[test]
fn homographs_stay_apart() {
    let lines = [
        "kâr\tnoun\t\tkazanç\tzarar\t\t\tcommercial",
        "kar\tnoun\t\t\t\tyağmur\t\tgeneral",
    ];
    let homograph = "homograph\tkâr\t\t\t\tprofit, not snow";
    let corpus = corpus_of(&lines, Vec::new(), homograph);
    assert_eq!(
        label(&corpus.pairs, "kâr", "zarar"),
        Some(Relation::Antonym)
    );
    assert_eq!(
        label(&corpus.pairs, "kar", "yağmur"),
        Some(Relation::CoHyponym)
    );
    assert_eq!(label(&corpus.pairs, "kar", "zarar"), None);
}

#[test]
fn corrections_reach_what_follows_from_a_statement() {
    let correction = "relabel\tsaklı pay\tmahfuz pay\tsynonym\tco_hyponym\tfor the test";
    let corpus = corpus_of(&[RESERVED], Vec::new(), correction);
    assert_eq!(
        label(&corpus.pairs, "saklı pay", "mahfuz pay"),
        Some(Relation::CoHyponym)
    );
    assert_eq!(label(&corpus.derived, "mahfuz hisse", "mahfuz pay"), None);
    let corpus = corpus_of(
        &[RESERVED],
        Vec::new(),
        "no-derive\tmahfuz hisse\tmahfuz pay\tsynonym\t\tfor the test",
    );
    assert_eq!(corpus.report.not_derived.corrected, 1);
}

#[test]
fn a_stale_correction_is_an_error() {
    let corrections = "drop\tsaklı pay\tmahfuz pay\tantonym\t\tfor the test";
    let corrections = Corrections::read(corrections.as_bytes()).unwrap();
    let error = Corpus::new(entries(&[RESERVED]), Vec::new(), &corrections).unwrap_err();
    assert!(error.to_string().contains("changes nothing"), "{error}");
}

#[test]
fn hypernyms_are_directed_and_unrelated_pairs_are_kept() {
    let lines = r#"{"sentence1":"kaldırma","sentence2":"içerik kaldırma","label":"hypernym"}
{"sentence1":"çeyiz","sentence2":"yedek","label":"unrelated"}"#;
    let (mut pairs, problems) = neighbours::read(lines.as_bytes());
    assert!(problems.is_empty());
    neighbours::orient(&mut pairs, "içerik kaldırma\tkaldırma".as_bytes()).unwrap();
    let corpus = corpus_of(&[RESERVED], pairs, "");
    let hypernyms: Vec<_> = corpus
        .hypernyms
        .iter()
        .map(|p| {
            (
                p.sentence1.as_str(),
                p.sentence2.as_str(),
                p.source.as_str(),
            )
        })
        .collect();
    assert_eq!(
        hypernyms,
        [
            ("içerik kaldırma", "kaldırma", "neighbour-pairs"),
            ("saklı pay", "miras payı", "entry"),
        ]
    );
    assert_eq!(
        label(&corpus.pairs, "çeyiz", "yedek"),
        Some(Relation::Unrelated)
    );
}
