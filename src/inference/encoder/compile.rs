//! From the graph of an encoder to the steps that compute it.

use std::collections::HashMap;

use super::super::graph::Graph;
use super::super::kernels::{Activation, Kernel, Layout, PackedMatrix};
use super::super::patterns::{
    self, Attention, Linear, Normalize, Pooling, attention, embedding, gelu, layer_norm, linear,
    normalize, pooling,
};
use super::program::{Dense, Program, RowCount, Slot, Step};

/// Operators within one another: an encoder has three for each layer.
const MAX_DEPTH: usize = 200;

/// The names of inputs and output.
#[derive(Clone, Copy, Debug)]
pub(in crate::inference) struct Names<'g> {
    pub(in crate::inference) ids: &'g str,
    pub(in crate::inference) mask: &'g str,
    pub(in crate::inference) output: &'g str,
}

/// The program of an encoder, if every operator between inputs and output is understood.
pub(in crate::inference) fn compile(
    graph: &Graph,
    names: Names<'_>,
    kernel: Kernel,
) -> Option<Program> {
    let mut compiler = Compiler {
        graph,
        names,
        kernel,
        steps: Vec::new(),
        slots: Vec::new(),
        known: HashMap::new(),
        depth: 0,
    };
    let output = compiler.vector(names.output)?;
    Program::new(kernel, compiler.steps, &compiler.slots, output)
}

struct Compiler<'g> {
    graph: &'g Graph,
    names: Names<'g>,
    kernel: Kernel,
    steps: Vec<Step>,
    slots: Vec<Slot>,
    /// Where values lie that several operators take.
    known: HashMap<String, usize>,
    depth: usize,
}

impl<'g> Compiler<'g> {
    fn slot(&mut self, width: usize, rows: RowCount) -> usize {
        self.slots.push(Slot { width, rows });
        self.slots.len() - 1
    }

    /// Goes into an operator that gives something to another; a circle of them ends here.
    fn enter(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= MAX_DEPTH).then_some(())
    }

    /// One row for each sequence: pooled, then perhaps projected and brought to length one.
    fn vector(&mut self, value: &'g str) -> Option<usize> {
        self.enter()?;
        let slot = self.new_vector(value)?;
        self.depth -= 1;
        Some(slot)
    }

    fn new_vector(&mut self, value: &'g str) -> Option<usize> {
        let graph = self.graph;
        if let Some(Normalize { input, least }) = normalize(graph, value) {
            let slot = self.vector(input)?;
            self.steps.push(Step::Normalize { slot, least });
            return Some(slot);
        }
        if let Some((input, pooling)) = pooling(graph, value, self.names.mask) {
            let input = self.rows(input)?;
            return self.pool(input, pooling);
        }
        let layer = linear(graph, value)?;
        let input = self.vector(layer.input)?;
        self.dense(&[&layer], input, Activation::None)
    }

    fn pool(&mut self, input: usize, pooling: Pooling) -> Option<usize> {
        let output = self.slot(self.slots[input].width, RowCount::Sequences);
        self.steps.push(Step::Pool {
            input,
            output,
            pooling,
        });
        Some(output)
    }

    /// One row for each token.
    fn rows(&mut self, value: &'g str) -> Option<usize> {
        if let Some(&slot) = self.known.get(value) {
            return Some(slot);
        }
        self.enter()?;
        let slot = self.new_rows(value)?;
        self.depth -= 1;
        self.known.insert(value.to_owned(), slot);
        Some(slot)
    }

    fn new_rows(&mut self, value: &'g str) -> Option<usize> {
        let graph = self.graph;
        if let Some(norm) = layer_norm(graph, value) {
            return self.norm(norm);
        }
        if let Some(found) = attention(graph, value, self.names.mask) {
            return self.attention(&found);
        }
        let (value, activation) = match gelu(graph, value) {
            Some(inner) => (inner, Activation::Gelu),
            None => (value, Activation::None),
        };
        let layer = linear(graph, value)?;
        let input = self.rows(layer.input)?;
        self.dense(&[&layer], input, activation)
    }

    /// Layer norm of an embedding, of rows, or of the sum of two; it overwrites what it reads.
    fn norm(&mut self, norm: patterns::LayerNorm<'g>) -> Option<usize> {
        let graph = self.graph;
        if graph.uses(norm.input) != 1 {
            return None;
        }
        let (slot, residual) = match embedding(graph, norm.input, self.names.ids) {
            Some(found) => {
                let slot = self.slot(found.width, RowCount::Tokens);
                self.steps.push(Step::Embed {
                    embedding: found,
                    output: slot,
                });
                (slot, None)
            }
            None => {
                // What comes straight from a layer is overwritten, the other is kept for others.
                let (fresh, kept) = graph
                    .either(norm.input, "Add")
                    .find(|(fresh, _)| linear(graph, fresh).is_some() && graph.uses(fresh) == 1)?;
                let residual = self.rows(kept)?;
                (self.rows(fresh)?, Some(residual))
            }
        };
        let width = self.slots[slot].width;
        let fits =
            norm.gain.len() == width && residual.is_none_or(|r| self.slots[r] == self.slots[slot]);
        self.steps.push(Step::Norm {
            slot,
            residual,
            gain: norm.gain,
            shift: norm.shift,
            epsilon: norm.epsilon,
        });
        fits.then_some(slot)
    }

    /// Attention of rows to one another: queries, keys and values come from one product.
    fn attention(&mut self, found: &Attention<'g>) -> Option<usize> {
        let graph = self.graph;
        let layers = [found.query, found.key, found.value].map(|value| linear(graph, value));
        let [Some(query), Some(key), Some(value)] = layers else {
            return None;
        };
        let is_self = query.input == key.input && query.input == value.input;
        let width = query.outputs;
        let is_alike = key.outputs == width && value.outputs == width;
        let heads = found.heads.count(width).filter(|_| is_self && is_alike)?;
        let input = self.rows(query.input)?;
        let input = self.dense(&[&query, &key, &value], input, Activation::None)?;
        let output = self.slot(width, RowCount::Tokens);
        self.steps.push(Step::Attention {
            input,
            output,
            heads,
            scale: found.scale,
        });
        Some(output)
    }

    /// Layers of one input as one layer, their outputs side by side.
    fn dense(
        &mut self,
        layers: &[&Linear<'g>],
        input: usize,
        activation: Activation,
    ) -> Option<usize> {
        let layer = dense(layers, self.kernel)?;
        let Slot { width, rows } = self.slots[input];
        if layer.inputs() != width {
            return None;
        }
        let output = self.slot(layer.outputs(), rows);
        self.steps.push(Step::Dense {
            input,
            output,
            layer,
            activation,
        });
        Some(output)
    }
}

/// Packs layers of one input side by side.
pub(in crate::inference) fn dense(layers: &[&Linear<'_>], kernel: Kernel) -> Option<Dense> {
    let first = layers.first()?;
    let is_alike =
        |layer: &&Linear<'_>| (layer.inputs, layer.layout) == (first.inputs, first.layout);
    let fits = |layer: &&Linear<'_>| {
        (1..=PackedMatrix::MAX_INPUTS).contains(&layer.inputs) && layer.outputs > 0
    };
    if !layers.iter().all(|layer| is_alike(layer) && fits(layer)) {
        return None;
    }
    let outputs = layers.iter().map(|layer| layer.outputs).sum();
    let mut weights: Vec<i8> = Vec::with_capacity(first.inputs.checked_mul(outputs)?);
    let signed = |bytes: &[u8]| bytes.iter().map(|&b| b as i8).collect::<Vec<i8>>();
    match first.layout {
        Layout::OutputMajor => {
            for layer in layers {
                weights.extend(signed(&layer.weights));
            }
        }
        Layout::InputMajor => {
            for at in 0..first.inputs {
                for layer in layers {
                    let row = at * layer.outputs..(at + 1) * layer.outputs;
                    weights.extend(signed(&layer.weights[row]));
                }
            }
        }
    }
    let bias = |layer: &&Linear<'_>| {
        layer
            .bias
            .clone()
            .unwrap_or_else(|| vec![0.0; layer.outputs])
    };
    Some(Dense {
        matrix: PackedMatrix::pack(kernel, &weights, first.inputs, outputs, first.layout),
        scales: layers
            .iter()
            .flat_map(|layer| layer.scales.iter().copied())
            .collect(),
        bias: layers.iter().flat_map(bias).collect(),
    })
}
