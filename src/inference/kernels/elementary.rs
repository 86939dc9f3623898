//! Exponential and normal distribution, without a branch or a call, so that loops over them
//! vectorise.

use super::lanes::{greater, lesser};

/// Adding this to a float of less than 2^22 rounds it to an integer, ties to even, and leaves the
/// integer in the low bits.
const ROUNDER: f32 = 12_582_912.0;

/// The nearest integer, ties to even, of a value between -2^22 and 2^22; of NaN, some integer.
#[inline(always)]
pub(super) fn round(value: f32) -> i32 {
    ((value + ROUNDER).to_bits() as i32).wrapping_sub(ROUNDER.to_bits() as i32)
}

/// e^x for x of at most 0; below -87, as of -87 (1.6e-38). Error at most 1.6e-7 of the value.
///
/// x is an integer of ln 2 and a rest of at most half of that, for which a polynomial of degree 6
/// (fitted to least relative error, 1.8e-9) stands.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    // ln 2 in two parts, the first of so few bits that its multiples are exact.
    const LN_2_HIGH: f32 = 0.693_359_375;
    const LN_2_LOW: f32 = -2.121_944_4e-4;
    let x = greater(-87.0, x);
    let power = x * std::f32::consts::LOG2_E + ROUNDER;
    let whole = power - ROUNDER;
    let rest = x - whole * LN_2_HIGH - whole * LN_2_LOW;
    let mut sum = 0.001_383_642_1;
    sum = sum * rest + 0.008_374_801;
    sum = sum * rest + 0.041_668_232;
    sum = sum * rest + 0.166_664_2;
    sum = sum * rest + 0.499_999_9;
    sum = sum * rest + 1.0;
    sum = sum * rest + 1.0;
    // The integer lies in the low bits; shifted, it is an exponent.
    sum * f32::from_bits((power.to_bits() << 23).wrapping_add(0x3f80_0000))
}

/// `x * Φ(x)`, the exact GELU. Error at most 1.2e-7 or 1.2e-7 of the value, whichever is more;
/// infinity gives
/// itself, and minus infinity, as everything below -13, a number less than 1e-37 away from 0.
///
/// With t = |x| it is `max(x, 0) - t * Φ(-t)`, and `Φ(-t) * e^(t² / 2)` is close to a ratio of
/// polynomials of degrees 3 and 4 (fitted on 0..7 to least error of the GELU, 8e-10). All
/// coefficients are positive: nothing cancels.
#[inline(always)]
pub(super) fn gelu(x: f32) -> f32 {
    // What is taken off is less than 1e-37 there, and would become NaN at infinity.
    let t = lesser(13.0, x.abs());
    let mut over = 0.012_203_843;
    over = over * t + 0.097_768_64;
    over = over * t + 0.321_620_32;
    over = over * t + 0.499_999_94;
    let mut under = 0.030_623_144;
    under = under * t + 0.244_279_4;
    under = under * t + 0.845_404_57;
    under = under * t + 1.441_122_8;
    under = under * t + 1.0;
    greater(0.0, x) - t * exp(-0.5 * (t * t)) * (over / under)
}

#[inline(always)]
pub(super) fn gelu_all(values: &mut [f32]) {
    for value in values {
        *value = gelu(*value);
    }
}
