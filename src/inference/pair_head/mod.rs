//! From pairs of vectors to logits of relations.

mod head;
mod recognise;

use std::sync::Arc;

use bytes::Bytes;

use self::head::{Head, Scratch};
use super::graph::Graph;
use super::kernels::Kernel;
use super::onnx::ValueInfo;
use super::tract::TractHead;
use crate::error::{Error, Result};

/// One logit for each of [`Relation::ALL`](crate::Relation::ALL).
pub(super) const LOGITS: usize = 4;
const OUTPUT: &str = "logits";

/// A relation head read from an ONNX file (`classifier.onnx` of a pack): threads share it, clones
/// are cheap.
///
/// A head of the known shape (differences, products, sums and mean products of `a` and `b` and of
/// the remainders, and the features, through layers with weights of 8 bits and GELU between) runs
/// in integers, each row of activations quantised by its own range. Other heads run on tract, in
/// both orders of the terms, whose logits are averaged: no answer depends on the order.
#[derive(Clone, Debug)]
pub struct PairHead {
    dimensions: usize,
    features: usize,
    engine: Engine,
}

#[derive(Clone, Debug)]
enum Engine {
    Fused(Arc<Head>),
    Tract(Arc<TractHead>),
}

/// What the head sees of a pair: D numbers for each vector, F features.
#[derive(Clone, Copy, Debug)]
pub struct PairRow<'a> {
    /// The vector of one term.
    pub a: &'a [f32],
    /// The vector of the other.
    pub b: &'a [f32],
    /// The vector of the words of the one that the other does not have; zeros if there are none.
    pub remainder_a: &'a [f32],
    /// The vector of the words of the other that the one does not have.
    pub remainder_b: &'a [f32],
    /// Features of the pair, the same in both orders.
    pub features: &'a [f32],
}

impl PairRow<'_> {
    /// Whether the remainders are the terms themselves.
    fn shares_nothing(&self) -> bool {
        let same = |x: &[f32], y: &[f32]| std::ptr::eq(x, y) || x == y;
        same(self.a, self.remainder_a) && same(self.b, self.remainder_b)
    }
}

impl PairHead {
    /// Reads a head of `dimensions` (D) numbers for each vector and `features` (F) of a pair.
    ///
    /// # Errors
    ///
    /// `Corrupt` if the file is no ONNX graph with the inputs `a`, `b`, `remainder_a`,
    /// `remainder_b` (f32 \[N, D\]) and `features` (f32 \[N, F\]) and the output `logits`
    /// (f32 \[N, 4\]).
    pub fn from_onnx(onnx: impl Into<Bytes>, dimensions: usize, features: usize) -> Result<Self> {
        Self::read(&onnx.into(), dimensions, features, Kernel::best())
    }

    pub(super) fn read(
        onnx: &Bytes,
        dimensions: usize,
        features: usize,
        kernel: Kernel,
    ) -> Result<Self> {
        let graph = Graph::read(onnx.clone()).ok();
        match graph.and_then(|graph| Self::fused(&graph, dimensions, features, kernel)) {
            Some(head) => Ok(head),
            None => {
                let head = Arc::new(TractHead::read(onnx, dimensions, features)?);
                Ok(PairHead {
                    dimensions,
                    features,
                    engine: Engine::Tract(head),
                })
            }
        }
    }

    /// The head in fused steps, if the whole graph is understood.
    pub(super) fn fused(
        graph: &Graph,
        dimensions: usize,
        features: usize,
        kernel: Kernel,
    ) -> Option<Self> {
        let names = ["a", "b", "remainder_a", "remainder_b", "features"];
        let is_asked = |input: &ValueInfo| names.contains(&input.name.as_str());
        let fits = graph.inputs.len() == names.len()
            && graph.inputs.iter().all(is_asked)
            && graph.outputs.iter().any(|output| output.name == OUTPUT);
        let found = recognise::recognise(graph).filter(|_| fits)?;
        let head = Arc::new(Head::new(&found, kernel, dimensions, features)?);
        Some(PairHead {
            dimensions,
            features,
            engine: Engine::Fused(head),
        })
    }

    /// Scratch memory for one thread.
    pub fn session(&self) -> PairHeadSession {
        PairHeadSession {
            head: self.clone(),
            scratch: Scratch::default(),
        }
    }

    /// Whether the head runs in integers, by kernels of this crate.
    pub fn is_fused(&self) -> bool {
        matches!(self.engine, Engine::Fused(_))
    }
}

/// A [`PairHead`] with the memory that one thread needs to run it: after the first batches nothing
/// is allocated.
#[derive(Debug)]
pub struct PairHeadSession {
    head: PairHead,
    scratch: Scratch,
}

impl PairHeadSession {
    /// The logits of each pair, in the order of [`Relation::ALL`](crate::Relation::ALL). The answer
    /// to a pair depends on no other. Time and memory: linear in the pairs; memory for 64 of them.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if a row has not D or F numbers or `out` has not as many places as there are
    /// pairs; `Corrupt` if the head turns out to give other than finite numbers.
    pub fn logits(&mut self, pairs: &[PairRow<'_>], out: &mut [[f32; LOGITS]]) -> Result<()> {
        let (d, f) = (self.head.dimensions, self.head.features);
        let fits = |pair: &PairRow<'_>| {
            let vectors = [pair.a, pair.b, pair.remainder_a, pair.remainder_b];
            vectors.iter().all(|v| v.len() == d) && pair.features.len() == f
        };
        if out.len() != pairs.len() || !pairs.iter().all(fits) {
            return Err(Error::invalid(format!(
                "every pair needs four vectors of {d} numbers, {f} features and a place for its \
                 logits"
            )));
        }
        match &self.head.engine {
            Engine::Fused(head) => head.run(&mut self.scratch, pairs, out),
            Engine::Tract(head) => return head.run(pairs, out),
        }
        if out.iter().flatten().all(|x| x.is_finite()) {
            return Ok(());
        }
        Err(Error::corrupt(
            "the relation head gave numbers that are not finite",
        ))
    }
}
