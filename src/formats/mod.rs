//! Synonym data in the formats of search engines and thesauri: reading and writing.
//!
//! | format | what it is | read by | written by |
//! |---|---|---|---|
//! | `solr` | synonyms file of Solr, Lucene and Elasticsearch | [`SolrReader`] | [`write_solr`] |
//! | `elasticsearch` | bodies for the synonyms API of Elasticsearch | | [`write_elasticsearch`] |
//! | `jsonl` | labelled pairs and terms; loses nothing | [`RecordReader`](crate::RecordReader) | [`write_jsonl`] |
//! | `wordnet` | WN-LMF, the XML of the Global Wordnet Association | `WnLmfReader` (feature `wordnet`) | [`write_wordnet`] |
//! | `skos` | thesaurus in SKOS, as Turtle | | [`write_skos`] |
//!
//! Readers yield [`Record`](crate::Record)s. Writers take a [`Source`]: a [`Pack`](crate::Pack) is one, and
//! [`MemorySource`] makes one of records. [`Format`] names what can be written.

mod concepts;
mod elasticsearch;
mod format;
mod jsonl;
mod memory;
mod out;
mod pack;
mod skos;
mod solr;
mod source;
mod wordnet;

pub use elasticsearch::{MAX_RULES_PER_SET, write_elasticsearch};
pub use format::Format;
pub use jsonl::write_jsonl;
pub use memory::MemorySource;
pub use skos::write_skos;
pub use solr::{MAX_TERMS_PER_RULE, SolrReader, write_solr};
pub use source::{PairView, SenseView, Source, TermView};
#[cfg(feature = "wordnet")]
pub use wordnet::WnLmfReader;
pub use wordnet::write_wordnet;
