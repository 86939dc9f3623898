//! The sum of the rows of a token and of its position.

use bytes::Bytes;

use super::super::graph::Graph;

/// `value[t] = words[ids[t]] + positions[t]`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::inference) struct Embedding {
    pub(in crate::inference) words: Table,
    pub(in crate::inference) positions: Vec<f32>,
    pub(in crate::inference) width: usize,
}

/// Rows of numbers.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::inference) enum Table {
    /// `(number - zero) * scale`, in place in the file.
    Bytes { rows: Bytes, signed: bool, zero: i32, scale: f32 },
    Floats(Vec<f32>),
}

pub(in crate::inference) fn embedding(graph: &Graph, value: &str, ids: &str) -> Option<Embedding> {
    graph.either(value, "Add").find_map(|(words, positions)| {
        let (words, width) = words_of(graph, words, ids)?;
        let (positions, rows) = positions_of(graph, positions)?;
        (rows == width).then_some(Embedding { words, positions, width })
    })
}

/// The table whose rows the ids choose, and its width.
fn words_of(graph: &Graph, value: &str, ids: &str) -> Option<(Table, usize)> {
    let rows = |value: &str| {
        let node = graph.made_by(value, "Gather")?;
        let [table, chosen] = &node.input[..] else {
            return None;
        };
        let tensor = graph.constant(table)?;
        let (dims, _) = tensor.shape()?;
        let is_so = chosen == ids && node.int("axis", 0) == 0 && dims.len() == 2 && dims[1] > 0;
        is_so.then(|| (tensor, dims[1]))
    };
    if let Some((tensor, width)) = rows(value) {
        return Some((Table::Floats(tensor.floats()?), width));
    }
    let widened = graph.made_by(value, "DequantizeLinear")?;
    let (tensor, width) = rows(widened.input.first()?)?;
    let scale = graph.float(widened.input.get(1)?)?;
    let (rows, signed) = tensor.bytes()?;
    let zero = match widened.input.get(2).filter(|name| !name.is_empty()) {
        None => 0,
        Some(name) => match graph.constant(name)?.bytes()? {
            (zero, true) => i32::from(*zero.first()? as i8),
            (zero, false) => i32::from(*zero.first()?),
        },
    };
    Some((Table::Bytes { rows, signed, zero, scale }, width))
}

/// The first rows of a table, as many as there are tokens.
fn positions_of(graph: &Graph, value: &str) -> Option<(Vec<f32>, usize)> {
    let node = graph.made_by(value, "Slice")?;
    let table = graph.constant(node.input.first()?)?;
    let (dims, _) = table.shape()?;
    let is = |place: usize, number| {
        let name = node.input.get(place).filter(|name| !name.is_empty());
        name.is_none_or(|name| graph.integer(name) == Some(number))
    };
    // [rows, width], or [1, rows, width].
    let (width, axis) = match dims[..] {
        [_, width] => (width, 0),
        [1, _, width] => (width, 1),
        _ => return None,
    };
    let is_prefix = is(1, 0) && node.input.len() > 3 && is(3, axis) && is(4, 1);
    Some((table.floats()?, width)).filter(|_| is_prefix && width > 0)
}
