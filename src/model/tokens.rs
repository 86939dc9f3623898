//! From the text of a term to the ids of its tokens.

use std::panic::catch_unwind;

use tokenizers::Tokenizer;

use super::files::TOKENIZER_FILE;
use crate::error::{Error, Result};

/// The tokenizer of a pack.
#[derive(Clone, Debug)]
pub(super) struct Tokens {
    tokenizer: Tokenizer,
    max_tokens: usize,
}

impl Tokens {
    /// Reads `tokenizer.json`.
    pub(super) fn read(json: &[u8], max_tokens: usize) -> Result<Self> {
        let damaged = |why: &dyn std::fmt::Display| {
            Error::corrupt(format!(
                "{TOKENIZER_FILE} cannot be used: {why}; fetch or build the pack again"
            ))
        };
        let mut tokenizer = catch_unwind(|| Tokenizer::from_bytes(json))
            .map_err(|_| damaged(&"its parts do not fit together"))?
            .map_err(|e| damaged(&e))?;
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(|e| damaged(&e))?;
        Ok(Tokens {
            tokenizer,
            max_tokens,
        })
    }

    /// The ids of a term, special ones included: one at least, `max_tokens` at most. Of a longer
    /// term the end is cut off, but for the closing special token.
    pub(super) fn ids(&self, term: &str) -> Result<Vec<u32>> {
        let refused = |why: &dyn std::fmt::Display| {
            Error::corrupt(format!(
                "{TOKENIZER_FILE} cannot split {term:?}: {why}; fetch or build the pack again"
            ))
        };
        let encode = || self.tokenizer.encode_fast(term, true);
        let encoding = catch_unwind(std::panic::AssertUnwindSafe(encode))
            .map_err(|_| refused(&"its parts do not fit together"))?
            .map_err(|e| refused(&e))?;
        let mut ids = encoding.get_ids().to_vec();
        let Some(&closing) = ids.last() else {
            return Err(refused(&"no token comes out"));
        };
        if ids.len() > self.max_tokens {
            ids.truncate(self.max_tokens);
            ids[self.max_tokens - 1] = closing;
        }
        Ok(ids)
    }
}
