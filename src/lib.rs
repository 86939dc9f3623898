#![doc = "Work in progress."]
mod error;
mod evaluation;
mod expand;
mod labels;
mod lexicon;
mod lines;
pub mod morphology;
mod pack;
mod relation;
mod semrel;
pub mod text;
mod view;

pub use error::{Error, ErrorKind, Result};
pub use evaluation::{ClassScores, Evaluation};
pub use expand::{ExpandOptions, Expansion};
pub use labels::{LabelledPair, Pos, Record, RecordReader, TermRecord};
pub use lexicon::{
    BuildReport, Conflict, Direction, Group, Lexicon, LexiconBuilder, Overlay, Posting, Sense,
    Suggestion, Term, TermId,
};
pub use lines::{Lines, MAX_LINE_BYTES};
pub use pack::{Counts, LEXICON_FILE, Manifest, PACK_VERSION, Pack, PackBuilder, PackFile};
pub use relation::{Evidence, Relation, RelationScores};
pub use semrel::{RelationAnswer, Semrel, Side};
