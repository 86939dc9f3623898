//! Sums in a fixed order that vectorises: sixteen lanes, then a tree.

/// Lanes of a sum: the floats of the widest register among the instruction sets.
pub(super) const LANES: usize = 16;

/// One float per lane.
pub(super) type Lanes = [f32; LANES];

/// Sum of the lanes: halves are added until one is left.
#[inline(always)]
pub(super) fn sum(mut lanes: Lanes) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            lanes[lane] += lanes[lane + half];
        }
        half /= 2;
    }
    lanes[0]
}

/// Greatest of the lanes, taken as [`sum`] is.
#[inline(always)]
pub(super) fn max(mut lanes: Lanes) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            lanes[lane] = greater(lanes[lane], lanes[lane + half]);
        }
        half /= 2;
    }
    lanes[0]
}

/// The greater of two, as one machine instruction: `b` if either is NaN.
#[inline(always)]
pub(super) fn greater(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The lesser of two, as one machine instruction: `b` if either is NaN.
#[inline(always)]
pub(super) fn lesser(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// Sum of `term` over the values.
#[inline(always)]
pub(super) fn sum_of(values: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; LANES];
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for lane in 0..LANES {
            lanes[lane] += term(chunk[lane]);
        }
    }
    for (lane, &value) in lanes.iter_mut().zip(rest) {
        *lane += term(value);
    }
    sum(lanes)
}
