//! WebAssembly: simd128, and where compiled for, relaxed-simd. Which, is settled at compile time.
#![allow(unsafe_code)]

use std::arch::wasm32::*;

use super::linear::{Linear, Sums, Tile, codes, panels};
use super::packed::STEP;
use super::vector::{Vector, vector};

/// Four rows by half a panel are eight sums, of the 16 registers that x86 has for them.
const ROWS: usize = 4;

/// Halves of a panel, of two registers of sums each.
const HALVES: usize = 2;
const REGISTERS: usize = 2;

/// Multiplies 16-bit numbers, two products to a sum: codes by weights widened when read.
pub(super) fn linear(task: &Linear<'_>, out: &mut [f32]) {
    let steps = task.matrix().steps();
    let rows = task.rows().words();
    task.tiles::<Simd128, ROWS, 1, ROWS>(out, |tile, sums| match tile.rows {
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
    for half in 0..HALVES {
        let mut sums = [[i32x4_splat(0); REGISTERS]; M];
        for step in 0..steps {
            let line = panel[step].0.as_ptr();
            for pair in 0..STEP / 2 {
                let mut weights = [i32x4_splat(0); REGISTERS];
                for register in 0..REGISTERS {
                    let place = 32 * pair + 16 * half + 8 * register;
                    // SAFETY: 8 of the 64 bytes of a line.
                    weights[register] = unsafe { i16x8_load_extend_i8x8(line.add(place)) };
                }
                for row in 0..M {
                    // SAFETY: two of the four codes of a step.
                    let two =
                        unsafe { v128_load32_splat(rows[row][step].as_ptr().add(2 * pair).cast()) };
                    for register in 0..REGISTERS {
                        let products = i32x4_dot_i16x8(two, weights[register]);
                        sums[row][register] = i32x4_add(sums[row][register], products);
                    }
                }
            }
        }
        store(&sums, half, out);
    }
}

/// Multiplies signed bytes by numbers of 7 bits, four products to a sum.
///
/// The instruction is defined for these alone; the weights of such a matrix have 64 added.
#[cfg(target_feature = "relaxed-simd")]
pub(super) fn linear_relaxed(task: &Linear<'_>, out: &mut [f32]) {
    if task.matrix().weight_offset() == 0 {
        return linear(task, out);
    }
    let steps = task.matrix().steps();
    let rows = task.rows().bytes();
    task.tiles::<Simd128, ROWS, 1, ROWS>(out, |tile, sums| match tile.rows {
        1 => product_relaxed::<1>(&tile, rows, steps, sums),
        2 => product_relaxed::<2>(&tile, rows, steps, sums),
        3 => product_relaxed::<3>(&tile, rows, steps, sums),
        _ => product_relaxed::<ROWS>(&tile, rows, steps, sums),
    });
}

#[cfg(target_feature = "relaxed-simd")]
fn product_relaxed<const M: usize>(
    tile: &Tile<'_>,
    rows: &[[u8; STEP]],
    steps: usize,
    out: &mut [Sums; ROWS],
) {
    let rows: [_; M] = codes(rows, tile.first_row, steps);
    let [panel] = panels(tile.lines, steps);
    for half in 0..HALVES {
        let mut sums = [[i32x4_splat(0); REGISTERS]; M];
        for step in 0..steps {
            let line = panel[step].0.as_ptr();
            let mut weights = [i32x4_splat(0); REGISTERS];
            for register in 0..REGISTERS {
                // SAFETY: 16 of the 64 bytes of a line.
                weights[register] =
                    unsafe { v128_load(line.add(32 * half + 16 * register).cast()) };
            }
            for row in 0..M {
                let four = i32x4_splat(i32::from_ne_bytes(rows[row][step]));
                for register in 0..REGISTERS {
                    let sum = &mut sums[row][register];
                    *sum = i32x4_relaxed_dot_i8x16_i7x16_add(four, weights[register], *sum);
                }
            }
        }
        store(&sums, half, out);
    }
}

#[inline(always)]
fn store<const M: usize>(sums: &[[v128; REGISTERS]; M], half: usize, out: &mut [Sums; ROWS]) {
    for row in 0..M {
        for register in 0..REGISTERS {
            // SAFETY: `Sums` are 64 bytes, four registers.
            unsafe {
                let place = out[row].as_mut_ptr().add(8 * half + 4 * register);
                v128_store(place.cast(), sums[row][register]);
            }
        }
    }
}

vector! {
    Simd128 = [v128; 4] of 4,
    operators: {
        Add::add = f32x4_add,
        Sub::sub = f32x4_sub,
        Mul::mul = f32x4_mul,
        Div::div = f32x4_div,
    },
    pairs: {
        greater = greater,
        lesser = lesser,
    },
    each: {
        abs = f32x4_abs,
        power_of_two = power_of_two,
    },
    splat: f32x4_splat,
    load: v128_load,
    from_integers: from_integers,
    store: v128_store,
}

#[inline]
fn greater(a: v128, b: v128) -> v128 {
    select(f32x4_gt(a, b), a, b)
}

#[inline]
fn lesser(a: v128, b: v128) -> v128 {
    select(f32x4_lt(a, b), a, b)
}

/// `f32x4_pmax` and `f32x4_pmin` are these selections, but where relaxed-simd is compiled for, LLVM
/// makes `relaxed_max` and `relaxed_min` of them, which leave open what becomes of NaN and of zeros.
#[inline]
fn select(mask: v128, a: v128, b: v128) -> v128 {
    #[cfg(target_feature = "relaxed-simd")]
    {
        // All bits of a lane of the mask are the same, of which the result is defined.
        i32x4_relaxed_laneselect(a, b, mask)
    }
    #[cfg(not(target_feature = "relaxed-simd"))]
    {
        v128_bitselect(a, b, mask)
    }
}

#[inline]
fn power_of_two(integer: v128) -> v128 {
    i32x4_add(i32x4_shl(integer, 23), f32x4_splat(1.0))
}

/// # Safety
///
/// `values` must point to four.
#[inline]
unsafe fn from_integers(values: *const v128) -> v128 {
    // SAFETY: as above.
    f32x4_convert_i32x4(unsafe { v128_load(values) })
}
