//! The tree as plain logic, for engines that know only AND, OR and NOT.

use crate::rewrite::RewriteOptions;
use crate::rewrite::options::DefaultOperator;
use crate::rewrite::query::{Clause, Node, Occur, Operator};

/// A query in plain logic. `L` is what an engine can search for by itself.
pub(super) enum Logic<L> {
    Leaf(L),
    And(Vec<Logic<L>>),
    Or(Vec<Logic<L>>),
    Not(Box<Logic<L>>),
    /// Restricted to a field.
    Field(String, Box<Logic<L>>),
}

/// How an engine says what is no group.
pub(super) trait Leaves {
    type Leaf;

    /// `None` if the engine cannot say it; the clause is left out then.
    fn leaf(&self, node: &Node) -> Option<Self::Leaf>;

    /// A word or phrase that was added.
    fn alternative(&self, text: &str) -> Option<Self::Leaf>;
}

/// `None` if nothing is left that restricts the search.
pub(super) fn logic<E: Leaves>(
    engine: &E,
    clause: &Clause,
    options: &RewriteOptions,
) -> Option<Logic<E::Leaf>> {
    let inner = match &clause.node {
        Node::Group { operator, clauses } => group(engine, *operator, clauses, options),
        Node::Widened {
            original,
            alternatives,
        } => {
            let choices: Vec<_> = logic(engine, original, options)
                .into_iter()
                .chain(
                    alternatives
                        .iter()
                        .filter_map(|a| engine.alternative(&a.text).map(Logic::Leaf)),
                )
                .collect();
            join(choices, Logic::Or)
        }
        node => engine.leaf(node).map(Logic::Leaf),
    }?;
    Some(match &clause.field {
        Some(field) if options.known_fields().any(|known| known == field) => {
            Logic::Field(field.clone(), Box::new(inner))
        }
        _ => inner,
    })
}

/// As Lucene reads it: what is prohibited is out whatever the operator; if anything must match,
/// what only may match does not restrict the search.
fn group<E: Leaves>(
    engine: &E,
    operator: Operator,
    clauses: &[Clause],
    options: &RewriteOptions,
) -> Option<Logic<E::Leaf>> {
    let all = match operator {
        Operator::And => true,
        Operator::Or => false,
        Operator::Implicit => options.default_operator == DefaultOperator::And,
    };
    let any_must = clauses.iter().any(|clause| clause.occur == Occur::Must);
    let mut wanted = Vec::new();
    let mut unwanted = Vec::new();
    for clause in clauses {
        let keeps = all || !any_must || clause.occur != Occur::Plain;
        let Some(inner) = logic(engine, clause, options).filter(|_| keeps) else {
            continue;
        };
        match (clause.occur, inner) {
            (Occur::MustNot, Logic::Not(inner)) => wanted.push(*inner),
            (Occur::MustNot, inner) => unwanted.push(inner),
            (_, Logic::Not(inner)) if all || any_must => unwanted.push(*inner),
            (_, inner) => wanted.push(inner),
        }
    }
    let wanted = join(
        wanted,
        if all || any_must {
            Logic::And
        } else {
            Logic::Or
        },
    );
    let unwanted = join(unwanted, Logic::Or).map(|out| Logic::Not(Box::new(out)));
    match (wanted, unwanted) {
        (Some(wanted), Some(unwanted)) => Some(match wanted {
            Logic::And(mut parts) => {
                parts.push(unwanted);
                Logic::And(parts)
            }
            other => Logic::And(vec![other, unwanted]),
        }),
        (wanted, unwanted) => wanted.or(unwanted),
    }
}

fn join<L>(mut parts: Vec<Logic<L>>, how: fn(Vec<Logic<L>>) -> Logic<L>) -> Option<Logic<L>> {
    if parts.len() < 2 {
        return parts.pop();
    }
    Some(how(parts))
}

/// A whole query; a mark at its very root counts too.
pub(super) fn root<E: Leaves>(
    engine: &E,
    clause: &Clause,
    options: &RewriteOptions,
) -> Option<Logic<E::Leaf>> {
    group(engine, Operator::And, std::slice::from_ref(clause), options)
}
