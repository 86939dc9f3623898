//! ONNX Runtime on one thread of the CPU, through the `ort` crate.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use ort::environment::Environment;
use ort::session::Session;
use ort::value::TensorRef;

use super::Engine;
use crate::Failure;

static ENVIRONMENT: OnceLock<Environment> = OnceLock::new();

/// Loads the shared library: that of `ORT_DYLIB_PATH`, or what the script beside this package
/// finds or installs.
pub(crate) fn load_library() -> Result<PathBuf, Failure> {
    let library = match std::env::var_os("ORT_DYLIB_PATH") {
        Some(path) => PathBuf::from(path),
        None => installed()?,
    };
    if ENVIRONMENT.get().is_none() {
        let environment = ort::init_from(&library)?.with_telemetry(false).build()?;
        // Whoever was first has set the same.
        let _ = ENVIRONMENT.set(environment);
    }
    Ok(library)
}

fn installed() -> Result<PathBuf, Failure> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("ensure-onnxruntime");
    let output = Command::new(&script).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{} failed", script.display()).into());
    }
    Ok(PathBuf::from(String::from_utf8(output.stdout)?.trim()))
}

fn session(onnx: &[u8]) -> Result<Session, Failure> {
    load_library()?;
    let environment = ENVIRONMENT.get().ok_or("ONNX Runtime is not loaded")?;
    let builder = Session::builder(environment)?;
    let builder = builder.with_intra_threads(1).map_err(|e| e.to_string())?;
    let mut builder = builder.with_inter_threads(1).map_err(|e| e.to_string())?;
    Ok(builder.commit_from_memory(onnx)?)
}

/// A batch as one matrix, filled up to its longest sequence.
pub(super) struct Padded {
    session: Session,
    ids: Vec<i64>,
    mask: Vec<i64>,
}

impl Padded {
    pub(super) fn open(onnx: &[u8]) -> Result<Self, Failure> {
        Ok(Padded {
            session: session(onnx)?,
            ids: Vec::new(),
            mask: Vec::new(),
        })
    }
}

impl Engine for Padded {
    fn encode(&mut self, sequences: &[&[u32]], out: &mut [f32]) -> Result<(), Failure> {
        let length = sequences.iter().map(|ids| ids.len()).max().unwrap_or(0);
        self.ids.clear();
        self.mask.clear();
        for (row, ids) in sequences.iter().enumerate() {
            self.ids.extend(ids.iter().copied().map(i64::from));
            self.ids.resize((row + 1) * length, 0);
            self.mask.resize(row * length + ids.len(), 1);
            self.mask.resize((row + 1) * length, 0);
        }
        let shape = [sequences.len(), length];
        let outputs = self.session.run(ort::inputs![
            "input_ids" => TensorRef::from_array_view((shape, &self.ids[..]))?,
            "attention_mask" => TensorRef::from_array_view((shape, &self.mask[..]))?,
        ])?;
        out.copy_from_slice(outputs["embedding"].try_extract_tensor::<f32>()?.1);
        Ok(())
    }
}

/// One sequence at a time.
pub(super) struct Singly(Padded);

impl Singly {
    pub(super) fn open(onnx: &[u8]) -> Result<Self, Failure> {
        Ok(Singly(Padded::open(onnx)?))
    }
}

impl Engine for Singly {
    fn encode(&mut self, sequences: &[&[u32]], out: &mut [f32]) -> Result<(), Failure> {
        let dimensions = out.len() / sequences.len().max(1);
        for (ids, out) in sequences.iter().zip(out.chunks_mut(dimensions)) {
            self.0.encode(&[ids], out)?;
        }
        Ok(())
    }
}

/// A head over pairs of vectors.
pub(crate) struct HeadSession(Session);

impl HeadSession {
    pub(crate) fn open(onnx: &[u8]) -> Result<Self, Failure> {
        Ok(HeadSession(session(onnx)?))
    }

    /// The logits of all rows.
    pub(crate) fn run(
        &mut self,
        rows: usize,
        inputs: &[(&str, usize)],
        matrices: &[&[f32]],
        out: &mut [f32],
    ) -> Result<(), Failure> {
        let mut values = Vec::new();
        for (&(name, width), matrix) in inputs.iter().zip(matrices) {
            let value = TensorRef::from_array_view(([rows, width], *matrix))?;
            values.push((name.to_owned(), value));
        }
        let outputs = self.0.run(values)?;
        out.copy_from_slice(outputs["logits"].try_extract_tensor::<f32>()?.1);
        Ok(())
    }
}
