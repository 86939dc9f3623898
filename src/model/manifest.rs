//! What must be known of models before they are asked.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Longest vector of a term.
const MAX_DIMENSIONS: usize = 4096;
/// Most tokens of a term.
const MAX_TOKENS: usize = 512;
/// Most features of a pair.
const MAX_FEATURES: usize = 4096;

/// What a pack says of its models.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ModelManifest {
    /// Numbers in the vector of a term (D), 1 to 4096.
    pub dimensions: usize,
    /// Tokens of a term that the embedder reads, with the special ones, 3 to 512. What follows is
    /// cut off; the closing special token stays.
    pub max_tokens: usize,
    /// Features of a pair that the classifier was trained with (F).
    pub features: usize,
    /// Probability from which a term that the models alone propose is an expansion, `0.0..=1.0`.
    pub expand_threshold: f32,
    /// Licence of the models.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub licence: String,
    /// On what, when and how they were trained, in a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub trained: String,
}

impl ModelManifest {
    /// Reads `model.json`, which has the fields of this type.
    ///
    /// # Errors
    ///
    /// `Corrupt` if it is not that, or as [`check`](Self::check).
    pub fn from_json(json: &[u8]) -> Result<Self> {
        let manifest: ModelManifest = serde_json::from_slice(json)
            .map_err(|e| Error::corrupt(format!("the description of the models: {e}")))?;
        manifest.check()?;
        Ok(manifest)
    }

    /// Checks what the types cannot.
    ///
    /// # Errors
    ///
    /// `Corrupt` if a number is out of the range that its field states.
    pub fn check(&self) -> Result<()> {
        let ranges = [
            ("dimensions", self.dimensions, 1..=MAX_DIMENSIONS),
            ("max_tokens", self.max_tokens, 3..=MAX_TOKENS),
            ("features", self.features, 0..=MAX_FEATURES),
        ];
        for (name, value, range) in ranges {
            if !range.contains(&value) {
                return Err(Error::corrupt(format!(
                    "the models are said to have {name} {value}: {} to {} are possible",
                    range.start(),
                    range.end()
                )));
            }
        }
        if !(0.0..=1.0).contains(&self.expand_threshold) {
            return Err(Error::corrupt(format!(
                "the models are said to have expand_threshold {}: a probability lies between 0 \
                 and 1",
                self.expand_threshold
            )));
        }
        Ok(())
    }
}
