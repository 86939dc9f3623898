//! From tokens to the tree. Whatever is written ends in a tree: what is dangling or unbalanced is
//! mended or left out.
//!
//! `NOT` binds tightest, then `AND`, then words side by side, then `OR`: `a b AND c OR d` is
//! `(a (b AND c)) OR d`, as in SQLite FTS5 and PostgreSQL.

use std::ops::Range;

use super::query::{Clause, Node, Occur, Operator, Query, Word, WordKind};
use super::scanner::{Scanner, Spanned, Token, has_letter};
use crate::error::{Error, Result};

/// The longest query, in bytes.
pub const MAX_QUERY_BYTES: usize = 1 << 16;
/// The most words, phrases and patterns in a query: what Lucene takes by default.
pub const MAX_QUERY_CLAUSES: usize = 1024;
/// Parentheses below this depth are ignored; what is in them is not.
const MAX_DEPTH: usize = 24;

impl Query {
    /// Parses what users and engines write; any name with a colon and a value behind it is a
    /// field.
    ///
    /// | written | means |
    /// |---|---|
    /// | `kira tahliye` | the engine's default operator |
    /// | `AND` `&&` `VE`, `OR` `\|\|` `VEYA`, `NOT` `!` | operators, in capitals only |
    /// | `a DEĞİL b` | `a` but not `b` |
    /// | `+a` `-a` | must, must not |
    /// | `"kira akdi"~2` | phrase, slop; typographic quotation marks too |
    /// | `(…)` `alan:(…)` `alan:değer` | group, field |
    /// | `kira*` `k?ra` `kira~1` | wildcards, fuzzy |
    /// | `[a TO b]` `{a TO *}` `alan:>=5` | ranges |
    /// | `/kira(cı)?/` | regular expression, common syntax only |
    /// | `^2` | boost, behind anything |
    /// | `\+` | the character itself |
    ///
    /// The Turkish operators are words in a query without lower-case letters: *KİRACI VE MALİK*
    /// is capitals, not logic. A quotation mark or parenthesis without its partner, an operator
    /// without its operand, a mark with a blank behind it (`a - b`) and control characters are
    /// left out. Linear in the length of `text`.
    ///
    /// # Errors
    ///
    /// `Limit` if `text` is longer than [`MAX_QUERY_BYTES`] or has more than
    /// [`MAX_QUERY_CLAUSES`] clauses.
    pub fn parse(text: &str) -> Result<Self> {
        Self::parse_with_fields(text, &[])
    }

    /// Like [`parse`](Self::parse), but only `fields` are fields; all other names with a colon
    /// are words.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_with_fields(text: &str, fields: &[&str]) -> Result<Self> {
        if text.len() > MAX_QUERY_BYTES {
            return Err(Error::limit(format!(
                "a query of {} bytes is too long: at most {MAX_QUERY_BYTES} bytes are a query",
                text.len()
            )));
        }
        let mut tokens: Vec<Spanned> = Scanner::new(text, fields).collect();
        mark_turkish_operators(text, &mut tokens);
        let mut parser = Parser {
            tokens: tokens.into_iter().peekable(),
            clauses: 0,
        };
        let mut parts = Vec::new();
        while parser.tokens.peek().is_some() {
            parts.extend(parser.any(0));
            // A closing parenthesis that nobody opened.
            parser.tokens.next();
        }
        if parser.clauses > MAX_QUERY_CLAUSES {
            return Err(Error::limit(format!(
                "a query of {} words and phrases is too long: at most {MAX_QUERY_CLAUSES} make \
                 a query",
                parser.clauses
            )));
        }
        Ok(Query {
            root: group(Operator::Implicit, parts),
        })
    }
}

/// `VE`, `VEYA` and `DEĞİL` between operands, unless the whole query is in capitals.
fn mark_turkish_operators(text: &str, tokens: &mut [Spanned]) {
    if !text.chars().any(char::is_lowercase) {
        return;
    }
    for at in 1..tokens.len().saturating_sub(1) {
        let operand_before = !matches!(
            tokens[at - 1].token,
            Token::Open
                | Token::And
                | Token::Or
                | Token::Not
                | Token::Plus
                | Token::Minus
                | Token::Field(_)
        );
        let operand_after = !matches!(
            tokens[at + 1].token,
            Token::Close | Token::And | Token::Or | Token::Boost(_)
        );
        let Token::Word {
            text: word,
            literal: true,
            ..
        } = &tokens[at].token
        else {
            continue;
        };
        let operator = match word.as_str() {
            "VE" => Token::And,
            "VEYA" => Token::Or,
            "DEĞİL" => Token::Not,
            _ => continue,
        };
        if operand_before && operand_after {
            tokens[at].token = operator;
        }
    }
}

struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Spanned>>,
    clauses: usize,
}

impl Parser {
    fn next_if(&mut self, wanted: impl Fn(&Token) -> bool) -> bool {
        self.tokens.next_if(|t| wanted(&t.token)).is_some()
    }

    /// Sequences with `OR` between them, up to a closing parenthesis or the end.
    fn any(&mut self, depth: usize) -> Option<Clause> {
        let mut choices = Vec::new();
        loop {
            choices.extend(self.sequence(depth));
            if !self.next_if(|t| *t == Token::Or) {
                return group(Operator::Or, choices);
            }
        }
    }

    /// Things side by side.
    fn sequence(&mut self, depth: usize) -> Option<Clause> {
        let mut parts = Vec::new();
        while !matches!(
            self.tokens.peek().map(|t| &t.token),
            None | Some(Token::Or | Token::Close)
        ) {
            parts.extend(self.all(depth));
        }
        group(Operator::Implicit, parts)
    }

    /// Things with `AND` between them.
    fn all(&mut self, depth: usize) -> Option<Clause> {
        let mut parts = Vec::new();
        loop {
            while self.next_if(|t| *t == Token::And) {}
            parts.extend(self.marked(depth));
            if !self.next_if(|t| *t == Token::And) {
                return group(Operator::And, parts);
            }
        }
    }

    /// One thing with the marks before and the boost behind it.
    fn marked(&mut self, depth: usize) -> Option<Clause> {
        let mut occur = Occur::Plain;
        while let Some(mark) = self
            .tokens
            .next_if(|t| matches!(t.token, Token::Not | Token::Plus | Token::Minus))
        {
            occur = match mark.token {
                Token::Plus if occur == Occur::Plain => Occur::Must,
                Token::Plus => occur,
                _ => Occur::MustNot,
            };
        }
        let mut field = None;
        while let Some(name) = self.tokens.next_if(|t| matches!(t.token, Token::Field(_))) {
            if let Token::Field(name) = name.token {
                field = Some(name);
            }
        }
        let clause = self.primary(depth);
        let mut boost = None;
        while let Some(factor) = self.tokens.next_if(|t| matches!(t.token, Token::Boost(_))) {
            if let Token::Boost(factor) = factor.token {
                boost = Some(factor);
            }
        }
        let mut clause = clause?;
        let inner_mark =
            clause.occur != Occur::Plain || clause.field.is_some() || clause.boost.is_some();
        let outer_mark = occur != Occur::Plain || field.is_some() || boost.is_some();
        if inner_mark && outer_mark {
            // "-(-a)": the marks of the only clause of a group stay inside it.
            let span = clause.span.clone();
            clause = Clause::new(
                Node::Group {
                    operator: Operator::Implicit,
                    clauses: vec![clause],
                },
                span,
            );
        }
        if outer_mark {
            clause.occur = occur;
            clause.field = field;
            clause.boost = boost;
        }
        Some(clause)
    }

    fn primary(&mut self, depth: usize) -> Option<Clause> {
        let stop = |t: &Spanned| matches!(t.token, Token::Close | Token::Or | Token::And);
        let Spanned { token, span } = self.tokens.next_if(|t| !stop(t))?;
        let node = match token {
            Token::Open if depth >= MAX_DEPTH => return None,
            Token::Open => {
                let inside = self.any(depth + 1);
                let end = self.tokens.next_if(|t| t.token == Token::Close);
                let mut clause = inside?;
                if matches!(clause.node, Node::Group { .. }) && clause.is_bare() {
                    clause.span = span.start..end.map_or(clause.span.end, |t| t.span.end);
                }
                return Some(clause);
            }
            Token::Phrase { text, slop } if has_letter(&text) => Node::Phrase {
                text: text.split_whitespace().collect::<Vec<_>>().join(" "),
                slop,
            },
            Token::Word { text, breaks, .. } => Node::Word(Word {
                text,
                kind: WordKind::Ordinary,
                breaks,
            }),
            Token::Wildcard(pieces) => Node::Wildcard(pieces),
            Token::Fuzzy { text, edits } => Node::Fuzzy { text, edits },
            Token::Range(lower, upper) => Node::Range { lower, upper },
            Token::Regex(pattern) => Node::Regex(pattern),
            Token::All => Node::All,
            _ => return None,
        };
        self.clauses += 1;
        Some(Clause::new(node, span))
    }
}

/// A group of clauses; no group around one.
fn group(operator: Operator, mut clauses: Vec<Clause>) -> Option<Clause> {
    if clauses.len() < 2 {
        return clauses.pop();
    }
    let span: Range<usize> = clauses[0].span.start..clauses[clauses.len() - 1].span.end;
    Some(Clause::new(Node::Group { operator, clauses }, span))
}
