//! Attention within one short sequence, without sums across lanes: scores vectorise over keys
//! (of which each head is transposed once), outputs over the columns of the head.

use super::elementary::exp;
use super::vector::{LANES, Vector, read, write};

/// One score or number per token of a block.
type Lanes = [f32; LANES];

/// Queries that share what is read of keys and values.
const QUERIES: usize = 4;

/// One sequence: token t's query is the `heads * head_width` floats from `t * query_stride` in
/// `query`, its heads one after the other; keys and values alike.
#[derive(Clone, Copy)]
pub(crate) struct Attention<'a> {
    pub(crate) query: &'a [f32],
    pub(crate) query_stride: usize,
    pub(crate) key: &'a [f32],
    pub(crate) key_stride: usize,
    pub(crate) value: &'a [f32],
    pub(crate) value_stride: usize,
    pub(crate) heads: usize,
    pub(crate) head_width: usize,
    pub(crate) tokens: usize,
    pub(crate) scale: f32,
}

impl Attention<'_> {
    /// Panics if a row ends beyond its slice.
    pub(super) fn check(&self, out: usize, out_stride: usize) {
        let width = self.heads.checked_mul(self.head_width);
        let fits = |length: usize, stride: usize| {
            let last = self
                .tokens
                .checked_sub(1)
                .map(|last| last.checked_mul(stride));
            match (last, width) {
                (None, _) => true,
                (Some(Some(last)), Some(width)) => {
                    last.checked_add(width).is_some_and(|end| end <= length)
                }
                _ => false,
            }
        };
        assert!(fits(self.query.len(), self.query_stride), "query");
        assert!(fits(self.key.len(), self.key_stride), "key");
        assert!(fits(self.value.len(), self.value_stride), "value");
        assert!(fits(out, out_stride), "out");
        assert!(self.tokens <= 1 || width.is_some_and(|width| width <= out_stride));
    }
}

#[inline(always)]
pub(super) fn attention<V: Vector>(
    task: Attention<'_>,
    scratch: &mut Vec<f32>,
    out: &mut [f32],
    out_stride: usize,
) {
    let blocks = task.tokens.div_ceil(LANES);
    let keys = task.head_width * blocks;
    let needed = (keys + QUERIES * blocks) * LANES;
    if scratch.len() < needed {
        scratch.resize(needed, 0.0);
    }
    let (lanes, _) = scratch[..needed].as_chunks_mut::<LANES>();
    let (keys, scores) = lanes.split_at_mut(keys);
    for head in 0..task.heads {
        let column = head * task.head_width;
        transpose(&task, column, keys);
        let mut first = 0;
        while first < task.tokens {
            let queries = QUERIES.min(task.tokens - first);
            match queries {
                1 => attend::<V, 1>(&task, column, first, keys, scores, out, out_stride),
                2 => attend::<V, 2>(&task, column, first, keys, scores, out, out_stride),
                3 => attend::<V, 3>(&task, column, first, keys, scores, out, out_stride),
                _ => attend::<V, QUERIES>(&task, column, first, keys, scores, out, out_stride),
            }
            first += queries;
        }
    }
}

/// Keys of a head as blocks of sixteen tokens, in each by column; tokens that are not there are 0.
///
/// Not inlined: where AVX-512 is at hand, the compiler makes scatter instructions of it, which take
/// several times as long.
#[inline(never)]
fn transpose(task: &Attention<'_>, column: usize, keys: &mut [Lanes]) {
    for (block, keys) in keys.chunks_exact_mut(task.head_width.max(1)).enumerate() {
        let first = block * LANES;
        let tokens = LANES.min(task.tokens - first);
        if tokens < LANES {
            keys.fill([0.0; LANES]);
        }
        // Four tokens at a time, whose keys in a column are neighbours.
        let row = |token: usize| {
            &task.key[(first + token) * task.key_stride + column..][..task.head_width]
        };
        let fours = tokens / 4 * 4;
        for token in (0..fours).step_by(4) {
            let (a, b, c, d) = (row(token), row(token + 1), row(token + 2), row(token + 3));
            for ((((lanes, &a), &b), &c), &d) in keys.iter_mut().zip(a).zip(b).zip(c).zip(d) {
                lanes[token..token + 4].copy_from_slice(&[a, b, c, d]);
            }
        }
        for token in fours..tokens {
            for (lanes, &key) in keys.iter_mut().zip(row(token)) {
                lanes[token] = key;
            }
        }
    }
}

/// `N` queries of a head, from scores to output.
#[inline(always)]
fn attend<V: Vector, const N: usize>(
    task: &Attention<'_>,
    column: usize,
    first: usize,
    keys: &[Lanes],
    scores: &mut [Lanes],
    out: &mut [f32],
    out_stride: usize,
) {
    let width = task.head_width;
    let blocks = task.tokens.div_ceil(LANES);
    let mut queries = [&task.query[..0]; N];
    for index in 0..N {
        queries[index] = &task.query[(first + index) * task.query_stride + column..][..width];
    }
    let scale = V::splat(task.scale);
    for block in 0..blocks {
        let mut sums = [V::splat(0.0); N];
        for (depth, keys) in keys[block * width..][..width].iter().enumerate() {
            let keys = V::load(keys);
            for index in 0..N {
                sums[index] = sums[index] + V::splat(queries[index][depth]) * keys;
            }
        }
        for index in 0..N {
            (sums[index] * scale).store(&mut scores[index * blocks + block]);
        }
    }
    let mut inverses = [0.0; N];
    for index in 0..N {
        inverses[index] = softmax::<V>(&mut scores[index * blocks..][..blocks], task.tokens);
    }

    let scores = scores.as_flattened();
    let mut weights = [&scores[..0]; N];
    for index in 0..N {
        weights[index] = &scores[index * blocks * LANES..][..task.tokens];
    }
    let mut done = 0;
    while done < width {
        let columns = LANES.min(width - done);
        let mut sums = [V::splat(0.0); N];
        for token in 0..task.tokens {
            let start = token * task.value_stride + column + done;
            let values = read(&task.value[start..][..columns], 0.0);
            for index in 0..N {
                sums[index] = sums[index] + V::splat(weights[index][token]) * values;
            }
        }
        for index in 0..N {
            let start = (first + index) * out_stride + column + done;
            let out = &mut out[start..][..columns];
            write(sums[index] * V::splat(inverses[index]), out);
        }
        done += columns;
    }
}

/// Makes scores weights, still to be multiplied by what is returned.
#[inline(always)]
fn softmax<V: Vector>(scores: &mut [Lanes], tokens: usize) -> f32 {
    scores.as_flattened_mut()[tokens..].fill(f32::NEG_INFINITY);
    let mut greatest = V::splat(f32::NEG_INFINITY);
    for lanes in scores.iter() {
        greatest = greatest.greater(V::load(lanes));
    }
    let greatest = V::splat(greatest.greatest());
    let mut sum = V::splat(0.0);
    let (last, others) = scores.split_last_mut().expect("there is a token");
    for lanes in others {
        let weights = exp(V::load(lanes) - greatest);
        weights.store(lanes);
        sum = sum + weights;
    }
    exp(V::load(last) - greatest).store(last);
    last[(tokens - 1) % LANES + 1..].fill(0.0);
    1.0 / (sum + V::load(last)).sum()
}
