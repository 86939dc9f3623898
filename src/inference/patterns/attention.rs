//! Self-attention as two matrix products and a softmax between them.

use super::super::graph::Graph;
use super::scaling;

/// Attention over rows of queries, keys and values; `value` has the heads side by side again.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::inference) struct Attention<'g> {
    pub(in crate::inference) query: &'g str,
    pub(in crate::inference) key: &'g str,
    pub(in crate::inference) value: &'g str,
    /// Columns of a head; there are as many heads as fit side by side.
    pub(in crate::inference) head_width: usize,
    pub(in crate::inference) scale: f32,
}

/// Attention in which padding, and nothing else, is masked.
pub(in crate::inference) fn attention<'g>(graph: &'g Graph, value: &str, mask: &str) -> Option<Attention<'g>> {
    let joined = graph.operand(value, "Reshape")?;
    let weighted = transposed(graph, joined, &[0, 2, 1, 3])?;
    let (weights, values) = graph.pair(weighted, "MatMul")?;
    let softmax = graph.made_by(weights, "Softmax")?;
    if !matches!(softmax.int("axis", -1), -1 | 3) {
        return None;
    }
    let masked = softmax.input.first()?;
    let (scores, _) = graph
        .either(masked, "Add")
        .find(|(_, added)| is_padding_mask(graph, added, mask))?;
    let (product, scale) = scaling(graph, scores)?;
    let (queries, keys) = graph.pair(product, "MatMul")?;
    let split = |value| {
        let joined = graph.operand(value, "Reshape")?;
        let shape = &graph.made_by(value, "Reshape")?.input.get(1)?;
        Some((joined, head_width(graph, shape)?))
    };
    let (query, width) = split(transposed(graph, queries, &[0, 2, 1, 3])?)?;
    let (key, key_width) = split(transposed(graph, keys, &[0, 2, 3, 1])?)?;
    let (value, value_width) = split(transposed(graph, values, &[0, 2, 1, 3])?)?;
    (width == key_width && width == value_width).then_some(Attention {
        query,
        key,
        value,
        head_width: width,
        scale,
    })
}

fn transposed<'g>(graph: &'g Graph, value: &str, order: &[i64]) -> Option<&'g str> {
    let node = graph.made_by(value, "Transpose")?;
    let is_so = node.attribute("perm").is_some_and(|a| a.ints == order);
    node.input.first().map(String::as_str).filter(|_| is_so)
}

/// The columns of a head, of a shape [batch, tokens, heads, columns].
fn head_width(graph: &Graph, shape: &str) -> Option<usize> {
    let columns = match graph.constant(shape) {
        Some(tensor) => match tensor.integers()?[..] {
            [_, _, _, columns] => columns,
            _ => return None,
        },
        None => match &graph.made_by(shape, "Concat")?.input[..] {
            [_, _, _, columns] => graph.integer(columns)?,
            _ => return None,
        },
    };
    columns.try_into().ok().filter(|&columns: &usize| columns > 0)
}

/// `(1 - mask) * a number far below zero`, the mask spread over heads and rows.
fn is_padding_mask(graph: &Graph, value: &str, mask: &str) -> bool {
    let Some((gaps, floor)) = scaling(graph, value) else {
        return false;
    };
    let Some((one, kept)) = graph.pair(gaps, "Sub") else {
        return false;
    };
    floor <= -1e4 && graph.float(one) == Some(1.0) && is_mask(graph, kept, mask)
}

/// The mask itself, whatever its type and its dimensions of one.
pub(super) fn is_mask(graph: &Graph, value: &str, mask: &str) -> bool {
    let from = |&at: &&str| graph.operand(at, "Unsqueeze").or_else(|| graph.operand(at, "Cast"));
    // More than a few such operators, or a circle of them, are no mask.
    std::iter::successors(Some(value), |at| from(at))
        .take(8)
        .any(|at| at == mask)
}
