//! How two terms relate and what may stand for a term: a semantic-relation lexicon for embedding.
//!
//! [`Semrel`] answers. It is opened once from a language pack (the Turkish one is compiled in by
//! feature `tr`), is immutable, and is shared by all threads:
//!
//! ```
//! # #[cfg(feature = "tr")] {
//! use semrel::{ExpandOptions, Relation, Semrel};
//!
//! let semrel = Semrel::turkish()?;
//! let answer = semrel.relation("alacaklı", "borçlu")?.expect("both are known");
//! assert_eq!(answer.relation, Relation::Antonym);
//!
//! let old = semrel.expand("saklı pay", &ExpandOptions::default())?;
//! assert_eq!(old[0].term, "mahfuz hisse");
//! # }
//! # Ok::<(), semrel::Error>(())
//! ```
//!
//! Two promises hold for every expansion: meaning does not drift along a chain of synonyms, and
//! nothing that any path makes an antonym of the term is among them. [`Semrel::expand`] says how.
//!
//! Below that handle lie the [`Lexicon`] (an immutable byte image, read in place),
//! [`LexiconBuilder`] and [`PackBuilder`] to make one of your own labelled pairs, [`Overlay`] for
//! your own entries beside a given lexicon, and [`text`], the one normal form of index and query.
//! A pack may have models too ([`model`]), which answer for terms that the lexicon has not seen;
//! [`Evidence`] always says who answered.

mod composition;
mod error;
mod evaluation;
mod expand;
pub mod formats;
#[cfg(feature = "model")]
pub mod inference;
mod labels;
mod lexicon;
mod lines;
pub mod model;
pub mod morphology;
mod pack;
mod pair_features;
mod relation;
pub mod rewrite;
mod semrel;
pub mod text;
mod view;

pub use error::{Error, ErrorKind, Result};
pub use evaluation::{ClassScores, Evaluation};
pub use expand::{ExpandOptions, Expansion, ModelUse};
pub use labels::{LabelledPair, MAX_GLOSS_BYTES, Pos, Record, RecordReader, TermRecord};
pub use lexicon::{
    BuildReport, Conflict, Direction, Group, Lexicon, LexiconBuilder, Lookup, Overlay, Posting,
    Postings, Sense, Senses, Suggestion, Term, TermId,
};
pub use lines::{Lines, MAX_LINE_BYTES};
pub use model::Embedding;
pub use pack::{Counts, LEXICON_FILE, Manifest, PACK_VERSION, Pack, PackBuilder, PackFile};
pub use pair_features::{PAIR_FEATURES, remainders};
pub use relation::{Evidence, Relation, RelationScores};
pub use rewrite::{Rewrite, RewriteOptions, Segment};
pub use semrel::{RelationAnswer, Semrel, Side, Similar};

/// The examples of the README are tests.
#[cfg(all(doctest, feature = "tr"))]
#[doc = include_str!("../README.md")]
struct Readme;
