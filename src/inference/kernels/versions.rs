//! Compiles a function once per instruction set.
//!
//! The bodies are plain Rust marked `#[inline(always)]`: inlined into a function that may use
//! AVX-512, the compiler makes AVX-512 of them. No version may compute anything else, because the
//! compiler keeps the order of float operations and never fuses them.
#![allow(unsafe_code)]

use super::attention::Attention;
use super::quantized::{Range, Target};
use super::rows::Codes;
use super::{Instructions, Kernel, attention, elementary, quantized, rows};

/// `fn name(arguments) = body;` makes `name(kernel, arguments)`.
macro_rules! versions {
    ($(fn $name:ident($($argument:ident: $type:ty),* $(,)?) $(-> $result:ty)? = $body:path;)*) => {$(
        #[allow(clippy::too_many_arguments)]
        pub(super) fn $name(kernel: Kernel, $($argument: $type),*) $(-> $result)? {
            match kernel.0 {
                #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
                Instructions::Avx2 => {
                    #[target_feature(enable = "avx2")]
                    fn version($($argument: $type),*) $(-> $result)? {
                        $body($($argument),*)
                    }
                    // SAFETY: a `Kernel` exists only where its instructions do.
                    unsafe { version($($argument),*) }
                }
                #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
                Instructions::Avx512Vnni => {
                    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
                    fn version($($argument: $type),*) $(-> $result)? {
                        $body($($argument),*)
                    }
                    // SAFETY: as above.
                    unsafe { version($($argument),*) }
                }
                // NEON is part of the platform and simd128 compiled for: nothing to switch on.
                _ => $body($($argument),*),
            }
        }
    )*};
}
pub(super) use versions;

versions! {
    fn attention(
        task: Attention<'_>, scratch: &mut Vec<f32>, out: &mut [f32], out_stride: usize,
    ) = attention::attention;
    fn dequantize(
        codes: Codes<'_>, zero_point: i32, scale: f32, addend: &[f32], out: &mut [f32],
    ) = rows::dequantize;
    fn gelu(values: &mut [f32]) = elementary::gelu_all;
    fn layer_norm(
        rows: &mut [f32], residual: Option<&[f32]>, gain: &[f32], shift: &[f32], epsilon: f32,
    ) = rows::layer_norm;
    fn mean_rows(rows: &[f32], out: &mut [f32]) = rows::mean;
    fn normalize(row: &mut [f32], least_length: f32) = rows::normalize;
    fn quantize(rows: &[f32], width: usize, range: Range, target: Target<'_>) = quantized::quantize;
    fn range(values: &[f32]) -> Range = quantized::range;
}
