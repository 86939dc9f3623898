//! semrel for JavaScript. Strings come in and JSON goes out; what makes it pleasant to use (types,
//! checks, loading, workers) is the JavaScript of the npm package, in `wasm/npm`.
//!
//! [`answers`] has every answer as a function of its own, so that the same code can be asked natively.

pub mod answers;
mod error;
mod options;
mod positions;

use semrel::{Overlay, Pack, Result, Semrel};
use wasm_bindgen::prelude::*;

/// An opened pack. Every error is a string, `kind: message`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    semrel: Semrel,
}

#[wasm_bindgen]
impl Engine {
    /// Opens a pack; `overlay` is JSON Lines, or empty.
    #[wasm_bindgen(constructor)]
    pub fn new(pack: Vec<u8>, overlay: &str) -> Result<Engine, String> {
        let open =
            || Semrel::with_overlay(Pack::from_bytes(pack)?, Overlay::read(overlay.as_bytes())?);
        let semrel = open().map_err(|error| error::text(&error))?;
        Ok(Engine { semrel })
    }

    /// See [`answers::relation`].
    pub fn relation(&self, a: &str, b: &str) -> Result<String, String> {
        sent(answers::relation(&self.semrel, a, b))
    }

    /// See [`answers::relations`].
    #[expect(
        clippy::needless_pass_by_value,
        reason = "wasm-bindgen takes lists of strings by value only"
    )]
    pub fn relations(&self, terms: Vec<String>) -> Result<String, String> {
        sent(answers::relations(&self.semrel, &terms))
    }

    /// See [`answers::relation_by_model`].
    #[wasm_bindgen(js_name = relationByModel)]
    pub fn relation_by_model(&self, a: &str, b: &str) -> Result<String, String> {
        sent(answers::relation_by_model(&self.semrel, a, b))
    }

    /// See [`answers::expand`].
    pub fn expand(&self, term: &str, options: &str) -> Result<String, String> {
        sent(answers::expand(&self.semrel, term, options))
    }

    /// See [`answers::rewrite`].
    pub fn rewrite(&self, query: &str, to: &str, options: &str) -> Result<String, String> {
        sent(answers::rewrite(&self.semrel, query, to, options))
    }

    /// See [`answers::segment`].
    pub fn segment(&self, text: &str) -> Result<String, String> {
        sent(answers::segment(&self.semrel, text))
    }

    /// See [`answers::lookup`].
    pub fn lookup(&self, text: &str) -> Result<String, String> {
        sent(answers::lookup(&self.semrel, text))
    }

    /// See [`answers::prefix`].
    pub fn prefix(&self, beginning: &str, limit: usize) -> Result<String, String> {
        sent(answers::prefix(&self.semrel, beginning, limit))
    }

    /// See [`answers::suggest`].
    pub fn suggest(&self, term: &str, limit: usize) -> Result<String, String> {
        sent(answers::suggest(&self.semrel, term, limit))
    }

    /// See [`answers::lemma`].
    pub fn lemma(&self, term: &str) -> Result<String, String> {
        sent(answers::lemma(&self.semrel, term))
    }

    /// See [`answers::similar`].
    pub fn similar(&self, term: &str, limit: usize) -> Result<String, String> {
        sent(answers::similar(&self.semrel, term, limit))
    }

    /// See [`answers::embed`].
    pub fn embed(&self, term: &str, dimensions: Option<usize>) -> Result<Vec<f32>, String> {
        sent(answers::embed(&self.semrel, term, dimensions))
    }

    /// See [`answers::info`].
    pub fn info(&self) -> Result<String, String> {
        sent(answers::info(&self.semrel))
    }
}

fn sent<T>(answer: Result<T>) -> Result<T, String> {
    answer.map_err(|error| error::text(&error))
}
