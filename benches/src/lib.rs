//! What semrel costs, beside a `HashMap` and SQLite that hold the same pairs.
//!
//! [`Fixture`] prepares one set of files, [`cases`] lists what is measured over them. Two
//! programs run the same list: `benches/lexicon.rs` under criterion, `src/bin/report` for the
//! tables in `README.md`. [`markdown`] and [`process`] serve the other reports too.

pub mod cases;
pub mod corpus;
pub mod facts;
mod fixture;
pub mod markdown;
pub mod peers;
pub mod process;
pub mod questions;
pub mod random;
pub mod synthetic;

pub use fixture::Fixture;
