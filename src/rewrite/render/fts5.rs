//! SQLite FTS5.

use super::boolean::{Leaves, Logic, root};
use crate::rewrite::Rewrite;
use crate::rewrite::query::{Node, Piece};
use crate::rewrite::scanner::has_letter;

impl Rewrite {
    /// For `MATCH` of SQLite FTS5. `""`, which is valid and matches nothing, if there is nothing
    /// to search for.
    ///
    /// Every word is a quoted string, so no character means anything. Only fields in
    /// [`RewriteOptions::fields`](crate::rewrite::RewriteOptions::fields) and `fixed_fields`
    /// become column filters, because FTS5 refuses unknown columns.
    ///
    /// ```
    /// # #[cfg(feature = "tr")] {
    /// # use semrel::{Semrel, rewrite::RewriteOptions};
    /// # let semrel = Semrel::turkish()?;
    /// let rewrite = semrel.rewrite("müstecir kefil*", &RewriteOptions::default())?;
    /// assert_eq!(rewrite.to_fts5(), r#"("müstecir" OR "kiracı") AND "kefil"*"#);
    /// # }
    /// # Ok::<(), semrel::Error>(())
    /// ```
    pub fn to_fts5(&self) -> String {
        let logic = self
            .query
            .root()
            .and_then(|clause| root(&Fts5, clause, &self.options));
        let mut out = String::new();
        if let Some(logic) = &logic {
            write(logic, &mut out, false);
        }
        if out.is_empty() {
            out.push_str("\"\"");
        }
        let fields = &self.options.fields;
        if fields.is_empty() || logic.is_none() {
            return out;
        }
        let columns: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
        if names_a_field(logic.as_ref()) {
            // Column filters would cut each other down; unnamed words search all columns.
            return out;
        }
        format!("{{{}}} : ({out})", columns.join(" "))
    }
}

struct Fts5;

impl Leaves for Fts5 {
    type Leaf = String;

    fn leaf(&self, node: &Node) -> Option<String> {
        match node {
            Node::Word(word) => self.alternative(&word.text),
            Node::Fuzzy { text, .. } | Node::Phrase { text, slop: None } => self.alternative(text),
            Node::Phrase {
                text,
                slop: Some(slop),
            } => {
                let words: Vec<String> = text
                    .split(' ')
                    .filter(|word| has_letter(word))
                    .map(quoted)
                    .collect();
                (!words.is_empty()).then(|| format!("NEAR({}, {slop})", words.join(" ")))
            }
            Node::Wildcard(pieces) => match pieces.first() {
                Some(Piece::Text(text)) if has_letter(text) => Some(format!("{}*", quoted(text))),
                _ => None,
            },
            _ => None,
        }
    }

    fn alternative(&self, text: &str) -> Option<String> {
        has_letter(text).then(|| quoted(text))
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\"").replace('\0', " "))
}

fn names_a_field(logic: Option<&Logic<String>>) -> bool {
    match logic {
        None | Some(Logic::Leaf(_)) => false,
        Some(Logic::And(parts) | Logic::Or(parts)) => {
            parts.iter().any(|part| names_a_field(Some(part)))
        }
        Some(Logic::Not(part)) => names_a_field(Some(part)),
        Some(Logic::Field(..)) => true,
    }
}

/// Writes nothing if FTS5 cannot say it: it knows only *a but not b*.
fn write(logic: &Logic<String>, out: &mut String, nested: bool) {
    match logic {
        Logic::Leaf(leaf) => out.push_str(leaf),
        Logic::Not(_) => {}
        Logic::Field(field, inner) => {
            let mut inside = String::new();
            write(inner, &mut inside, false);
            if !inside.is_empty() {
                out.push_str(&quoted(field));
                out.push_str(" : (");
                out.push_str(&inside);
                out.push(')');
            }
        }
        Logic::And(parts) | Logic::Or(parts) => {
            let between = match logic {
                Logic::And(_) => " AND ",
                _ => " OR ",
            };
            let parts_said: Vec<String> = parts
                .iter()
                .map(|part| {
                    let mut inside = String::new();
                    write(part, &mut inside, true);
                    inside
                })
                .filter(|inside| !inside.is_empty())
                .collect();
            let unwanted = parts.iter().find_map(|part| match part {
                Logic::Not(inner) if matches!(logic, Logic::And(_)) => {
                    let mut inside = String::new();
                    write(inner, &mut inside, true);
                    (!inside.is_empty()).then_some(inside)
                }
                _ => None,
            });
            let Some(wanted) = (!parts_said.is_empty()).then(|| parts_said.join(between)) else {
                return;
            };
            let many = parts_said.len() > 1;
            let text = match unwanted {
                Some(unwanted) if many => format!("({wanted}) NOT {unwanted}"),
                Some(unwanted) => format!("{wanted} NOT {unwanted}"),
                None => wanted,
            };
            if nested && (many || text.contains(" NOT ")) {
                out.push('(');
                out.push_str(&text);
                out.push(')');
            } else {
                out.push_str(&text);
            }
        }
    }
}
