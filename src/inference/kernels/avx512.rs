//! x86 with AVX-512 VNNI: `vpdpbusd` multiplies four unsigned by four signed bytes and adds all
//! four products to a 32-bit sum, sixteen sums at a time, without saturating.
#![allow(unsafe_code)]

#[cfg(target_arch = "x86")]
use std::arch::x86::*;
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

use super::linear::{Linear, Sums, Tile, codes, panels};
use super::packed::STEP;
use super::vector::{Vector, vector};
use super::{Instructions, Kernel};

/// Six rows by four panels are 24 sums, of 32 registers; what is left holds four lines of weights
/// and four codes.
const ROWS: usize = 6;
const PANELS: usize = 4;
const SUMS: usize = ROWS * PANELS;

pub(super) fn linear(kernel: Kernel, task: &Linear<'_>, out: &mut [f32]) {
    assert_eq!(kernel.0, Instructions::Avx512Vnni);
    // SAFETY: a `Kernel` exists only where its instructions do.
    unsafe { all_tiles(task, out) }
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
fn all_tiles(task: &Linear<'_>, out: &mut [f32]) {
    let steps = task.matrix().steps();
    let rows = task.rows().bytes();
    task.tiles::<Avx512, ROWS, PANELS, SUMS>(out, |tile, sums| match tile.panels {
        PANELS => by_rows::<PANELS>(&tile, rows, steps, sums),
        _ => by_rows::<1>(&tile, rows, steps, sums),
    });
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
fn by_rows<const N: usize>(
    tile: &Tile<'_>,
    rows: &[[u8; STEP]],
    steps: usize,
    sums: &mut [Sums; SUMS],
) {
    match tile.rows {
        1 => product::<1, N>(tile, rows, steps, sums),
        2 => product::<2, N>(tile, rows, steps, sums),
        3 => product::<3, N>(tile, rows, steps, sums),
        4 => product::<4, N>(tile, rows, steps, sums),
        5 => product::<5, N>(tile, rows, steps, sums),
        _ => product::<ROWS, N>(tile, rows, steps, sums),
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
fn product<const M: usize, const N: usize>(
    tile: &Tile<'_>,
    rows: &[[u8; STEP]],
    steps: usize,
    out: &mut [Sums; SUMS],
) {
    let rows: [_; M] = codes(rows, tile.first_row, steps);
    let panels: [_; N] = panels(tile.lines, steps);
    let mut sums = [[_mm512_setzero_si512(); N]; M];
    for step in 0..steps {
        let mut weights = [_mm512_setzero_si512(); N];
        for panel in 0..N {
            // SAFETY: a line is 64 bytes, aligned to as many.
            weights[panel] = unsafe { _mm512_load_si512((&raw const panels[panel][step]).cast()) };
        }
        for row in 0..M {
            let four = _mm512_set1_epi32(i32::from_ne_bytes(rows[row][step]));
            for panel in 0..N {
                sums[row][panel] = _mm512_dpbusd_epi32(sums[row][panel], four, weights[panel]);
            }
        }
    }
    for row in 0..M {
        for panel in 0..N {
            // SAFETY: `Sums` are 64 bytes.
            unsafe {
                _mm512_storeu_si512(out[row * N + panel].as_mut_ptr().cast(), sums[row][panel]);
            }
        }
    }
}

vector! {
    Avx512 = [__m512; 1] of 16,
    operators: {
        Add::add = _mm512_add_ps,
        Sub::sub = _mm512_sub_ps,
        Mul::mul = _mm512_mul_ps,
        Div::div = _mm512_div_ps,
    },
    pairs: {
        greater = _mm512_max_ps,
        lesser = _mm512_min_ps,
    },
    each: {
        abs = _mm512_abs_ps,
        power_of_two = power_of_two,
    },
    splat: _mm512_set1_ps,
    load: _mm512_loadu_ps,
    from_integers: from_integers,
    store: _mm512_storeu_ps,

    #[inline(always)]
    fn low_bytes(self) -> [u8; 16] {
        // SAFETY: see the macro; both are 16 bytes.
        unsafe { std::mem::transmute(_mm512_cvtepi32_epi8(_mm512_castps_si512(self.0[0]))) }
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn power_of_two(integer: __m512) -> __m512 {
    let exponent = _mm512_slli_epi32::<23>(_mm512_castps_si512(integer));
    let one = _mm512_castps_si512(_mm512_set1_ps(1.0));
    _mm512_castsi512_ps(_mm512_add_epi32(exponent, one))
}

/// # Safety
///
/// `values` must point to sixteen.
#[inline]
#[target_feature(enable = "avx512f")]
unsafe fn from_integers(values: *const i32) -> __m512 {
    // SAFETY: as above.
    _mm512_cvtepi32_ps(unsafe { _mm512_loadu_si512(values.cast()) })
}
