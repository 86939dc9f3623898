//! Fused steps against tract and ONNX Runtime, and against files that are none.

use bytes::Bytes;
use proptest::prelude::*;
use serde_json::Value;

use super::graph::Graph;
use super::kernels::Kernel;
#[cfg(feature = "tract")]
use super::tract::{TractEncoder, TractHead};
use super::*;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tiny-model/");

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{FOLDER}{name}")).unwrap()
}

fn numbers(list: &Value) -> Vec<f32> {
    serde_json::from_value(list.clone()).unwrap()
}

/// Ids and vectors of ten strings by ONNX Runtime.
fn expected() -> Vec<(Vec<u32>, Vec<f32>)> {
    let expected: Value = serde_json::from_slice(&fixture("expected.json")).unwrap();
    let of = |e: &Value| (serde_json::from_value(e["ids"].clone()).unwrap(), numbers(&e["vector"]));
    expected["embeddings"].as_array().unwrap().iter().map(of).collect()
}

fn encode(encoder: &Encoder, sequences: &[&[u32]]) -> Vec<Vec<f32>> {
    let mut out = vec![0.0; sequences.len() * encoder.dimensions()];
    encoder.session().encode(sequences, &mut out).unwrap();
    out.chunks(encoder.dimensions()).map(<[f32]>::to_vec).collect()
}

fn assert_near(a: &[f32], b: &[f32], tolerance: f32) {
    assert_eq!(a.len(), b.len());
    for (x, y) in a.iter().zip(b) {
        assert!((x - y).abs() <= tolerance, "{a:?} is not {b:?}");
    }
}

#[test]
fn vectors_are_those_of_onnx_runtime() {
    let encoder = Encoder::from_onnx(fixture("embedder.onnx")).unwrap();
    assert!(encoder.kernel().is_some(), "the graph was not understood");
    for (ids, vector) in expected() {
        assert_near(&encode(&encoder, &[&ids])[0], &vector, 2e-5);
    }
}

#[test]
fn a_vector_depends_neither_on_its_batch_nor_on_the_kernel() {
    let expected = expected();
    let mut sequences: Vec<&[u32]> = expected.iter().map(|(ids, _)| &ids[..]).collect();
    for _ in 0..3 {
        sequences.extend_from_within(..);
    }
    let encoder = Encoder::from_onnx(fixture("embedder.onnx")).unwrap();
    let together = encode(&encoder, &sequences);
    for (ids, vector) in sequences.iter().zip(&together) {
        assert_eq!(&encode(&encoder, &[ids])[0], vector);
    }
    for kernel in Kernel::available() {
        let encoder = Encoder::with_kernel(fixture("embedder.onnx"), kernel.name()).unwrap();
        assert_eq!(encode(&encoder, &sequences), together, "{}", kernel.name());
    }
}

#[cfg(feature = "tract")]
#[test]
fn a_graph_that_is_not_understood_runs_on_tract_with_its_products_replaced() {
    let encoder = TractEncoder::read(&fixture("embedder.onnx")).unwrap();
    for (ids, vector) in expected() {
        let mut out = vec![0.0; encoder.dimensions()];
        encoder.run(&[&ids], &mut out).unwrap();
        assert_near(&out, &vector, 2e-5);
    }
    assert!(encoder.operators().iter().any(|name| name == "SemrelDense"));
    assert!(encoder.operators().iter().all(|name| !name.contains("Quantize")));
}

#[test]
fn sequences_that_make_no_sense_are_refused() {
    let encoder = Encoder::from_onnx(fixture("embedder.onnx")).unwrap();
    let mut out = vec![0.0; encoder.dimensions()];
    let refused = |ids: &[u32], out: &mut [f32]| {
        encoder.session().encode(&[ids], out).unwrap_err().to_string()
    };
    assert!(refused(&[], &mut out).contains("without tokens"));
    assert!(refused(&[2, 1_000_000, 3], &mut out).contains("token 1000000"));
    assert!(refused(&[2; 1000], &mut out).contains("1000 tokens"));
    assert!(refused(&[2, 3], &mut out[1..]).contains("a place for"));
    let unknown = Encoder::with_kernel(fixture("embedder.onnx"), "abacus").unwrap_err();
    assert!(unknown.to_string().contains("portable"));
}

#[cfg(feature = "tract")]
#[test]
fn a_head_on_tract_gives_the_logits_of_onnx_runtime() {
    let (nothing, features) = ([0.0; 8], [0.0; 70]);
    let head = TractHead::read(&fixture("classifier.onnx"), 8, 70).unwrap();
    for ([a, b], expected) in pairs() {
        let row = PairRow {
            a: &a,
            b: &b,
            remainder_a: &nothing,
            remainder_b: &nothing,
            features: &features,
        };
        let mut logits = [[0.0; 4]];
        head.run(&[row], &mut logits).unwrap();
        assert_near(&logits[0], &expected, 1e-4);
    }
}

/// Vectors of pairs, and their logits by ONNX Runtime.
fn pairs() -> Vec<([Vec<f32>; 2], Vec<f32>)> {
    let expected: Value = serde_json::from_slice(&fixture("expected.json")).unwrap();
    let vector = |text: &Value| {
        let all = expected["embeddings"].as_array().unwrap();
        numbers(&all.iter().find(|e| e["text"] == *text).unwrap()["vector"])
    };
    let of = |pair: &Value| ([vector(&pair["a"]), vector(&pair["b"])], numbers(&pair["logits"]));
    expected["logits"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn logits_are_those_of_onnx_runtime_in_both_orders() {
    let (nothing, features) = ([0.0; 8], [0.0; 70]);
    let pairs = pairs();
    let rows = |swap: bool| -> Vec<PairRow<'_>> {
        let vectors = pairs.iter().map(|([a, b], _)| if swap { (b, a) } else { (a, b) });
        let (remainder_a, remainder_b, features) = (&nothing[..], &nothing[..], &features[..]);
        vectors
            .map(|(a, b)| PairRow { a, b, remainder_a, remainder_b, features })
            .collect()
    };
    let head = PairHead::from_onnx(fixture("classifier.onnx"), 8, 70).unwrap();
    assert!(head.is_fused(), "the graph was not understood");
    let logits = |rows: &[PairRow<'_>]| {
        let mut out = vec![[0.0; 4]; rows.len()];
        head.session().logits(rows, &mut out).unwrap();
        out
    };
    let together = logits(&rows(false));
    assert_eq!(together, logits(&rows(true)));
    for (at, (_, expected)) in pairs.iter().enumerate() {
        // Activations in 8 bits.
        assert_near(&together[at], expected, 0.03);
        assert_eq!(logits(&rows(false)[at..=at])[0], together[at]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// A damaged file is refused or understood, but nothing panics or loops. (tract, which would be
    /// asked next, is contained elsewhere.)
    #[test]
    fn damaged_files_are_harmless(
        which in 0usize..2,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        end in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let mut file = fixture(["embedder.onnx", "classifier.onnx"][which]);
        for (at, byte) in damage {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if cut {
            file.truncate(end.index(file.len()));
        }
        let Ok(graph) = Graph::read(Bytes::from(file)) else { return Ok(()); };
        let mut out = vec![0.0; 8];
        if let Some(encoder) = Encoder::fused(&graph, Kernel::best()) {
            out.resize(encoder.dimensions(), 0.0);
            let _ = encoder.session().encode(&[&[2, 5, 3]], &mut out);
        }
        if let Some(head) = PairHead::fused(&graph, 8, 70, Kernel::best()) {
            let (v, features) = ([0.5; 8], [0.0; 70]);
            let row = PairRow { a: &v, b: &v, remainder_a: &v, remainder_b: &v, features: &features };
            let _ = head.session().logits(&[row], &mut [[0.0; 4]]);
        }
    }
}

#[test]
fn zz() {
    use super::patterns::*;
    let g = Graph::read(Bytes::from(std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/models/tr/embedder.onnx")).unwrap())).unwrap();
    let n = normalize(&g, "embedding");
    eprintln!("normalize {n:?}");
    let l = linear(&g, n.unwrap().input).map(|l| l.input);
    eprintln!("linear {l:?}");
    let p = pooling(&g, l.unwrap(), "attention_mask");
    eprintln!("pool {p:?}");
    let v = "/layers/layer.1/attention/self/Reshape_3_output_0";
    eprintln!("att {:?}", attention(&g, v, "attention_mask"));
    eprintln!("gelu {:?}", gelu(&g, "/layers/layer.1/intermediate/intermediate_act_fn/Mul_1_output_0"));
    eprintln!("emb {:?}", embedding(&g, "/Add_output_0", "input_ids").map(|e| e.width));
    eprintln!("ln {:?}", layer_norm(&g, "/norm/LayerNormalization_output_0").map(|e| e.input));
    eprintln!("lin {:?}", linear(&g, "/layers/layer.1/output/dense/Add_output_0").map(|e| e.input));
    eprintln!("in {:?} out {:?}", g.inputs.len(), g.outputs.len());
}
