//! What is done to whole rows: layer norm, pooling, dequantisation.

use super::lanes::{greater, sum_of};

/// Codes of 8 bits, signed or not.
#[derive(Clone, Copy)]
pub(crate) enum Codes<'a> {
    Signed(&'a [i8]),
    Unsigned(&'a [u8]),
}

impl Codes<'_> {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Signed(codes) => codes.len(),
            Self::Unsigned(codes) => codes.len(),
        }
    }
}

#[inline(always)]
pub(super) fn layer_norm(
    rows: &mut [f32],
    residual: Option<&[f32]>,
    gain: &[f32],
    shift: &[f32],
    epsilon: f32,
) {
    let width = gain.len();
    for (index, row) in rows.chunks_exact_mut(width).enumerate() {
        if let Some(residual) = residual {
            add(row, &residual[index * width..][..width]);
        }
        let mean = sum_of(row, |value| value) / width as f32;
        let variance = sum_of(row, |value| (value - mean) * (value - mean)) / width as f32;
        let inverse = 1.0 / (variance + epsilon).sqrt();
        for ((value, &gain), &shift) in row.iter_mut().zip(gain).zip(shift) {
            *value = (*value - mean) * inverse * gain + shift;
        }
    }
}

#[inline(always)]
pub(super) fn mean(rows: &[f32], out: &mut [f32]) {
    out.fill(0.0);
    for row in rows.chunks_exact(out.len()) {
        add(out, row);
    }
    let count = (rows.len() / out.len()).max(1) as f32;
    for value in out {
        *value /= count;
    }
}

#[inline(always)]
fn add(row: &mut [f32], other: &[f32]) {
    for (value, &other) in row.iter_mut().zip(other) {
        *value += other;
    }
}

#[inline(always)]
pub(super) fn normalize(row: &mut [f32], least_length: f32) {
    // A NaN length stays one.
    let length = greater(least_length, sum_of(row, |value| value * value).sqrt());
    for value in row {
        *value /= length;
    }
}

#[inline(always)]
pub(super) fn dequantize(
    codes: Codes<'_>,
    zero_point: i32,
    scale: f32,
    addend: &[f32],
    out: &mut [f32],
) {
    let value = |code: i32, addend: f32| code.wrapping_sub(zero_point) as f32 * scale + addend;
    match codes {
        Codes::Signed(codes) => {
            for ((out, &code), &addend) in out.iter_mut().zip(codes).zip(addend) {
                *out = value(i32::from(code), addend);
            }
        }
        Codes::Unsigned(codes) => {
            for ((out, &code), &addend) in out.iter_mut().zip(codes).zip(addend) {
                *out = value(i32::from(code), addend);
            }
        }
    }
}
