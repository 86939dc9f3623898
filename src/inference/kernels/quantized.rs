//! Dynamic quantisation of activations, as ONNX `DynamicQuantizeLinear` and ONNX Runtime do it.

use super::packed::STEP;
use super::vector::{LANES, ROUNDER, Vector, read};
use super::{Instructions, Kernel, versions};

/// Rows of activations as codes of 8 bits, with a scale and a zero point per row. A buffer to be
/// reused: it grows to the largest batch and stays.
#[derive(Debug, Default)]
pub(crate) struct Quantized {
    kernel: Option<Kernel>,
    width: usize,
    scales: Vec<f32>,
    /// In terms of the stored codes: of those less `offset`.
    zero_points: Vec<i32>,
    /// Codes as bytes or as 16-bit numbers, whatever the kernel reads; `width` rounded up to whole
    /// steps, filled up with 0.
    bytes: Vec<[u8; STEP]>,
    words: Vec<[i16; STEP]>,
    /// Sum of the stored codes of each row, for kernels that need it.
    sums: Vec<i32>,
}

/// What a kernel reads.
#[derive(Clone, Copy)]
struct Stored {
    bytes: bool,
    words: bool,
    sums: bool,
    /// Taken off the codes: 128 for kernels that multiply signed by signed bytes.
    offset: i32,
}

impl Stored {
    fn by(kernel: Kernel) -> Self {
        const WORDS: Stored = Stored {
            bytes: false,
            words: true,
            sums: false,
            offset: 0,
        };
        match kernel.0 {
            Instructions::Portable => WORDS,
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Instructions::Avx2 => WORDS,
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Instructions::Avx512Vnni => Self {
                bytes: true,
                words: false,
                sums: false,
                offset: 0,
            },
            #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
            Instructions::Neon => WORDS,
            #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
            Instructions::NeonDot => Self {
                bytes: true,
                words: false,
                sums: false,
                offset: 128,
            },
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            Instructions::Simd128 => WORDS,
            #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
            Instructions::RelaxedSimd => Self {
                bytes: true,
                words: true,
                sums: true,
                offset: 128,
            },
        }
    }
}

impl Quantized {
    /// Replaces what is in the buffer by `rows` of `width` floats. `segments` are lengths in rows:
    /// each segment is quantised over its own range, as if it were a tensor of its own.
    ///
    /// The range includes 0; the scale is a 255th of it, 1 if it is empty; the zero point is the
    /// code of 0; rounding is to the nearest, ties to even.
    ///
    /// # Panics
    ///
    /// If there are not as many rows as the segments have together.
    pub(crate) fn quantize(
        &mut self,
        kernel: Kernel,
        rows: &[f32],
        width: usize,
        segments: &[usize],
    ) {
        let count: usize = segments.iter().sum();
        assert_eq!(count.checked_mul(width), Some(rows.len()));
        let stored = Stored::by(kernel);
        let steps = width.div_ceil(STEP);
        self.kernel = Some(kernel);
        self.width = width;
        self.scales.clear();
        self.zero_points.clear();
        self.bytes
            .resize(if stored.bytes { count * steps } else { 0 }, [0; STEP]);
        self.words
            .resize(if stored.words { count * steps } else { 0 }, [0; STEP]);
        self.sums.resize(if stored.sums { count } else { 0 }, 0);
        let mut first = 0;
        for &length in segments {
            let end = first + length;
            let segment = &rows[first * width..end * width];
            let range = versions::range(kernel, segment);
            self.scales.resize(end, range.scale);
            self.zero_points
                .resize(end, range.zero_point - stored.offset);
            let mut target = Target {
                offset: stored.offset,
                bytes: part(&mut self.bytes, first * steps..end * steps),
                words: part(&mut self.words, first * steps..end * steps),
                sums: part(&mut self.sums, first..end),
            };
            versions::quantize(kernel, segment, width, range, &mut target);
            first = end;
        }
    }

    /// Rows in the buffer.
    pub(crate) fn len(&self) -> usize {
        self.scales.len()
    }

    /// Codes of a row.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The kernel that wrote the buffer.
    pub(super) fn kernel(&self) -> Option<Kernel> {
        self.kernel
    }

    pub(super) fn scales(&self) -> &[f32] {
        &self.scales
    }

    pub(super) fn zero_points(&self) -> &[i32] {
        &self.zero_points
    }

    pub(super) fn bytes(&self) -> &[[u8; STEP]] {
        &self.bytes
    }

    pub(super) fn words(&self) -> &[[i16; STEP]] {
        &self.words
    }

    pub(super) fn sums(&self) -> &[i32] {
        &self.sums
    }
}

/// A range of a buffer, or nothing of one that the kernel does not use.
fn part<T>(buffer: &mut [T], range: std::ops::Range<usize>) -> &mut [T] {
    if buffer.is_empty() {
        &mut []
    } else {
        &mut buffer[range]
    }
}

/// Where the codes of a segment go; what is empty is not wanted.
pub(super) struct Target<'a> {
    offset: i32,
    bytes: &'a mut [[u8; STEP]],
    words: &'a mut [[i16; STEP]],
    sums: &'a mut [i32],
}

/// How floats of a segment become codes.
#[derive(Clone, Copy)]
pub(super) struct Range {
    pub(super) scale: f32,
    pub(super) zero_point: i32,
}

/// Range of these values and 0.
#[inline(always)]
pub(super) fn range<V: Vector>(values: &[f32]) -> Range {
    // Several registers each, because one would wait for itself.
    const REGISTERS: usize = 4;
    let mut least = [V::splat(0.0); REGISTERS];
    let mut greatest = [V::splat(0.0); REGISTERS];
    let (chunks, rest) = values.as_chunks::<{ LANES * REGISTERS }>();
    for chunk in chunks {
        for (register, part) in chunk.as_chunks::<LANES>().0.iter().enumerate() {
            least[register] = V::load(part).lesser(least[register]);
            greatest[register] = V::load(part).greater(greatest[register]);
        }
    }
    for part in rest.chunks(LANES) {
        let part = read::<V>(part, 0.0);
        least[0] = part.lesser(least[0]);
        greatest[0] = part.greater(greatest[0]);
    }
    let (mut min, mut max) = (least[0], greatest[0]);
    for register in 1..REGISTERS {
        min = min.lesser(least[register]);
        max = max.greater(greatest[register]);
    }
    let min = min.least();
    let max = max.greatest();
    let scale = if max == min { 1.0 } else { (max - min) / 255.0 };
    // NaN (0 / 0, of a range so small that a 255th of it is 0) becomes 0, which `clamp` would keep.
    #[allow(clippy::manual_clamp)]
    let zero_point = (-min / scale).max(0.0).min(255.0) + ROUNDER - ROUNDER;
    Range {
        scale,
        zero_point: zero_point as i32,
    }
}

/// From values to codes.
#[derive(Clone, Copy)]
struct Coder<V> {
    scale: V,
    least: V,
    greatest: V,
    stored_zero: V,
}

impl<V: Vector> Coder<V> {
    /// Codes in the low bits of the lanes.
    #[inline(always)]
    fn code(self, values: &[f32]) -> V {
        // NaN becomes the least. Adding integers to what the rounder has left in the low bits is
        // exact.
        let scaled = (read::<V>(values, 0.0) / self.scale).greater(self.least);
        scaled.lesser(self.greatest) + V::splat(ROUNDER) + self.stored_zero
    }
}

/// Writes the codes of a segment.
#[inline(always)]
pub(super) fn quantize<V: Vector>(
    rows: &[f32],
    width: usize,
    range: Range,
    target: &mut Target<'_>,
) {
    if width == 0 {
        return;
    }
    let steps = width.div_ceil(STEP);
    let zero_point = range.zero_point as f32;
    let coder = Coder {
        scale: V::splat(range.scale),
        least: V::splat(-zero_point),
        greatest: V::splat(255.0 - zero_point),
        stored_zero: V::splat((range.zero_point - target.offset) as f32),
    };
    for (row, codes) in rows
        .chunks_exact(width)
        .zip(target.bytes.chunks_exact_mut(steps))
    {
        let (codes, beyond) = codes.as_flattened_mut().split_at_mut(width);
        beyond.fill(0);
        for (values, out) in row.chunks(LANES).zip(codes.chunks_mut(LANES)) {
            let codes = coder.code(values).low_bytes();
            match out.first_chunk_mut() {
                Some(out) => *out = codes,
                None => out.copy_from_slice(&codes[..out.len()]),
            }
        }
    }
    for (row, codes) in rows
        .chunks_exact(width)
        .zip(target.words.chunks_exact_mut(steps))
    {
        let (codes, beyond) = codes.as_flattened_mut().split_at_mut(width);
        beyond.fill(0);
        for (values, out) in row.chunks(LANES).zip(codes.chunks_mut(LANES)) {
            let codes = coder.code(values).low_words();
            match out.first_chunk_mut() {
                Some(out) => *out = codes,
                None => out.copy_from_slice(&codes[..out.len()]),
            }
        }
    }
    for (sum, codes) in target.sums.iter_mut().zip(target.words.chunks_exact(steps)) {
        *sum = codes
            .as_flattened()
            .iter()
            .map(|&code| i32::from(code))
            .sum();
    }
}
