//! Turkish morphology: the lemma and the inflection of a word form, and the way back.
//!
//! - [`Analyzer::analyze`]: *sözleşmesinin* is *sözleşme*, possessive, genitive.

mod allomorph;
mod analysis;
mod analyzer;
mod automaton;
mod feature;
mod grammar;
mod letters;
mod parse;
mod reading;
mod search;
mod stems;

pub use analysis::{Analyses, Analysis, Features, Reading};
pub use analyzer::{Analyzer, Scratch};
pub use feature::Feature;
