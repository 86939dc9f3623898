//! The engine gives what ONNX Runtime gives.

use semrel::Embedding;

use super::{expected, semrel};

#[test]
fn vectors_are_those_of_onnx_runtime() {
    let semrel = semrel();
    for given in expected().embeddings {
        let ours = semrel.embed(&given.text).unwrap();
        let theirs = Embedding::new(given.vector).unwrap();
        assert_eq!(ours.dimensions(), theirs.dimensions());
        let cosine = ours.cosine(&theirs);
        assert!(cosine > 0.999, "{}: {cosine}", given.text);
    }
}

#[test]
fn stored_vectors_are_those_of_the_embedder() {
    let semrel = semrel();
    for given in expected().terms {
        let stored = semrel.embed(&given.text).unwrap();
        let theirs = Embedding::new(given.vector).unwrap();
        assert!(stored.cosine(&theirs) > 0.999, "{}", given.text);
    }
}
