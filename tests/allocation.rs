//! What promises not to allocate does not: analysis of a word, lookup of a term, answers of the
//! lexicon in a vector of the caller's.
#![cfg(feature = "tr")]
#![allow(clippy::unwrap_used)]

#[path = "common/counting.rs"]
mod counting;

use counting::allocations;
use semrel::morphology::{Analyzer, Scratch};
use semrel::{ExpandOptions, Relation, Semrel};

#[test]
fn the_counter_counts() {
    assert_eq!(
        allocations(|| drop(std::hint::black_box(vec![0u8; 100]))),
        1
    );
}

#[test]
fn analysis_does_not_allocate() {
    let analyzer = Analyzer::turkish();
    let mut scratch = Scratch::new();
    let words = [
        "kiracının",
        "tahliyesine",
        "DAVALARDA",
        "ödenmediğinden",
        "haksızlığa",
        "TBK'nın",
        "mirasçılık",
        "sözleşmesinin",
        "hakkında",
        "feshedilmesinden",
        "1982'nin",
        "xyzw",
        "muvafakatnamesi",
        "blokzincirinin",
    ];
    analyzer.analyze_into(&mut scratch, words[0]);
    for word in words {
        let count = allocations(|| {
            for reading in analyzer.analyze_into(&mut scratch, word).iter() {
                std::hint::black_box((reading.features(), reading.cost()));
            }
        });
        assert_eq!(count, 0, "{word}");
    }
}

#[test]
fn looking_up_a_normal_form_does_not_allocate() {
    let semrel = Semrel::turkish().unwrap();
    for text in [
        "saklı pay",
        "kira sözleşmesi",
        "alacaklı",
        "bilinmeyen bir söz",
    ] {
        let count = allocations(|| {
            for term in semrel.lexicon().lookup(text) {
                std::hint::black_box((term.text(), term.postings().count()));
            }
        });
        assert_eq!(count, 0, "{text}");
    }
}

#[cfg(feature = "model")]
#[test]
fn models_do_not_allocate_once_warm() {
    use semrel::inference::{Encoder, PairHead, PairRow};

    const EMBEDDER: &[u8] = include_bytes!("../models/tr/embedder.onnx");
    const CLASSIFIER: &[u8] = include_bytes!("../models/tr/classifier.onnx");
    let encoder = Encoder::from_onnx(EMBEDDER).unwrap();
    let mut session = encoder.session();
    let sequences: [&[u32]; 3] = [&[2, 57, 3], &[2, 57, 912, 1200, 44, 3], &[2, 9, 3]];
    let mut vectors = vec![0.0; 3 * encoder.dimensions()];
    session.encode(&sequences, &mut vectors).unwrap();
    let count = allocations(|| session.encode(&sequences, &mut vectors).unwrap());
    assert_eq!(count, 0, "a batch that was seen before");
    let count = allocations(|| session.encode(&sequences[..1], &mut vectors[..96]).unwrap());
    assert_eq!(count, 0, "a shorter one");

    let head = PairHead::from_onnx(CLASSIFIER, 96, 70).unwrap();
    let mut session = head.session();
    let (zeros, features) = ([0.0; 96], [0.0; 70]);
    let vectors: Vec<&[f32]> = vectors.chunks(96).collect();
    let pair = |at: usize| PairRow {
        a: vectors[0],
        b: vectors[at % 3],
        // Pairs that share words, and pairs that do not.
        remainder_a: if at % 2 == 0 { vectors[0] } else { &zeros },
        remainder_b: vectors[at % 3],
        features: &features,
    };
    let pairs: Vec<PairRow<'_>> = (0..300).map(pair).collect();
    let mut logits = vec![[0.0; 4]; pairs.len()];
    session.logits(&pairs, &mut logits).unwrap();
    let count = allocations(|| session.logits(&pairs, &mut logits).unwrap());
    assert_eq!(count, 0);
}

#[test]
fn relations_and_expansions_of_the_lexicon_do_not_allocate() {
    let semrel = Semrel::turkish().unwrap();
    let mut options = ExpandOptions::default();
    options.relations.push(Relation::CoHyponym);
    options.limit = 5;
    let terms = ["mahfuz hisse", "kira sözleşmesi", "alacaklı"];
    let mut found = Vec::new();
    let mut answers = Vec::new();
    for term in terms {
        let mut ask = || {
            semrel.expand_into(term, &options, &mut found).unwrap();
            let pairs = found.iter().map(|expansion| (term, expansion.term));
            semrel.relations_into(pairs, &mut answers).unwrap();
            assert!(!answers.is_empty() && answers.iter().all(Option::is_some));
        };
        ask();
        assert_eq!(allocations(ask), 0, "{term}");
    }
}
