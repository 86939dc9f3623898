//! The cap on the number of clauses.

use super::Alternative;
use super::query::{Clause, Node};

/// Takes the least weighty alternatives out until no more than `max` clauses are left.
pub(super) fn limit_clauses(root: &mut Clause, max: usize) {
    let mut over = root.count().saturating_sub(max);
    if over == 0 {
        return;
    }
    let mut weights = Vec::new();
    each_alternatives(root, &mut |list| {
        weights.extend(list.iter().map(|alternative| alternative.weight));
    });
    weights.sort_by(f32::total_cmp);
    over = over.min(weights.len());
    if over == 0 {
        return;
    }
    let threshold = weights.get(over - 1).copied().unwrap_or(0.0);
    let mut at_threshold = over - weights.iter().filter(|w| **w < threshold).count();
    each_alternatives(root, &mut |list| {
        list.retain(|alternative| {
            if alternative.weight == threshold && at_threshold > 0 {
                at_threshold -= 1;
                return false;
            }
            alternative.weight >= threshold
        });
    });
}

fn each_alternatives(clause: &mut Clause, visit: &mut impl FnMut(&mut Vec<Alternative>)) {
    match &mut clause.node {
        Node::Group { clauses, .. } => {
            for clause in clauses {
                each_alternatives(clause, visit);
            }
        }
        Node::Widened {
            original,
            alternatives,
        } => {
            each_alternatives(original, visit);
            visit(alternatives);
            if alternatives.is_empty() {
                let bare = std::mem::replace(&mut original.node, Node::All);
                clause.node = bare;
            }
        }
        _ => {}
    }
}
