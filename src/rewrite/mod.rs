//! Query rewriting: a query that finds what the user asked for in other words, never its opposite.
//!
//! [`Semrel::rewrite`](crate::Semrel::rewrite) parses what users and engines already write
//! ([`Query::parse`]), finds the terms of the lexicon in it, inflected or not, and adds to each
//! what may stand for it, below the original in weight. The result is rendered for an engine:
//!
//! ```
//! # #[cfg(feature = "tr")] {
//! use semrel::Semrel;
//! use semrel::rewrite::{Forms, RewriteOptions};
//!
//! let semrel = Semrel::turkish()?;
//! let mut options = RewriteOptions::default();
//! options.forms = Forms::Lemma;
//! options.expand.limit = 1;
//! let rewrite = semrel.rewrite("mahfuz hisse -vasiyet", &options)?;
//! assert_eq!(
//!     rewrite.to_lucene(),
//!     r#"((mahfuz hisse) OR "saklı pay"^0.89) -vasiyet"#
//! );
//! assert_eq!(
//!     rewrite.to_fts5(),
//!     r#"(("mahfuz" AND "hisse") OR "saklı pay") NOT "vasiyet""#
//! );
//! # }
//! # Ok::<(), semrel::Error>(())
//! ```
//!
//! # What is expanded
//!
//! Words, alone or as a term of several words. Not: what is prohibited, wildcards, fuzzy words,
//! ranges, regular expressions, citations, numbers, stop words, and phrases unless
//! [`RewriteOptions::phrases`] is set. What the query prohibits or asks for elsewhere is never
//! added.
//!
//! # What an engine cannot say
//!
//! | | Lucene, Solr | Elasticsearch, OpenSearch | tantivy | FTS5 | tsquery | plain |
//! |---|---|---|---|---|---|---|
//! | weights, boosts | yes | yes | yes | no | no | no |
//! | fields | yes | yes | known ones | known ones | no | no |
//! | slop | yes | yes | yes | `NEAR` | all words | no |
//! | wildcards | yes | yes | yes | beginning of the word | beginning of the word | no |
//! | fuzzy | yes | yes | yes | the word itself | the word itself | the word itself |
//! | ranges, regular expressions | yes | yes | yes | left out | left out | left out |
//! | prohibited alone | as written | all others | all others | nothing | all others | nothing |
//!
//! The column of tantivy is that of `to_tantivy`; [`Rewrite::to_tantivy_syntax`] says what it lacks.
//!
//! A rendering never fails and is always valid for its engine, whatever the user wrote.

mod alternative;
mod candidates;
mod delimited;
mod fold;
mod inflection;
mod kept;
mod limit;
mod options;
mod parser;
mod pattern;
mod query;
mod render;
mod scanner;
mod segment;
mod stop_words;
mod widen;

pub use self::alternative::Alternative;
pub use self::options::{DefaultOperator, Forms, RewriteOptions};
pub use self::parser::{MAX_QUERY_BYTES, MAX_QUERY_CLAUSES};
pub use self::query::{Bound, Clause, Node, Occur, Operator, Piece, Query, Word, WordKind};
pub use self::segment::Segment;
pub(crate) use self::segment::Segmenter;

use crate::error::Result;
use crate::view::View;

/// A query with what may stand for its terms, ready to be rendered for an engine.
#[derive(Clone, Debug, PartialEq)]
pub struct Rewrite {
    text: String,
    query: Query,
    options: RewriteOptions,
}

impl Rewrite {
    /// The query as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The query as a tree, alternatives included.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Everything that was added, in the order of the query, best first for each term.
    pub fn alternatives(&self) -> impl Iterator<Item = &Alternative> {
        let mut found = Vec::new();
        if let Some(root) = self.query.root() {
            collect(root, &mut found);
        }
        found.into_iter()
    }

    /// Whether anything was added.
    pub fn is_widened(&self) -> bool {
        self.alternatives().next().is_some()
    }
}

fn collect<'a>(clause: &'a Clause, found: &mut Vec<&'a Alternative>) {
    match &clause.node {
        Node::Group { clauses, .. } => {
            for clause in clauses {
                collect(clause, found);
            }
        }
        Node::Widened {
            original,
            alternatives,
        } => {
            found.extend(alternatives);
            collect(original, found);
        }
        _ => {}
    }
}

pub(crate) fn rewrite(
    view: &View,
    segmenter: &Segmenter,
    text: &str,
    options: &RewriteOptions,
) -> Result<Rewrite> {
    options.check()?;
    let fields: Vec<&str> = options.known_fields().collect();
    let query = Query::parse_with_fields(text, &fields)?;
    let mut query = widen::widen(view, segmenter, query, options)?;
    if options.fold_case {
        query.root.iter_mut().for_each(fold::fold);
    }
    Ok(Rewrite {
        query,
        text: text.to_owned(),
        options: options.clone(),
    })
}
