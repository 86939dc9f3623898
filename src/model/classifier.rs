//! From two vectors to the relation of their terms.

use std::sync::OnceLock;

use super::files::{CLASSIFIER_FILE, ModelImages};
use super::graph::{Graph, Input, Kind, Matrix, Plan};
use super::models::PairInput;
use crate::error::{Error, ErrorKind, Result};
use crate::pair_features::PAIR_FEATURES;
use crate::relation::{Relation, RelationScores};

/// Pairs that are judged at once, if there are several.
const BATCH: usize = 32;

/// The relation head. It sees every pair in both orders and means the two, so that no answer depends
/// on the order.
#[derive(Debug)]
pub(super) struct Classifier {
    graph: Graph,
    dimensions: usize,
    one: OnceLock<Result<Plan>>,
    many: OnceLock<Result<Plan>>,
}

impl Classifier {
    pub(super) fn open(images: &ModelImages) -> Result<Self> {
        let manifest = &images.manifest;
        if manifest.features != PAIR_FEATURES {
            return Err(Error::new(
                ErrorKind::Version,
                format!(
                    "{CLASSIFIER_FILE} was trained with {} features of a pair, this program has {}: \
                     fetch or build a matching pack",
                    manifest.features, PAIR_FEATURES
                ),
            ));
        }
        Self::read(&images.classifier, manifest.dimensions)
    }

    fn read(onnx: &[u8], dimensions: usize) -> Result<Self> {
        let input = |name, width| Input {
            name,
            kind: Kind::Float32,
            width: Some(width),
        };
        let vector = |name| input(name, dimensions);
        let inputs = [
            vector("a"),
            vector("b"),
            vector("remainder_a"),
            vector("remainder_b"),
            input("features", PAIR_FEATURES),
        ];
        Ok(Classifier {
            graph: Graph::read(CLASSIFIER_FILE, onnx, &inputs, "logits")?,
            dimensions,
            one: OnceLock::new(),
            many: OnceLock::new(),
        })
    }

    /// Calibrated scores, one per pair.
    pub(super) fn classify(&self, pairs: &[PairInput]) -> Result<Vec<RelationScores>> {
        let mut scores = Vec::with_capacity(pairs.len());
        for batch in pairs.chunks(BATCH) {
            let (plan, size) = match batch.len() {
                1 => (&self.one, 1),
                _ => (&self.many, BATCH),
            };
            let columns = Relation::ALL.len();
            let plan = plan.get_or_init(|| self.graph.plan(2 * size, 0, columns));
            let logits = self.run(plan.as_ref().map_err(Error::again)?, size, batch)?;
            scores.extend(logits.chunks(2 * columns).take(batch.len()).map(|both| {
                let (forth, back) = both.split_at(columns);
                softmax([0, 1, 2, 3].map(|class| (forth[class] + back[class]) / 2.0))
            }));
        }
        Ok(scores)
    }

    /// The logits of each pair in both orders; missing pairs are zeros.
    fn run(&self, plan: &Plan, size: usize, batch: &[PairInput]) -> Result<Vec<f32>> {
        let matrix = |width: usize, both: for<'p> fn(&'p PairInput) -> [&'p [f32]; 2]| {
            let mut rows: Vec<f32> = batch.iter().flat_map(both).flatten().copied().collect();
            rows.resize(2 * size * width, 0.0);
            rows
        };
        let d = self.dimensions;
        plan.run(&[
            Matrix::Float32(&matrix(d, |pair| [&pair.a, &pair.b])),
            Matrix::Float32(&matrix(d, |pair| [&pair.b, &pair.a])),
            Matrix::Float32(&matrix(d, |pair| [&pair.remainder_a, &pair.remainder_b])),
            Matrix::Float32(&matrix(d, |pair| [&pair.remainder_b, &pair.remainder_a])),
            Matrix::Float32(&matrix(PAIR_FEATURES, |pair| [&pair.features[..]; 2])),
        ])
    }
}

/// Probabilities of logits in the order of [`Relation::ALL`].
fn softmax(logits: [f32; 4]) -> RelationScores {
    let largest = logits.into_iter().fold(f32::NEG_INFINITY, f32::max);
    let powers = logits.map(|logit| (logit - largest).exp());
    let sum: f32 = powers.iter().sum();
    let [synonym, antonym, co_hyponym, unrelated] = powers.map(|power| power / sum);
    RelationScores {
        synonym,
        antonym,
        co_hyponym,
        unrelated,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::rc::Rc;

    use serde_json::Value;

    use super::*;

    fn fixture(name: &str) -> Vec<u8> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tiny-model/");
        std::fs::read(format!("{folder}{name}")).unwrap()
    }

    #[test]
    fn scores_are_those_of_onnx_runtime() {
        let expected: Value = serde_json::from_slice(&fixture("expected.json")).unwrap();
        let numbers = |list: &Value| -> Vec<f32> { serde_json::from_value(list.clone()).unwrap() };
        let vectors: HashMap<&str, Rc<[f32]>> = expected["embeddings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| (e["text"].as_str().unwrap(), numbers(&e["vector"]).into()))
            .collect();
        let pairs = expected["logits"].as_array().unwrap();
        let nothing: Rc<[f32]> = vec![0.0; 8].into();
        let input = |pair: &Value| PairInput {
            a: vectors[pair["a"].as_str().unwrap()].clone(),
            b: vectors[pair["b"].as_str().unwrap()].clone(),
            remainder_a: nothing.clone(),
            remainder_b: nothing.clone(),
            features: [0.0; PAIR_FEATURES],
        };
        let inputs: Vec<PairInput> = pairs.iter().map(input).collect();
        let classifier = Classifier::read(&fixture("classifier.onnx"), 8).unwrap();
        let together = classifier.classify(&inputs).unwrap();
        for ((pair, input), together) in pairs.iter().zip(&inputs).zip(together) {
            let logits = numbers(&pair["logits"]);
            let theirs = softmax([logits[0], logits[1], logits[2], logits[3]]);
            let alone = classifier.classify(std::slice::from_ref(input)).unwrap()[0];
            for relation in Relation::ALL {
                assert!((theirs.get(relation) - together.get(relation)).abs() < 1e-4);
                assert!((theirs.get(relation) - alone.get(relation)).abs() < 1e-4);
            }
        }
    }
}
