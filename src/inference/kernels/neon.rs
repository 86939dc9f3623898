//! aarch64: NEON, which every such CPU has, and its dot products, which most have.
#![allow(unsafe_code)]

use std::arch::aarch64::*;
use std::arch::asm;

use super::linear::{Linear, Sums, Tile, codes, panels};
use super::packed::{PANEL, STEP};
use super::vector::{Vector, vector};
use super::{Instructions, Kernel};

/// Four rows by one panel are 16 sums, of 32 registers.
const ROWS: usize = 4;

/// The same by two panels would be all of them; six by one are 24.
const DOT_ROWS: usize = 6;

/// Registers of the sums of a panel, of four columns each.
const QUARTERS: usize = 4;

/// Multiplies 16-bit numbers: codes by weights that are widened when read.
pub(super) fn linear(task: &Linear<'_>, out: &mut [f32]) {
    let steps = task.matrix().steps();
    let rows = task.rows().words();
    task.tiles::<Neon, ROWS, 1, ROWS>(out, |tile, sums| match tile.rows {
        1 => product::<1>(&tile, rows, steps, sums),
        2 => product::<2>(&tile, rows, steps, sums),
        3 => product::<3>(&tile, rows, steps, sums),
        _ => product::<ROWS>(&tile, rows, steps, sums),
    });
}

fn product<const M: usize>(
    tile: &Tile<'_>,
    rows: &[[i16; STEP]],
    steps: usize,
    out: &mut [Sums; ROWS],
) {
    let rows: [_; M] = codes(rows, tile.first_row, steps);
    let [panel] = panels(tile.lines, steps);
    let mut sums = [[zero(); QUARTERS]; M];
    for step in 0..steps {
        let mut four = [zero_words(); M];
        for row in 0..M {
            // SAFETY: a step has four codes.
            four[row] = unsafe { vld1_s16(rows[row][step].as_ptr()) };
        }
        let line = panel[step].0.as_ptr();
        input::<M, 0>(line, &four, &mut sums);
        input::<M, 1>(line, &four, &mut sums);
        input::<M, 2>(line, &four, &mut sums);
        input::<M, 3>(line, &four, &mut sums);
    }
    store(&sums, out);
}

/// Adds the products of one input of a line, which has four.
#[inline(always)]
fn input<const M: usize, const INPUT: i32>(
    line: *const i8,
    four: &[int16x4_t; M],
    sums: &mut [[int32x4_t; QUARTERS]; M],
) {
    // SAFETY: an input has 16 bytes of the line; NEON is part of the platform.
    unsafe {
        let weights = vld1q_s8(line.add(PANEL * INPUT as usize));
        let (low, high) = (vmovl_s8(vget_low_s8(weights)), vmovl_high_s8(weights));
        for row in 0..M {
            let sums = &mut sums[row];
            sums[0] = vmlal_lane_s16::<INPUT>(sums[0], vget_low_s16(low), four[row]);
            sums[1] = vmlal_high_lane_s16::<INPUT>(sums[1], low, four[row]);
            sums[2] = vmlal_lane_s16::<INPUT>(sums[2], vget_low_s16(high), four[row]);
            sums[3] = vmlal_high_lane_s16::<INPUT>(sums[3], high, four[row]);
        }
    }
}

/// Multiplies signed bytes, four products to a sum.
pub(super) fn linear_dot(kernel: Kernel, task: &Linear<'_>, out: &mut [f32]) {
    assert_eq!(kernel.0, Instructions::NeonDot);
    // SAFETY: a `Kernel` exists only where its instructions do.
    unsafe { all_tiles_dot(task, out) }
}

#[target_feature(enable = "dotprod")]
fn all_tiles_dot(task: &Linear<'_>, out: &mut [f32]) {
    let steps = task.matrix().steps();
    let rows = task.rows().bytes();
    task.tiles::<Neon, DOT_ROWS, 1, DOT_ROWS>(out, |tile, sums| match tile.rows {
        1 => product_dot::<1>(&tile, rows, steps, sums),
        2 => product_dot::<2>(&tile, rows, steps, sums),
        3 => product_dot::<3>(&tile, rows, steps, sums),
        4 => product_dot::<4>(&tile, rows, steps, sums),
        5 => product_dot::<5>(&tile, rows, steps, sums),
        _ => product_dot::<DOT_ROWS>(&tile, rows, steps, sums),
    });
}

#[target_feature(enable = "dotprod")]
fn product_dot<const M: usize>(
    tile: &Tile<'_>,
    rows: &[[u8; STEP]],
    steps: usize,
    out: &mut [Sums; DOT_ROWS],
) {
    let rows: [_; M] = codes(rows, tile.first_row, steps);
    let [panel] = panels(tile.lines, steps);
    let mut sums = [[zero(); QUARTERS]; M];
    for step in 0..steps {
        let line = panel[step].0.as_ptr();
        let mut weights = [zero(); QUARTERS];
        for quarter in 0..QUARTERS {
            // SAFETY: 16 of the 64 bytes of a line.
            weights[quarter] = unsafe { vreinterpretq_s32_s8(vld1q_s8(line.add(16 * quarter))) };
        }
        for row in 0..M {
            let four = vdupq_n_s32(i32::from_ne_bytes(rows[row][step]));
            for quarter in 0..QUARTERS {
                sums[row][quarter] = dot(sums[row][quarter], weights[quarter], four);
            }
        }
    }
    store(&sums, out);
}

/// `sdot`, of which the intrinsic is not stable.
#[inline]
#[target_feature(enable = "dotprod")]
fn dot(mut sums: int32x4_t, weights: int32x4_t, codes: int32x4_t) -> int32x4_t {
    // SAFETY: reads and writes registers only.
    unsafe {
        asm!(
            "sdot {sums:v}.4s, {weights:v}.16b, {codes:v}.16b",
            sums = inout(vreg) sums,
            weights = in(vreg) weights,
            codes = in(vreg) codes,
            options(pure, nomem, nostack, preserves_flags),
        );
    }
    sums
}

#[inline(always)]
fn zero() -> int32x4_t {
    // SAFETY: NEON is part of the platform.
    unsafe { vdupq_n_s32(0) }
}

#[inline(always)]
fn zero_words() -> int16x4_t {
    // SAFETY: NEON is part of the platform.
    unsafe { vdup_n_s16(0) }
}

#[inline(always)]
fn store<const M: usize>(sums: &[[int32x4_t; QUARTERS]; M], out: &mut [Sums]) {
    for (sums, out) in sums.iter().zip(out) {
        for quarter in 0..QUARTERS {
            // SAFETY: four times four sums.
            unsafe { vst1q_s32(out.as_mut_ptr().add(4 * quarter), sums[quarter]) };
        }
    }
}

vector! {
    Neon = [float32x4_t; 4] of 4,
    operators: {
        Add::add = vaddq_f32,
        Sub::sub = vsubq_f32,
        Mul::mul = vmulq_f32,
        Div::div = vdivq_f32,
    },
    pairs: {
        greater = greater,
        lesser = lesser,
    },
    each: {
        abs = vabsq_f32,
        power_of_two = power_of_two,
    },
    splat: vdupq_n_f32,
    load: vld1q_f32,
    from_integers: from_integers,
    store: vst1q_f32,
}

/// `fmax` would return NaN if either is.
#[inline]
#[target_feature(enable = "neon")]
fn greater(a: float32x4_t, b: float32x4_t) -> float32x4_t {
    vbslq_f32(vcgtq_f32(a, b), a, b)
}

#[inline]
#[target_feature(enable = "neon")]
fn lesser(a: float32x4_t, b: float32x4_t) -> float32x4_t {
    vbslq_f32(vcltq_f32(a, b), a, b)
}

#[inline]
#[target_feature(enable = "neon")]
fn power_of_two(integer: float32x4_t) -> float32x4_t {
    let exponent = vshlq_n_u32::<23>(vreinterpretq_u32_f32(integer));
    let one = vreinterpretq_u32_f32(vdupq_n_f32(1.0));
    vreinterpretq_f32_u32(vaddq_u32(exponent, one))
}

/// # Safety
///
/// `values` must point to four.
#[inline]
#[target_feature(enable = "neon")]
unsafe fn from_integers(values: *const i32) -> float32x4_t {
    // SAFETY: as above.
    vcvtq_f32_s32(unsafe { vld1q_s32(values) })
}
