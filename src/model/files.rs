//! The files of models: as a folder has them, and as a pack has them.

use std::collections::BTreeMap;
use std::path::Path;

use bytes::Bytes;

use super::ModelManifest;
use super::vectors::Vectors;
use crate::error::{Error, Result};

pub(crate) const TOKENIZER_FILE: &str = "tokenizer.json";
pub(crate) const EMBEDDER_FILE: &str = "embedder.onnx";
pub(crate) const CLASSIFIER_FILE: &str = "classifier.onnx";
pub(crate) const VECTORS_FILE: &str = "vectors.bin";
/// In a folder of models, what becomes of the manifest's `model`.
const DESCRIPTION_FILE: &str = "model.json";

/// The files that a pack with models has beside its lexicon.
pub const MODEL_FILES: [&str; 4] = [TOKENIZER_FILE, EMBEDDER_FILE, CLASSIFIER_FILE, VECTORS_FILE];

/// Models on their way into a pack; see [`PackBuilder::model`](crate::PackBuilder::model).
#[derive(Clone, Debug)]
pub struct ModelFiles {
    /// What the pack will say of them.
    pub manifest: ModelManifest,
    /// Content of `tokenizer.json`.
    pub tokenizer: Vec<u8>,
    /// Content of `embedder.onnx`.
    pub embedder: Vec<u8>,
    /// Content of `classifier.onnx`.
    pub classifier: Vec<u8>,
    /// Content of `vectors.bin`, as [`VectorsBuilder`](crate::model::VectorsBuilder) writes it.
    pub vectors: Vec<u8>,
}

impl ModelFiles {
    /// Reads the four files and `model.json` (the fields of [`ModelManifest`]) from a folder.
    ///
    /// # Errors
    ///
    /// `Io` if one of them cannot be read, otherwise as [`check`](Self::check).
    pub fn read(folder: impl AsRef<Path>) -> Result<Self> {
        let folder = folder.as_ref();
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path)
                .map_err(|e| Error::io(format_args!("cannot read {}", path.display()), e))
        };
        let manifest = ModelManifest::from_json(&read(DESCRIPTION_FILE)?);
        let in_folder = |e: Error| e.context(folder.join(DESCRIPTION_FILE).display());
        let files = ModelFiles {
            manifest: manifest.map_err(in_folder)?,
            tokenizer: read(TOKENIZER_FILE)?,
            embedder: read(EMBEDDER_FILE)?,
            classifier: read(CLASSIFIER_FILE)?,
            vectors: read(VECTORS_FILE)?,
        };
        files.check().map_err(|e| e.context(folder.display()))?;
        Ok(files)
    }

    /// Checks the description and the vectors, and that the two agree. The other files are looked
    /// at when the models are asked.
    ///
    /// # Errors
    ///
    /// `Corrupt` or `Version`; the message says which and what to do.
    pub fn check(&self) -> Result<()> {
        self.manifest.check()?;
        let vectors = Vectors::from_bytes(Bytes::from(self.vectors.clone()))?;
        vectors.check_dimensions(self.manifest.dimensions)
    }

    pub(crate) fn into_parts(self) -> (ModelManifest, [(&'static str, Vec<u8>); 4]) {
        let files = [
            (TOKENIZER_FILE, self.tokenizer),
            (EMBEDDER_FILE, self.embedder),
            (CLASSIFIER_FILE, self.classifier),
            (VECTORS_FILE, self.vectors),
        ];
        (self.manifest, files)
    }
}

/// The models of an opened pack. Tokenizer and graphs are read when they are first asked.
#[derive(Clone, Debug)]
#[cfg_attr(
    not(feature = "model"),
    expect(dead_code, reason = "the graphs alone read it all")
)]
pub(crate) struct ModelImages {
    pub(super) manifest: ModelManifest,
    pub(super) tokenizer: Bytes,
    pub(super) embedder: Bytes,
    pub(super) classifier: Bytes,
    pub(super) vectors: Vectors,
}

impl ModelImages {
    /// The models among the files of a pack whose checksums were found right.
    pub(crate) fn read(
        manifest: Option<&ModelManifest>,
        files: &BTreeMap<String, Bytes>,
    ) -> Result<Option<Self>> {
        Self::gather(manifest, files, Vectors::from_bytes)
    }

    /// The models of a pack that was compiled into this program and that the tests check.
    #[cfg(feature = "tr")]
    pub(crate) fn from_trusted(
        manifest: Option<&ModelManifest>,
        files: &BTreeMap<String, Bytes>,
    ) -> Result<Option<Self>> {
        Self::gather(manifest, files, Vectors::from_trusted)
    }

    fn gather(
        manifest: Option<&ModelManifest>,
        files: &BTreeMap<String, Bytes>,
        open_vectors: fn(Bytes) -> Result<Vectors>,
    ) -> Result<Option<Self>> {
        let has_any = MODEL_FILES.iter().any(|&name| files.contains_key(name));
        let Some(manifest) = manifest else {
            return match has_any {
                false => Ok(None),
                true => Err(Error::corrupt(
                    "the pack has files of models, and its manifest has no \"model\" that \
                     describes them: build the pack again",
                )),
            };
        };
        manifest.check()?;
        let file = |name: &str| {
            files.get(name).cloned().ok_or_else(|| {
                Error::corrupt(format!(
                    "the pack describes models, but has no {name}: a pack has all of {}, or none; \
                     build it again",
                    MODEL_FILES.join(", ")
                ))
            })
        };
        let vectors = open_vectors(file(VECTORS_FILE)?)?;
        vectors.check_dimensions(manifest.dimensions)?;
        Ok(Some(ModelImages {
            manifest: manifest.clone(),
            tokenizer: file(TOKENIZER_FILE)?,
            embedder: file(EMBEDDER_FILE)?,
            classifier: file(CLASSIFIER_FILE)?,
            vectors,
        }))
    }
}
