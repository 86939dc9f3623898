//! What stands for the graphs where feature `model` is off: nothing that could be asked.

use super::embedding::Embedding;
use super::files::ModelImages;
use super::models::PairInput;
use crate::error::{Error, Result};
use crate::relation::RelationScores;

#[derive(Debug)]
pub(super) enum Embedder {}

impl Embedder {
    pub(super) fn open(_: &ModelImages) -> Result<Self> {
        Err(built_without())
    }

    pub(super) fn embed(&self, _: &str) -> Result<Embedding> {
        match *self {}
    }
}

#[derive(Debug)]
pub(super) enum Classifier {}

impl Classifier {
    pub(super) fn open(_: &ModelImages) -> Result<Self> {
        Err(built_without())
    }

    pub(super) fn classify(&self, _: &[PairInput]) -> Result<Vec<RelationScores>> {
        match *self {}
    }
}

fn built_without() -> Error {
    Error::unavailable(
        "this program was built without feature \"model\": of the models only the stored vectors \
         of terms can be asked",
    )
}
