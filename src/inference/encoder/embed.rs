//! The first step: from ids to rows.

use super::super::kernels::{Codes, Kernel};
use super::super::patterns::{Embedding, Table};

impl Embedding {
    /// Rows of the table of words: ids are below this.
    pub(super) fn vocabulary(&self) -> usize {
        match &self.words {
            Table::Bytes { rows, .. } => rows.len() / self.width,
            Table::Floats(rows) => rows.len() / self.width,
        }
    }

    /// Rows of the table of positions.
    pub(super) fn max_tokens(&self) -> usize {
        self.positions.len() / self.width
    }

    /// Writes the sum of word and position for each id of each sequence.
    pub(super) fn rows(&self, kernel: Kernel, sequences: &[&[u32]], out: &mut [f32]) {
        let width = self.width;
        let positions = || self.positions.chunks_exact(width);
        let ids = sequences.iter().flat_map(|ids| ids.iter().zip(positions()));
        for ((&id, position), out) in ids.zip(out.chunks_exact_mut(width)) {
            let row = id as usize * width..(id as usize + 1) * width;
            match &self.words {
                Table::Bytes {
                    rows,
                    signed,
                    zero,
                    scale,
                } => {
                    let codes = match signed {
                        true => Codes::Signed(&rows[row]),
                        false => Codes::Unsigned(&rows[row]),
                    };
                    kernel.dequantize(codes, *zero, *scale, position, out);
                }
                Table::Floats(rows) => {
                    for ((out, word), position) in out.iter_mut().zip(&rows[row]).zip(position) {
                        *out = word + position;
                    }
                }
            }
        }
    }
}
