//! Turkish morphology as a lawyer's texts use it.

mod features;
mod generation;
mod lemmas;
mod properties;
mod terms;
