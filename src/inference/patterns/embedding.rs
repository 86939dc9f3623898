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
    Bytes {
        rows: Bytes,
        signed: bool,
        zero: i32,
        scale: f32,
    },
    Floats(Vec<f32>),
}

pub(in crate::inference) fn embedding(graph: &Graph, value: &str, ids: &str) -> Option<Embedding> {
    graph.either(value, "Add").find_map(|(words, positions)| {
        let (words, width) = words_of(graph, words, ids)?;
        let (positions, rows) = positions_of(graph, positions)?;
        (rows == width).then_some(Embedding {
            words,
            positions,
            width,
        })
    })
}

/// The table whose rows the ids choose, and its width.
fn words_of(graph: &Graph, value: &str, ids: &str) -> Option<(Table, usize)> {
    gathered(graph, value, |chosen| chosen == ids)
}

/// A table of rows that are chosen by what is asked for, and its width.
fn gathered(graph: &Graph, value: &str, is_asked: impl Fn(&str) -> bool) -> Option<(Table, usize)> {
    let rows = |value: &str| {
        let node = graph.made_by(value, "Gather")?;
        let [table, chosen] = &node.input[..] else {
            return None;
        };
        let tensor = graph.constant(table)?;
        let (dims, _) = tensor.shape()?;
        let is_so = is_asked(chosen) && node.int("axis", 0) == 0 && dims.len() == 2 && dims[1] > 0;
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
    Some((
        Table::Bytes {
            rows,
            signed,
            zero,
            scale,
        },
        width,
    ))
}

/// The first rows of a table, as many as there are tokens, and its width.
fn positions_of(graph: &Graph, value: &str) -> Option<(Vec<f32>, usize)> {
    sliced(graph, value).or_else(|| {
        // Numbers from 0 on; how many must be as many as there are rows to add them to.
        let is_count = |chosen: &str| {
            let range = graph.made_by(chosen, "Range").map(|node| &node.input[..]);
            let is = |name: &str, number| graph.integer(name) == Some(number);
            matches!(range, Some([start, _, step]) if is(start, 0) && is(step, 1))
        };
        let (table, width) = gathered(graph, value, is_count)?;
        Some((table.floats(), width))
    })
}

/// A slice from the first row on.
fn sliced(graph: &Graph, value: &str) -> Option<(Vec<f32>, usize)> {
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

impl Table {
    /// All numbers, widened.
    fn floats(self) -> Vec<f32> {
        match self {
            Table::Floats(rows) => rows,
            Table::Bytes {
                rows,
                signed,
                zero,
                scale,
            } => {
                let number = |&byte: &u8| match signed {
                    true => i32::from(byte as i8),
                    false => i32::from(byte),
                };
                rows.iter()
                    .map(|byte| (number(byte) - zero) as f32 * scale)
                    .collect()
            }
        }
    }
}
