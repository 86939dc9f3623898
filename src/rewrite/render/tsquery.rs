//! PostgreSQL `tsquery`.

use super::boolean::{Leaves, Logic, root};
use crate::rewrite::Rewrite;
use crate::rewrite::query::{Node, Piece};
use crate::rewrite::scanner::has_letter;

/// PostgreSQL refuses longer words.
const MAX_WORD_BYTES: usize = 1024;

impl Rewrite {
    /// For `to_tsquery(config, …)` of PostgreSQL, or a cast to `tsquery`. Empty, which is valid
    /// and matches nothing, if there is nothing to search for.
    ///
    /// Weights and fields are not part of a `tsquery`: `a:*` and the labels A to D belong to
    /// documents.
    ///
    /// ```
    /// # #[cfg(feature = "tr")] {
    /// # use semrel::{Semrel, rewrite::RewriteOptions};
    /// # let semrel = Semrel::turkish()?;
    /// let rewrite = semrel.rewrite("müstecir kefil* -depo", &RewriteOptions::default())?;
    /// assert_eq!(rewrite.to_tsquery(), "('müstecir' | 'kiracı') & 'kefil':* & !'depo'");
    /// # }
    /// # Ok::<(), semrel::Error>(())
    /// ```
    pub fn to_tsquery(&self) -> String {
        let mut out = String::new();
        if let Some(logic) = self
            .query
            .root()
            .and_then(|clause| root(&TsQuery, clause, &self.options))
        {
            write(&logic, &mut out, false);
        }
        out
    }
}

struct TsQuery;

impl Leaves for TsQuery {
    type Leaf = String;

    fn leaf(&self, node: &Node) -> Option<String> {
        match node {
            Node::Word(word) => self.alternative(&word.text),
            Node::Fuzzy { text, .. } | Node::Phrase { text, slop: None } => self.alternative(text),
            // `<2>` means exactly two places, not at most: all words instead.
            Node::Phrase { text, .. } => words(text, " & "),
            Node::Wildcard(pieces) => match pieces.first() {
                Some(Piece::Text(text)) if has_letter(text) => Some(format!("{}:*", quoted(text))),
                _ => None,
            },
            _ => None,
        }
    }

    fn alternative(&self, text: &str) -> Option<String> {
        words(text, " <-> ")
    }
}

fn words(text: &str, between: &str) -> Option<String> {
    let words: Vec<String> = text
        .split(' ')
        .filter(|word| has_letter(word))
        .map(quoted)
        .collect();
    match words.len() {
        0 => None,
        1 => Some(words.concat()),
        _ => Some(format!("({})", words.join(between))),
    }
}

fn quoted(text: &str) -> String {
    let mut end = text.len().min(MAX_WORD_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text[..end].replace('\\', "\\\\").replace('\'', "''");
    format!("'{text}'")
}

fn write(logic: &Logic<String>, out: &mut String, nested: bool) {
    match logic {
        Logic::Leaf(leaf) => out.push_str(leaf),
        Logic::Field(_, inner) => write(inner, out, nested),
        Logic::Not(inner) => {
            out.push('!');
            write(inner, out, true);
        }
        Logic::And(parts) | Logic::Or(parts) => {
            let between = match logic {
                Logic::And(_) => " & ",
                _ => " | ",
            };
            if nested {
                out.push('(');
            }
            for (at, part) in parts.iter().enumerate() {
                if at > 0 {
                    out.push_str(between);
                }
                write(part, out, true);
            }
            if nested {
                out.push(')');
            }
        }
    }
}
