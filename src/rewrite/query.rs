//! The tree of a query, for every engine the same.

use std::ops::Range;

use super::Alternative;

/// A parsed query: what the user wrote, as a tree.
///
/// ```
/// use semrel::rewrite::{Node, Query};
///
/// let query = Query::parse(r#"kira +"tahliye taahhüdü" -depozito"#)?;
/// let Node::Group { clauses, .. } = &query.root().unwrap().node else {
///     panic!("three clauses");
/// };
/// assert_eq!(clauses.len(), 3);
/// assert!(Query::parse("AND OR ( ) \"")?.root().is_none());
/// # Ok::<(), semrel::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub(super) root: Option<Clause>,
}

impl Query {
    /// The whole query; `None` if it holds nothing to search for.
    pub fn root(&self) -> Option<&Clause> {
        self.root.as_ref()
    }

    /// How many words, phrases, patterns and ranges it holds, alternatives included.
    pub fn clause_count(&self) -> usize {
        self.root.as_ref().map_or(0, Clause::count)
    }
}

/// One part of a query, with the marks that stand before and behind it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Clause {
    /// Whether it must, may or must not match.
    pub occur: Occur,
    /// The field it is searched in, if the query names one.
    pub field: Option<String>,
    /// The factor behind `^`.
    pub boost: Option<f32>,
    /// What is searched for.
    pub node: Node,
    /// Where it was written: bytes of the query, without marks.
    pub span: Range<usize>,
}

impl Clause {
    pub(super) fn new(node: Node, span: Range<usize>) -> Self {
        Clause {
            occur: Occur::Plain,
            field: None,
            boost: None,
            node,
            span,
        }
    }

    pub(super) fn count(&self) -> usize {
        match &self.node {
            Node::Group { clauses, .. } => clauses.iter().map(Clause::count).sum(),
            Node::Widened {
                original,
                alternatives,
            } => original.count() + alternatives.len(),
            _ => 1,
        }
    }

    /// Whether nothing but what it searches for was written: no mark, field or boost.
    pub(super) fn is_bare(&self) -> bool {
        self.occur == Occur::Plain && self.field.is_none() && self.boost.is_none()
    }
}

/// Whether a clause must match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Occur {
    /// As the operator of its group says.
    Plain,
    /// It must match: `+`.
    Must,
    /// It must not match, whatever the operator of its group: `-`, `!`, `NOT`.
    MustNot,
}

/// What a clause searches for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Node {
    /// One word.
    Word(Word),
    /// Words in quotation marks.
    Phrase {
        /// The text between the marks, escapes resolved.
        text: String,
        /// How many places the words may be moved: `~2`.
        slop: Option<u32>,
    },
    /// A word with `*` or `?`.
    Wildcard(Vec<Piece>),
    /// A word with `~`.
    Fuzzy {
        /// The word.
        text: String,
        /// Edits allowed, at most 2.
        edits: u8,
    },
    /// `[a TO b]`, `{a TO b}`, `>a`, `<=b`.
    Range {
        /// Lower end.
        lower: Bound,
        /// Upper end.
        upper: Bound,
    },
    /// `/…/`, checked to be sound.
    Regex(String),
    /// Everything: `*` or `*:*`.
    All,
    /// Several clauses.
    Group {
        /// What was written between them.
        operator: Operator,
        /// The clauses, in order.
        clauses: Vec<Clause>,
    },
    /// What the user wrote, or something else that says the same.
    Widened {
        /// As it was written.
        original: Box<Clause>,
        /// What may stand for it, best first.
        alternatives: Vec<Alternative>,
    },
}

/// What stands between the clauses of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `AND`, `&&`, `VE`.
    And,
    /// `OR`, `||`, `VEYA`.
    Or,
    /// Nothing: the engine's default.
    Implicit,
}

/// One word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Word {
    /// The word, escapes resolved, without punctuation behind it.
    pub text: String,
    /// What sort of word.
    pub kind: WordKind,
    /// A comma or the like follows: no term reaches across it.
    pub(super) breaks: bool,
}

/// The sorts of words; only ordinary ones are expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WordKind {
    /// A word that may be expanded.
    Ordinary,
    /// A word that says nothing by itself (*ve*, *ilişkin*).
    Stop,
    /// A number or date.
    Number,
    /// Part of a citation of a statute or decision (*TBK m. 344*).
    Citation,
}

/// A part of a word with wildcards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Letters as they are.
    Text(String),
    /// `*`: any letters.
    Many,
    /// `?`: one letter.
    One,
}

/// An end of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// `*`: no end.
    Open,
    /// The value itself is inside.
    Included(String),
    /// The value itself is outside.
    Excluded(String),
}

impl Bound {
    pub(super) fn value(&self) -> Option<&str> {
        match self {
            Bound::Open => None,
            Bound::Included(value) | Bound::Excluded(value) => Some(value),
        }
    }
}
