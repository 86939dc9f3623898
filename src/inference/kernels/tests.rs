//! Every kernel against the portable one, bit for bit; the portable one against a plain reading of
//! the definitions in 64 bits.

use super::elementary;
use super::vector::{Portable, Vector, to_array};
use super::*;

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Between -1 and 1.
    fn float(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1 << 23) as f32 - 1.0
    }

    fn floats(&mut self, length: usize, scale: f32) -> Vec<f32> {
        (0..length).map(|_| self.float() * scale).collect()
    }

    fn weights(&mut self, length: usize, least: i8, greatest: i8) -> Vec<i8> {
        let span = (i32::from(greatest) - i32::from(least) + 1) as u64;
        (0..length)
            .map(|_| (i32::from(least) + (self.next() % span) as i32) as i8)
            .collect()
    }
}

/// Kinds of input, the same length each: usual, one-sided, tiny, huge, zero, and the odd ones.
fn inputs(random: &mut Random, length: usize) -> Vec<Vec<f32>> {
    let odd = [
        0.0,
        -0.0,
        1e-45,
        -1e-40,
        f32::MIN_POSITIVE,
        1e-3,
        -1.0,
        3.5,
        0.5,
        -2.5,
    ];
    vec![
        random.floats(length, 1.0),
        random.floats(length, 7.3).iter().map(|x| x.abs()).collect(),
        random
            .floats(length, 0.1)
            .iter()
            .map(|x| -x.abs())
            .collect(),
        random.floats(length, 1e-41),
        random.floats(length, 3e38),
        vec![0.0; length],
        vec![-0.0; length],
        (0..length).map(|i| odd[i % odd.len()]).collect(),
        (0..length).map(|i| i as f32 - 127.5).collect(),
    ]
}

fn with_specials(random: &mut Random, length: usize) -> Vec<Vec<f32>> {
    [f32::NAN, f32::INFINITY, f32::NEG_INFINITY]
        .into_iter()
        .map(|special| {
            let mut values = random.floats(length, 2.0);
            if let Some(value) = values.get_mut(length / 2) {
                *value = special;
            }
            values
        })
        .collect()
}

/// Bits, all NaN being one.
fn bits(values: &[f32]) -> Vec<u32> {
    let one = |x: &f32| {
        if x.is_nan() {
            f32::NAN.to_bits()
        } else {
            x.to_bits()
        }
    };
    values.iter().map(one).collect()
}

/// Runs `compute` by every kernel and compares with the portable one, which it returns.
#[track_caller]
fn same(what: &str, compute: impl Fn(Kernel) -> Vec<f32>) -> Vec<f32> {
    let expected = compute(Kernel::PORTABLE);
    for kernel in Kernel::available() {
        let got = compute(kernel);
        if let Some(at) = (0..expected.len()).find(|&i| bits(&got[i..=i]) != bits(&expected[i..=i]))
        {
            panic!(
                "{}, {what}: {} at {at}, not {}",
                kernel.name(),
                got[at],
                expected[at]
            );
        }
        assert_eq!(got.len(), expected.len());
    }
    expected
}

#[track_caller]
fn near(got: &[f32], expected: &[f64], tolerance: f64) {
    assert_eq!(got.len(), expected.len());
    for (at, (&got, &expected)) in got.iter().zip(expected).enumerate() {
        let error = (f64::from(got) - expected).abs();
        assert!(error <= tolerance, "{got} at {at}, not {expected}");
    }
}

/// ONNX `DynamicQuantizeLinear` as its reference computes it: codes, scale, zero point.
fn dynamic_quantize_linear(values: &[f32]) -> (Vec<u8>, f32, i32) {
    let min = values.iter().copied().fold(0.0, f32::min);
    let max = values.iter().copied().fold(0.0, f32::max);
    let scale = if max == min { 1.0 } else { (max - min) / 255.0 };
    // Not `clamp`, which would keep NaN.
    #[allow(clippy::manual_clamp)]
    let zero_point = (-min / scale).max(0.0).min(255.0).round_ties_even();
    let code = |&x: &f32| (x / scale).round_ties_even() + zero_point;
    let codes = values.iter().map(|x| code(x).clamp(0.0, 255.0) as u8);
    (codes.collect(), scale, zero_point as i32)
}

fn linear(
    kernel: Kernel,
    rows: &[f32],
    segments: &[usize],
    weights: &[i8],
    (k, n): (usize, usize),
    layout: Layout,
    activation: Activation,
) -> Vec<f32> {
    let mut random = Random(n as u64);
    let scales = random.floats(n, 0.01);
    let bias = random.floats(n, 0.5);
    let bias = (n % 3 != 0).then_some(&bias[..]);
    let matrix = PackedMatrix::pack(kernel, weights, k, n, layout);
    let mut quantized = Quantized::default();
    // What a longer batch has left in the buffer must not show.
    quantized.quantize(kernel, &vec![-3.0; (k + 5) * 40], k + 5, &[40]);
    quantized.quantize(kernel, rows, k, segments);
    let mut out = vec![9.0; quantized.len() * n];
    kernel.linear(&quantized, &matrix, &scales, bias, activation, &mut out);
    out
}

/// The definition, with sums of 64 bits and the same float operations.
fn naive_linear(
    rows: &[f32],
    segments: &[usize],
    weights: &[i8],
    (k, n): (usize, usize),
    layout: Layout,
) -> Vec<f32> {
    let mut random = Random(n as u64);
    let scales = random.floats(n, 0.01);
    let bias = random.floats(n, 0.5);
    let mut out = Vec::new();
    let mut first = 0;
    for &length in segments {
        let segment = &rows[first * k..(first + length) * k];
        first += length;
        let (codes, scale, zero_point) = dynamic_quantize_linear(segment);
        for row in 0..length {
            for column in 0..n {
                let mut sum = 0_i64;
                for input in 0..k {
                    let weight = match layout {
                        Layout::InputMajor => weights[input * n + column],
                        Layout::OutputMajor => weights[column * k + input],
                    };
                    let code = i64::from(codes[row * k + input]) - i64::from(zero_point);
                    sum += code * i64::from(weight);
                }
                let mut value = sum as f32 * (scale * scales[column]);
                if n % 3 != 0 {
                    value += bias[column];
                }
                out.push(value);
            }
        }
    }
    out
}

const SHAPES: [(usize, usize); 9] = [
    (1, 1),
    (3, 17),
    (4, 16),
    (5, 64),
    (17, 33),
    (64, 80),
    (96, 100),
    (192, 129),
    (7, 1),
];

const ROWS: [&[usize]; 8] = [&[], &[1], &[0, 2], &[3], &[4, 1], &[7], &[6, 6, 2], &[33]];

#[test]
fn linear_layers_agree_and_are_exact() {
    let mut random = Random(1);
    for (k, n) in SHAPES {
        for segments in ROWS {
            let m: usize = segments.iter().sum();
            for (least, greatest) in [(-128, 127), (-64, 63)] {
                let weights = random.weights(k * n, least, greatest);
                for rows in inputs(&mut random, m * k) {
                    for layout in [Layout::InputMajor, Layout::OutputMajor] {
                        let what = format!("{m} x {k} x {n}");
                        let got = same(&what, |kernel| {
                            linear(
                                kernel,
                                &rows,
                                segments,
                                &weights,
                                (k, n),
                                layout,
                                Activation::None,
                            )
                        });
                        let expected = naive_linear(&rows, segments, &weights, (k, n), layout);
                        assert_eq!(bits(&got), bits(&expected), "{what}");
                    }
                }
                for rows in with_specials(&mut random, m * k) {
                    let layout = Layout::InputMajor;
                    same(&format!("{m} x {k} x {n}, not finite"), |kernel| {
                        linear(
                            kernel,
                            &rows,
                            segments,
                            &weights,
                            (k, n),
                            layout,
                            Activation::Gelu,
                        )
                    });
                }
            }
        }
    }
}

#[test]
fn the_greatest_sums_are_exact() {
    for k in [1, 1023, 4096, PackedMatrix::MAX_INPUTS] {
        let n = 3;
        for weight in [-128, 127, -64, 63] {
            let weights = vec![weight; k * n];
            for value in [1.0, -1.0] {
                // The first row sets the range, so that the others' codes are 0 or 255 throughout.
                let mut rows = vec![value; k * 2];
                rows[k..].fill(-value);
                for rows in [&rows[..], &rows[..k]] {
                    let segments = [rows.len() / k];
                    let layout = Layout::OutputMajor;
                    let got = same("greatest", |kernel| {
                        linear(
                            kernel,
                            rows,
                            &segments,
                            &weights,
                            (k, n),
                            layout,
                            Activation::None,
                        )
                    });
                    let expected = naive_linear(rows, &segments, &weights, (k, n), layout);
                    assert_eq!(bits(&got), bits(&expected), "{k} inputs, weight {weight}");
                }
            }
        }
    }
}

#[test]
fn an_activation_is_applied_to_what_the_layer_gives() {
    let mut random = Random(2);
    for n in [16, 31, 80] {
        let weights = random.weights(40 * n, -128, 127);
        let rows = random.floats(9 * 40, 3.0);
        let run = |kernel, activation| {
            linear(
                kernel,
                &rows,
                &[4, 5],
                &weights,
                (40, n),
                Layout::InputMajor,
                activation,
            )
        };
        let got = same("gelu", |kernel| run(kernel, Activation::Gelu));
        let mut expected = run(Kernel::PORTABLE, Activation::None);
        Kernel::PORTABLE.gelu(&mut expected);
        assert_eq!(bits(&got), bits(&expected));
    }
}

#[test]
fn segments_are_quantised_apart() {
    let mut random = Random(3);
    let weights = random.weights(20 * 5, -128, 127);
    let rows = random.floats(8 * 20, 1.0);
    let run = |rows: &[f32], segments: &[usize]| {
        let layout = Layout::InputMajor;
        linear(
            Kernel::best(),
            rows,
            segments,
            &weights,
            (20, 5),
            layout,
            Activation::None,
        )
    };
    let together = run(&rows, &[3, 5]);
    let apart = [run(&rows[..60], &[3]), run(&rows[60..], &[5])].concat();
    assert_eq!(bits(&together), bits(&apart));
    assert_ne!(bits(&together), bits(&run(&rows, &[8])));
}

#[test]
#[should_panic(expected = "must be made for")]
fn a_matrix_of_another_kernel_is_refused() {
    let matrix = PackedMatrix::pack(Kernel::PORTABLE, &[1], 1, 1, Layout::InputMajor);
    let rows = Quantized::default();
    Kernel::PORTABLE.linear(&rows, &matrix, &[1.0], None, Activation::None, &mut []);
}

#[test]
fn layer_norms_agree() {
    let mut random = Random(4);
    for width in [1, 5, 16, 33, 96, 256] {
        let gain = random.floats(width, 2.0);
        let shift = random.floats(width, 1.0);
        let residual = random.floats(width * 7, 1.0);
        let mut all = inputs(&mut random, width * 7);
        all.extend(with_specials(&mut random, width * 7));
        for (kind, rows) in all.iter().enumerate() {
            for residual in [None, Some(&residual[..])] {
                let got = same("layer norm", |kernel| {
                    let mut rows = rows.clone();
                    kernel.layer_norm(&mut rows, residual, &gain, &shift, 1e-5);
                    rows
                });
                if kind == 0 {
                    let mut expected = Vec::new();
                    for (index, row) in rows.chunks_exact(width).enumerate() {
                        let row: Vec<f64> = (0..width)
                            .map(|i| {
                                let added = residual.map_or(0.0, |r| r[index * width + i]);
                                f64::from(row[i]) + f64::from(added)
                            })
                            .collect();
                        let mean = row.iter().sum::<f64>() / width as f64;
                        let variance =
                            row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / width as f64;
                        expected.extend((0..width).map(|i| {
                            (row[i] - mean) / (variance + 1e-5).sqrt() * f64::from(gain[i])
                                + f64::from(shift[i])
                        }));
                    }
                    near(&got, &expected, 2e-6);
                }
            }
        }
    }
}

#[test]
fn attention_agrees() {
    let mut random = Random(5);
    for tokens in [0, 1, 3, 4, 5, 16, 17, 35] {
        for (heads, width) in [(1, 1), (2, 16), (3, 24), (2, 32), (1, 40)] {
            let (inner, stride, out_stride) =
                (heads * width, 3 * heads * width + 2, heads * width + 1);
            let length = tokens * stride;
            for (kind, packed) in inputs(&mut random, length)
                .into_iter()
                .chain(with_specials(&mut random, length))
                .enumerate()
            {
                let at = |offset: usize| packed.get(offset..).unwrap_or_default();
                let task = Attention {
                    query: at(0),
                    query_stride: stride,
                    key: at(inner),
                    key_stride: stride,
                    value: at(2 * inner),
                    value_stride: stride,
                    heads,
                    head_width: width,
                    tokens,
                    scale: 0.7,
                };
                let got = same(&format!("attention over {tokens}"), |kernel| {
                    let mut out = vec![9.0; tokens * out_stride];
                    let mut scratch = vec![f32::NAN; 100];
                    kernel.attention(task, &mut scratch, &mut out, out_stride);
                    out
                });
                if kind == 0 {
                    near(&got, &naive_attention(task, out_stride), 1e-6);
                }
            }
        }
    }
}

fn naive_attention(task: Attention<'_>, out_stride: usize) -> Vec<f64> {
    let mut out = vec![9.0; task.tokens * out_stride];
    for head in 0..task.heads {
        let columns = head * task.head_width..(head + 1) * task.head_width;
        for query in 0..task.tokens {
            let weights: Vec<f64> = (0..task.tokens)
                .map(|key| {
                    let score = columns.clone().map(|c| {
                        let key = task.key[key * task.key_stride + c];
                        f64::from(task.query[query * task.query_stride + c]) * f64::from(key)
                    });
                    (score.sum::<f64>() * f64::from(task.scale)).exp()
                })
                .collect();
            let total: f64 = weights.iter().sum();
            for c in columns.clone() {
                let values = (0..task.tokens)
                    .map(|token| f64::from(task.value[token * task.value_stride + c]));
                let sum: f64 = weights
                    .iter()
                    .zip(values)
                    .map(|(weight, v)| weight * v)
                    .sum();
                out[query * out_stride + c] = sum / total;
            }
        }
    }
    out
}

#[test]
fn pooling_and_dequantisation_agree() {
    let mut random = Random(6);
    for width in [1, 15, 16, 100, 256] {
        let mut all = inputs(&mut random, width * 5);
        all.extend(with_specials(&mut random, width * 5));
        for (kind, rows) in all.iter().enumerate() {
            let got = same("mean", |kernel| {
                let mut out = vec![9.0; width];
                kernel.mean_rows(rows, &mut out);
                out
            });
            let unit = same("normalise", |kernel| {
                let mut rows = rows.clone();
                kernel.normalize(&mut rows, 1e-12);
                rows
            });
            if kind == 0 {
                let sum = |i: usize| {
                    rows.iter()
                        .skip(i)
                        .step_by(width)
                        .map(|&x| f64::from(x))
                        .sum::<f64>()
                };
                near(
                    &got,
                    &(0..width).map(|i| sum(i) / 5.0).collect::<Vec<_>>(),
                    1e-6,
                );
                let length = unit
                    .iter()
                    .map(|&x| f64::from(x).powi(2))
                    .sum::<f64>()
                    .sqrt();
                near(&[1.0], &[length], 1e-6);
            }
        }
        let (a, b) = (random.floats(width, 1.0), random.floats(width, 1.0));
        type Combine = fn(Kernel, &[f32], &[f32], f32, &mut [f32]);
        type Expected = fn(f32, f32) -> f32;
        let combinations: [(Combine, Expected); 3] = [
            (Kernel::difference, |a, b| (a - b).abs() * 3.0),
            (Kernel::product, |a, b| a * b * 3.0),
            (Kernel::sum, |a, b| (a + b) * 3.0),
        ];
        for (combine, expected) in combinations {
            let got = same("combination", |kernel| {
                let mut out = vec![9.0; width];
                combine(kernel, &a, &b, 3.0, &mut out);
                out
            });
            let numbers = a.iter().zip(&b).map(|(&a, &b)| expected(a, b));
            assert_eq!(bits(&got), bits(&numbers.collect::<Vec<f32>>()));
        }
        let dot = same("dot", |kernel| vec![kernel.dot(&a, &b)]);
        let expected: f64 = a
            .iter()
            .zip(&b)
            .map(|(&a, &b)| f64::from(a) * f64::from(b))
            .sum();
        near(&dot, &[expected], 1e-5);
        let weights = random.weights(width, -128, 127);
        let bytes: Vec<u8> = weights.iter().map(|&code| code as u8).collect();
        let addend = random.floats(width, 1.0);
        for codes in [Codes::Signed(&bytes), Codes::Unsigned(&bytes)] {
            let got = same("dequantise", |kernel| {
                let mut out = vec![9.0; width];
                kernel.dequantize(codes, -3, 0.02, &addend, &mut out);
                out
            });
            let code = |i: usize| match codes {
                Codes::Signed(codes) => i32::from(codes[i] as i8),
                Codes::Unsigned(codes) => i32::from(codes[i]),
            };
            let expected: Vec<f32> = (0..width)
                .map(|i| (code(i) + 3) as f32 * 0.02 + addend[i])
                .collect();
            assert_eq!(bits(&got), bits(&expected));
        }
    }
    let mut none = [9.0; 3];
    Kernel::best().mean_rows(&[], &mut none);
    assert_eq!(none, [0.0; 3]);
    let mut zero = [0.0; 3];
    Kernel::best().normalize(&mut zero, 1e-12);
    assert_eq!(zero, [0.0; 3]);
}

fn exp(x: f32) -> f32 {
    to_array(elementary::exp(Portable::splat(x)))[0]
}

fn gelu(x: f32) -> f32 {
    to_array(elementary::gelu(Portable::splat(x)))[0]
}

/// Φ(-t), t not negative: Laplace's continued fraction from 3 on, the Taylor series of Φ below.
fn tail(t: f64) -> f64 {
    let density = (-0.5 * t * t).exp() / (2.0 * std::f64::consts::PI).sqrt();
    if t > 3.0 {
        let mut fraction = t;
        for k in (1..200).rev() {
            fraction = t + f64::from(k) / fraction;
        }
        return density / fraction;
    }
    let (mut term, mut sum) = (t, t);
    for k in 1..200 {
        term *= t * t / f64::from(2 * k + 1);
        sum += term;
    }
    0.5 - density * sum
}

#[test]
fn gelu_and_exp_are_as_near_as_they_say() {
    let (mut absolute, mut relative) = (0.0_f64, 0.0_f64);
    for i in -400_000..=400_000 {
        let x = i as f32 * 5e-5;
        let (wide, got) = (f64::from(x), f64::from(gelu(x)));
        let expected = if x < 0.0 {
            wide * tail(-wide)
        } else {
            wide - wide * tail(wide)
        };
        let error = (got - expected).abs();
        absolute = absolute.max(error.min(error / expected.abs().max(1e-300)));
    }
    assert!(absolute <= GELU_ERROR, "gelu is off by {absolute}");
    for i in 0..=870_000 {
        let x = i as f32 * -1e-4;
        let expected = f64::from(x).exp();
        relative = relative.max((f64::from(exp(x)) - expected).abs() / expected);
    }
    assert!(relative <= EXP_ERROR, "exp is off by {relative}");
}

const GELU_ERROR: f64 = 1.1e-7;
const EXP_ERROR: f64 = 1.1e-7;

#[test]
fn limits_of_gelu() {
    let mut values = [
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::NAN,
        0.0,
        -0.0,
        f32::MAX,
        f32::MIN,
    ];
    Kernel::best().gelu(&mut values);
    assert_eq!(values[0], f32::INFINITY);
    assert!(values[1].abs() < 1e-37);
    assert!(values[2].is_nan());
    assert_eq!(values[3..5], [0.0, -0.0]);
    assert_eq!(values[5], f32::MAX);
    assert!(values[6].abs() < 1e-37);
    let mut random = Random(7);
    for length in [0, 1, 15, 16, 37, 1000] {
        for values in inputs(&mut random, length)
            .into_iter()
            .chain(with_specials(&mut random, length))
        {
            same("gelu", |kernel| {
                let mut values = values.clone();
                kernel.gelu(&mut values);
                values
            });
        }
    }
}
