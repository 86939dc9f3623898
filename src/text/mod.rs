//! Turkish text: one normal form for index and query.
//!
//! [`normal_form()`] is the only way a term becomes a key of the index, and the only way a query
//! meets it. Two spellings are the same term exactly when their normal forms are equal.

mod apostrophe;
mod case;
mod normal_form;
mod unicode;

pub use case::fold_case;
pub use normal_form::{MAX_TERM_BYTES, normal_form, spelling_form, term_form};
pub(crate) use unicode::{is_latin_mark, nfc};
