//! The encoders that are measured.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Failure;

/// An encoder as an ONNX file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Model {
    /// That of the Turkish pack.
    Shipped,
    /// Four layers of 256 with random weights, made by `large-model`.
    Large,
}

impl Model {
    pub(crate) const ALL: [Model; 2] = [Model::Shipped, Model::Large];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Model::Shipped => "shipped",
            Model::Large => "large",
        }
    }

    pub(crate) fn named(name: &str) -> Result<Self, Failure> {
        let found = Model::ALL.into_iter().find(|model| model.as_str() == name);
        found.ok_or_else(|| format!("no such model: {name}; there are shipped and large").into())
    }

    pub(crate) fn description(self) -> &'static str {
        match self {
            Model::Shipped => "the shipped encoder, 2 layers of 192, 6,000 pieces",
            Model::Large => "4 layers of 256, 16,000 pieces, random weights",
        }
    }

    /// Numbers of a vector.
    pub(crate) fn dimensions(self) -> usize {
        match self {
            Model::Shipped => 96,
            Model::Large => 256,
        }
    }

    /// The file; that of `Large` is made if it is not there.
    pub(crate) fn file(self) -> Result<PathBuf, Failure> {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let file = match self {
            Model::Shipped => return Ok(package.join("../../models/tr/embedder.onnx")),
            Model::Large => package.join("target/large.onnx"),
        };
        if !file.exists() {
            let python = std::env::var_os("SEMREL_PYTHON").unwrap_or_else(|| "python3".into());
            let script = package.join("large-model");
            let made = Command::new(python).arg(script).arg(&file).status()?;
            if !made.success() {
                return Err(
                    "large-model failed: name with SEMREL_PYTHON a Python that has the packages of \
                     train/finetune"
                        .into(),
                );
            }
        }
        Ok(file)
    }
}
