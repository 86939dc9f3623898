//! Graphs that are not understood as a whole, on tract: all that knows tract is here.

mod dense;
mod plan;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use self::plan::{Graph, Input, Kind, Matrix, Plan};
use super::pair_head::{LOGITS, PairRow};
use crate::error::Result;

/// Pairs that are judged at once, if there are several.
const BATCH: usize = 32;

/// An encoder, planned for each length of sequences when one of that length first comes.
///
/// Sequences are embedded one by one, without padding: dynamic quantisation takes the range of a
/// whole matrix, so in a batch a vector would depend on its neighbours.
#[derive(Debug)]
pub(super) struct TractEncoder {
    graph: Graph,
    dimensions: usize,
    plans: Mutex<HashMap<usize, Arc<Plan>>>,
}

impl TractEncoder {
    pub(super) fn read(onnx: &[u8]) -> Result<Self> {
        let ids = |name| Input {
            name,
            kind: Kind::Int64,
            width: None,
        };
        let inputs = [ids("input_ids"), ids("attention_mask")];
        let graph = Graph::read(onnx, &inputs, "embedding")?;
        // The width of the output shows in a plan.
        let plan = graph.plan(1, 3)?;
        Ok(TractEncoder {
            graph,
            dimensions: plan.columns(),
            plans: Mutex::new(HashMap::from([(3, Arc::new(plan))])),
        })
    }

    pub(super) fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// Names of the operators that run.
    #[cfg(test)]
    pub(super) fn operators(&self) -> Vec<String> {
        self.plan(3).unwrap().operators()
    }

    pub(super) fn run(&self, sequences: &[&[u32]], out: &mut [f32]) -> Result<()> {
        for (ids, out) in sequences.iter().zip(out.chunks_exact_mut(self.dimensions)) {
            let plan = self.plan(ids.len())?;
            let mask = vec![1; ids.len()];
            let ids: Vec<i64> = ids.iter().map(|&id| i64::from(id)).collect();
            let vector = plan.run(&[Matrix::Int64(&ids), Matrix::Int64(&mask)])?;
            out.copy_from_slice(&vector);
        }
        Ok(())
    }

    fn plan(&self, length: usize) -> Result<Arc<Plan>> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = plans.get(&length) {
            return Ok(plan.clone());
        }
        let plan = Arc::new(self.graph.plan(1, length)?);
        plan.check_columns(self.dimensions)?;
        plans.insert(length, plan.clone());
        Ok(plan)
    }
}

/// A relation head of any shape. It sees every pair in both orders and means the two.
#[derive(Debug)]
pub(super) struct TractHead {
    dimensions: usize,
    features: usize,
    plan: Plan,
}

impl TractHead {
    pub(super) fn read(onnx: &[u8], dimensions: usize, features: usize) -> Result<Self> {
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
            input("features", features),
        ];
        let plan = Graph::read(onnx, &inputs, "logits")?.plan(2 * BATCH, 0)?;
        plan.check_columns(LOGITS)?;
        Ok(TractHead {
            dimensions,
            features,
            plan,
        })
    }

    pub(super) fn run(&self, pairs: &[PairRow<'_>], out: &mut [[f32; LOGITS]]) -> Result<()> {
        for (pairs, out) in pairs.chunks(BATCH).zip(out.chunks_mut(BATCH)) {
            let both = self.logits(pairs)?;
            for (out, both) in out.iter_mut().zip(both.chunks_exact(2 * LOGITS)) {
                let (forth, back) = both.split_at(LOGITS);
                *out = std::array::from_fn(|class| (forth[class] + back[class]) / 2.0);
            }
        }
        Ok(())
    }

    /// The logits of each pair in both orders; missing pairs are zeros.
    fn logits(&self, pairs: &[PairRow<'_>]) -> Result<Vec<f32>> {
        let matrix = |width: usize, both: for<'p> fn(&PairRow<'p>) -> [&'p [f32]; 2]| {
            let mut rows: Vec<f32> = pairs.iter().flat_map(both).flatten().copied().collect();
            rows.resize(2 * BATCH * width, 0.0);
            rows
        };
        let d = self.dimensions;
        self.plan.run(&[
            Matrix::Float32(&matrix(d, |pair| [pair.a, pair.b])),
            Matrix::Float32(&matrix(d, |pair| [pair.b, pair.a])),
            Matrix::Float32(&matrix(d, |pair| [pair.remainder_a, pair.remainder_b])),
            Matrix::Float32(&matrix(d, |pair| [pair.remainder_b, pair.remainder_a])),
            Matrix::Float32(&matrix(self.features, |pair| [pair.features; 2])),
        ])
    }
}
