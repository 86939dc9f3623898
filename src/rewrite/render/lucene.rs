//! Lucene's classic syntax, and its dialects in Solr and tantivy.

use std::fmt::Write;

use crate::rewrite::options::DefaultOperator;
use crate::rewrite::query::{Bound, Clause, Node, Occur, Operator, Piece};
use crate::rewrite::scanner::has_letter;
use crate::rewrite::{Rewrite, RewriteOptions};

impl Rewrite {
    /// For Lucene's classic query parser and the `query_string` query of Elasticsearch and
    /// OpenSearch.
    ///
    /// Words side by side stay side by side: the engine's default operator holds. Empty if there
    /// is nothing to search for.
    ///
    /// ```
    /// # #[cfg(feature = "tr")] {
    /// # use semrel::{Semrel, rewrite::RewriteOptions};
    /// # let semrel = Semrel::turkish()?;
    /// let rewrite = semrel.rewrite("müstecir 2019/12", &RewriteOptions::default())?;
    /// assert_eq!(rewrite.to_lucene(), r"(müstecir OR kiracı^0.89) 2019\/12");
    /// # }
    /// # Ok::<(), semrel::Error>(())
    /// ```
    pub fn to_lucene(&self) -> String {
        self.lucene(Dialect::Lucene)
    }

    /// For Solr's edismax and standard query parsers.
    ///
    /// If all words must match ([`RewriteOptions::default_operator`]), they are marked with `+`,
    /// because edismax relaxes `mm` and `q.op` as soon as an `OR` is in the query.
    ///
    /// ```
    /// # #[cfg(feature = "tr")] {
    /// # use semrel::{Semrel, rewrite::RewriteOptions};
    /// # let semrel = Semrel::turkish()?;
    /// let rewrite = semrel.rewrite("müstecir 2019/12", &RewriteOptions::default())?;
    /// assert_eq!(rewrite.to_solr(), r"+(müstecir OR kiracı^0.89) +2019\/12");
    /// # }
    /// # Ok::<(), semrel::Error>(())
    /// ```
    pub fn to_solr(&self) -> String {
        self.lucene(Dialect::Solr)
    }

    /// For tantivy's `QueryParser`. Only fields in [`RewriteOptions::fields`] and
    /// [`RewriteOptions::fixed_fields`] are named, because the parser refuses unknown ones; what
    /// its syntax lacks or takes for some fields only is left out (wildcards, ranges, regular
    /// expressions) or searched as it is (fuzzy words). With feature `tantivy`, `to_tantivy`
    /// builds the query itself and says all of it.
    ///
    /// ```
    /// # #[cfg(feature = "tr")] {
    /// # use semrel::{Semrel, rewrite::RewriteOptions};
    /// # let semrel = Semrel::turkish()?;
    /// let rewrite = semrel.rewrite("müstecir -depo", &RewriteOptions::default())?;
    /// assert_eq!(rewrite.to_tantivy_syntax(), r#"+("müstecir" OR "kiracı"^0.89) -"depo""#);
    /// # }
    /// # Ok::<(), semrel::Error>(())
    /// ```
    pub fn to_tantivy_syntax(&self) -> String {
        self.lucene(Dialect::Tantivy)
    }

    fn lucene(&self, dialect: Dialect) -> String {
        let mut writer = Writer {
            out: String::new(),
            dialect,
            options: &self.options,
        };
        if let Some(root) = self.query.root() {
            writer.root(root);
        }
        writer.out
    }
}

/// One clause in Lucene's syntax, for the `query_string` query.
pub(super) fn lucene_clause(clause: &Clause, options: &RewriteOptions) -> String {
    let mut writer = Writer {
        out: String::new(),
        dialect: Dialect::Lucene,
        options,
    };
    writer.node(&clause.node);
    writer.out
}

/// What some dialect gives a meaning to.
const SPECIAL: &[char] = &[
    '+', '-', '&', '|', '!', '(', ')', '{', '}', '[', ']', '^', '"', '~', '*', '?', ':', '\\', '/',
    '=', '<', '>',
];

#[derive(Clone, Copy, PartialEq)]
enum Dialect {
    Lucene,
    Solr,
    Tantivy,
}

struct Writer<'a> {
    out: String,
    dialect: Dialect,
    options: &'a RewriteOptions,
}

impl Writer<'_> {
    fn root(&mut self, root: &Clause) {
        match &root.node {
            Node::Group { operator, clauses } if root.is_bare() => self.group(*operator, clauses),
            _ => self.clauses(Operator::Implicit, std::slice::from_ref(root)),
        }
    }

    /// Whether there is a way to say anything of this clause.
    fn says(&self, clause: &Clause) -> bool {
        let tantivy = self.dialect == Dialect::Tantivy;
        match &clause.node {
            Node::Group { clauses, .. } => clauses.iter().any(|clause| self.says(clause)),
            Node::Widened { .. } | Node::All => true,
            Node::Word(word) => has_letter(&word.text) || !tantivy,
            Node::Phrase { text, .. } | Node::Fuzzy { text, .. } => has_letter(text),
            // Whether a field takes them depends on its type, which only `to_tantivy` knows.
            Node::Wildcard(_) | Node::Range { .. } | Node::Regex(_) => !tantivy,
        }
    }

    fn group(&mut self, operator: Operator, clauses: &[Clause]) {
        self.clauses(operator, clauses);
    }

    fn clauses(&mut self, operator: Operator, clauses: &[Clause]) {
        // tantivy knows marks in a group or operators, not both; so does whoever reads it.
        let required = match operator {
            Operator::And => self.dialect == Dialect::Tantivy,
            Operator::Implicit => {
                self.dialect != Dialect::Lucene
                    && self.options.default_operator == DefaultOperator::And
            }
            Operator::Or => false,
        };
        let between = match operator {
            Operator::And if !required => " AND ",
            Operator::Or if self.dialect != Dialect::Tantivy => " OR ",
            Operator::Or if clauses.iter().all(|c| c.occur == Occur::Plain) => " OR ",
            _ => " ",
        };
        let said: Vec<&Clause> = clauses.iter().filter(|clause| self.says(clause)).collect();
        let prohibits_all = said.iter().all(|clause| clause.occur == Occur::MustNot);
        if self.dialect == Dialect::Tantivy && prohibits_all && !said.is_empty() {
            self.out.push_str("+* ");
        }
        for (at, clause) in said.iter().enumerate() {
            if at > 0 {
                self.out.push_str(between);
            }
            match clause.occur {
                Occur::MustNot => self.out.push('-'),
                Occur::Must => self.out.push('+'),
                Occur::Plain if required && said.len() > 1 => {
                    self.out.push('+');
                }
                Occur::Plain => {}
            }
            self.clause(clause);
        }
    }

    fn clause(&mut self, clause: &Clause) {
        if let Some(field) = clause
            .field
            .as_deref()
            .filter(|field| self.keeps_field(field))
        {
            for c in field.chars() {
                if c == '.' && self.dialect == Dialect::Tantivy {
                    self.out.push('\\');
                }
                self.out.push(c);
            }
            self.out.push(':');
        }
        match clause.node {
            Node::All if clause.field.is_some() => self.out.push('*'),
            _ => self.node(&clause.node),
        }
        if let Some(boost) = clause.boost {
            self.boost(boost);
        }
    }

    fn keeps_field(&self, field: &str) -> bool {
        match self.dialect {
            Dialect::Lucene => true,
            // Solr's magic fields run other parsers.
            Dialect::Solr => !matches!(field, "_query_" | "_val_"),
            Dialect::Tantivy => self.options.known_fields().any(|known| known == field),
        }
    }

    fn boost(&mut self, boost: f32) {
        // Writing to a string cannot fail.
        let _ = write!(self.out, "^{boost}");
    }

    fn node(&mut self, node: &Node) {
        let tantivy = self.dialect == Dialect::Tantivy;
        match node {
            Node::Word(word) if tantivy => self.quoted(&word.text),
            Node::Word(word) => self.word(&word.text),
            Node::Phrase { text, slop } => {
                self.quoted(text);
                if let Some(slop) = slop {
                    let _ = write!(self.out, "~{slop}");
                }
            }
            Node::Wildcard(pieces) => {
                for piece in pieces {
                    match piece {
                        Piece::Text(text) => self.escaped(text),
                        Piece::Many => self.out.push('*'),
                        Piece::One => self.out.push('?'),
                    }
                }
            }
            Node::Fuzzy { text, .. } if tantivy => self.quoted(text),
            Node::Fuzzy { text, edits } => {
                self.word(text);
                let _ = write!(self.out, "~{edits}");
            }
            Node::Range { lower, upper } => self.range(lower, upper),
            Node::Regex(pattern) => {
                let _ = write!(self.out, "/{pattern}/");
            }
            Node::All if tantivy => self.out.push('*'),
            Node::All => self.out.push_str("*:*"),
            Node::Group { operator, clauses } => {
                self.out.push('(');
                self.group(*operator, clauses);
                self.out.push(')');
            }
            Node::Widened {
                original,
                alternatives,
            } => {
                self.out.push('(');
                self.node(&original.node);
                for alternative in alternatives {
                    self.out.push_str(" OR ");
                    if tantivy || alternative.text.contains(' ') {
                        self.quoted(&alternative.text);
                    } else {
                        self.word(&alternative.text);
                    }
                    self.boost(alternative.weight);
                }
                self.out.push(')');
            }
        }
    }

    fn range(&mut self, lower: &Bound, upper: &Bound) {
        self.out.push(match lower {
            Bound::Excluded(_) => '{',
            _ => '[',
        });
        for (at, bound) in [lower, upper].into_iter().enumerate() {
            if at > 0 {
                self.out.push_str(" TO ");
            }
            match bound.value() {
                None => self.out.push('*'),
                Some(value) => self.quoted(value),
            }
        }
        self.out.push(match upper {
            Bound::Excluded(_) => '}',
            _ => ']',
        });
    }

    fn word(&mut self, text: &str) {
        if matches!(text, "AND" | "OR" | "NOT" | "TO" | "IN") {
            self.out.push('\\');
            self.out.push_str(text);
        } else {
            self.escaped(text);
        }
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            if SPECIAL.contains(&c) {
                self.out.push('\\');
            }
            self.out.push(c);
        }
    }

    fn quoted(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            if matches!(c, '"' | '\\') {
                self.out.push('\\');
            }
            self.out.push(c);
        }
        self.out.push('"');
    }
}
