//! From the tree to what engines read.

mod boolean;
mod elasticsearch;
mod fts5;
mod lucene;
mod plain;
#[cfg(feature = "tantivy")]
mod tantivy;
mod tsquery;
