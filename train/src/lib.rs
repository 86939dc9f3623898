//! The labelled data of semrel: from lexicon entries to corpus, splits, statistics and checks.
//!
//! `semrel-train` is the program; this library holds what it does, one subject per module.

pub mod conflicts;
pub mod consistency;
pub mod corpus;
pub mod corrections;
pub mod derive;
pub mod domains;
pub mod entries;
pub mod families;
pub mod hypernyms;
pub mod label;
pub mod neighbours;
pub mod output;
pub mod overlap;
pub mod pairs_file;
pub mod sample;
pub mod senses;
pub mod sources;
pub mod splits;
pub mod stable_hash;
pub mod stated;
pub mod statements;
pub mod stats;
pub mod stats_table;
pub mod terms;
pub mod vectors;
pub mod weights;
