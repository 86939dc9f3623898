//! How far a query is widened.

use serde::Serialize;

use crate::error::{Error, Result};
use crate::expand::ExpandOptions;

use super::parser::MAX_QUERY_CLAUSES;

/// How [`Semrel::rewrite`](crate::Semrel::rewrite) widens a query.
///
/// ```
/// use semrel::rewrite::{Forms, RewriteOptions};
///
/// let mut options = RewriteOptions::default();
/// options.forms = Forms::Lemma;
/// options.expand.limit = 3;
/// options.fields = vec!["konu".to_owned(), "metin".to_owned()];
/// options.check()?;
/// # Ok::<(), semrel::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RewriteOptions {
    /// What may stand for a term; `limit` counts the terms added for one term. Default: as
    /// [`ExpandOptions`], but at most 5 terms.
    pub expand: ExpandOptions,
    /// At most this many words, phrases and patterns in all, those of the user included; the
    /// least weighty alternatives go first. Default 256, at most [`MAX_QUERY_CLAUSES`].
    pub max_clauses: usize,
    /// In which form a term is added. Default: both.
    pub forms: Forms,
    /// Expand phrases in quotation marks too. Default: no, quotation marks mean *exactly this*.
    pub phrases: bool,
    /// Expand the words inside a multi-word term too, below the term's own alternatives, if one is
    /// the owner of another (*kiracının tahliyesi*) or the term has no alternatives. Default: yes.
    pub parts: bool,
    /// Expand the name of the statute or court in a citation. Default: no.
    pub citations: bool,
    /// What words side by side mean in the engine. Engines whose own syntax has words side by
    /// side get them unchanged; the others get this operator. Default: all words must match.
    pub default_operator: DefaultOperator,
    /// Write words in Turkish lower case ([`fold_case`](crate::text::fold_case)), for indexes whose
    /// documents were folded so too. Engines without Turkish rules take `I` for `i` and `İ` for a
    /// letter of its own. Default: no, words stay as they were written.
    pub fold_case: bool,
    /// The fields of the index, searched by whatever names no field. If there are any, other
    /// names with a colon are words. Default: none, which leaves it to the engine.
    pub fields: Vec<String>,
    /// Further fields that a query may name, whose content is never expanded (docket numbers,
    /// dates). Default: none.
    pub fixed_fields: Vec<String>,
}

/// In which form a term is added to a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Forms {
    /// The dictionary form: for engines that stem.
    Lemma,
    /// Inflected as what it stands for (*kiracının*: *müstecirin*): for engines that do not.
    Surface,
    /// Both, and the dictionary form of the written word itself.
    #[default]
    Both,
}

/// What words side by side mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DefaultOperator {
    /// All must match.
    #[default]
    And,
    /// One must match.
    Or,
}

impl Default for RewriteOptions {
    fn default() -> Self {
        RewriteOptions {
            expand: ExpandOptions {
                limit: 5,
                ..ExpandOptions::default()
            },
            max_clauses: 256,
            forms: Forms::Both,
            phrases: false,
            parts: true,
            citations: false,
            default_operator: DefaultOperator::And,
            fold_case: false,
            fields: Vec::new(),
            fixed_fields: Vec::new(),
        }
    }
}

impl RewriteOptions {
    /// Checks what the types cannot.
    ///
    /// # Errors
    ///
    /// As [`ExpandOptions::check`]; `InvalidInput` if `max_clauses` is 0 or over
    /// [`MAX_QUERY_CLAUSES`], or a field name is not made of letters, digits, `_`, `.` and `-`,
    /// beginning with a letter or `_`.
    pub fn check(&self) -> Result<()> {
        self.expand.check()?;
        if !(1..=MAX_QUERY_CLAUSES).contains(&self.max_clauses) {
            return Err(Error::invalid(format!(
                "at most {} clauses: choose a number from 1 to {MAX_QUERY_CLAUSES}",
                self.max_clauses
            )));
        }
        for field in self.known_fields() {
            let sound = field.starts_with(|c: char| c.is_alphabetic() || c == '_')
                && field.len() <= 128
                && field
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'));
            if !sound {
                return Err(Error::invalid(format!(
                    "{field:?} is no field name: letters, digits, '_', '.' and '-' make one"
                )));
            }
        }
        Ok(())
    }

    /// All fields that a query may name; any if there are none.
    pub(super) fn known_fields(&self) -> impl Iterator<Item = &str> {
        self.fields
            .iter()
            .chain(&self.fixed_fields)
            .map(String::as_str)
    }
}
