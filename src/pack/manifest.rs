//! What a pack says of itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::PACK_VERSION;
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::BuildReport;
use crate::model::ModelManifest;
use crate::relation::Relation;

/// What a pack says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Manifest {
    /// Version of the pack format.
    pub format: u32,
    /// Name of the pack.
    pub name: String,
    /// Language as a BCP 47 tag (*tr*).
    pub language: String,
    /// Version of the pack's content.
    pub version: String,
    /// Licence of the content.
    #[serde(default)]
    pub licence: String,
    /// Whom to name when the content is used.
    #[serde(default)]
    pub attribution: String,
    /// How much is in it.
    pub counts: Counts,
    /// What must be known of its models, if it has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelManifest>,
    /// The files of the pack.
    pub files: BTreeMap<String, PackFile>,
}

impl Manifest {
    /// A manifest for [`PackBuilder`](crate::PackBuilder), which fills in counts and files.
    pub fn new(
        name: impl Into<String>,
        language: impl Into<String>,
        version: impl Into<String>,
    ) -> Self {
        Manifest {
            format: PACK_VERSION,
            name: name.into(),
            language: language.into(),
            version: version.into(),
            licence: String::new(),
            attribution: String::new(),
            counts: Counts::default(),
            model: None,
            files: BTreeMap::new(),
        }
    }

    pub(super) fn read(json: &[u8]) -> Result<Self> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let malformed = |e| Error::corrupt(format!("the manifest of the pack: {e}"));
        let Format { format } = serde_json::from_slice(json).map_err(malformed)?;
        if format != PACK_VERSION {
            return Err(Error::new(
                ErrorKind::Version,
                format!(
                    "the pack has format version {format}, this program reads version \
                     {PACK_VERSION}: fetch or build a matching pack"
                ),
            ));
        }
        let manifest: Manifest = serde_json::from_slice(json).map_err(malformed)?;
        if let Some(name) = manifest.files.keys().find(|name| !is_file_name(name)) {
            return Err(Error::corrupt(format!(
                "the pack lists a file by the name {name:?}: only letters, digits, '.', '_' and \
                 '-' are allowed"
            )));
        }
        Ok(manifest)
    }

    pub(super) fn write(&self) -> Result<Vec<u8>> {
        let mut json = serde_json::to_vec_pretty(self)
            .map_err(|e| Error::invalid(format!("cannot write the manifest: {e}")))?;
        json.push(b'\n');
        Ok(json)
    }
}

/// Size and checksum of a file in a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackFile {
    /// Size in bytes.
    pub bytes: u64,
    /// CRC-32 of its content.
    pub crc32: u32,
}

impl PackFile {
    pub(super) fn of(content: &[u8]) -> Self {
        PackFile {
            bytes: content.len() as u64,
            crc32: crc32fast::hash(content),
        }
    }

    pub(super) fn check(&self, name: &str, content: &[u8]) -> Result<()> {
        if content.len() as u64 != self.bytes {
            return Err(Error::corrupt(format!(
                "{name} should have {} bytes and has {}: the pack was cut off",
                self.bytes,
                content.len()
            )));
        }
        if crc32fast::hash(content) != self.crc32 {
            return Err(Error::corrupt(format!(
                "the checksum of {name} does not match: the pack was damaged; fetch or build it \
                 again"
            )));
        }
        Ok(())
    }
}

/// How much is in a pack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Counts {
    /// Terms.
    pub terms: usize,
    /// Labelled synonym pairs.
    pub synonym: usize,
    /// Labelled antonym pairs.
    pub antonym: usize,
    /// Labelled co-hyponym pairs.
    pub co_hyponym: usize,
    /// Pairs labelled unrelated.
    pub unrelated: usize,
    /// Synonym pairs that follow from labelled ones.
    pub transitive: usize,
    /// Pairs kept out of every expansion because some path makes them antonyms.
    pub guarded: usize,
    /// Synonym groups.
    pub groups: usize,
}

impl From<&BuildReport> for Counts {
    fn from(report: &BuildReport) -> Self {
        let pairs = |relation: Relation| report.pairs_by_relation[relation as usize];
        Counts {
            terms: report.terms,
            synonym: pairs(Relation::Synonym),
            antonym: pairs(Relation::Antonym),
            co_hyponym: pairs(Relation::CoHyponym),
            unrelated: pairs(Relation::Unrelated),
            transitive: report.transitive,
            guarded: report.guarded,
            groups: report.groups,
        }
    }
}

fn is_file_name(name: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    !name.is_empty() && !name.starts_with('.') && name.bytes().all(allowed)
}
