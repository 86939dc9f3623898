//! From a term to its vector.

use super::embedding::Embedding;
use super::files::{EMBEDDER_FILE, ModelImages};
use super::pool::Pool;
use super::tokens::Tokens;
use crate::error::{Error, Result};
use crate::inference::{Encoder, EncoderSession};

/// Tokenizer and encoder.
#[derive(Debug)]
pub(super) struct Embedder {
    tokens: Tokens,
    encoder: Encoder,
    sessions: Pool<EncoderSession>,
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
            sessions: Pool::new(),
        })
    }

    /// The vector of a term.
    pub(super) fn embed(&self, term: &str) -> Result<Embedding> {
        let ids = self.tokens.ids(term)?;
        let mut vector = vec![0.0; self.encoder.dimensions()];
        let new = || self.encoder.session();
        let encode = |session: &mut EncoderSession| session.encode(&[&ids], &mut vector);
        self.sessions.with(new, encode).map_err(of_encoder)?;
        Embedding::new(vector)
            .map_err(|e| Error::corrupt(format!("{EMBEDDER_FILE} gave {term:?} no vector: {e}")))
    }
}

fn of_encoder(e: Error) -> Error {
    e.context(EMBEDDER_FILE)
}
