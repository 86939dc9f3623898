//! What a pair head looks like in ONNX: combinations of two vectors side by side, then layers.

use super::super::graph::Graph;
use super::super::patterns::{Linear, gelu, linear, scaling};

/// Two inputs that are combined number by number, the same way in either order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Operands {
    Terms,
    Remainders,
}

/// What is made of two vectors; the numbers are multiplied with the block's `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Combination {
    /// `|a - b|`
    Difference,
    /// `a * b`
    Product,
    /// `a + b`
    Sum,
    /// The mean of `a * b`: one number.
    MeanProduct,
}

/// A part of the first layer's input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Block {
    Combined {
        combination: Combination,
        operands: Operands,
        scale: f32,
    },
    Features,
}

/// A head as its graph has it.
#[derive(Debug)]
pub(super) struct Recognised<'g> {
    pub(super) blocks: Vec<Block>,
    /// All but the last are followed by GELU.
    pub(super) layers: Vec<Linear<'g>>,
}

/// The head that gives the graph's `logits`, if it treats both terms alike.
pub(super) fn recognise(graph: &Graph) -> Option<Recognised<'_>> {
    let mut value = super::OUTPUT;
    // What is done to the logits last becomes part of the last layer.
    let mut shift: Option<Vec<f32>> = None;
    let mut factor = 1.0;
    if let Some((inner, added)) = graph
        .either(value, "Add")
        .find_map(|(inner, c)| Some((inner, graph.constant(c)?.floats()?)))
    {
        (value, shift) = (inner, Some(added));
    }
    if let Some((inner, by)) = scaling(graph, value) {
        (value, factor) = (inner, by);
    }
    let mut last = linear(graph, value)?;
    last.scales.iter_mut().for_each(|scale| *scale *= factor);
    let mut bias = last.bias.take().unwrap_or_else(|| vec![0.0; last.outputs]);
    bias.iter_mut().for_each(|number| *number *= factor);
    if let Some(shift) = shift {
        if shift.len() != bias.len() {
            return None;
        }
        bias.iter_mut()
            .zip(shift)
            .for_each(|(number, by)| *number += by);
    }
    last.bias = Some(bias);
    let mut layers = vec![last];
    let mut value = layers[0].input;
    while let Some(inner) = gelu(graph, value) {
        let layer = linear(graph, inner).filter(|_| layers.len() < 16)?;
        value = layer.input;
        layers.push(layer);
    }
    layers.reverse();
    let concat = graph.made_by(value, "Concat")?;
    let blocks = concat.input.iter().map(|part| block(graph, part));
    let blocks: Option<Vec<Block>> = blocks.collect();
    blocks
        .filter(|_| matches!(concat.int("axis", -1), -1 | 1))
        .map(|blocks| Recognised { blocks, layers })
}

fn block(graph: &Graph, value: &str) -> Option<Block> {
    if value == "features" {
        return Some(Block::Features);
    }
    let difference = |value| graph.pair(graph.operand(value, "Abs")?, "Sub");
    let (combination, (x, y)) = if let Some(pair) = difference(value) {
        (Combination::Difference, pair)
    } else if let Some(pair) = graph.pair(value, "Mul") {
        (Combination::Product, pair)
    } else if let Some(pair) = graph.pair(value, "Add") {
        (Combination::Sum, pair)
    } else {
        let node = graph.made_by(value, "ReduceMean")?;
        let is_last = node
            .attribute("axes")
            .is_some_and(|a| matches!(a.ints[..], [-1] | [1]));
        let pair = graph.pair(node.input.first()?, "Mul").filter(|_| is_last)?;
        (Combination::MeanProduct, pair)
    };
    let operand = |value| scaling(graph, value).unwrap_or((value, 1.0));
    let ((x, scale), (y, other)) = (operand(x), operand(y));
    let operands = match (x, y) {
        ("a", "b") | ("b", "a") => Operands::Terms,
        ("remainder_a", "remainder_b") | ("remainder_b", "remainder_a") => Operands::Remainders,
        _ => return None,
    };
    let scale = match combination {
        _ if scale != other => return None,
        // |ca - cb| = |c| |a - b|
        Combination::Difference => scale.abs(),
        Combination::Sum => scale,
        Combination::Product | Combination::MeanProduct => scale * scale,
    };
    Some(Block::Combined {
        combination,
        operands,
        scale,
    })
}
