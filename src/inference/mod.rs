//! Running the models: encoders of terms and heads over pairs of their vectors, in 8-bit integers.
//!
//! [`Semrel`](crate::Semrel) does this for you. What stands here is for programs that have token
//! ids or vectors of their own: to embed in bulk, to score a term against many candidates, to
//! compare engines.
//!
//! ```
//! # #[cfg(feature = "tr")] {
//! use semrel::inference::Encoder;
//!
//! # let onnx: &'static [u8] = include_bytes!("../../models/tr/embedder.onnx");
//! let encoder = Encoder::from_onnx(onnx)?;
//! let mut vectors = vec![0.0; 2 * encoder.dimensions()];
//! encoder.session().encode(&[&[2, 57, 3], &[2, 57, 912, 3]], &mut vectors)?;
//! # }
//! # Ok::<(), semrel::Error>(())
//! ```
//!
//! How it works: `graph` follows the values of an ONNX file back to where they come from,
//! `patterns` says what groups of operators compute together, `encoder` and `pair_head` compile
//! that into a few steps over packed rows, and `kernels` does the arithmetic with the widest
//! instructions that the machine has. All kernels, on all platforms, give the same bits. A graph
//! that is not understood as a whole goes to tract, with its 8-bit products replaced (`tract`, behind
//! the feature of that name).

mod encoder;
mod graph;
mod kernels;
mod onnx;
mod pair_head;
mod patterns;
#[cfg(test)]
mod tests;
#[cfg(feature = "tract")]
mod tract;
#[cfg(not(feature = "tract"))]
#[path = "without_tract.rs"]
mod tract;

pub use self::encoder::{Encoder, EncoderSession};
pub use self::pair_head::{PairHead, PairHeadSession, PairRow};

/// The kernel that fused steps run on here: `avx512-vnni`, `avx2`, `neon-dot`, `neon`, `simd128`,
/// `relaxed-simd`, or `portable`.
pub fn kernel_name() -> &'static str {
    kernels::Kernel::best().name()
}
