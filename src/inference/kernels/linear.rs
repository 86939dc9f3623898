//! The fused linear layer: goes through a product tile by tile, and finishes each tile (zero
//! points, scales, bias, activation) while its sums are at hand.

use super::elementary::gelu;
use super::packed::{Line, PANEL, PackedMatrix, STEP};
use super::quantized::Quantized;
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
        Self { rows, matrix, scales, bias, activation }
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
        self.tiles::<1, 1, 1>(out, |tile, sums: &mut [Sums; 1]| {
            let row = &rows[tile.first_row * steps..][..steps];
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
    /// which are 0 before, row by row. `SUMS` is `ROWS * PANELS`.
    #[inline(always)]
    pub(super) fn tiles<const ROWS: usize, const PANELS: usize, const SUMS: usize>(
        &self,
        out: &mut [f32],
        product: impl Fn(Tile<'_>, &mut [Sums; SUMS]),
    ) {
        const { assert!(SUMS == ROWS * PANELS) };
        let steps = self.matrix.steps();
        let count = self.rows.len();
        let tiles = count.div_ceil(ROWS);
        let all_panels = self.matrix.column_sums().len();
        let mut first_panel = 0;
        while first_panel < all_panels {
            let panels = if all_panels - first_panel >= PANELS { PANELS } else { 1 };
            let lines = &self.matrix.lines()[first_panel * steps..][..panels * steps];
            let mut first_row = 0;
            for tile in 0..tiles {
                let rows = (count - first_row).div_ceil(tiles - tile);
                let mut sums = [[0; PANEL]; SUMS];
                product(Tile { first_row, rows, panels, lines }, &mut sums);
                for panel in 0..panels {
                    for row in 0..rows {
                        let sums = &sums[row * panels + panel];
                        self.finish(first_row + row, first_panel + panel, sums, out);
                    }
                }
                first_row += rows;
            }
            first_panel += panels;
        }
    }

    /// From the sums of a row and a panel to what comes out.
    #[inline(always)]
    fn finish(&self, row: usize, panel: usize, sums: &Sums, out: &mut [f32]) {
        let column_sums = &self.matrix.column_sums()[panel];
        let zero_point = self.rows.zero_points()[row];
        let scale = self.rows.scales()[row];
        let offset = match self.matrix.weight_offset() {
            0 => 0,
            offset => offset.wrapping_mul(self.rows.sums()[row]),
        };
        let value = |column: usize, scales: &[f32; PANEL]| {
            // Exact: wrapping only on the way.
            let sum = sums[column]
                .wrapping_sub(offset)
                .wrapping_sub(zero_point.wrapping_mul(column_sums[column]));
            sum as f32 * (scale * scales[column])
        };
        let outputs = self.matrix.outputs();
        let first = panel * PANEL;
        let columns = PANEL.min(outputs - first);
        let out = &mut out[row * outputs + first..][..columns];
        if let Ok(out) = <&mut [f32; PANEL]>::try_from(&mut *out) {
            let scales = full(&self.scales[first..]);
            match self.bias {
                None => {
                    for column in 0..PANEL {
                        out[column] = value(column, scales);
                    }
                }
                Some(bias) => {
                    let bias = full(&bias[first..]);
                    for column in 0..PANEL {
                        out[column] = value(column, scales) + bias[column];
                    }
                }
            }
        } else {
            let mut scales = [0.0; PANEL];
            scales[..columns].copy_from_slice(&self.scales[first..]);
            for (column, out) in out.iter_mut().enumerate() {
                *out = value(column, &scales);
                if let Some(bias) = self.bias {
                    *out += bias[first + column];
                }
            }
        }
        if self.activation == Activation::Gelu {
            for out in out {
                *out = gelu(*out);
            }
        }
    }
}

/// The first panel's worth.
#[inline(always)]
fn full(values: &[f32]) -> &[f32; PANEL] {
    &values.as_chunks::<PANEL>().0[0]
}

/// The codes of some rows from `first_row`, each of `steps`.
#[inline(always)]
pub(super) fn codes<const ROWS: usize, T>(
    codes: &[[T; STEP]],
    first_row: usize,
    steps: usize,
) -> [&[[T; STEP]]; ROWS] {
    std::array::from_fn(|row| &codes[(first_row + row) * steps..][..steps])
}

/// The lines of each panel of a tile.
#[inline(always)]
pub(super) fn panels<const PANELS: usize>(lines: &[Line], steps: usize) -> [&[Line]; PANELS] {
    std::array::from_fn(|panel| &lines[panel * steps..][..steps])
}
