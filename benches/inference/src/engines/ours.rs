//! `semrel::inference`.

use super::Engine;
// The one line to change: `use semrel::inference;`.
use super::stand_in as inference;
use crate::Failure;

/// The encoder of semrel and the memory of one thread.
pub(super) struct Semrel(inference::EncoderSession);

impl Semrel {
    pub(super) fn open(onnx: Vec<u8>) -> Result<Self, Failure> {
        let encoder = match chosen_kernel() {
            Some(kernel) => inference::Encoder::with_kernel(onnx, &kernel)?,
            None => inference::Encoder::from_onnx(onnx)?,
        };
        Ok(Semrel(encoder.session()))
    }
}

impl Engine for Semrel {
    fn encode(&mut self, sequences: &[&[u32]], out: &mut [f32]) -> Result<(), Failure> {
        Ok(self.0.encode(sequences, out)?)
    }
}

/// The kernel that `SEMREL_KERNEL` asks for.
pub(super) fn chosen_kernel() -> Option<String> {
    std::env::var("SEMREL_KERNEL").ok()
}

pub(super) fn best_kernel() -> &'static str {
    inference::kernel_name()
}
