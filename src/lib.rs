#![doc = "Work in progress."]
mod error;
pub mod formats;
mod labels;
mod lines;
mod relation;
pub mod text;

pub use error::{Error, ErrorKind, Result};
pub use labels::{LabelledPair, Pos, Record, RecordReader, TermRecord};
pub use lines::{Lines, MAX_LINE_BYTES};
pub use relation::{Evidence, Relation, RelationScores};
