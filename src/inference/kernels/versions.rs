//! Compiles a function once per instruction set.
//!
//! The bodies are generic over the vector and marked `#[inline(always)]`, so that they become part
//! of a function that may use its instructions.
#![allow(unsafe_code)]

use super::attention::Attention;
#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
use super::neon;
use super::quantized::{Range, Target};
use super::rows::Codes;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use super::simd128;
use super::vector::Portable;
use super::{Instructions, Kernel, attention, elementary, quantized, rows};
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
use super::{avx2, avx512};

/// `fn name(arguments) = body;` makes `name(kernel, arguments)`.
macro_rules! versions {
    ($(fn $name:ident($($argument:ident: $type:ty),* $(,)?) $(-> $result:ty)? = $($body:ident)::+;)*) => {$(
        #[allow(clippy::too_many_arguments)]
        pub(super) fn $name(kernel: Kernel, $($argument: $type),*) $(-> $result)? {
            match kernel.0 {
                #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
                Instructions::Avx2 => {
                    #[target_feature(enable = "avx2")]
                    fn version($($argument: $type),*) $(-> $result)? {
                        $($body)::+::<avx2::Avx2>($($argument),*)
                    }
                    // SAFETY: a `Kernel` exists only where its instructions do.
                    unsafe { version($($argument),*) }
                }
                #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
                Instructions::Avx512Vnni => {
                    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
                    fn version($($argument: $type),*) $(-> $result)? {
                        $($body)::+::<avx512::Avx512>($($argument),*)
                    }
                    // SAFETY: as above.
                    unsafe { version($($argument),*) }
                }
                // Part of the platform, or compiled for: nothing to switch on.
                #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
                Instructions::Neon | Instructions::NeonDot => $($body)::+::<neon::Neon>($($argument),*),
                #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
                Instructions::Simd128 => $($body)::+::<simd128::Simd128>($($argument),*),
                #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
                Instructions::RelaxedSimd => $($body)::+::<simd128::Simd128>($($argument),*),
                Instructions::Portable => $($body)::+::<Portable>($($argument),*),
            }
        }
    )*};
}

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
    fn quantize(rows: &[f32], width: usize, range: Range, target: &mut Target<'_>) = quantized::quantize;
    fn range(values: &[f32]) -> Range = quantized::range;
}
