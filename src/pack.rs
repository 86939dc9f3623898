//! A language pack: a manifest and the files it lists (the lexicon, later the models), as one
//! file or as a folder.
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
//! In a folder the manifest is `manifest.json` and the files lie beside it.
//!
//! NOTE: change [`PACK_VERSION`] with every change of this layout or of the manifest's meaning.

use std::collections::BTreeMap;
use std::path::Path;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::{BuildReport, Lexicon};
use crate::relation::Relation;

const MAGIC: &[u8; 8] = b"SEMRPACK";
/// The version of the pack format that this crate reads and writes.
pub const PACK_VERSION: u32 = 1;
const HEADER_LEN: usize = 32;
const ALIGNMENT: usize = 64;

/// The file that every pack has.
pub const LEXICON_FILE: &str = "lexicon.bin";
const MANIFEST_FILE: &str = "manifest.json";

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
    /// The files of the pack.
    pub files: BTreeMap<String, PackFile>,
}

impl Manifest {
    /// A manifest for [`PackBuilder`], which fills in counts and files.
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
            files: BTreeMap::new(),
        }
    }

    fn read(json: &[u8]) -> Result<Self> {
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

    fn write(&self) -> Result<Vec<u8>> {
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
    fn of(content: &[u8]) -> Self {
        PackFile {
            bytes: content.len() as u64,
            crc32: crc32fast::hash(content),
        }
    }

    fn check(&self, name: &str, content: &[u8]) -> Result<()> {
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

/// An opened language pack.
#[derive(Clone, Debug)]
pub struct Pack {
    manifest: Manifest,
    lexicon: Lexicon,
}

impl Pack {
    /// The Turkish pack that is compiled into the program.
    #[cfg(feature = "tr")]
    ///
    /// # Errors
    ///
    /// None in a sound build; the tests open it.
    pub fn turkish() -> Result<Self> {
        let manifest = Manifest::read(include_bytes!("../models/tr/manifest.json"))?;
        let lexicon: &'static [u8] = include_bytes!("../models/tr/lexicon.bin");
        Ok(Pack {
            manifest,
            lexicon: Lexicon::from_trusted(Bytes::from_static(lexicon))?,
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
        let mut lexicon = None;
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
            if name == LEXICON_FILE {
                lexicon = Some(pack.slice(start..stop));
            }
            end = stop;
        }
        if end != pack.len() {
            return Err(Error::corrupt("bytes follow the last file of the pack"));
        }
        Self::with_files(manifest, lexicon)
    }

    /// Opens a pack file or a pack folder.
    ///
    /// # Errors
    ///
    /// `Io` if it cannot be read; otherwise as [`from_bytes`](Self::from_bytes).
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let read = |path: &Path| {
            std::fs::read(path)
                .map_err(|e| Error::io(format_args!("cannot read {}", path.display()), e))
        };
        if !path.is_dir() {
            return Self::from_bytes(read(path)?).map_err(|e| e.context(path.display()));
        }
        let manifest = Manifest::read(&read(&path.join(MANIFEST_FILE))?)
            .map_err(|e| e.context(path.display()))?;
        let mut lexicon = None;
        for (name, file) in &manifest.files {
            let content = read(&path.join(name))?;
            file.check(name, &content)
                .map_err(|e| e.context(path.display()))?;
            if name == LEXICON_FILE {
                lexicon = Some(Bytes::from(content));
            }
        }
        Self::with_files(manifest, lexicon).map_err(|e| e.context(path.display()))
    }

    fn with_files(manifest: Manifest, lexicon: Option<Bytes>) -> Result<Self> {
        let lexicon = lexicon.ok_or_else(|| {
            Error::corrupt(format!(
                "the pack lists no {LEXICON_FILE}: every pack has one"
            ))
        })?;
        Ok(Pack {
            manifest,
            lexicon: Lexicon::from_bytes(lexicon)?,
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

    pub(crate) fn into_parts(self) -> (Manifest, Lexicon) {
        (self.manifest, self.lexicon)
    }
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

fn is_file_name(name: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    !name.is_empty() && !name.starts_with('.') && name.bytes().all(allowed)
}

/// Puts a lexicon and a manifest together.
///
/// ```
/// use semrel::{LabelledPair, LexiconBuilder, Manifest, Pack, PackBuilder, Relation};
///
/// let mut lexicon = LexiconBuilder::new();
/// lexicon.add_pair(&LabelledPair::new("müvekkil", "danışan", Relation::Synonym))?;
/// let (image, report) = lexicon.build()?;
/// let pack = PackBuilder::new(Manifest::new("mine", "tr", "1"), image, &report);
/// let pack = Pack::from_bytes(pack.to_bytes()?)?;
/// assert_eq!(pack.manifest().counts.synonym, 1);
/// # Ok::<(), semrel::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct PackBuilder {
    manifest: Manifest,
    files: BTreeMap<String, Vec<u8>>,
}

impl PackBuilder {
    /// A pack with a lexicon image as [`LexiconBuilder`](crate::LexiconBuilder) writes it.
    pub fn new(mut manifest: Manifest, lexicon: Vec<u8>, report: &BuildReport) -> Self {
        manifest.format = PACK_VERSION;
        manifest.counts = Counts::from(report);
        let files = BTreeMap::from([(LEXICON_FILE.to_owned(), lexicon)]);
        manifest.files = files
            .iter()
            .map(|(name, content)| (name.clone(), PackFile::of(content)))
            .collect();
        PackBuilder { manifest, files }
    }

    /// The pack as one file.
    ///
    /// # Errors
    ///
    /// `Limit` if the manifest is over 4 GiB.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let manifest = self.manifest.write()?;
        let manifest_len = u32::try_from(manifest.len())
            .map_err(|_| Error::limit("the manifest is over 4 GiB long"))?;
        let mut pack = Vec::new();
        pack.extend_from_slice(MAGIC);
        pack.extend_from_slice(&PACK_VERSION.to_le_bytes());
        pack.extend_from_slice(&manifest_len.to_le_bytes());
        pack.resize(HEADER_LEN, 0);
        pack.extend_from_slice(&manifest);
        for content in self.files.values() {
            pack.resize(pack.len().next_multiple_of(ALIGNMENT), 0);
            pack.extend_from_slice(content);
        }
        let length = pack.len() as u64;
        pack[16..24].copy_from_slice(&length.to_le_bytes());
        let checksum = checksum(&pack[..24], &manifest);
        pack[24..28].copy_from_slice(&checksum.to_le_bytes());
        Ok(pack)
    }

    /// The pack as the files of a folder: names and contents, the manifest last.
    ///
    /// # Errors
    ///
    /// None today.
    pub fn to_files(&self) -> Result<Vec<(String, Vec<u8>)>> {
        let mut files: Vec<_> = self
            .files
            .iter()
            .map(|(name, content)| (name.clone(), content.clone()))
            .collect();
        files.push((MANIFEST_FILE.to_owned(), self.manifest.write()?));
        Ok(files)
    }
}
