//! A language pack: a manifest and the files it lists (the lexicon and, if it has any, the models),
//! as one file or as a folder.
//!
//! ```text
//! offset  size  what
//!      0     8  magic "SEMRPACK"
//!      8     4  format version, little-endian u32
//!     12     4  length of the manifest, u32
//!     16     8  length of the whole pack, u64
//!     24     4  CRC-32 of the bytes before this one and of the manifest
//!     28     4  zero
//!     32     -  the manifest, JSON
//!      -     -  its files in the order of their names, each from the next multiple of 64 bytes
//!               on, the gaps filled with zeros
//! ```
//!
//! In a folder the manifest is `manifest.json` and the files lie beside it. The files of the models
//! are there all together or not at all; [`model`](crate::model) says what they are.
//!
//! NOTE: change [`PACK_VERSION`] with every change of this layout or of the manifest's meaning.

mod builder;
mod manifest;

use std::collections::BTreeMap;
use std::path::Path;

use bytes::Bytes;

pub use self::builder::PackBuilder;
pub use self::manifest::{Counts, Manifest, PackFile};

use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::Lexicon;
use crate::model::ModelImages;
#[cfg(all(feature = "tr", feature = "model"))]
use crate::model::{CLASSIFIER_FILE, EMBEDDER_FILE, TOKENIZER_FILE, VECTORS_FILE};

const MAGIC: &[u8; 8] = b"SEMRPACK";
/// The version of the pack format that this crate reads and writes.
pub const PACK_VERSION: u32 = 1;
const HEADER_LEN: usize = 32;
const ALIGNMENT: usize = 64;

/// The file that every pack has.
pub const LEXICON_FILE: &str = "lexicon.bin";
const MANIFEST_FILE: &str = "manifest.json";

/// The files of the Turkish pack; with feature `model` those of its models too.
#[cfg(feature = "tr")]
const TURKISH_FILES: &[(&str, &[u8])] = &[
    (LEXICON_FILE, include_bytes!("../../models/tr/lexicon.bin")),
    #[cfg(feature = "model")]
    (
        TOKENIZER_FILE,
        include_bytes!("../../models/tr/tokenizer.json"),
    ),
    #[cfg(feature = "model")]
    (
        EMBEDDER_FILE,
        include_bytes!("../../models/tr/embedder.onnx"),
    ),
    #[cfg(feature = "model")]
    (
        CLASSIFIER_FILE,
        include_bytes!("../../models/tr/classifier.onnx"),
    ),
    #[cfg(feature = "model")]
    (VECTORS_FILE, include_bytes!("../../models/tr/vectors.bin")),
];

/// An opened language pack.
#[derive(Clone, Debug)]
pub struct Pack {
    manifest: Manifest,
    lexicon: Lexicon,
    models: Option<ModelImages>,
}

impl Pack {
    /// The Turkish pack that is compiled into the program.
    #[cfg(feature = "tr")]
    ///
    /// # Errors
    ///
    /// None in a sound build; the tests open it.
    pub fn turkish() -> Result<Self> {
        let manifest = Manifest::read(include_bytes!("../../models/tr/manifest.json"))?;
        let file = |&(name, content): &(&str, &'static [u8])| {
            (name.to_owned(), Bytes::from_static(content))
        };
        let files: BTreeMap<String, Bytes> = TURKISH_FILES.iter().map(file).collect();
        let model = manifest.model.as_ref().filter(|_| cfg!(feature = "model"));
        Ok(Pack {
            lexicon: Lexicon::from_trusted(files[LEXICON_FILE].clone())?,
            models: ModelImages::from_trusted(model, &files)?,
            manifest,
        })
    }

    /// Opens a pack file that is already in memory, without copying: a `Vec<u8>`, a memory map,
    /// `include_bytes!`, the body of a response.
    ///
    /// # Errors
    ///
    /// `Corrupt` if the bytes are no pack or were damaged, `Version` if they are of a format that
    /// this crate does not read. The message says what to do.
    pub fn from_bytes<D>(pack: D) -> Result<Self>
    where
        D: AsRef<[u8]> + Send + 'static,
    {
        let pack = Bytes::from_owner(pack);
        let (manifest, mut end) = read_header(&pack)?;
        let mut files = BTreeMap::new();
        for (name, file) in &manifest.files {
            let start = end.next_multiple_of(ALIGNMENT);
            let gap = pack.get(end..start);
            let stop = usize::try_from(file.bytes)
                .ok()
                .and_then(|len| start.checked_add(len))
                .filter(|&stop| stop <= pack.len());
            let (Some(gap), Some(stop)) = (gap, stop) else {
                return Err(Error::corrupt(format!("{name} reaches beyond the pack")));
            };
            if gap.iter().any(|&byte| byte != 0) {
                return Err(Error::corrupt(format!(
                    "the gap before {name} is not empty: the pack was damaged"
                )));
            }
            file.check(name, &pack[start..stop])?;
            files.insert(name.clone(), pack.slice(start..stop));
            end = stop;
        }
        if end != pack.len() {
            return Err(Error::corrupt("bytes follow the last file of the pack"));
        }
        Self::with_files(manifest, &files)
    }

    /// Opens a pack file or a pack folder.
    ///
    /// # Errors
    ///
    /// `Io` if it cannot be read; otherwise as [`from_bytes`](Self::from_bytes).
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        if !path.is_dir() {
            return Self::from_bytes(read_file(path)?).map_err(|e| e.context(path.display()));
        }
        let manifest = Manifest::read(&read_file(&path.join(MANIFEST_FILE))?)
            .map_err(|e| e.context(path.display()))?;
        let mut files = BTreeMap::new();
        for (name, file) in &manifest.files {
            let content = read_file(&path.join(name))?;
            file.check(name, &content)
                .map_err(|e| e.context(path.display()))?;
            files.insert(name.clone(), Bytes::from(content));
        }
        Self::with_files(manifest, &files).map_err(|e| e.context(path.display()))
    }

    fn with_files(manifest: Manifest, files: &BTreeMap<String, Bytes>) -> Result<Self> {
        let lexicon = files.get(LEXICON_FILE).ok_or_else(|| {
            Error::corrupt(format!(
                "the pack lists no {LEXICON_FILE}: every pack has one"
            ))
        })?;
        Ok(Pack {
            lexicon: Lexicon::from_bytes(lexicon.clone())?,
            models: ModelImages::read(manifest.model.as_ref(), files)?,
            manifest,
        })
    }

    /// What the pack says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Whether the pack has models beside the lexicon.
    pub fn has_models(&self) -> bool {
        self.models.is_some()
    }

    pub(crate) fn into_parts(self) -> (Manifest, Lexicon, Option<ModelImages>) {
        (self.manifest, self.lexicon, self.models)
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|e| Error::io(format_args!("cannot read {}", path.display()), e))
}

/// The manifest, and where it ends.
fn read_header(pack: &[u8]) -> Result<(Manifest, usize)> {
    if !pack.starts_with(MAGIC) {
        return Err(Error::corrupt(
            "not a pack: it does not begin with the magic bytes SEMRPACK",
        ));
    }
    let (Some(header), Some(version)) = (pack.get(..HEADER_LEN), number_at(pack, 8)) else {
        return Err(Error::corrupt("the header of the pack was cut off"));
    };
    if version != PACK_VERSION {
        return Err(Error::new(
            ErrorKind::Version,
            format!(
                "the pack has format version {version}, this program reads version \
                 {PACK_VERSION}: fetch or build a matching pack"
            ),
        ));
    }
    let field = |at| number_at(header, at).unwrap_or(0);
    let length = u64::from(field(16)) | u64::from(field(20)) << 32;
    if length != pack.len() as u64 {
        return Err(Error::corrupt(format!(
            "the pack should have {length} bytes and has {}: it was cut off or something was \
             appended",
            pack.len()
        )));
    }
    let end = HEADER_LEN.saturating_add(field(12) as usize);
    let Some(json) = pack.get(HEADER_LEN..end) else {
        return Err(Error::corrupt("the manifest reaches beyond the pack"));
    };
    if checksum(&header[..24], json) != field(24) || field(28) != 0 {
        return Err(Error::corrupt(
            "the checksum of the pack's header does not match: it was damaged; fetch or build it \
             again",
        ));
    }
    Ok((Manifest::read(json)?, end))
}

fn number_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn checksum(header: &[u8], manifest: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(header);
    hasher.update(manifest);
    hasher.finalize()
}
