//! `semrel::inference`.

use semrel::inference::{Encoder, EncoderSession, kernel_name};

use super::Engine;
use crate::Failure;

/// The encoder of semrel and the memory of one thread.
pub(super) struct Semrel(EncoderSession);

impl Semrel {
    pub(super) fn open(onnx: Vec<u8>) -> Result<Self, Failure> {
        let encoder = match chosen_kernel() {
            Some(kernel) => Encoder::with_kernel(onnx, &kernel)?,
            None => Encoder::from_onnx(onnx)?,
        };
        match encoder.kernel() {
            Some(_) => Ok(Semrel(encoder.session())),
            None => Err("semrel does not know the graph by itself: tract would be measured".into()),
        }
    }
}

impl Engine for Semrel {
    fn encode(&mut self, sequences: &[&[u32]], out: &mut [f32]) -> Result<(), Failure> {
        Ok(self.0.encode(sequences, out)?)
    }
}

/// The kernel that semrel runs on: that of `SEMREL_KERNEL`, or the best.
pub(crate) fn kernel() -> String {
    chosen_kernel().unwrap_or_else(|| kernel_name().to_owned())
}

fn chosen_kernel() -> Option<String> {
    std::env::var("SEMREL_KERNEL").ok()
}
