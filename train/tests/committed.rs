//! The committed corpus: current, consistent, and split without leaks.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use semrel::LabelledPair;
use semrel::text::normal_form;
use semrel_train::overlap::{PairKey, overlap};
use semrel_train::pairs_file;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tr")
}

fn pairs(name: &str) -> Vec<LabelledPair> {
    pairs_file::read(&folder().join(name)).unwrap()
}

fn key(pair: &LabelledPair) -> PairKey {
    PairKey::new(&pair.sentence1, &pair.sentence2)
}

fn terms(pair: &LabelledPair) -> (&str, &str) {
    (&pair.sentence1, &pair.sentence2)
}

/// The pairs of a file whose line of the part file says `train`.
fn training(file: &str, parts: &str) -> Vec<LabelledPair> {
    let pairs = pairs(file);
    let parts = fs::read_to_string(folder().join("splits").join(parts)).unwrap();
    assert_eq!(parts.lines().count(), pairs.len());
    let train = pairs.into_iter().zip(parts.lines());
    train
        .filter(|(_, part)| *part == "train")
        .map(|(pair, _)| pair)
        .collect()
}

/// Training, development and test pairs of a split; derived pairs train.
fn split(name: &str) -> [Vec<LabelledPair>; 3] {
    let mut train = training("pairs.jsonl", &format!("{name}/pairs.part"));
    train.extend(training("derived.jsonl", &format!("{name}/derived.part")));
    [
        train,
        pairs(&format!("splits/{name}/dev.jsonl")),
        pairs(&format!("splits/{name}/test.jsonl")),
    ]
}

#[test]
fn no_held_out_pair_is_in_another_part() {
    for name in ["random", "lexical"] {
        let [train, dev, test] = split(name);
        for (a, b) in [(&train, &dev), (&train, &test), (&dev, &test)] {
            let both = overlap(a.iter().map(terms), b.iter().map(terms));
            assert!(both.is_empty(), "{name}: {:?}", both.first());
        }
    }
}

#[test]
fn no_term_is_in_two_parts_of_the_lexical_split() {
    let mut parts: HashMap<String, usize> = HashMap::new();
    for (part, pairs) in split("lexical").iter().enumerate() {
        for term in pairs.iter().flat_map(|p| [&p.sentence1, &p.sentence2]) {
            let form = normal_form(term).into_owned();
            assert_eq!(*parts.entry(form).or_insert(part), part, "{term}");
        }
    }
}

#[test]
fn the_term_table_names_all_terms_held_out() {
    let table = fs::read_to_string(folder().join("splits/lexical/terms.tsv")).unwrap();
    let table: HashMap<&str, &str> = table.lines().filter_map(|l| l.split_once('\t')).collect();
    let [train, dev, test] = split("lexical");
    for (part, pairs) in [("dev", dev), ("test", test)] {
        for term in pairs.iter().flat_map(|p| [&p.sentence1, &p.sentence2]) {
            assert_eq!(table.get(&*normal_form(term)), Some(&part), "{term}");
        }
    }
    for term in train.iter().flat_map(|p| [&p.sentence1, &p.sentence2]) {
        assert_eq!(table.get(&*normal_form(term)), None, "{term}");
    }
}

#[test]
fn the_lexical_split_is_large_and_mixed_like_the_corpus() {
    let [train, dev, test] = split("lexical");
    for part in [&dev, &test] {
        assert!(part.len() >= 2_500);
        let antonyms = part
            .iter()
            .filter(|p| p.label.as_str() == "antonym")
            .count();
        assert!(antonyms >= 250, "{antonyms}");
    }
    let stated = pairs("pairs.jsonl").len() + pairs("derived.jsonl").len();
    assert!(train.len() * 100 > stated * 88);
}

#[test]
fn no_derived_pair_closes_a_triangle_over_a_held_out_pair() {
    let [_, dev, test] = split("random");
    let held: HashSet<PairKey> = dev.iter().chain(&test).map(key).collect();
    let mut related: HashMap<String, HashSet<String>> = HashMap::new();
    for pair in pairs("pairs.jsonl") {
        let key = key(&pair);
        let (a, b) = key.forms();
        related.entry(a.into()).or_default().insert(b.into());
        related.entry(b.into()).or_default().insert(a.into());
    }
    for pair in training("derived.jsonl", "random/derived.part") {
        let key = key(&pair);
        let (a, b) = key.forms();
        let (Some(around_a), Some(around_b)) = (related.get(a), related.get(b)) else {
            continue;
        };
        for third in around_a.intersection(around_b) {
            let open = [a, b]
                .iter()
                .all(|x| !held.contains(&PairKey::new(x, third)));
            assert!(open, "{a} / {b} over {third}");
        }
    }
}

#[test]
fn every_pair_is_there_once_with_one_label() {
    let mut seen: BTreeMap<(String, String), LabelledPair> = BTreeMap::new();
    for pair in pairs("pairs.jsonl")
        .into_iter()
        .chain(pairs("derived.jsonl"))
    {
        let terms = (pair.sentence1.clone(), pair.sentence2.clone());
        let reverse = (pair.sentence2.clone(), pair.sentence1.clone());
        assert!(!seen.contains_key(&reverse), "{reverse:?}");
        assert!(seen.insert(terms, pair.clone()).is_none(), "{pair:?}");
    }
}

#[test]
fn no_synonyms_are_opposed() {
    let report = fs::read_to_string(folder().join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["opposed_synonyms"], serde_json::json!([]));
}
