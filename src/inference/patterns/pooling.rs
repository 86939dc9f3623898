//! From the rows of a sequence to one, and its length.

use super::super::graph::Graph;
use super::attention::is_mask;

/// How the rows of a sequence become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::inference) enum Pooling {
    /// The mean of all tokens.
    Mean,
    /// The first token.
    First,
}

/// The rows that are pooled, and how.
pub(in crate::inference) fn pooling<'g>(
    graph: &'g Graph,
    value: &str,
    mask: &str,
) -> Option<(&'g str, Pooling)> {
    if let Some(node) = graph.made_by(value, "Gather") {
        let is_first = node.int("axis", 0) == 1 && graph.integer(node.input.get(1)?) == Some(0);
        return is_first.then_some((node.input.first()?.as_str(), Pooling::First));
    }
    let (sum, count) = graph.pair(value, "Div")?;
    let (rows, _) = graph
        .either(reduced(graph, sum, "ReduceSum", 1)?, "Mul")
        .find(|(_, kept)| is_mask(graph, kept, mask))?;
    // A sequence has at least one token, so a bound from below changes nothing.
    let counted = graph.operand(count, "Clip").unwrap_or(count);
    is_mask(graph, reduced(graph, counted, "ReduceSum", 1)?, mask).then_some((rows, Pooling::Mean))
}

/// `value = input / max(|input|, least)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::inference) struct Normalize<'g> {
    pub(in crate::inference) input: &'g str,
    pub(in crate::inference) least: f32,
}

pub(in crate::inference) fn normalize<'g>(graph: &'g Graph, value: &str) -> Option<Normalize<'g>> {
    let (input, length) = graph.pair(value, "Div")?;
    let length = graph.operand(length, "Expand").unwrap_or(length);
    let clip = graph.made_by(length, "Clip")?;
    let least = graph.float(clip.input.get(1)?)?;
    let is_unbounded = clip.input.get(2).is_none_or(String::is_empty);
    let measured = clip.input.first()?;
    let of_operator = reduced(graph, measured, "ReduceL2", -1);
    let of_squares = || {
        let squares = reduced(graph, graph.operand(measured, "Sqrt")?, "ReduceSum", -1)?;
        graph
            .pair(squares, "Mul")
            .filter(|(x, y)| x == y)
            .map(|(x, _)| x)
    };
    let is_length = of_operator.or_else(of_squares) == Some(input);
    (is_length && is_unbounded).then_some(Normalize { input, least })
}

/// What is summed, or measured, over one axis.
fn reduced<'g>(graph: &'g Graph, value: &str, op_type: &str, axis: i64) -> Option<&'g str> {
    let node = graph.made_by(value, op_type)?;
    let over = match (node.input.get(1), node.attribute("axes")) {
        (Some(axes), _) => graph.integer(axes)?,
        (None, Some(axes)) if axes.ints.len() == 1 => axes.ints[0],
        _ => return None,
    };
    node.input
        .first()
        .map(String::as_str)
        .filter(|_| over == axis)
}
