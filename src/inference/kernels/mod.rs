//! The arithmetic of int8 encoders on a CPU: dynamic quantisation, matrix products with what
//! follows them, layer norm, attention over short sequences, pooling.
//!
//! Every [`Kernel`] gives the same bits, floats included, on every platform. That holds because
//! sums of integers are exact, and floats are only ever added, subtracted, multiplied, divided,
//! rooted, compared and rounded, one operation at a time (no fused multiply-add) and in one order:
//! sums run in sixteen lanes, which are then added as a tree. The float code is written once, over
//! [`vector::Vector`], and compiled once per instruction set ([`versions`]); only the integer
//! products are written for each.
//!
//! No value of a float makes a function here panic. NaN gives NaN where values are computed
//! ([`Kernel::layer_norm`], GELU, [`Kernel::attention`], pooling), though not always
//! the same of its many bit patterns. [`Quantized`] takes NaN as the least value of its segment,
//! and an infinity makes the scale of its segment infinite, so that products with it are NaN.

// Loops run over several arrays of registers at once.
#![allow(clippy::needless_range_loop)]
// Only the kernels of x86 together use all that is shared.
#![cfg_attr(
    not(any(target_arch = "x86", target_arch = "x86_64")),
    allow(dead_code)
)]

mod attention;
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
mod avx2;
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
mod avx512;
mod elementary;
mod linear;
#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
mod neon;
mod packed;
mod quantized;
mod rows;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128;
#[cfg(test)]
mod tests;
mod vector;
mod versions;

use std::sync::OnceLock;

pub(crate) use attention::Attention;
pub(crate) use linear::Activation;
pub(crate) use packed::{Layout, PackedMatrix};
pub(crate) use quantized::Quantized;
pub(crate) use rows::Codes;

use linear::Linear;

/// An instruction set that this machine has.
///
/// There is no way to make one that it lacks, which is what makes the calls below sound.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Kernel(Instructions);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Instructions {
    Portable,
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    Avx2,
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    Avx512Vnni,
    #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
    Neon,
    #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
    NeonDot,
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    Simd128,
    #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
    RelaxedSimd,
}

/// All of this platform, the quickest first.
const ALL: &[Instructions] = &[
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    Instructions::Avx512Vnni,
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    Instructions::Avx2,
    #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
    Instructions::NeonDot,
    #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
    Instructions::Neon,
    #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
    Instructions::RelaxedSimd,
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    Instructions::Simd128,
    Instructions::Portable,
];

impl Instructions {
    fn detected(self) -> bool {
        match self {
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Self::Avx2 => is_x86_feature_detected!("avx2"),
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Self::Avx512Vnni => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512vnni")
            }
            #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
            Self::NeonDot => std::arch::is_aarch64_feature_detected!("dotprod"),
            // Part of the platform, or compiled for.
            _ => true,
        }
    }
}

impl Kernel {
    /// Plain Rust: what the others are tested against.
    pub(crate) const PORTABLE: Self = Self(Instructions::Portable);

    /// The quickest that this machine has; looked up once.
    pub(crate) fn best() -> Self {
        static BEST: OnceLock<Kernel> = OnceLock::new();
        *BEST.get_or_init(|| Self::available().next().unwrap_or(Self::PORTABLE))
    }

    /// All that this machine has, the quickest first, [`Kernel::PORTABLE`] last.
    pub(crate) fn available() -> impl Iterator<Item = Self> {
        ALL.iter()
            .copied()
            .filter(|instructions| instructions.detected())
            .map(Self)
    }

    /// `portable`, `avx2`, `avx512-vnni`, `neon`, `neon-dot`, `simd128` or `relaxed-simd`.
    pub(crate) fn name(self) -> &'static str {
        match self.0 {
            Instructions::Portable => "portable",
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Instructions::Avx2 => "avx2",
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Instructions::Avx512Vnni => "avx512-vnni",
            #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
            Instructions::Neon => "neon",
            #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
            Instructions::NeonDot => "neon-dot",
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            Instructions::Simd128 => "simd128",
            #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
            Instructions::RelaxedSimd => "relaxed-simd",
        }
    }

    /// Product of quantised rows and a matrix, scaled, with bias and activation:
    /// `out[m][n] = activation(sum_k (row[m][k] - zero point) * weight[k][n] * (row scale * scales[n]) + bias[n])`.
    ///
    /// `scales` and `bias` have one number per column, `out` has rows x columns. The sum is exact.
    ///
    /// # Panics
    ///
    /// If lengths do not fit, or if rows or matrix were made for another kernel.
    pub(crate) fn linear(
        self,
        rows: &Quantized,
        matrix: &PackedMatrix,
        scales: &[f32],
        bias: Option<&[f32]>,
        activation: Activation,
        out: &mut [f32],
    ) {
        assert!(
            rows.kernel() == Some(self) && matrix.kernel() == self,
            "rows and matrix must be made for {}",
            self.name()
        );
        assert_eq!(rows.width(), matrix.inputs());
        assert_eq!(scales.len(), matrix.outputs());
        assert!(bias.is_none_or(|bias| bias.len() == matrix.outputs()));
        assert_eq!(Some(out.len()), rows.len().checked_mul(matrix.outputs()));
        Linear::new(rows, matrix, scales, bias, activation).run(self, out);
    }

    /// Adds the residual, if there is one, then normalises each row as ONNX `LayerNormalization`
    /// does: to mean 0 and variance 1 (biased, plus `epsilon`), times `gain`, plus `shift`. A row
    /// is as long as `gain`.
    ///
    /// # Panics
    ///
    /// If lengths do not fit.
    pub(crate) fn layer_norm(
        self,
        rows: &mut [f32],
        residual: Option<&[f32]>,
        gain: &[f32],
        shift: &[f32],
        epsilon: f32,
    ) {
        assert!(!gain.is_empty() && gain.len() == shift.len());
        assert!(rows.len() % gain.len() == 0);
        assert!(residual.is_none_or(|residual| residual.len() == rows.len()));
        versions::layer_norm(self, rows, residual, gain, shift, epsilon);
    }

    /// `x * Φ(x)` of each value, Φ being the normal distribution: the exact GELU, not the one by
    /// tanh. [`elementary::gelu`] states the error.
    #[cfg(test)]
    pub(crate) fn gelu(self, values: &mut [f32]) {
        versions::gelu(self, values);
    }

    /// Attention within one sequence, each token seeing all: per head,
    /// `softmax(query * key^T * scale) * value`.
    ///
    /// `scratch` grows to (head width + 4) x tokens rounded up to 16 and is kept.
    ///
    /// # Panics
    ///
    /// If a row ends beyond its slice, or rows of `out` overlap.
    pub(crate) fn attention(
        self,
        attention: Attention<'_>,
        scratch: &mut Vec<f32>,
        out: &mut [f32],
        out_stride: usize,
    ) {
        attention.check(out.len(), out_stride);
        versions::attention(self, attention, scratch, out, out_stride);
    }

    /// Mean of rows, each as long as `out`; of no rows: 0.
    ///
    /// # Panics
    ///
    /// If `rows` is no whole number of rows.
    pub(crate) fn mean_rows(self, rows: &[f32], out: &mut [f32]) {
        assert!(!out.is_empty() && rows.len() % out.len() == 0);
        versions::mean_rows(self, rows, out);
    }

    /// Divides a row by its Euclidean length, or by `least_length` if it is shorter than that.
    pub(crate) fn normalize(self, row: &mut [f32], least_length: f32) {
        versions::normalize(self, row, least_length);
    }

    /// A row of an int8 table, such as a word's embedding: `(code - zero_point) * scale + addend`.
    ///
    /// # Panics
    ///
    /// If the three lengths differ.
    pub(crate) fn dequantize(
        self,
        codes: Codes<'_>,
        zero_point: i32,
        scale: f32,
        addend: &[f32],
        out: &mut [f32],
    ) {
        assert!(codes.len() == out.len() && addend.len() == out.len());
        versions::dequantize(self, codes, zero_point, scale, addend, out);
    }

    /// `|a - b| * scale`, number by number.
    ///
    /// # Panics
    ///
    /// If the three lengths differ; [`Kernel::product`] and [`Kernel::sum`] alike.
    pub(crate) fn difference(self, a: &[f32], b: &[f32], scale: f32, out: &mut [f32]) {
        assert!(a.len() == out.len() && b.len() == out.len());
        versions::difference(self, a, b, scale, out);
    }

    /// `a * b * scale`, number by number.
    pub(crate) fn product(self, a: &[f32], b: &[f32], scale: f32, out: &mut [f32]) {
        assert!(a.len() == out.len() && b.len() == out.len());
        versions::product(self, a, b, scale, out);
    }

    /// `(a + b) * scale`, number by number.
    pub(crate) fn sum(self, a: &[f32], b: &[f32], scale: f32, out: &mut [f32]) {
        assert!(a.len() == out.len() && b.len() == out.len());
        versions::sum(self, a, b, scale, out);
    }

    /// The sum of `a * b`.
    ///
    /// # Panics
    ///
    /// If the lengths differ.
    pub(crate) fn dot(self, a: &[f32], b: &[f32]) -> f32 {
        assert_eq!(a.len(), b.len());
        versions::dot(self, a, b)
    }
}
