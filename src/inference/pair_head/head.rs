//! The layers of a pair head, and the rows that they take.

use std::collections::HashMap;

use super::super::encoder::{Dense, dense};
use super::super::kernels::{Activation, Kernel, Layout, PackedMatrix, Quantized};
use super::super::patterns::Linear;
use super::recognise::{Block, Combination, Operands, Recognised};
use super::{LOGITS, PairRow};

/// Pairs that go through the layers at once; their rows stay in the cache.
const BATCH: usize = 64;

/// A recognised head.
///
/// Most terms share no word, and then what they do not share is themselves: both pairs of vectors
/// are the same. The first layer exists twice, the second time for such pairs, with the weights of
/// both added up: it takes half the numbers.
#[derive(Debug)]
pub(super) struct Head {
    kernel: Kernel,
    dimensions: usize,
    whole: First,
    alike: First,
    rest: Vec<Dense>,
}

/// A first layer and what its input is made of.
#[derive(Debug)]
struct First {
    blocks: Vec<Block>,
    layer: Dense,
}

/// The memory of one run, kept for the next.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    rows: Vec<f32>,
    hidden: [Vec<f32>; 2],
    singles: Vec<usize>,
    quantized: Quantized,
    /// Which pairs of a batch are alike, and which are not.
    groups: [Vec<usize>; 2],
}

impl Head {
    /// Packs a head; `None` if its layers do not fit its blocks or each other.
    pub(super) fn new(
        found: &Recognised<'_>,
        kernel: Kernel,
        dimensions: usize,
        features: usize,
    ) -> Option<Self> {
        let (first, rest) = found.layers.split_first()?;
        let width = |block: &Block| block_width(block, dimensions, features);
        let is_whole = found.blocks.iter().map(width).sum::<usize>() == first.inputs;
        if !is_whole || first.layout != Layout::OutputMajor {
            return None;
        }
        let whole = First {
            blocks: found.blocks.clone(),
            layer: dense(&[first], kernel)?,
        };
        let alike = fold(first, &found.blocks, kernel, width)?;
        let rest: Option<Vec<Dense>> = rest.iter().map(|layer| dense(&[layer], kernel)).collect();
        let rest = rest?;
        let mut outputs = whole.layer.outputs();
        for layer in &rest {
            if layer.inputs() != outputs {
                return None;
            }
            outputs = layer.outputs();
        }
        (outputs == LOGITS && !rest.is_empty()).then_some(Head {
            kernel,
            dimensions,
            whole,
            alike,
            rest,
        })
    }

    /// The logits of each pair. The caller has checked the lengths of rows.
    pub(super) fn run(
        &self,
        scratch: &mut Scratch,
        pairs: &[PairRow<'_>],
        out: &mut [[f32; LOGITS]],
    ) {
        for (pairs, out) in pairs.chunks(BATCH).zip(out.chunks_mut(BATCH)) {
            scratch.groups.iter_mut().for_each(Vec::clear);
            for (at, pair) in pairs.iter().enumerate() {
                scratch.groups[usize::from(pair.shares_nothing())].push(at);
            }
            for (number, first) in [&self.whole, &self.alike].into_iter().enumerate() {
                let group = std::mem::take(&mut scratch.groups[number]);
                self.run_group(scratch, first, &group, pairs, out);
                scratch.groups[number] = group;
            }
        }
    }

    fn run_group(
        &self,
        scratch: &mut Scratch,
        first: &First,
        group: &[usize],
        pairs: &[PairRow<'_>],
        out: &mut [[f32; LOGITS]],
    ) {
        let Scratch {
            rows,
            hidden,
            singles,
            quantized,
            ..
        } = scratch;
        if group.is_empty() {
            return;
        }
        let rows = at_least(rows, group.len() * first.layer.inputs());
        let places = rows.chunks_exact_mut(first.layer.inputs());
        for (&at, mut place) in group.iter().zip(places) {
            for block in &first.blocks {
                let width = block_width(block, self.dimensions, pairs[at].features.len());
                let (numbers, rest) = place.split_at_mut(width);
                fill(self.kernel, block, &pairs[at], numbers);
                place = rest;
            }
        }
        // A range for each row: no pair changes the answer to another.
        singles.clear();
        singles.resize(group.len(), 1);
        let [input, output] = hidden;
        let mut step = |layer: &Dense, activation, input: &[f32], output: &mut Vec<f32>| {
            let output = at_least(output, group.len() * layer.outputs());
            layer.run(self.kernel, quantized, (input, singles), activation, output);
        };
        step(&first.layer, Activation::Gelu, rows, output);
        for (number, layer) in self.rest.iter().enumerate() {
            std::mem::swap(input, output);
            let input = &input[..group.len() * layer.inputs()];
            let activation = match number + 1 == self.rest.len() {
                true => Activation::None,
                false => Activation::Gelu,
            };
            step(layer, activation, input, output);
        }
        for (&at, logits) in group.iter().zip(output.as_chunks::<LOGITS>().0) {
            out[at] = *logits;
        }
    }
}

/// The first numbers of a buffer that grows if it must.
fn at_least(buffer: &mut Vec<f32>, numbers: usize) -> &mut [f32] {
    if buffer.len() < numbers {
        buffer.resize(numbers, 0.0);
    }
    &mut buffer[..numbers]
}

fn block_width(block: &Block, dimensions: usize, features: usize) -> usize {
    match block {
        Block::Features => features,
        Block::Combined {
            combination: Combination::MeanProduct,
            ..
        } => 1,
        Block::Combined { .. } => dimensions,
    }
}

/// The first layer for pairs whose remainders are the terms themselves: blocks of one combination
/// become one block, whose weights are the sum.
fn fold(
    layer: &Linear<'_>,
    blocks: &[Block],
    kernel: Kernel,
    width: impl Fn(&Block) -> usize,
) -> Option<First> {
    let mut folded: Vec<Block> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    let mut end = 0;
    let mut known: HashMap<Combination, usize> = HashMap::new();
    // For each number of the whole input, its place among the folded and what it is multiplied with.
    let mut places: Vec<(usize, f32)> = Vec::with_capacity(layer.inputs);
    for block in blocks {
        let (at, factor) = match *block {
            Block::Combined {
                combination, scale, ..
            } if known.contains_key(&combination) => {
                let at = known[&combination];
                let Block::Combined { scale: by, .. } = folded[at] else {
                    return None;
                };
                if by == 0.0 {
                    return None;
                }
                (at, scale / by)
            }
            block => {
                if let Block::Combined { combination, .. } = block {
                    known.insert(combination, folded.len());
                }
                folded.push(block);
                starts.push(end);
                end += width(&block);
                (folded.len() - 1, 1.0)
            }
        };
        places.extend((0..width(block)).map(|number| (starts[at] + number, factor)));
    }
    let (mut weights, mut scales) = (Vec::with_capacity(end * layer.outputs), Vec::new());
    for (row, &scale) in layer.weights.chunks_exact(layer.inputs).zip(&layer.scales) {
        let mut sums = vec![0f32; end];
        for (&weight, &(place, factor)) in row.iter().zip(&places) {
            sums[place] += f32::from(weight as i8) * factor;
        }
        let largest = sums
            .iter()
            .fold(0f32, |largest, sum| largest.max(sum.abs()));
        let step = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        weights.extend(sums.iter().map(|sum| (sum / step).round() as i8));
        scales.push(scale * step);
    }
    let matrix = PackedMatrix::pack(kernel, &weights, end, layer.outputs, Layout::OutputMajor);
    let bias = layer
        .bias
        .clone()
        .unwrap_or_else(|| vec![0.0; layer.outputs]);
    Some(First {
        blocks: folded,
        layer: Dense {
            matrix,
            scales,
            bias,
        },
    })
}

/// Writes the numbers of a block.
fn fill(kernel: Kernel, block: &Block, pair: &PairRow<'_>, out: &mut [f32]) {
    let Block::Combined {
        combination,
        operands,
        scale,
    } = *block
    else {
        return out.copy_from_slice(pair.features);
    };
    let (a, b) = match operands {
        Operands::Terms => (pair.a, pair.b),
        Operands::Remainders => (pair.remainder_a, pair.remainder_b),
    };
    match combination {
        Combination::Difference => kernel.difference(a, b, scale, out),
        Combination::Product => kernel.product(a, b, scale, out),
        Combination::Sum => kernel.sum(a, b, scale, out),
        Combination::MeanProduct => out.fill(kernel.dot(a, b) / a.len() as f32 * scale),
    }
}
