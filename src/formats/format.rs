//! [`Format`]: the formats that can be written, by name.

use std::fmt;
use std::io::Write;
use std::str::FromStr;

use super::source::Source;
use super::{write_elasticsearch, write_jsonl, write_skos, write_solr, write_wordnet};
use crate::error::{Error, Result};

/// A format to write a [`Source`] in.
///
/// ```
/// use semrel::formats::{Format, MemorySource};
///
/// let mut source = MemorySource::new("sozluk", "1.0", "tr", "CC0-1.0");
/// source.add_group(["saklı pay", "mahfuz hisse"])?;
/// let mut file = Vec::new();
/// "jsonl".parse::<Format>()?.write(&source, &mut file)?;
/// assert!(String::from_utf8_lossy(&file).contains("\"label\":\"synonym\""));
/// # Ok::<(), semrel::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Synonyms file of Solr, Lucene and Elasticsearch: [`write_solr`].
    Solr,
    /// Bodies for the synonyms API of Elasticsearch: [`write_elasticsearch`].
    Elasticsearch,
    /// WN-LMF, the XML of the Global Wordnet Association: [`write_wordnet`].
    Wordnet,
    /// Thesaurus in SKOS, as Turtle: [`write_skos`], names beginning as they do by default.
    Skos,
    /// Labelled pairs and terms: [`write_jsonl`].
    Jsonl,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 5] = [
        Format::Solr,
        Format::Elasticsearch,
        Format::Wordnet,
        Format::Skos,
        Format::Jsonl,
    ];

    /// The name used on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Solr => "solr",
            Format::Elasticsearch => "elasticsearch",
            Format::Wordnet => "wordnet",
            Format::Skos => "skos",
            Format::Jsonl => "jsonl",
        }
    }

    /// Writes `source` in this format.
    ///
    /// # Errors
    ///
    /// Those of the function that is named at the format.
    pub fn write<S: Source + ?Sized, W: Write>(self, source: &S, out: W) -> Result<()> {
        match self {
            Format::Solr => write_solr(source, out),
            Format::Elasticsearch => write_elasticsearch(source, out),
            Format::Wordnet => write_wordnet(source, out),
            Format::Skos => write_skos(source, None, out),
            Format::Jsonl => write_jsonl(source, out),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Format::ALL
            .into_iter()
            .find(|format| format.as_str() == name)
            .ok_or_else(|| {
                let names = Format::ALL.map(Format::as_str).join(", ");
                Error::invalid(format!("unknown format {name:?}: use one of {names}"))
            })
    }
}
