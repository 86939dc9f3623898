//! The synonyms file of Solr, Lucene and Elasticsearch (`synonyms.txt`).
//!
//! Grammar as in Lucene's `SolrSynonymParser`; stricter in that an empty term is an error.

mod reader;
mod rule;
mod writer;

pub use reader::SolrReader;
pub(super) use writer::for_each_rule;
pub use writer::write_solr;

/// The most terms that one rule may have: a rule of *n* equivalents makes *n* (*n* - 1) / 2 pairs.
pub const MAX_TERMS_PER_RULE: usize = 1000;
