//! The engines, behind one interface.

mod onnx_runtime;
mod ours;
mod stock_tract;

use std::path::Path;

pub(crate) use self::onnx_runtime::{HeadSession, load_library};
pub(crate) use self::ours::kernel;
pub(crate) use self::stock_tract::{HeadPlan, StockTract};
use crate::Failure;
use crate::models::Model;

/// What turns token ids into vectors.
pub(crate) trait Engine {
    /// The vectors of sequences without padding, one after another.
    fn encode(&mut self, sequences: &[&[u32]], out: &mut [f32]) -> Result<(), Failure>;
}

/// The engines in the order of the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Semrel,
    /// A batch as one matrix, filled up to its longest sequence: how it is commonly used.
    OnnxRuntime,
    /// One sequence at a time, which alone gives the vectors that semrel gives.
    OnnxRuntimeSingly,
    /// One sequence at a time, in matrices of 4, 8, 16 and 32 tokens.
    Tract,
}

impl Kind {
    pub(crate) const ALL: [Kind; 4] = [
        Kind::Semrel,
        Kind::OnnxRuntime,
        Kind::OnnxRuntimeSingly,
        Kind::Tract,
    ];

    /// One of each library.
    pub(crate) const LIBRARIES: [Kind; 3] = [Kind::Semrel, Kind::OnnxRuntime, Kind::Tract];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Kind::Semrel => "semrel",
            Kind::OnnxRuntime => "ONNX Runtime",
            Kind::OnnxRuntimeSingly => "ONNX Runtime, one by one",
            Kind::Tract => "tract",
        }
    }

    /// Opens a model from its file.
    pub(crate) fn open(self, model: Model, file: &Path) -> Result<Box<dyn Engine>, Failure> {
        let onnx = std::fs::read(file)?;
        Ok(match self {
            Kind::Semrel => Box::new(ours::Semrel::open(onnx)?),
            Kind::OnnxRuntime => Box::new(onnx_runtime::Padded::open(&onnx)?),
            Kind::OnnxRuntimeSingly => Box::new(onnx_runtime::Singly::open(&onnx)?),
            Kind::Tract => Box::new(StockTract::open(&onnx, model.dimensions())?),
        })
    }
}
