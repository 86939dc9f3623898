//! The engine gives what ONNX Runtime gives.

use semrel::Embedding;

use super::{expected, semrel};

#[test]
fn vectors_are_those_of_onnx_runtime() {
    let semrel = semrel();
    let stored: Vec<String> = expected().terms.into_iter().map(|t| t.text).collect();
    let texts = expected().embeddings;
    let embedded = texts.iter().filter(|given| !stored.contains(&given.text));
    assert!(embedded.clone().count() > 3);
    for given in embedded {
        let ours = semrel.embed(&given.text).unwrap();
        let theirs = Embedding::new(&given.vector[..]).unwrap();
        assert_eq!(ours.dimensions(), theirs.dimensions());
        let cosine = ours.cosine(&theirs);
        assert!(cosine > 0.999, "{}: {cosine}", given.text);
    }
}

#[test]
fn stored_vectors_are_those_of_the_embedder_in_four_bits() {
    let semrel = semrel();
    for given in expected().terms {
        let stored = semrel.embed(&given.text).unwrap();
        let theirs = Embedding::new(given.vector).unwrap();
        assert!(stored.cosine(&theirs) > 0.98, "{}", given.text);
    }
}
