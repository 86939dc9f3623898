//! Turkish lower case for a whole query.

use super::pattern::is_sound_regex;
use super::query::{Bound, Clause, Node, Piece};
use crate::text::fold_case;

/// Folds whatever is compared with words of documents; fields stay as they are.
pub(super) fn fold(clause: &mut Clause) {
    let in_place = |text: &mut String| *text = fold_case(text);
    match &mut clause.node {
        Node::Word(word) => in_place(&mut word.text),
        Node::Phrase { text, .. } | Node::Fuzzy { text, .. } => in_place(text),
        Node::Regex(pattern) => {
            // "[I-Z]" is a class, "[ı-z]" is none.
            let folded = fold_case(pattern);
            if is_sound_regex(&folded) {
                *pattern = folded;
            }
        }
        Node::Wildcard(pieces) => {
            for piece in pieces {
                if let Piece::Text(text) = piece {
                    in_place(text);
                }
            }
        }
        Node::Range { lower, upper } => {
            for bound in [lower, upper] {
                if let Bound::Included(text) | Bound::Excluded(text) = bound {
                    in_place(text);
                }
            }
        }
        Node::Group { clauses, .. } => clauses.iter_mut().for_each(fold),
        Node::Widened {
            original,
            alternatives,
        } => {
            fold(original);
            for alternative in alternatives {
                in_place(&mut alternative.text);
            }
        }
        Node::All => {}
    }
}
