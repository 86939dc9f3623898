//! Expansions that the models propose: neighbours, their relation, guard.

use std::collections::HashSet;

use super::models::{Models, Terms};
use crate::composition::is_negated;
use crate::error::Result;
use crate::expand::{ExpandOptions, Expansion, opposites};
use crate::lexicon::{Lexicon, Sense, Term, TermId};
use crate::relation::{Evidence, Relation};
use crate::text::normal_form;
use crate::view::{Node, View};

/// How many of the lexicon's nearest terms are judged.
const NEIGHBOURS: usize = 64;

/// Adds to the `stated` expansions of a term (the nodes `asked`, none if it is unknown) what the
/// models propose: neighbours among the lexicon's terms that the classifier finds to be in one of
/// the relations asked for, with at least the probability that the pack states.
///
/// Whatever lexicon and overlay say of a term and a neighbour goes before what the models think:
/// a neighbour that is related to the term in any way, or opposite to it, to a synonym of it or to
/// a better expansion, is left out. `is_opposite` tells productive opposites by their form.
pub(crate) fn expand<'a>(
    models: &Models,
    terms: Terms<'a>,
    (term, asked): (&str, &[Node]),
    options: &ExpandOptions,
    is_opposite: impl Fn(&str, &str) -> bool,
    stated: &mut Vec<Expansion<'a>>,
) -> Result<()> {
    let view = terms.view;
    let lexicon = view.lexicon();
    let mut opposite: HashSet<Node> = asked
        .iter()
        .copied()
        .chain(stated.iter().filter_map(|known| node(lexicon, known.id?)))
        .flat_map(|node| opposites(view, node))
        .collect();
    let related: HashSet<Node> = asked.iter().flat_map(|&node| related(view, node)).collect();
    let form = normal_form(term);
    // What is not done is no synonym of what is: vectors hardly tell the two apart.
    let negated = is_negated(term);
    let wanted = |id: TermId| {
        lexicon.term(id).is_some_and(|candidate| {
            let node = Node::from(candidate);
            !opposite.contains(&node)
                && !related.contains(&node)
                && !is_narrower(candidate, asked)
                && is_negated(candidate.text()) == negated
                && normal_form(candidate.text()) != form
                && !view.is_forbidden_text(term, candidate.text())
        })
    };
    let vector = models.vector(Some(terms), term)?;
    let candidates: Vec<Term<'a>> = models
        .nearest(lexicon, &vector, NEIGHBOURS, wanted)
        .into_iter()
        .filter_map(|(id, _)| lexicon.term(id))
        .collect();
    let pairs: Vec<(&str, &str)> = candidates.iter().map(|c| (term, c.text())).collect();
    let threshold = models.expand_threshold().max(options.min_score);
    let mut judged: Vec<(Relation, f32, Term<'a>)> = Vec::new();
    for (candidate, scores) in candidates
        .into_iter()
        .zip(models.relate(Some(terms), &pairs)?)
    {
        if let Some(relation) = scores.best_of(&options.relations) {
            let score = scores.get(relation);
            if score >= threshold && score > scores.antonym {
                judged.push((relation, score, candidate));
            }
        }
    }
    judged.sort_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)));
    // Whatever is opposite to one of these by its form is out.
    let mut standing: Vec<&str> = vec![term];
    standing.extend(asked.iter().flat_map(|&node| synonyms(view, node)));
    standing.extend(stated.iter().map(|known| known.term));
    for (relation, score, candidate) in judged {
        if stated.len() >= options.limit {
            break;
        }
        let (node, text) = (Node::from(candidate), candidate.text());
        if opposite.contains(&node) || standing.iter().any(|known| is_opposite(known, text)) {
            continue;
        }
        opposite.extend(opposites(view, node));
        standing.push(text);
        stated.push(Expansion {
            term: text,
            relation,
            score,
            evidence: Evidence::Model,
            distance: 1,
            source: None,
            domain: None,
            id: Some(candidate.id()),
        });
    }
    Ok(())
}

fn synonyms(view: &View, node: Node) -> impl Iterator<Item = &str> {
    view.links(node)
        .filter(|link| link.relation == Relation::Synonym && !link.guarded)
        .map(|link| view.text(link.target))
}

fn node(lexicon: &Lexicon, id: TermId) -> Option<Node> {
    lexicon.term(id).map(Node::from)
}

/// A node itself and all that lexicon or overlay relate to it, its broader terms too.
fn related(view: &View, node: Node) -> Vec<Node> {
    let linked = view.links(node).map(|link| link.target);
    let senses = view.term(node).into_iter().flat_map(Term::senses);
    let broader = senses.filter_map(|sense| sense.hypernym().map(Node::from));
    linked.chain(broader).chain([node]).collect()
}

/// Whether one of `nodes` is the broader term of `term`.
fn is_narrower(term: Term<'_>, nodes: &[Node]) -> bool {
    let broader = term.senses().filter_map(Sense::hypernym);
    !nodes.is_empty() && broader.map(Node::from).any(|node| nodes.contains(&node))
}
