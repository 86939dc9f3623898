//! Turkish morphology: the lemma and the inflection of a word form, and the way back.
//!
//! - [`Analyzer::analyze`]: *sözleşmesinin* is *sözleşme*, possessive, genitive.

mod allomorph;
mod analysis;
mod analyzer;
mod automaton;
mod feature;
mod generate;
mod grammar;
mod letters;
mod parse;
mod phrase;
mod reading;
mod search;
mod stems;
mod transfer;

pub use analysis::{Analyses, Analysis, Features, Reading};
pub use analyzer::{Analyzer, Scratch};
pub use feature::Feature;
pub use generate::Apostrophe;
