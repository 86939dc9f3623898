//! Wordnets in WN-LMF 1.x, the XML format of the Global Wordnet Association.
//!
//! What the format has no name for is marked in its own way, `dc:type`, so that our files are
//! wordnets to everyone and lose nothing to us:
//!
//! | in the file | means |
//! |---|---|
//! | `SenseRelation relType="similar" dc:type="synonym"` | synonyms of different synsets |
//! | `SenseRelation relType="other" dc:type="one_way_synonym"` | the target may stand for the sense |
//! | `SenseRelation relType="other" dc:type="co_hyponym"` | distinct members of one category |
//! | `LexicalEntry dc:type="abbr"`, `"name"` | a noun that is an abbreviation or a proper name |
//! | `Sense dc:subject` | the domain of the term |
//! | `confidenceScore` | the weight of the relation |

#[cfg(feature = "wordnet")]
mod document;
#[cfg(feature = "wordnet")]
mod parse;
#[cfg(feature = "wordnet")]
mod reader;
#[cfg(feature = "wordnet")]
mod records;
#[cfg(feature = "wordnet")]
mod resolve;
mod writer;
#[cfg(feature = "wordnet")]
mod xml;

#[cfg(feature = "wordnet")]
pub use reader::WnLmfReader;
pub use writer::write_wordnet;

/// `dc:type` of `similar` between synonyms of different synsets.
const SYNONYM: &str = "synonym";
/// `dc:type` of `other` from a term to one that may stand for it.
const ONE_WAY_SYNONYM: &str = "one_way_synonym";
/// `dc:type` of `other` between co-hyponyms.
const CO_HYPONYM: &str = "co_hyponym";
