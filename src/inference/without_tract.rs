//! What stands for tract in a build without it: every graph that is not understood is an error.

use super::pair_head::{LOGITS, PairRow};
use crate::error::{Error, Result};

/// No such encoder exists.
#[derive(Debug)]
pub(super) enum TractEncoder {}

impl TractEncoder {
    pub(super) fn read(_onnx: &[u8]) -> Result<Self> {
        Err(not_understood())
    }

    pub(super) fn dimensions(&self) -> usize {
        match *self {}
    }

    pub(super) fn run(&self, _sequences: &[&[u32]], _out: &mut [f32]) -> Result<()> {
        match *self {}
    }
}

/// No such head exists.
#[derive(Debug)]
pub(super) enum TractHead {}

impl TractHead {
    pub(super) fn read(_onnx: &[u8], _dimensions: usize, _features: usize) -> Result<Self> {
        Err(not_understood())
    }

    pub(super) fn run(&self, _pairs: &[PairRow<'_>], _out: &mut [[f32; LOGITS]]) -> Result<()> {
        match *self {}
    }
}

fn not_understood() -> Error {
    Error::unavailable(
        "the graph is damaged or of another shape than this program runs by itself: fetch or build \
         the pack again, or use a program built with feature `tract`",
    )
}
