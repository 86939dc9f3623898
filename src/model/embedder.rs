//! From a term to its vector.

use std::sync::OnceLock;

use super::embedding::Embedding;
use super::files::{EMBEDDER_FILE, ModelImages};
use super::graph::{Graph, Input, Kind, Matrix, Plan};
use super::tokens::Tokens;
use crate::error::{Error, Result};

/// The shortest matrix of tokens.
const SHORTEST: usize = 4;

/// Tokenizer and encoder. A plan is made for each of a few lengths, when a term of that length first
/// comes; shorter terms are filled up.
///
/// Terms are embedded one by one: dynamic quantisation takes the range of a whole matrix, so in a
/// batch the vector of a term would depend on its neighbours.
#[derive(Debug)]
pub(super) struct Embedder {
    tokens: Tokens,
    graph: Graph,
    dimensions: usize,
    plans: Vec<(usize, OnceLock<Result<Plan>>)>,
}

impl Embedder {
    pub(super) fn open(images: &ModelImages) -> Result<Self> {
        let max_tokens = images.manifest.max_tokens;
        let ids = |name| Input {
            name,
            kind: Kind::Int64,
            width: None,
        };
        let inputs = [ids("input_ids"), ids("attention_mask")];
        let lengths = std::iter::successors(Some(SHORTEST), |length| Some(length * 2))
            .take_while(|&length| length < max_tokens)
            .chain([max_tokens]);
        Ok(Embedder {
            tokens: Tokens::read(&images.tokenizer, max_tokens)?,
            graph: Graph::read(EMBEDDER_FILE, &images.embedder, &inputs, "embedding")?,
            dimensions: images.manifest.dimensions,
            plans: lengths.map(|length| (length, OnceLock::new())).collect(),
        })
    }

    /// The vector of a term.
    pub(super) fn embed(&self, term: &str) -> Result<Embedding> {
        let mut ids = self.tokens.ids(term)?;
        let plan = self.plans.iter().find(|(length, _)| *length >= ids.len());
        let Some((length, plan)) = plan else {
            return Err(Error::limit(format!("{term:?} has {} tokens", ids.len())));
        };
        let plan = plan.get_or_init(|| self.graph.plan(1, *length, self.dimensions));
        let plan = plan.as_ref().map_err(Error::again)?;
        let mut mask = vec![1; ids.len()];
        mask.resize(*length, 0);
        ids.resize(*length, self.tokens.padding());
        let vector = plan.run(&[Matrix::Int64(&ids), Matrix::Int64(&mask)])?;
        Embedding::new(vector)
            .map_err(|e| Error::corrupt(format!("{EMBEDDER_FILE} gave {term:?} no vector: {e}")))
    }
}
