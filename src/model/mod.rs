//! The models of a pack: an embedder, a relation classifier over pairs of its vectors, and the
//! vectors of the terms that were known when they were made.
//!
//! | file | what |
//! |---|---|
//! | `tokenizer.json` | tokenizer in the format of Hugging Face's `tokenizers`, with normaliser and post-processor; truncation and padding set in it are not looked at |
//! | `embedder.onnx` | `input_ids`, `attention_mask`: int64 \[B, T\]; `embedding`: f32 \[B, D\], unit length |
//! | `classifier.onnx` | `a`, `b`, `remainder_a`, `remainder_b`: f32 \[N, D\], `features`: f32 \[N, F\]; `logits`: f32 \[N, 4\] in the order of [`Relation::ALL`](crate::Relation::ALL), whose softmax is calibrated. The rows of a batch must not depend on one another |
//! | `vectors.bin` | int8 vectors of terms; the layout stands at the top of `vectors/mod.rs` |
//!
//! A pack has all four or none, and [`ModelManifest`] in its manifest says what D and F are.
//! Weights may be quantised as ONNX Runtime's dynamic quantisation leaves them
//! (`DynamicQuantizeLinear`, `MatMulInteger`): such products run in integers.
//!
//! [`Semrel`](crate::Semrel) asks the models; here is what is needed to make a pack with them.

#[cfg(feature = "model")]
mod classifier;
#[cfg(feature = "model")]
mod embedder;
mod embedding;
mod expansion;
mod files;
mod manifest;
mod models;
#[cfg(feature = "model")]
mod pool;
#[cfg(feature = "model")]
mod tokens;
mod vectors;
#[cfg(not(feature = "model"))]
mod without;

pub use self::embedding::Embedding;
pub use self::files::{MODEL_FILES, ModelFiles};
pub use self::manifest::ModelManifest;
pub use self::vectors::{VECTORS_VERSION, VectorsBuilder};

pub(crate) use self::expansion::expand;
pub(crate) use self::files::ModelImages;
#[cfg(all(feature = "tr", feature = "model"))]
pub(crate) use self::files::{CLASSIFIER_FILE, EMBEDDER_FILE, TOKENIZER_FILE, VECTORS_FILE};
pub(crate) use self::models::{Models, Terms};

#[cfg(not(feature = "model"))]
use self::without::{Classifier, Embedder};
#[cfg(feature = "model")]
use self::{classifier::Classifier, embedder::Embedder};
