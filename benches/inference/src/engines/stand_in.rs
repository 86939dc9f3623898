//! The interface of `semrel::inference` on stock tract: what semrel does until it has it.

use std::sync::Arc;

use semrel::{Error, Result};

use super::{Engine, StockTract};

pub(super) struct Encoder {
    onnx: Arc<[u8]>,
}

pub(super) struct EncoderSession {
    tract: Option<StockTract>,
    onnx: Arc<[u8]>,
}

impl Encoder {
    pub(super) fn from_onnx(onnx: Vec<u8>) -> Result<Self> {
        Ok(Encoder { onnx: onnx.into() })
    }

    pub(super) fn with_kernel(onnx: Vec<u8>, _kernel: &str) -> Result<Self> {
        Self::from_onnx(onnx)
    }

    pub(super) fn session(&self) -> EncoderSession {
        EncoderSession {
            tract: None,
            onnx: self.onnx.clone(),
        }
    }
}

impl EncoderSession {
    pub(super) fn encode(&mut self, sequences: &[&[u32]], out: &mut [f32]) -> Result<()> {
        let failed = |e: crate::Failure| Error::invalid(e.to_string());
        let dimensions = out.len() / sequences.len().max(1);
        let tract = match &mut self.tract {
            Some(tract) => tract,
            none => none.insert(StockTract::open(&self.onnx, dimensions).map_err(failed)?),
        };
        tract.encode(sequences, out).map_err(failed)
    }
}

pub(super) fn kernel_name() -> &'static str {
    "tract"
}
