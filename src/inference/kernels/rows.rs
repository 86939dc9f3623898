//! What is done to whole rows: layer norm, pooling, dequantisation.

use super::vector::{LANES, Vector, read, write};

/// Codes of 8 bits as they lie in a file, signed (in two's complement) or not.
#[derive(Clone, Copy)]
pub(crate) enum Codes<'a> {
    Signed(&'a [u8]),
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
pub(super) fn layer_norm<V: Vector>(
    rows: &mut [f32],
    residual: Option<&[f32]>,
    gain: &[f32],
    shift: &[f32],
    epsilon: f32,
) {
    let width = gain.len();
    for (index, row) in rows.chunks_exact_mut(width).enumerate() {
        if let Some(residual) = residual {
            add::<V>(row, &residual[index * width..][..width]);
        }
        let mut sum = V::splat(0.0);
        for values in row.chunks(LANES) {
            sum = sum + read(values, 0.0);
        }
        let mean = sum.sum() / width as f32;
        let middle = V::splat(mean);
        let mut squares = V::splat(0.0);
        for values in row.chunks(LANES) {
            let distance = read::<V>(values, mean) - middle;
            squares = squares + distance * distance;
        }
        let variance = squares.sum() / width as f32;
        let inverse = V::splat(1.0 / (variance + epsilon).sqrt());
        let parts = row
            .chunks_mut(LANES)
            .zip(gain.chunks(LANES))
            .zip(shift.chunks(LANES));
        for ((values, gain), shift) in parts {
            let unit = (read::<V>(values, 0.0) - middle) * inverse;
            write(unit * read(gain, 0.0) + read(shift, 0.0), values);
        }
    }
}

#[inline(always)]
pub(super) fn mean<V: Vector>(rows: &[f32], out: &mut [f32]) {
    out.fill(0.0);
    for row in rows.chunks_exact(out.len()) {
        add::<V>(out, row);
    }
    let count = V::splat((rows.len() / out.len()).max(1) as f32);
    for values in out.chunks_mut(LANES) {
        write(read::<V>(values, 0.0) / count, values);
    }
}

#[inline(always)]
fn add<V: Vector>(row: &mut [f32], other: &[f32]) {
    for (values, other) in row.chunks_mut(LANES).zip(other.chunks(LANES)) {
        write(read::<V>(values, 0.0) + read(other, 0.0), values);
    }
}

#[inline(always)]
pub(super) fn normalize<V: Vector>(row: &mut [f32], least_length: f32) {
    let mut squares = V::splat(0.0);
    for values in row.chunks(LANES) {
        let values = read::<V>(values, 0.0);
        squares = squares + values * values;
    }
    let length = squares.sum().sqrt();
    // A NaN length stays one.
    let length = V::splat(if least_length > length {
        least_length
    } else {
        length
    });
    for values in row.chunks_mut(LANES) {
        write(read::<V>(values, 0.0) / length, values);
    }
}

#[inline(always)]
pub(super) fn dequantize<V: Vector>(
    codes: Codes<'_>,
    zero_point: i32,
    scale: f32,
    addend: &[f32],
    out: &mut [f32],
) {
    let scale = V::splat(scale);
    for (index, (out, addend)) in out.chunks_mut(LANES).zip(addend.chunks(LANES)).enumerate() {
        let mut integers = [0; LANES];
        match codes {
            Codes::Signed(codes) => {
                for (integer, &code) in integers.iter_mut().zip(&codes[index * LANES..]) {
                    *integer = i32::from(code as i8).wrapping_sub(zero_point);
                }
            }
            Codes::Unsigned(codes) => {
                for (integer, &code) in integers.iter_mut().zip(&codes[index * LANES..]) {
                    *integer = i32::from(code).wrapping_sub(zero_point);
                }
            }
        }
        write(V::from_integers(&integers) * scale + read(addend, 0.0), out);
    }
}
