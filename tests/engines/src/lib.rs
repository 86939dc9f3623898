//! Small indexes in real engines, for tests and for the benchmark of vocabulary mismatch.
//!
//! Every engine holds the same documents and answers with their numbers.

pub mod documents;
mod fts5;
mod postgres;
mod tantivy_index;

pub use fts5::Fts5;
pub use postgres::Postgres;
pub use tantivy_index::{Analysis, Tantivy};

/// What can go wrong in an engine, in its own words.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
