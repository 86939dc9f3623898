//! Models: what the engine makes of them, what is asked of them, what is wrong with them.
//!
//! `tests/fixtures/tiny-model` is a tiny random model whose classifier takes the nearer for the more
//! of a synonym: no head of the known shape, so tract runs it. `make.py` beside it makes it, and what ONNX Runtime answers.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

#[cfg(feature = "tract")]
mod answers;
#[cfg(feature = "tract")]
mod expansion;
mod files;
#[cfg(feature = "tract")]
mod parity;
#[cfg(all(feature = "tract", feature = "cli"))]
mod program;
#[cfg(not(feature = "model"))]
mod without;

use std::path::PathBuf;

use semrel::model::{ModelFiles, ModelManifest, VectorsBuilder};
use semrel::{LexiconBuilder, Manifest, Pack, PackBuilder, Semrel};
use serde::Deserialize;

/// What the lexicon says of the terms that have stored vectors, and of one that has none.
const PAIRS: &[&str] = &[
    "kiracı ! kiraya veren",
    "alıcı ! satıcı",
    "alacaklı ! borçlu",
    "borçlu ~ müşterek borçlu",
    "işveren ! işçi",
    "kira sözleşmesi & satış sözleşmesi",
    "iş sözleşmesi ~ iş akdi",
    "haklı fesih ! haksız fesih",
    "vekil ! müvekkil",
    "kıdem tazminatı & ihbar tazminatı",
    "mirasçı ~ varis",
];

/// What ONNX Runtime answered.
#[derive(Deserialize)]
struct Expected {
    #[cfg(feature = "tract")]
    embeddings: Vec<Embedded>,
    terms: Vec<Embedded>,
}

#[derive(Deserialize)]
struct Embedded {
    text: String,
    vector: Vec<f32>,
}

fn fixture(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tiny-model");
    std::fs::read(folder.join(name)).unwrap()
}

fn expected() -> Expected {
    serde_json::from_slice(&fixture("expected.json")).unwrap()
}

/// The tiny model; every neighbour that is no antonym is good enough for an expansion.
fn model_files() -> ModelFiles {
    let mut manifest = ModelManifest::from_json(&fixture("model.json")).unwrap();
    manifest.expand_threshold = 0.0;
    let mut vectors = VectorsBuilder::new(manifest.dimensions).unwrap();
    for term in expected().terms {
        vectors.add(&term.text, &term.vector).unwrap();
    }
    ModelFiles {
        manifest,
        tokenizer: fixture("tokenizer.json"),
        embedder: fixture("embedder.onnx"),
        classifier: fixture("classifier.onnx"),
        vectors: vectors.build().unwrap(),
    }
}

/// A pack without models: the pairs, and every term that the models have a vector of.
fn pack_builder() -> PackBuilder {
    let mut lexicon = LexiconBuilder::new();
    for pair in PAIRS {
        lexicon.add_pair(&common::pair(pair)).unwrap();
    }
    for term in expected().terms {
        let record = serde_json::json!({ "term": term.text }).to_string();
        let record = semrel::Record::from_json(&record).unwrap();
        lexicon.add(&record).unwrap();
    }
    let (image, report) = lexicon.build().unwrap();
    PackBuilder::new(Manifest::new("test", "tr", "1"), image, &report)
}

fn pack_with(files: ModelFiles) -> Pack {
    let pack = pack_builder().model(files).unwrap();
    Pack::from_bytes(pack.to_bytes().unwrap()).unwrap()
}

#[cfg_attr(
    all(feature = "model", not(feature = "tract")),
    expect(dead_code, reason = "the tiny classifier runs on tract")
)]
fn semrel() -> Semrel {
    Semrel::new(pack_with(model_files())).unwrap()
}
