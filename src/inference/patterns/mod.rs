//! What encoders look like in ONNX: each pattern follows a value back through the operators that
//! make it and says what they compute together.
//!
//! A pattern matches what `torch.onnx` writes of BERT-like modules and what dynamic quantisation
//! (ONNX Runtime's, in operator form) makes of it. What matches no pattern is left to tract.

mod attention;
mod embedding;
mod linear;
mod pooling;

pub(super) use self::attention::{Attention, attention};
pub(super) use self::embedding::{Embedding, Table, embedding};
pub(super) use self::linear::{Linear, linear};
pub(super) use self::pooling::{Normalize, Pooling, normalize, pooling};

use super::graph::Graph;

/// `x * 0.5 * (1 + erf(x / sqrt 2))`, in the orders in which it is written, or as one operator.
pub(super) fn gelu<'g>(graph: &'g Graph, value: &str) -> Option<&'g str> {
    if let Some(node) = graph.made_by(value, "Gelu") {
        let is_exact = node
            .attribute("approximate")
            .is_none_or(|a| &a.s[..] == b"none");
        return node.input.first().map(String::as_str).filter(|_| is_exact);
    }
    let is = |value: &str, number: f32| {
        graph
            .float(value)
            .is_some_and(|x| (x - number).abs() < 1e-5)
    };
    // 1 + erf(x / sqrt 2), where x is the value named.
    let gate = |value: &str, x: &str| {
        graph.either(value, "Add").any(|(erf, one)| {
            is(one, 1.0)
                && graph.operand(erf, "Erf").is_some_and(|inner| {
                    scaled(graph, inner, std::f32::consts::FRAC_1_SQRT_2) == Some(x)
                })
        })
    };
    // The half stands outside, or with x.
    graph.either(value, "Mul").find_map(|(outer, other)| {
        if is(other, 0.5) {
            return graph
                .either(outer, "Mul")
                .find(|(x, g)| gate(g, x))
                .map(|(x, _)| x);
        }
        let x = scaled(graph, outer, 0.5)?;
        gate(other, x).then_some(x)
    })
}

/// What is multiplied with `factor`, or divided by its inverse.
fn scaled<'g>(graph: &'g Graph, value: &str, factor: f32) -> Option<&'g str> {
    let near = |x: f32, y: f32| (x - y).abs() <= y.abs() * 1e-5;
    scaling(graph, value)
        .filter(|(_, by)| near(*by, factor))
        .map(|(x, _)| x)
}

/// A value times a constant: the value, and by what.
pub(super) fn scaling<'g>(graph: &'g Graph, value: &str) -> Option<(&'g str, f32)> {
    let times = graph
        .either(value, "Mul")
        .find_map(|(x, by)| Some((x, graph.float(by)?)));
    times.or_else(|| {
        let (x, by) = graph.pair(value, "Div")?;
        Some((x, 1.0 / graph.float(by)?))
    })
}

/// Normalisation over the last axis: `value = norm(input) * gain + shift`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LayerNorm<'g> {
    pub(super) input: &'g str,
    pub(super) gain: Vec<f32>,
    pub(super) shift: Vec<f32>,
    pub(super) epsilon: f32,
}

pub(super) fn layer_norm<'g>(graph: &'g Graph, value: &str) -> Option<LayerNorm<'g>> {
    let node = graph.made_by(value, "LayerNormalization")?;
    let [input, gain, shift] = &node.input[..] else {
        return None;
    };
    let gain = graph.constant(gain)?.floats()?;
    let shift = graph.constant(shift)?.floats()?;
    // The last axis, whether or not it is counted from the end.
    let axis = node.int("axis", -1);
    (matches!(axis, -1 | 2) && gain.len() == shift.len()).then_some(LayerNorm {
        input,
        gain,
        shift,
        epsilon: node.attribute("epsilon").map_or(1e-5, |a| a.f),
    })
}
