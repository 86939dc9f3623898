//! The fused linear layer: goes through a product tile by tile, and finishes each tile (zero
//! points, scales, bias, activation) while its sums are at hand.

use super::elementary::gelu;
use super::packed::{Line, PANEL, PackedMatrix, STEP};
use super::quantized::Quantized;
use super::vector::{Portable, Vector, read, write};
use super::{Instructions, Kernel};

/// What follows scale and bias.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Activation {
    None,
    Gelu,
}

/// Sums of one row over the columns of one panel.
pub(super) type Sums = [i32; PANEL];

/// A product to be computed; all lengths are known to fit.
pub(super) struct Linear<'a> {
    rows: &'a Quantized,
    matrix: &'a PackedMatrix,
    scales: &'a [f32],
    bias: Option<&'a [f32]>,
    activation: Activation,
}

/// Neighbouring rows times neighbouring panels.
pub(super) struct Tile<'a> {
    pub(super) first_row: usize,
    pub(super) rows: usize,
    pub(super) panels: usize,
    /// The lines of the panels, as many per panel as there are steps.
    pub(super) lines: &'a [Line],
}

impl<'a> Linear<'a> {
    pub(super) fn new(
        rows: &'a Quantized,
        matrix: &'a PackedMatrix,
        scales: &'a [f32],
        bias: Option<&'a [f32]>,
        activation: Activation,
    ) -> Self {
        Self {
            rows,
            matrix,
            scales,
            bias,
            activation,
        }
    }

    pub(super) fn rows(&self) -> &'a Quantized {
        self.rows
    }

    pub(super) fn matrix(&self) -> &'a PackedMatrix {
        self.matrix
    }

    /// By the product of the kernel.
    pub(super) fn run(&self, kernel: Kernel, out: &mut [f32]) {
        match kernel.0 {
            Instructions::Portable => self.portable(out),
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Instructions::Avx2 => super::avx2::linear(kernel, self, out),
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Instructions::Avx512Vnni => super::avx512::linear(kernel, self, out),
            #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
            Instructions::Neon => super::neon::linear(self, out),
            #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
            Instructions::NeonDot => super::neon::linear_dot(kernel, self, out),
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            Instructions::Simd128 => super::simd128::linear(self, out),
            #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
            Instructions::RelaxedSimd => super::simd128::linear_relaxed(self, out),
        }
    }

    fn portable(&self, out: &mut [f32]) {
        let steps = self.matrix.steps();
        let rows = self.rows.words();
        self.tiles::<Portable, 1, 1, 1>(out, |tile, sums: &mut [Sums; 1]| {
            let row = &rows[tile.first_row * steps..][..steps];
            sums[0] = [0; PANEL];
            for (codes, line) in row.iter().zip(tile.lines) {
                for (&code, weights) in codes.iter().zip(line.0.as_chunks::<PANEL>().0) {
                    for (sum, &weight) in sums[0].iter_mut().zip(weights) {
                        *sum += i32::from(code) * i32::from(weight);
                    }
                }
            }
        });
    }

    /// Goes through all tiles: `PANELS` panels at a time, then one at a time, and of each all rows,
    /// at most `ROWS` at a time and about as many in each tile. `product` sets the sums of a tile,
    /// row by row. `SUMS` is `ROWS * PANELS`.
    #[inline(always)]
    pub(super) fn tiles<V: Vector, const ROWS: usize, const PANELS: usize, const SUMS: usize>(
        &self,
        out: &mut [f32],
        product: impl Fn(Tile<'_>, &mut [Sums; SUMS]),
    ) {
        const { assert!(SUMS == ROWS * PANELS) };
        let steps = self.matrix.steps();
        let count = self.rows.len();
        let tiles = count.div_ceil(ROWS);
        let all_panels = self.matrix.column_sums().len();
        let mut sums = [[0; PANEL]; SUMS];
        let mut first_panel = 0;
        while first_panel < all_panels {
            let panels = if all_panels - first_panel >= PANELS {
                PANELS
            } else {
                1
            };
            let lines = &self.matrix.lines()[first_panel * steps..][..panels * steps];
            let mut first_row = 0;
            for tile in 0..tiles {
                let rows = (count - first_row).div_ceil(tiles - tile);
                product(
                    Tile {
                        first_row,
                        rows,
                        panels,
                        lines,
                    },
                    &mut sums,
                );
                for panel in 0..panels {
                    let finish = Finish::<V>::new(self, first_panel + panel);
                    for row in 0..rows {
                        finish.row(first_row + row, &sums[row * panels + panel], out);
                    }
                }
                first_row += rows;
            }
            first_panel += panels;
        }
    }
}

/// What makes sums of one panel's columns values.
struct Finish<'a, V> {
    task: &'a Linear<'a>,
    first: usize,
    column_sums: &'a Sums,
    scales: V,
    bias: Option<V>,
}

impl<'a, V: Vector> Finish<'a, V> {
    #[inline(always)]
    fn new(task: &'a Linear<'a>, panel: usize) -> Self {
        let first = panel * PANEL;
        Self {
            task,
            first,
            column_sums: &task.matrix.column_sums()[panel],
            scales: read(&task.scales[first..], 0.0),
            // Not `map`: closures are not inlined for sure.
            #[allow(clippy::manual_map)]
            bias: match task.bias {
                Some(bias) => Some(read(&bias[first..], 0.0)),
                None => None,
            },
        }
    }

    #[inline(always)]
    fn row(&self, row: usize, sums: &Sums, out: &mut [f32]) {
        let rows = self.task.rows;
        let zero_point = rows.zero_points()[row];
        let offset = match self.task.matrix.weight_offset() {
            0 => 0,
            offset => offset.wrapping_mul(rows.sums()[row]),
        };
        let mut exact = [0; PANEL];
        for column in 0..PANEL {
            // What wraps on the way wraps back.
            let excess = zero_point
                .wrapping_mul(self.column_sums[column])
                .wrapping_add(offset);
            exact[column] = sums[column].wrapping_sub(excess);
        }
        let mut values = V::from_integers(&exact) * (V::splat(rows.scales()[row]) * self.scales);
        if let Some(bias) = self.bias {
            values = values + bias;
        }
        if self.task.activation == Activation::Gelu {
            values = gelu(values);
        }
        let outputs = self.task.matrix.outputs();
        write(
            values,
            &mut out[row * outputs + self.first..(row + 1) * outputs],
        );
    }
}

/// The codes of some rows from `first_row`, each of `steps`.
#[inline(always)]
pub(super) fn codes<const ROWS: usize, T>(
    codes: &[[T; STEP]],
    first_row: usize,
    steps: usize,
) -> [&[[T; STEP]]; ROWS] {
    let mut rows = [&codes[..0]; ROWS];
    for row in 0..ROWS {
        rows[row] = &codes[(first_row + row) * steps..][..steps];
    }
    rows
}

/// The lines of each panel of a tile.
#[inline(always)]
pub(super) fn panels<const PANELS: usize>(lines: &[Line], steps: usize) -> [&[Line]; PANELS] {
    let mut panels = [&lines[..0]; PANELS];
    for panel in 0..PANELS {
        panels[panel] = &lines[panel * steps..][..steps];
    }
    panels
}
