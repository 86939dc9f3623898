//! From a term to its vector.

use std::sync::{Mutex, PoisonError};

use super::embedding::Embedding;
use super::files::{EMBEDDER_FILE, ModelImages};
use super::tokens::Tokens;
use crate::error::{Error, Result};
use crate::inference::{Encoder, EncoderSession};

/// Tokenizer and encoder.
#[derive(Debug)]
pub(super) struct Embedder {
    tokens: Tokens,
    encoder: Encoder,
    /// Sessions that no thread uses now.
    idle: Mutex<Vec<EncoderSession>>,
}

impl Embedder {
    pub(super) fn open(images: &ModelImages) -> Result<Self> {
        let manifest = &images.manifest;
        let encoder = Encoder::from_onnx(images.embedder.clone()).map_err(of_encoder)?;
        if encoder.dimensions() != manifest.dimensions {
            return Err(of_encoder(Error::corrupt(format!(
                "its vectors have {} numbers, those that the pack describes {}",
                encoder.dimensions(),
                manifest.dimensions
            ))));
        }
        Ok(Embedder {
            tokens: Tokens::read(&images.tokenizer, manifest.max_tokens)?,
            encoder,
            idle: Mutex::default(),
        })
    }

    /// The vector of a term.
    pub(super) fn embed(&self, term: &str) -> Result<Embedding> {
        let ids = self.tokens.ids(term)?;
        let mut vector = vec![0.0; self.encoder.dimensions()];
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let mut session = idle().pop().unwrap_or_else(|| self.encoder.session());
        let done = session.encode(&[&ids], &mut vector).map_err(of_encoder);
        idle().push(session);
        done?;
        Embedding::new(vector)
            .map_err(|e| Error::corrupt(format!("{EMBEDDER_FILE} gave {term:?} no vector: {e}")))
    }
}

fn of_encoder(e: Error) -> Error {
    e.context(EMBEDDER_FILE)
}
