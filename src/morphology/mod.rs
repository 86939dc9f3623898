//! Turkish morphology: the lemma and the inflection of a word form, and the way back.
//!
//! - [`Analyzer::analyze`]: *sözleşmesinin* is *sözleşme*, third person possessive, genitive.
//! - [`Analyzer::inflect`]: the inverse, *akit* with the same features is *akdinin*.
//! - [`Analyzer::transfer`]: a synonym takes over a surface form, *sözleşmenin* becomes *akdin*.
//! - [`Analyzer::lemma_candidates`]: the dictionary forms of an inflected term of several words.
//!
//! The order of suffixes is one table, compiled into an automaton on first use; stems come from a
//! list written for the project; what is in no list is guessed. A word form is read from the left:
//! every stem that begins it, then every chain of suffixes that fits, cheapest first.
//!
//! A lemma is a form without inflection but with derivation: *haksızlığa* is *haksızlık*,
//! *ödenmediğinden* is *ödenmek*. [`Analysis::root`] goes on to *ödemek*.

mod allomorph;
mod analysis;
mod analyzer;
mod attributes;
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
