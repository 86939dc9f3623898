//! Self-attention as two matrix products and a softmax between them.

use super::super::graph::Graph;
use super::scaling;

/// Attention over rows of queries, keys and values; `value` has the heads side by side again.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::inference) struct Attention<'g> {
    pub(in crate::inference) query: &'g str,
    pub(in crate::inference) key: &'g str,
    pub(in crate::inference) value: &'g str,
    pub(in crate::inference) heads: Heads,
    pub(in crate::inference) scale: f32,
}

/// How rows are split, by the one number or the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::inference) enum Heads {
    Count(usize),
    Width(usize),
}

impl Heads {
    /// How many heads rows of `width` columns have; `None` if they do not fill them.
    pub(in crate::inference) fn count(self, width: usize) -> Option<usize> {
        let (Heads::Count(part) | Heads::Width(part)) = self;
        if part == 0 || !width.is_multiple_of(part) {
            return None;
        }
        Some(match self {
            Heads::Count(count) => count,
            Heads::Width(columns) => width / columns,
        })
    }
}

/// Attention in which padding, and nothing else, is masked.
pub(in crate::inference) fn attention<'g>(
    graph: &'g Graph,
    value: &str,
    mask: &str,
) -> Option<Attention<'g>> {
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
        Some((joined, heads(graph, shape)?))
    };
    let (query, heads) = split(transposed(graph, queries, &[0, 2, 1, 3])?)?;
    let (key, of_keys) = split(transposed(graph, keys, &[0, 2, 3, 1])?)?;
    let (value, of_values) = split(transposed(graph, values, &[0, 2, 1, 3])?)?;
    (heads == of_keys && heads == of_values).then_some(Attention {
        query,
        key,
        value,
        heads,
        scale,
    })
}

fn transposed<'g>(graph: &'g Graph, value: &str, order: &[i64]) -> Option<&'g str> {
    let node = graph.made_by(value, "Transpose")?;
    let is_so = node.attribute("perm").is_some_and(|a| a.ints == order);
    node.input.first().map(String::as_str).filter(|_| is_so)
}

/// The heads of a shape [batch, tokens, heads, columns], of which one number may be left open.
fn heads(graph: &Graph, shape: &str) -> Option<Heads> {
    let [count, columns] = match graph.constant(shape) {
        Some(tensor) => match tensor.integers()?[..] {
            [_, _, count, columns] => [Some(count), Some(columns)],
            _ => return None,
        },
        None => match &graph.made_by(shape, "Concat")?.input[..] {
            [_, _, count, columns] => [count, columns].map(|part| graph.integer(part)),
            _ => return None,
        },
    };
    let known = |number: Option<i64>| usize::try_from(number?).ok().filter(|&number| number > 0);
    let width = known(columns).map(Heads::Width);
    width.or_else(|| known(count).map(Heads::Count))
}

/// `(1 - mask) * a number far below zero`, the mask spread over heads and rows.
fn is_padding_mask(graph: &Graph, value: &str, mask: &str) -> bool {
    let Some((gaps, floor)) = scaling(graph, value) else {
        return false;
    };
    let spread = |at: &&str| graph.operand(at, "Unsqueeze");
    let mut gaps = std::iter::successors(Some(gaps), |at| spread(at)).take(4);
    let difference = gaps.find_map(|at| graph.pair(at, "Sub"));
    floor <= -1e4
        && difference
            .is_some_and(|(one, kept)| graph.float(one) == Some(1.0) && is_mask(graph, kept, mask))
}

/// The mask itself, whatever its type and its dimensions of one.
pub(super) fn is_mask(graph: &Graph, value: &str, mask: &str) -> bool {
    let from = |&at: &&str| {
        graph
            .operand(at, "Unsqueeze")
            .or_else(|| graph.operand(at, "Cast"))
    };
    // More than a few such operators, or a circle of them, are no mask.
    std::iter::successors(Some(value), |at| from(at))
        .take(8)
        .any(|at| at == mask)
}
