//! What one would write without semrel, filled with the facts of its lexicon.
//!
//! Both peers know the answers and nothing else: no normal form, no homographs, no glosses, no
//! prefixes, no spelling; the guard against antonyms and the synonyms of synonyms are worked out
//! before they are filled. They are keyed by normal form.

mod hash_map;
mod sqlite;

pub use hash_map::{HashMapPeer, Known};
pub(crate) use sqlite::write as write_sqlite;
pub use sqlite::{Database, SqlitePeer};

use semrel::Relation;

/// The limits of `ExpandOptions::default()`.
const LIMIT: usize = 10;
const MIN_SCORE: f32 = 0.5;

/// An expansion as a peer tells it. `T` is borrowed from the map, as in `semrel::Expansion`; a
/// database can only hand out its own copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<'a, T> {
    /// The term, in its right spelling.
    pub term: T,
    /// How it relates.
    pub relation: Relation,
    /// How surely.
    pub score: f32,
    /// Where the label comes from.
    pub source: Option<&'a str>,
    /// The field in which it holds.
    pub domain: Option<&'a str>,
}

/// What a fact says, if it says anything.
fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
