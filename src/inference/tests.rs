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
    let of = |e: &Value| {
        let mut ids: Vec<u32> = serde_json::from_value(e["ids"].clone()).unwrap();
        // The ids are those of the whole text, the vector that of 16 tokens.
        if let (true, Some(&closing)) = (ids.len() > 16, ids.last()) {
            ids.truncate(15);
            ids.push(closing);
        }
        (ids, numbers(&e["vector"]))
    };
    expected["embeddings"]
        .as_array()
        .unwrap()
        .iter()
        .map(of)
        .collect()
}

fn encode(encoder: &Encoder, sequences: &[&[u32]]) -> Vec<Vec<f32>> {
    let mut out = vec![0.0; sequences.len() * encoder.dimensions()];
    encoder.session().encode(sequences, &mut out).unwrap();
    out.chunks(encoder.dimensions())
        .map(<[f32]>::to_vec)
        .collect()
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
    assert!(
        encoder
            .operators()
            .iter()
            .all(|name| !name.contains("Quantize"))
    );
}

#[cfg(not(feature = "tract"))]
#[test]
fn a_graph_that_is_not_understood_says_what_would_run_it() {
    let refused = PairHead::from_onnx(fixture("classifier.onnx"), 8, 70).unwrap_err();
    assert!(refused.to_string().contains("feature `tract`"));
}

/// A graph of one operator that takes what it gives.
#[test]
fn a_circle_of_operators_is_refused() {
    use super::onnx::{GraphProto, Model, Node, Tensor, ValueInfo, data_type};
    use prost::Message;

    let node = |op_type: &str, input: &[&str], output: &str| Node {
        op_type: op_type.to_owned(),
        input: input.iter().map(|&name| name.to_owned()).collect(),
        output: vec![output.to_owned()],
        ..Node::default()
    };
    let value = |name: &str| ValueInfo {
        name: name.to_owned(),
        ..ValueInfo::default()
    };
    let least = Tensor {
        name: "least".to_owned(),
        data_type: data_type::FLOAT,
        float_data: vec![1e-12],
        ..Tensor::default()
    };
    let axis = Tensor {
        name: "axis".to_owned(),
        data_type: data_type::INT64,
        int64_data: vec![-1],
        ..Tensor::default()
    };
    let graph = GraphProto {
        node: vec![
            node("ReduceL2", &["embedding", "axis"], "length"),
            node("Clip", &["length", "least"], "clipped"),
            node("Div", &["embedding", "clipped"], "embedding"),
        ],
        initializer: vec![least, axis],
        input: vec![value("input_ids"), value("attention_mask")],
        output: vec![value("embedding")],
    };
    let file = Model { graph: Some(graph) }.encode_to_vec();
    let graph = Graph::read(Bytes::from(file)).unwrap();
    assert!(super::patterns::normalize(&graph, "embedding").is_some());
    assert!(Encoder::fused(&graph, Kernel::best()).is_none());
}

#[test]
fn sequences_that_make_no_sense_are_refused() {
    let encoder = Encoder::from_onnx(fixture("embedder.onnx")).unwrap();
    let mut out = vec![0.0; encoder.dimensions()];
    let refused = |ids: &[u32], out: &mut [f32]| {
        encoder
            .session()
            .encode(&[ids], out)
            .unwrap_err()
            .to_string()
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

#[cfg(feature = "tract")]
/// Vectors of pairs, and their logits by ONNX Runtime.
fn pairs() -> Vec<([Vec<f32>; 2], Vec<f32>)> {
    let expected: Value = serde_json::from_slice(&fixture("expected.json")).unwrap();
    let vector = |text: &Value| {
        let all = expected["embeddings"].as_array().unwrap();
        numbers(&all.iter().find(|e| e["text"] == *text).unwrap()["vector"])
    };
    let of = |pair: &Value| {
        (
            [vector(&pair["a"]), vector(&pair["b"])],
            numbers(&pair["logits"]),
        )
    };
    expected["logits"]
        .as_array()
        .unwrap()
        .iter()
        .map(of)
        .collect()
}

/// The head of the Turkish pack, which is of the known shape.
const TURKISH_HEAD: &[u8] = include_bytes!("../../models/tr/classifier.onnx");

/// Vectors of length one, remainders of half the pairs the terms themselves, and features.
fn seeded_pairs(count: usize) -> Vec<([Vec<f32>; 4], Vec<f32>)> {
    let mut state = 1u64;
    let mut number = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    };
    let mut vector = |length: usize| -> Vec<f32> {
        let numbers: Vec<f32> = (0..length).map(|_| number()).collect();
        let norm = numbers.iter().map(|x| x * x).sum::<f32>().sqrt();
        numbers.iter().map(|x| x / norm).collect()
    };
    let pair = |at: usize| {
        let (a, b) = (vector(96), vector(96));
        let [remainder_a, remainder_b] = match at % 2 {
            0 => [a.clone(), b.clone()],
            _ => [vector(96), vec![0.0; 96]],
        };
        let features = vector(70).iter().map(|x| x.max(0.0) * 4.0).collect();
        ([a, b, remainder_a, remainder_b], features)
    };
    (0..count).map(pair).collect()
}

fn row((vectors, features): &([Vec<f32>; 4], Vec<f32>)) -> PairRow<'_> {
    let [a, b, remainder_a, remainder_b] = vectors;
    PairRow {
        a,
        b,
        remainder_a,
        remainder_b,
        features,
    }
}

fn logits(head: &PairHead, rows: &[PairRow<'_>]) -> Vec<[f32; 4]> {
    let mut out = vec![[0.0; 4]; rows.len()];
    head.session().logits(rows, &mut out).unwrap();
    out
}

#[test]
fn the_answer_to_a_pair_depends_on_neither_order_batch_nor_kernel() {
    let pairs = seeded_pairs(200);
    let rows: Vec<PairRow<'_>> = pairs.iter().map(row).collect();
    let head = PairHead::from_onnx(TURKISH_HEAD, 96, 70).unwrap();
    assert!(head.is_fused(), "the graph was not understood");
    let together = logits(&head, &rows);
    let swapped: Vec<PairRow<'_>> = rows
        .iter()
        .map(|row| PairRow {
            a: row.b,
            b: row.a,
            remainder_a: row.remainder_b,
            remainder_b: row.remainder_a,
            ..*row
        })
        .collect();
    assert_eq!(logits(&head, &swapped), together);
    for (row, logits_together) in rows.iter().zip(&together).step_by(7) {
        assert_eq!(logits(&head, &[*row])[0], *logits_together);
    }
    for kernel in Kernel::available() {
        let head = PairHead::read(&TURKISH_HEAD.into(), 96, 70, kernel).unwrap();
        assert_eq!(logits(&head, &rows), together, "{}", kernel.name());
    }
}

#[cfg(feature = "tract")]
#[test]
fn activations_in_8_bits_change_probabilities_little() {
    let pairs = seeded_pairs(400);
    let rows: Vec<PairRow<'_>> = pairs.iter().map(row).collect();
    let found = logits(&PairHead::from_onnx(TURKISH_HEAD, 96, 70).unwrap(), &rows);
    let mut expected = vec![[0.0; 4]; rows.len()];
    let head = TractHead::read(TURKISH_HEAD, 96, 70).unwrap();
    head.run(&rows, &mut expected).unwrap();
    let probabilities = |logits: &[f32; 4]| {
        let powers = logits.map(f32::exp);
        powers.map(|power| power / powers.iter().sum::<f32>())
    };
    let apart: Vec<f32> = found
        .iter()
        .zip(&expected)
        .flat_map(|(found, expected)| {
            let (found, expected) = (probabilities(found), probabilities(expected));
            (0..4).map(move |class| (found[class] - expected[class]).abs())
        })
        .collect();
    // The numbers are random: few heads were ever as much in doubt.
    let mean = apart.iter().sum::<f32>() / apart.len() as f32;
    assert!(mean < 0.005, "{mean}");
    assert!(apart.iter().all(|&apart| apart < 0.06), "{apart:?}");
}

#[test]
fn rows_of_other_lengths_are_refused() {
    let pairs = seeded_pairs(1);
    let head = PairHead::from_onnx(TURKISH_HEAD, 96, 70).unwrap();
    let short = PairRow {
        features: &[],
        ..row(&pairs[0])
    };
    let refused = head
        .session()
        .logits(&[short], &mut [[0.0; 4]])
        .unwrap_err();
    assert!(refused.to_string().contains("70 features"));
    assert!(head.session().logits(&[row(&pairs[0])], &mut []).is_err());
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
        let mut file = match which {
            0 => fixture("embedder.onnx"),
            _ => TURKISH_HEAD.to_vec(),
        };
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
        if let Some(head) = PairHead::fused(&graph, 96, 70, Kernel::best()) {
            let (v, features) = ([0.5; 96], [0.0; 70]);
            let row = PairRow { a: &v, b: &v, remainder_a: &v, remainder_b: &v, features: &features };
            let _ = head.session().logits(&[row], &mut [[0.0; 4]]);
        }
    }
}
