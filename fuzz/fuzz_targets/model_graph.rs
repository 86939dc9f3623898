//! Any bytes as the graph of an encoder or a relation head: refused, or safe to run.
#![no_main]

use libfuzzer_sys::fuzz_target;
use semrel::inference::{Encoder, PairHead, PairRow};

/// Of the tiny model that is the seed.
const DIMENSIONS: usize = 8;
const FEATURES: usize = 70;

fuzz_target!(|data: &[u8]| {
    if let Ok(encoder) = Encoder::from_onnx(data.to_vec()) {
        let mut vectors = vec![0.0; 2 * encoder.dimensions()];
        let _ = encoder
            .session()
            .encode(&[&[2, 5, 3], &[2, 3]], &mut vectors);
    }
    if let Ok(head) = PairHead::from_onnx(data.to_vec(), DIMENSIONS, FEATURES) {
        let (vector, features) = ([0.5; DIMENSIONS], [0.25; FEATURES]);
        let row = PairRow {
            a: &vector,
            b: &vector,
            remainder_a: &vector,
            remainder_b: &vector,
            features: &features,
        };
        let _ = head.session().logits(&[row], &mut [[0.0; 4]]);
    }
});
