//! From two vectors to the relation of their terms.

use super::files::{CLASSIFIER_FILE, ModelImages};
use super::models::PairInput;
use super::pool::Pool;
use crate::error::{Error, ErrorKind, Result};
use crate::inference::{PairHead, PairHeadSession, PairRow};
use crate::pair_features::PAIR_FEATURES;
use crate::relation::RelationScores;

/// The relation head. No answer depends on the order of a pair.
#[derive(Debug)]
pub(super) struct Classifier {
    head: PairHead,
    sessions: Pool<PairHeadSession>,
}

impl Classifier {
    pub(super) fn open(images: &ModelImages) -> Result<Self> {
        let manifest = &images.manifest;
        if manifest.features != PAIR_FEATURES {
            return Err(Error::new(
                ErrorKind::Version,
                format!(
                    "{CLASSIFIER_FILE} was trained with {} features of a pair, this program has {}: \
                     fetch or build a matching pack",
                    manifest.features, PAIR_FEATURES
                ),
            ));
        }
        let head = PairHead::from_onnx(
            images.classifier.clone(),
            manifest.dimensions,
            PAIR_FEATURES,
        );
        Ok(Classifier {
            head: head.map_err(of_head)?,
            sessions: Pool::new(),
        })
    }

    /// Calibrated scores, one per pair.
    pub(super) fn classify(&self, pairs: &[PairInput]) -> Result<Vec<RelationScores>> {
        let rows: Vec<PairRow<'_>> = pairs.iter().map(PairInput::row).collect();
        let mut logits = vec![[0.0; 4]; pairs.len()];
        let new = || self.head.session();
        let judge = |session: &mut PairHeadSession| session.logits(&rows, &mut logits);
        self.sessions.with(new, judge).map_err(of_head)?;
        Ok(logits.into_iter().map(softmax).collect())
    }
}

fn of_head(e: Error) -> Error {
    e.context(CLASSIFIER_FILE)
}

/// Probabilities of logits in the order of [`Relation::ALL`](crate::Relation::ALL).
fn softmax(logits: [f32; 4]) -> RelationScores {
    let largest = logits.into_iter().fold(f32::NEG_INFINITY, f32::max);
    let powers = logits.map(|logit| (logit - largest).exp());
    let sum: f32 = powers.iter().sum();
    let [synonym, antonym, co_hyponym, unrelated] = powers.map(|power| power / sum);
    RelationScores {
        synonym,
        antonym,
        co_hyponym,
        unrelated,
    }
}
