//! The steps of an encoder and the memory that they work in.
//!
//! Sequences are packed row below row, without padding: what works on rows does not see where one
//! ends; attention, pooling and the ranges of quantisation do. A sequence therefore gets the same
//! vector in every company.

use super::super::kernels::{Activation, Attention, Kernel, PackedMatrix, Quantized};
use super::super::patterns::{Embedding, Pooling};

/// A layer of weights, bias and scales.
#[derive(Debug)]
pub(in crate::inference) struct Dense {
    pub(in crate::inference) matrix: PackedMatrix,
    pub(in crate::inference) scales: Vec<f32>,
    pub(in crate::inference) bias: Vec<f32>,
}

impl Dense {
    pub(in crate::inference) fn inputs(&self) -> usize {
        self.matrix.inputs()
    }

    pub(in crate::inference) fn outputs(&self) -> usize {
        self.matrix.outputs()
    }

    /// Quantises rows, each segment by its own range, and multiplies.
    pub(in crate::inference) fn run(
        &self,
        kernel: Kernel,
        quantized: &mut Quantized,
        (rows, segments): (&[f32], &[usize]),
        activation: Activation,
        out: &mut [f32],
    ) {
        quantized.quantize(kernel, rows, self.inputs(), segments);
        let (matrix, scales, bias) = (&self.matrix, &self.scales, Some(&self.bias[..]));
        kernel.linear(quantized, matrix, scales, bias, activation, out);
    }
}

/// Whether a matrix has a row for each token or for each sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowCount {
    Tokens,
    Sequences,
}

/// A matrix between steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) width: usize,
    pub(super) rows: RowCount,
}

/// One step; numbers are those of slots.
#[derive(Debug)]
pub(super) enum Step {
    Embed {
        embedding: Embedding,
        output: usize,
    },
    Norm {
        slot: usize,
        residual: Option<usize>,
        gain: Vec<f32>,
        shift: Vec<f32>,
        epsilon: f32,
    },
    Dense {
        input: usize,
        output: usize,
        layer: Dense,
        activation: Activation,
    },
    /// Queries, keys and values stand side by side in the input.
    Attention {
        input: usize,
        output: usize,
        heads: usize,
        scale: f32,
    },
    Pool {
        input: usize,
        output: usize,
        pooling: Pooling,
    },
    Normalize {
        slot: usize,
        least: f32,
    },
}

impl Step {
    /// The slots that a step reads or writes.
    fn slots(&mut self) -> impl Iterator<Item = &mut usize> {
        let (first, second) = match self {
            Step::Embed { output: slot, .. } | Step::Normalize { slot, .. } => (slot, None),
            Step::Norm { slot, residual, .. } => (slot, residual.as_mut()),
            Step::Dense { input, output, .. }
            | Step::Attention { input, output, .. }
            | Step::Pool { input, output, .. } => (input, Some(output)),
        };
        std::iter::once(first).chain(second)
    }
}

/// The steps of an encoder, ready to run.
#[derive(Debug)]
pub(in crate::inference) struct Program {
    kernel: Kernel,
    steps: Vec<Step>,
    slots: Vec<Slot>,
    output: usize,
    vocabulary: usize,
    max_tokens: usize,
}

/// The memory of one run, kept for the next.
#[derive(Debug, Default)]
pub(in crate::inference) struct Scratch {
    slots: Vec<Vec<f32>>,
    quantized: Quantized,
    attention: Vec<f32>,
    lengths: Vec<usize>,
    singles: Vec<usize>,
}

impl Program {
    /// Puts steps together; `None` if there is no embedding among them.
    pub(super) fn new(
        kernel: Kernel,
        mut steps: Vec<Step>,
        slots: &[Slot],
        mut output: usize,
    ) -> Option<Self> {
        let sizes = steps.iter().find_map(|step| match step {
            Step::Embed { embedding, .. } => Some((embedding.vocabulary(), embedding.max_tokens())),
            _ => None,
        });
        let (vocabulary, max_tokens) = sizes?;
        let slots = share(&mut steps, slots, &mut output);
        Some(Program {
            kernel,
            steps,
            slots,
            output,
            vocabulary,
            max_tokens,
        })
    }

    pub(in crate::inference) fn kernel(&self) -> Kernel {
        self.kernel
    }

    pub(in crate::inference) fn dimensions(&self) -> usize {
        self.slots[self.output].width
    }

    /// Ids are below this.
    pub(in crate::inference) fn vocabulary(&self) -> usize {
        self.vocabulary
    }

    /// Tokens of the longest sequence.
    pub(in crate::inference) fn max_tokens(&self) -> usize {
        self.max_tokens
    }

    /// Embeds sequences of ids; `out` has a row for each. The caller has checked ids and lengths.
    pub(in crate::inference) fn run(
        &self,
        scratch: &mut Scratch,
        sequences: &[&[u32]],
        out: &mut [f32],
    ) {
        let Scratch {
            slots,
            quantized,
            attention,
            lengths,
            singles,
        } = scratch;
        lengths.clear();
        lengths.extend(sequences.iter().map(|ids| ids.len()));
        singles.clear();
        singles.resize(sequences.len(), 1);
        let tokens: usize = lengths.iter().sum();
        slots.resize_with(self.slots.len(), Vec::new);
        for (memory, slot) in slots.iter_mut().zip(&self.slots) {
            let rows = match slot.rows {
                RowCount::Tokens => tokens,
                RowCount::Sequences => sequences.len(),
            };
            memory.resize(rows * slot.width, 0.0);
        }
        let kernel = self.kernel;
        for step in &self.steps {
            match step {
                Step::Embed { embedding, output } => {
                    embedding.rows(kernel, sequences, &mut slots[*output]);
                }
                Step::Norm {
                    slot,
                    residual,
                    gain,
                    shift,
                    epsilon,
                } => {
                    let mut rows = std::mem::take(&mut slots[*slot]);
                    let residual = residual.map(|at| &slots[at][..]);
                    kernel.layer_norm(&mut rows, residual, gain, shift, *epsilon);
                    slots[*slot] = rows;
                }
                Step::Dense {
                    input,
                    output,
                    layer,
                    activation,
                } => {
                    let segments = match self.slots[*input].rows {
                        RowCount::Tokens => &lengths[..],
                        RowCount::Sequences => &singles[..],
                    };
                    let mut given = std::mem::take(&mut slots[*output]);
                    let rows = (&slots[*input][..], segments);
                    layer.run(kernel, quantized, rows, *activation, &mut given);
                    slots[*output] = given;
                }
                Step::Attention {
                    input,
                    output,
                    heads,
                    scale,
                } => {
                    let width = self.slots[*output].width;
                    let mut attended = std::mem::take(&mut slots[*output]);
                    let rows = &slots[*input];
                    let mut start = 0;
                    for &tokens in lengths.iter() {
                        let here = &rows[start * 3 * width..(start + tokens) * 3 * width];
                        let out = &mut attended[start * width..(start + tokens) * width];
                        let task = Attention {
                            query: here,
                            key: &here[width..],
                            value: &here[2 * width..],
                            query_stride: 3 * width,
                            key_stride: 3 * width,
                            value_stride: 3 * width,
                            heads: *heads,
                            head_width: width / heads,
                            tokens,
                            scale: *scale,
                        };
                        kernel.attention(task, attention, out, width);
                        start += tokens;
                    }
                    slots[*output] = attended;
                }
                Step::Pool {
                    input,
                    output,
                    pooling,
                } => {
                    let width = self.slots[*output].width;
                    let mut pooled = std::mem::take(&mut slots[*output]);
                    let mut rest = &slots[*input][..];
                    for (&tokens, out) in lengths.iter().zip(pooled.chunks_exact_mut(width)) {
                        let (rows, others) = rest.split_at(tokens * width);
                        match pooling {
                            Pooling::Mean => kernel.mean_rows(rows, out),
                            Pooling::First => out.copy_from_slice(&rows[..width]),
                        }
                        rest = others;
                    }
                    slots[*output] = pooled;
                }
                Step::Normalize { slot, least } => {
                    let width = self.slots[*slot].width;
                    for row in slots[*slot].chunks_exact_mut(width) {
                        kernel.normalize(row, *least);
                    }
                }
            }
        }
        out.copy_from_slice(&slots[self.output]);
    }
}

/// Lets slots of one shape share memory if one is not needed any more when the other first is.
fn share(steps: &mut [Step], slots: &[Slot], output: &mut usize) -> Vec<Slot> {
    let mut last = vec![0; slots.len()];
    for (at, step) in steps.iter_mut().enumerate() {
        for &mut slot in step.slots() {
            last[slot] = at;
        }
    }
    last[*output] = usize::MAX;
    let mut shared: Vec<Slot> = Vec::new();
    let mut free: Vec<usize> = Vec::new();
    let mut places: Vec<Option<usize>> = vec![None; slots.len()];
    for (at, step) in steps.iter_mut().enumerate() {
        let mut ended = Vec::new();
        for slot in step.slots() {
            let place = *places[*slot].get_or_insert_with(|| {
                let fits = |place: &usize| shared[*place] == slots[*slot];
                match free.iter().position(fits) {
                    Some(found) => free.swap_remove(found),
                    None => {
                        shared.push(slots[*slot]);
                        shared.len() - 1
                    }
                }
            });
            if last[*slot] == at {
                ended.push(place);
            }
            *slot = place;
        }
        ended.sort_unstable();
        ended.dedup();
        free.extend(ended);
    }
    *output = places[*output].unwrap_or(0);
    shared
}
