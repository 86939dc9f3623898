//! Writing packs.

use std::collections::BTreeMap;
use std::path::Path;

use super::manifest::{Counts, Manifest, PackFile};
use super::{
    ALIGNMENT, HEADER_LEN, LEXICON_FILE, MAGIC, MANIFEST_FILE, PACK_VERSION, Pack, checksum,
    read_file,
};
use crate::error::{Error, Result};
use crate::lexicon::BuildReport;
use crate::model::{MODEL_FILES, ModelFiles};

/// Puts a manifest, a lexicon and, if there are any, models together.
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

    /// The pack in a folder, to be written as one file, with other models or with none.
    ///
    /// # Errors
    ///
    /// As [`Pack::open`].
    pub fn from_folder(folder: impl AsRef<Path>) -> Result<Self> {
        let folder = folder.as_ref();
        let manifest = Pack::open(folder)?.manifest;
        let read = |name: &String| Ok((name.clone(), read_file(&folder.join(name))?));
        let files = manifest.files.keys().map(read).collect::<Result<_>>()?;
        Ok(PackBuilder { manifest, files })
    }

    /// Leaves the models out, if there are any.
    #[must_use]
    pub fn without_model(mut self) -> Self {
        self.manifest.model = None;
        for name in MODEL_FILES {
            self.manifest.files.remove(name);
            self.files.remove(name);
        }
        self
    }

    /// Adds models, or puts others in their place.
    ///
    /// # Errors
    ///
    /// As [`ModelFiles::check`]. What is refused changes nothing.
    pub fn model(mut self, model: ModelFiles) -> Result<Self> {
        model.check()?;
        let (manifest, files) = model.into_parts();
        self.manifest.model = Some(manifest);
        for (name, content) in files {
            let file = PackFile::of(&content);
            self.manifest.files.insert(name.to_owned(), file);
            self.files.insert(name.to_owned(), content);
        }
        Ok(self)
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
