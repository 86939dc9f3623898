//! Words without any syntax.

use std::collections::HashSet;

use crate::rewrite::Rewrite;
use crate::rewrite::query::{Clause, Node, Occur, Piece};
use crate::text::normal_form;

impl Rewrite {
    /// Words alone, for engines without a syntax, embedders and logs: what was written and what
    /// may stand for it, each once. What is prohibited is left out.
    ///
    /// ```
    /// # #[cfg(feature = "tr")] {
    /// # use semrel::{Semrel, rewrite::RewriteOptions};
    /// # let semrel = Semrel::turkish()?;
    /// let rewrite = semrel.rewrite("müstecir AND kefil -depo", &RewriteOptions::default())?;
    /// assert_eq!(rewrite.to_plain(), "müstecir kiracı kefil zamin");
    /// # }
    /// # Ok::<(), semrel::Error>(())
    /// ```
    pub fn to_plain(&self) -> String {
        let mut words = Words::default();
        if let Some(root) = self.query.root() {
            words.clause(root);
        }
        words.out
    }
}

#[derive(Default)]
struct Words {
    out: String,
    seen: HashSet<String>,
}

impl Words {
    fn push(&mut self, text: &str) {
        let form = normal_form(text);
        if form.is_empty() || !self.seen.insert(form.into_owned()) {
            return;
        }
        if !self.out.is_empty() {
            self.out.push(' ');
        }
        self.out.push_str(text);
    }

    fn clause(&mut self, clause: &Clause) {
        if clause.occur == Occur::MustNot {
            return;
        }
        match &clause.node {
            Node::Word(word) => self.push(&word.text),
            Node::Phrase { text, .. } | Node::Fuzzy { text, .. } => self.push(text),
            Node::Wildcard(pieces) => {
                for piece in pieces {
                    if let Piece::Text(text) = piece {
                        self.push(text);
                    }
                }
            }
            Node::Group { clauses, .. } => {
                for clause in clauses {
                    self.clause(clause);
                }
            }
            Node::Widened {
                original,
                alternatives,
            } => {
                self.clause(original);
                for alternative in alternatives {
                    self.push(&alternative.text);
                }
            }
            Node::Range { .. } | Node::Regex(_) | Node::All => {}
        }
    }
}
