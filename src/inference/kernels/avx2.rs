//! x86 with AVX2: `vpmaddwd` on weights widened to 16 bits. (`vpmaddubsw`, on bytes, would
//! saturate.)
#![allow(unsafe_code)]

#[cfg(target_arch = "x86")]
use std::arch::x86::*;
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

use super::linear::{Linear, Sums, Tile, codes, panels};
use super::packed::STEP;
use super::vector::{Vector, vector};
use super::{Instructions, Kernel};

/// Six rows by one panel are twelve sums, of 16 registers.
const ROWS: usize = 6;

pub(super) fn linear(kernel: Kernel, task: &Linear<'_>, out: &mut [f32]) {
    assert_eq!(kernel.0, Instructions::Avx2);
    // SAFETY: a `Kernel` exists only where its instructions do.
    unsafe { all_tiles(task, out) }
}

#[target_feature(enable = "avx2")]
fn all_tiles(task: &Linear<'_>, out: &mut [f32]) {
    let steps = task.matrix().steps();
    let rows = task.rows().words();
    task.tiles::<Avx2, ROWS, 1, ROWS>(out, |tile, sums| match tile.rows {
        1 => product::<1>(&tile, rows, steps, sums),
        2 => product::<2>(&tile, rows, steps, sums),
        3 => product::<3>(&tile, rows, steps, sums),
        4 => product::<4>(&tile, rows, steps, sums),
        5 => product::<5>(&tile, rows, steps, sums),
        _ => product::<ROWS>(&tile, rows, steps, sums),
    });
}

#[target_feature(enable = "avx2")]
fn product<const M: usize>(
    tile: &Tile<'_>,
    rows: &[[i16; STEP]],
    steps: usize,
    out: &mut [Sums; ROWS],
) {
    /// Registers of a panel, of eight sums each.
    const HALVES: usize = 2;
    let rows: [_; M] = codes(rows, tile.first_row, steps);
    let [panel] = panels(tile.lines, steps);
    let mut sums = [[_mm256_setzero_si256(); HALVES]; M];
    for step in 0..steps {
        let line = panel[step].0.as_ptr();
        for pair in 0..STEP / 2 {
            let mut weights = [_mm256_setzero_si256(); HALVES];
            for half in 0..HALVES {
                // SAFETY: 16 of the 64 bytes of a line.
                let bytes = unsafe { _mm_load_si128(line.add(32 * pair + 16 * half).cast()) };
                weights[half] = _mm256_cvtepi8_epi16(bytes);
            }
            for row in 0..M {
                let [low, high] = [rows[row][step][2 * pair], rows[row][step][2 * pair + 1]];
                let two = i32::from(high) << 16 | i32::from(low as u16);
                let two = _mm256_set1_epi32(two);
                for half in 0..HALVES {
                    let products = _mm256_madd_epi16(two, weights[half]);
                    sums[row][half] = _mm256_add_epi32(sums[row][half], products);
                }
            }
        }
    }
    for row in 0..M {
        for half in 0..HALVES {
            // SAFETY: `Sums` are 64 bytes, two registers.
            unsafe {
                let place = out[row].as_mut_ptr().add(8 * half);
                _mm256_storeu_si256(place.cast(), sums[row][half]);
            }
        }
    }
}

vector! {
    Avx2 = [__m256; 2] of 8,
    operators: {
        Add::add = _mm256_add_ps,
        Sub::sub = _mm256_sub_ps,
        Mul::mul = _mm256_mul_ps,
        Div::div = _mm256_div_ps,
    },
    pairs: {
        greater = _mm256_max_ps,
        lesser = _mm256_min_ps,
    },
    each: {
        abs = abs,
        power_of_two = power_of_two,
    },
    splat: _mm256_set1_ps,
    load: _mm256_loadu_ps,
    from_integers: from_integers,
    store: _mm256_storeu_ps,
}

#[inline]
#[target_feature(enable = "avx2")]
fn abs(value: __m256) -> __m256 {
    _mm256_andnot_ps(_mm256_set1_ps(-0.0), value)
}

#[inline]
#[target_feature(enable = "avx2")]
fn power_of_two(integer: __m256) -> __m256 {
    let exponent = _mm256_slli_epi32::<23>(_mm256_castps_si256(integer));
    let one = _mm256_castps_si256(_mm256_set1_ps(1.0));
    _mm256_castsi256_ps(_mm256_add_epi32(exponent, one))
}

/// # Safety
///
/// `values` must point to eight.
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn from_integers(values: *const i32) -> __m256 {
    // SAFETY: as above.
    _mm256_cvtepi32_ps(unsafe { _mm256_loadu_si256(values.cast()) })
}
