//! Sixteen floats at a time: what all float code here is written in, so that every kernel does the
//! same operations in the same order, in whatever registers it has.
//!
//! Functions over vectors are `#[inline(always)]` and pass no closures on: what is not inlined into
//! a function of [`super::versions`] is compiled without the instructions that it needs, and slow.

use std::ops::{Add, Div, Mul, Sub};

/// Lanes of a vector: the floats of the widest register among the instruction sets.
pub(super) const LANES: usize = 16;

/// Adding this to a float between -2^22 and 2^22 rounds it to an integer, ties to even, and leaves
/// the integer in the low bits.
pub(super) const ROUNDER: f32 = 12_582_912.0;

/// Sixteen floats. Each operation is that of IEEE 754 on each lane.
pub(super) trait Vector:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    fn splat(value: f32) -> Self;

    fn load(values: &[f32; LANES]) -> Self;

    /// The nearest floats.
    fn from_integers(values: &[i32; LANES]) -> Self;

    fn store(self, out: &mut [f32; LANES]);

    /// The greater of both; `other` if one is NaN.
    fn greater(self, other: Self) -> Self;

    /// The lesser of both; `other` if one is NaN.
    fn lesser(self, other: Self) -> Self;

    fn abs(self) -> Self;

    /// 2 to the power of the integer that [`ROUNDER`] has left in the low bits.
    fn power_of_two(self) -> Self;

    /// Low 8 bits of the lanes, a number after [`ROUNDER`].
    #[inline(always)]
    fn low_bytes(self) -> [u8; LANES] {
        let lanes = to_array(self);
        let mut low = [0; LANES];
        for lane in 0..LANES {
            low[lane] = lanes[lane].to_bits() as u8;
        }
        low
    }

    /// Low 16 bits of the lanes, a number after [`ROUNDER`].
    #[inline(always)]
    fn low_words(self) -> [i16; LANES] {
        let lanes = to_array(self);
        let mut low = [0; LANES];
        for lane in 0..LANES {
            low[lane] = lanes[lane].to_bits() as i16;
        }
        low
    }

    /// Sum of the lanes: halves are added until one is left.
    #[inline(always)]
    fn sum(self) -> f32 {
        reduce(self, |a, b| a + b)
    }

    /// The greatest of the lanes.
    #[inline(always)]
    fn greatest(self) -> f32 {
        reduce(self, |a, b| if plainly(a > b) { a } else { b })
    }

    /// The least of the lanes.
    #[inline(always)]
    fn least(self) -> f32 {
        reduce(self, |a, b| if plainly(a < b) { a } else { b })
    }
}

/// Halves of the lanes are combined until one is left.
#[inline(always)]
fn reduce<V: Vector>(vector: V, combine: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = to_array(vector);
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            lanes[lane] = combine(lanes[lane], lanes[lane + half]);
        }
        half /= 2;
    }
    lanes[0]
}

#[inline(always)]
pub(super) fn to_array<V: Vector>(vector: V) -> [f32; LANES] {
    let mut lanes = [0.0; LANES];
    vector.store(&mut lanes);
    lanes
}

/// The first values; if they are less than a vector, the other lanes are `fill`.
#[inline(always)]
pub(super) fn read<V: Vector>(values: &[f32], fill: f32) -> V {
    match values.first_chunk() {
        Some(values) => V::load(values),
        None => {
            let mut lanes = [fill; LANES];
            lanes[..values.len()].copy_from_slice(values);
            V::load(&lanes)
        }
    }
}

/// Writes the first lanes, as many as there is room for.
#[inline(always)]
pub(super) fn write<V: Vector>(vector: V, out: &mut [f32]) {
    match out.first_chunk_mut() {
        Some(out) => vector.store(out),
        None => out.copy_from_slice(&to_array(vector)[..out.len()]),
    }
}

/// Makes a [`Vector`] of as many registers as sixteen floats take, from what is done to a register.
///
/// Functions on registers are unsafe to call for the sake of the instructions that they need:
/// `$name` must be named only where code for these instructions runs.
#[cfg(any(
    target_arch = "x86",
    target_arch = "x86_64",
    all(target_arch = "aarch64", target_endian = "little"),
    all(target_arch = "wasm32", target_feature = "simd128")
))]
macro_rules! vector {
    (
        $name:ident = [$register:ty; $registers:literal] of $lanes:literal,
        operators: { $($operator:ident::$method:ident = $apply:path,)* },
        pairs: { $($pair:ident = $combine:path,)* },
        each: { $($each:ident = $change:path,)* },
        splat: $splat:path,
        load: $load:path,
        from_integers: $from_integers:path,
        store: $store:path,
        $($more:item)*
    ) => {
        #[derive(Clone, Copy)]
        pub(super) struct $name([$register; $registers]);

        $(#[allow(unused_unsafe)]
        impl std::ops::$operator for $name {
            type Output = Self;

            #[inline(always)]
            fn $method(mut self, other: Self) -> Self {
                for part in 0..$registers {
                    // SAFETY: see the macro.
                    self.0[part] = unsafe { $apply(self.0[part], other.0[part]) };
                }
                self
            }
        })*

        // On WebAssembly functions on registers are safe.
        #[allow(unused_unsafe)]
        impl Vector for $name {
            $(#[inline(always)]
            fn $pair(mut self, other: Self) -> Self {
                for part in 0..$registers {
                    // SAFETY: see the macro.
                    self.0[part] = unsafe { $combine(self.0[part], other.0[part]) };
                }
                self
            })*

            $(#[inline(always)]
            fn $each(mut self) -> Self {
                for part in 0..$registers {
                    // SAFETY: see the macro.
                    self.0[part] = unsafe { $change(self.0[part]) };
                }
                self
            })*

            #[inline(always)]
            fn splat(value: f32) -> Self {
                // SAFETY: see the macro.
                Self([unsafe { $splat(value) }; $registers])
            }

            #[inline(always)]
            fn load(values: &[f32; 16]) -> Self {
                let mut vector = Self::splat(0.0);
                for part in 0..$registers {
                    // SAFETY: see the macro; the parts make up the array.
                    vector.0[part] = unsafe { $load(values.as_ptr().add(part * $lanes).cast()) };
                }
                vector
            }

            #[inline(always)]
            fn from_integers(values: &[i32; 16]) -> Self {
                let mut vector = Self::splat(0.0);
                for part in 0..$registers {
                    // SAFETY: see the macro; the parts make up the array.
                    vector.0[part] =
                        unsafe { $from_integers(values.as_ptr().add(part * $lanes).cast()) };
                }
                vector
            }

            #[inline(always)]
            fn store(self, out: &mut [f32; 16]) {
                for part in 0..$registers {
                    // SAFETY: see the macro; the parts make up the array.
                    unsafe { $store(out.as_mut_ptr().add(part * $lanes).cast(), self.0[part]) };
                }
            }

            $($more)*
        }
    };
}
#[cfg(any(
    target_arch = "x86",
    target_arch = "x86_64",
    all(target_arch = "aarch64", target_endian = "little"),
    all(target_arch = "wasm32", target_feature = "simd128")
))]
pub(super) use vector;

/// Plain Rust.
#[derive(Clone, Copy)]
pub(super) struct Portable([f32; LANES]);

impl Portable {
    #[inline(always)]
    fn each(mut self, change: impl Fn(f32) -> f32) -> Self {
        for lane in &mut self.0 {
            *lane = change(*lane);
        }
        self
    }

    #[inline(always)]
    fn pairs(mut self, other: Self, combine: impl Fn(f32, f32) -> f32) -> Self {
        for (lane, other) in self.0.iter_mut().zip(other.0) {
            *lane = combine(*lane, other);
        }
        self
    }
}

impl Add for Portable {
    type Output = Self;

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.pairs(other, |a, b| a + b)
    }
}

impl Sub for Portable {
    type Output = Self;

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.pairs(other, |a, b| a - b)
    }
}

impl Mul for Portable {
    type Output = Self;

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.pairs(other, |a, b| a * b)
    }
}

impl Div for Portable {
    type Output = Self;

    #[inline(always)]
    fn div(self, other: Self) -> Self {
        self.pairs(other, |a, b| a / b)
    }
}

impl Vector for Portable {
    #[inline(always)]
    fn splat(value: f32) -> Self {
        Self([value; LANES])
    }

    #[inline(always)]
    fn load(values: &[f32; LANES]) -> Self {
        Self(*values)
    }

    #[inline(always)]
    fn from_integers(values: &[i32; LANES]) -> Self {
        Self(values.map(|value| value as f32))
    }

    #[inline(always)]
    fn store(self, out: &mut [f32; LANES]) {
        *out = self.0;
    }

    #[inline(always)]
    fn greater(self, other: Self) -> Self {
        self.pairs(other, |a, b| if plainly(a > b) { a } else { b })
    }

    #[inline(always)]
    fn lesser(self, other: Self) -> Self {
        self.pairs(other, |a, b| if plainly(a < b) { a } else { b })
    }

    #[inline(always)]
    fn abs(self) -> Self {
        self.each(f32::abs)
    }

    #[inline(always)]
    fn power_of_two(self) -> Self {
        self.each(|lane| f32::from_bits((lane.to_bits() << 23).wrapping_add(1.0_f32.to_bits())))
    }
}

/// Where relaxed-simd is compiled for, LLVM makes `relaxed_max` of the choice of the greater number,
/// which leaves open what becomes of NaN. There plain Rust is only what kernels are tested against,
/// and may be slow.
#[inline(always)]
fn plainly(chosen: bool) -> bool {
    #[cfg(target_feature = "relaxed-simd")]
    let chosen = std::hint::black_box(chosen);
    chosen
}
