//! From the text of a term to the ids of its tokens.

use std::panic::catch_unwind;

use tokenizers::Tokenizer;

use super::files::TOKENIZER_FILE;
use crate::error::{Error, Result};

/// The token that fills up, where the tokenizer names none.
const PADDING: &str = "[PAD]";

/// The tokenizer of a pack.
#[derive(Clone, Debug)]
pub(super) struct Tokens {
    tokenizer: Tokenizer,
    max_tokens: usize,
    padding: i64,
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
        let padding = tokenizer.token_to_id(PADDING).unwrap_or(0);
        Ok(Tokens {
            tokenizer,
            max_tokens,
            padding: i64::from(padding),
        })
    }

    /// The ids of a term, special ones included: one at least, `max_tokens` at most. Of a longer
    /// term the end is cut off, but for the closing special token.
    pub(super) fn ids(&self, term: &str) -> Result<Vec<i64>> {
        let refused = |why: &dyn std::fmt::Display| {
            Error::corrupt(format!(
                "{TOKENIZER_FILE} cannot split {term:?}: {why}; fetch or build the pack again"
            ))
        };
        let encode = || self.tokenizer.encode_fast(term, true);
        let encoding = catch_unwind(std::panic::AssertUnwindSafe(encode))
            .map_err(|_| refused(&"its parts do not fit together"))?
            .map_err(|e| refused(&e))?;
        let mut ids: Vec<i64> = encoding.get_ids().iter().copied().map(i64::from).collect();
        let Some(&closing) = ids.last() else {
            return Err(refused(&"no token comes out"));
        };
        if ids.len() > self.max_tokens {
            ids.truncate(self.max_tokens);
            ids[self.max_tokens - 1] = closing;
        }
        Ok(ids)
    }

    /// The id that fills a matrix up.
    pub(super) fn padding(&self) -> i64 {
        self.padding
    }
}
