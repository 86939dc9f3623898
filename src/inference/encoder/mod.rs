//! From token ids to vectors.

mod compile;
mod embed;
mod program;

use std::sync::Arc;

use bytes::Bytes;

pub(super) use self::compile::dense;
use self::compile::{Names, compile};
pub(super) use self::program::Dense;
use self::program::{Program, Scratch};
use super::graph::Graph;
use super::kernels::Kernel;
use super::onnx::ValueInfo;
use super::tract::TractEncoder;
use crate::error::{Error, Result};

/// Tokens that go through the layers at once, if single sequences are not longer: what lies between
/// the layers then stays in the cache.
const TOKENS_AT_ONCE: usize = 96;

/// An encoder of token sequences read from an ONNX file (`embedder.onnx` of a pack): threads share
/// it, clones are cheap.
///
/// A graph whose every operator is understood (BERT-like layers with weights of 8 bits in operator
/// form, mean or first-token pooling, a projection, length one) runs in fused steps on kernels for
/// this machine; its embedding table is used where it lies in the file. Any other graph runs on
/// tract, its products in 8 bits on the same kernels.
#[derive(Clone, Debug)]
pub struct Encoder(Engine);

#[derive(Clone, Debug)]
enum Engine {
    Fused(Arc<Program>),
    Tract(Arc<TractEncoder>),
}

impl Encoder {
    /// Reads an encoder; of `Bytes` and `&'static [u8]` without copying the embedding table.
    ///
    /// # Errors
    ///
    /// `Corrupt` if the file is no ONNX graph with the inputs `input_ids`, `attention_mask`
    /// (int64 \[B, T\]) and the output `embedding` (f32 \[B, D\]).
    pub fn from_onnx(onnx: impl Into<Bytes>) -> Result<Self> {
        Self::read(&onnx.into(), Kernel::best())
    }

    /// An encoder on a kernel by its name, to compare kernels.
    ///
    /// # Errors
    ///
    /// `Unavailable` if this machine has no such kernel; otherwise as
    /// [`from_onnx`](Self::from_onnx).
    pub fn with_kernel(onnx: impl Into<Bytes>, kernel: &str) -> Result<Self> {
        let mut available = Kernel::available();
        let kernel = available
            .find(|found| found.name() == kernel)
            .ok_or_else(|| {
                let names: Vec<&str> = Kernel::available().map(Kernel::name).collect();
                Error::unavailable(format!(
                    "this machine has no kernel {kernel:?}: it has {}",
                    names.join(", ")
                ))
            })?;
        Self::read(&onnx.into(), kernel)
    }

    fn read(onnx: &Bytes, kernel: Kernel) -> Result<Self> {
        let graph = Graph::read(onnx.clone()).ok();
        match graph.and_then(|graph| Self::fused(&graph, kernel)) {
            Some(encoder) => Ok(encoder),
            None => Ok(Encoder(Engine::Tract(Arc::new(TractEncoder::read(onnx)?)))),
        }
    }

    /// The encoder in fused steps, if the whole graph is understood.
    pub(super) fn fused(graph: &Graph, kernel: Kernel) -> Option<Self> {
        let names = Names {
            ids: "input_ids",
            mask: "attention_mask",
            output: "embedding",
        };
        let is_asked = |input: &ValueInfo| input.name == names.ids || input.name == names.mask;
        let fits = graph.inputs.len() == 2
            && graph.inputs.iter().all(is_asked)
            && graph
                .outputs
                .iter()
                .any(|output| output.name == names.output);
        let program = compile(graph, names, kernel).filter(|_| fits)?;
        Some(Encoder(Engine::Fused(Arc::new(program))))
    }

    /// Numbers of a vector (D).
    pub fn dimensions(&self) -> usize {
        match &self.0 {
            Engine::Fused(program) => program.dimensions(),
            Engine::Tract(encoder) => encoder.dimensions(),
        }
    }

    /// Whether the whole graph runs in fused steps, and on which kernel.
    pub fn kernel(&self) -> Option<&'static str> {
        match &self.0 {
            Engine::Fused(program) => Some(program.kernel().name()),
            Engine::Tract(_) => None,
        }
    }

    /// Scratch memory for one thread.
    pub fn session(&self) -> EncoderSession {
        EncoderSession {
            encoder: self.clone(),
            scratch: Scratch::default(),
        }
    }
}

/// An [`Encoder`] with the memory that one thread needs to run it: once it has seen its longest
/// batch nothing is allocated any more (by fused steps; tract allocates).
#[derive(Debug)]
pub struct EncoderSession {
    encoder: Encoder,
    scratch: Scratch,
}

impl EncoderSession {
    /// Embeds sequences of token ids, special tokens included, without padding. `out` is a matrix of
    /// `sequences.len()` rows and D columns. The vector of a sequence depends on no other sequence.
    ///
    /// Time is linear in the number of tokens (and quadratic in that of one sequence, which at the
    /// length of terms is not felt), memory linear in the longest sequence.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if a sequence is empty, an id is unknown or `out` has another size; `Limit` if
    /// a sequence has more tokens than the encoder has positions; `Corrupt` if the graph turns out
    /// to give other than finite numbers.
    pub fn encode(&mut self, sequences: &[&[u32]], out: &mut [f32]) -> Result<()> {
        let dimensions = self.encoder.dimensions();
        if Some(out.len()) != sequences.len().checked_mul(dimensions) {
            return Err(Error::invalid(format!(
                "{} sequences need a place for {dimensions} numbers each, not {} in all",
                sequences.len(),
                out.len()
            )));
        }
        if sequences.iter().any(|ids| ids.is_empty()) {
            return Err(Error::invalid("a sequence without tokens has no vector"));
        }
        match &self.encoder.0 {
            Engine::Fused(program) => run_fused(program, &mut self.scratch, sequences, out)?,
            Engine::Tract(encoder) => encoder.run(sequences, out)?,
        }
        if out.iter().all(|x| x.is_finite()) {
            return Ok(());
        }
        Err(Error::corrupt(
            "the encoder gave numbers that are not finite",
        ))
    }
}

fn run_fused(
    program: &Program,
    scratch: &mut Scratch,
    sequences: &[&[u32]],
    out: &mut [f32],
) -> Result<()> {
    let (longest, vocabulary) = (program.max_tokens(), program.vocabulary());
    if let Some(ids) = sequences.iter().find(|ids| ids.len() > longest) {
        return Err(Error::limit(format!(
            "a sequence has {} tokens, the encoder reads {longest}",
            ids.len()
        )));
    }
    let mut ids = sequences.iter().flat_map(|ids| ids.iter());
    if let Some(id) = ids.find(|&&id| id as usize >= vocabulary) {
        return Err(Error::invalid(format!(
            "token {id} is unknown: the encoder has {vocabulary}"
        )));
    }
    let (mut sequences, mut out) = (sequences, out);
    while !sequences.is_empty() {
        let mut tokens = 0;
        let fits = |ids: &&&[u32]| {
            tokens += ids.len();
            tokens <= TOKENS_AT_ONCE
        };
        let count = sequences.iter().take_while(fits).count().max(1);
        let (now, later) = sequences.split_at(count);
        let (rows, others) = out.split_at_mut(count * program.dimensions());
        program.run(scratch, now, rows);
        (sequences, out) = (later, others);
    }
    Ok(())
}
