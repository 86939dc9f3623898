//! Expansion: candidates, guard, ranking.

use std::collections::HashSet;

use serde::Serialize;

use crate::error::{Error, Result};
use crate::lexicon::{Direction, TermId};
use crate::relation::{Evidence, Relation};
use crate::text::spelling_form;
use crate::view::{Asked, Link, Node, View};

/// What [`Semrel::expand`](crate::Semrel::expand) returns, and how much of it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ExpandOptions {
    /// At most this many expansions. Default 10.
    pub limit: usize,
    /// Only expansions with at least this score, `0.0..=1.0`. Default 0.5.
    pub min_score: f32,
    /// The relations that may stand for the term. Default: synonyms alone. An antonym is never
    /// an expansion; asking for one is an error.
    pub relations: Vec<Relation>,
    /// Steps in the synonym graph: 1 for labelled pairs alone, 2 (the default) for synonyms of
    /// synonyms on which all agree too.
    pub max_distance: u8,
    /// Only relations that hold in this field, or in none in particular. Default: any field.
    pub domain: Option<String>,
    /// For which terms the models of the pack propose expansions too. Default: unknown ones.
    pub models: ModelUse,
}

/// For which terms [`Semrel::expand`](crate::Semrel::expand) asks the models of the pack. Where the
/// pack has none, or this program was built without feature `model`, nobody is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ModelUse {
    /// For none: expansions are what the lexicon states, and what follows from it.
    Never,
    /// For those that lexicon and overlay do not have in any form.
    #[default]
    UnknownTerms,
    /// For every term. What the models propose comes after what is stated.
    Always,
}

impl Default for ExpandOptions {
    fn default() -> Self {
        ExpandOptions {
            limit: 10,
            min_score: 0.5,
            relations: vec![Relation::Synonym],
            max_distance: 2,
            domain: None,
            models: ModelUse::default(),
        }
    }
}

impl ExpandOptions {
    /// Checks what the types cannot.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if antonyms or unrelated terms are asked for, if no relation is, or if the
    /// score is no number from 0 to 1.
    pub fn check(&self) -> Result<()> {
        for refused in [Relation::Antonym, Relation::Unrelated] {
            if self.relations.contains(&refused) {
                return Err(Error::invalid(format!(
                    "{refused} terms never stand for a term: ask for synonym or co_hyponym"
                )));
            }
        }
        if self.relations.is_empty() {
            return Err(Error::invalid(
                "no relation to expand by: ask for synonym or co_hyponym",
            ));
        }
        if !(0.0..=1.0).contains(&self.min_score) {
            return Err(Error::invalid(format!(
                "a score lies between 0 and 1, {} does not",
                self.min_score
            )));
        }
        Ok(())
    }
}

/// A term that may stand for another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Expansion<'a> {
    /// The term, in its right spelling.
    pub term: &'a str,
    /// How it relates to the term that was asked for.
    pub relation: Relation,
    /// Probability that it does, `0.0..=1.0`.
    pub score: f32,
    /// What the answer rests on.
    pub evidence: Evidence,
    /// Steps in the synonym graph; 1 for what the models propose.
    pub distance: u8,
    /// Where the label comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'a str>,
    /// The field in which the relation holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<&'a str>,
    /// Its number in the lexicon, for gloss, senses and relations.
    #[serde(skip)]
    pub id: Option<TermId>,
}

/// Expansions of `text`; see [`expand_into`].
pub(crate) fn expand<'a>(
    view: &'a View,
    text: &str,
    asked: &Asked,
    options: &ExpandOptions,
) -> Vec<Expansion<'a>> {
    let mut found = Vec::new();
    expand_into(view, text, asked, options, &mut found);
    found
}

/// Puts the expansions of `text` in the place of what `found` holds, best first: synonyms before
/// co-hyponyms, then by score, then the nearer in the graph, then in the order of normal forms.
/// For one term of the lexicon nothing but `found` is allocated.
pub(crate) fn expand_into<'a>(
    view: &'a View,
    text: &str,
    (asked, evidence): &Asked,
    options: &ExpandOptions,
    found: &mut Vec<Expansion<'a>>,
) {
    found.clear();
    // For one term of the lexicon the builder has marked them. Several spellings are asked as one,
    // so what is opposite to any of them is out.
    let opposites: HashSet<Node> = if view.is_plain() && asked.len() == 1 {
        HashSet::new()
    } else {
        asked
            .iter()
            .flat_map(|&node| opposites(view, node))
            .collect()
    };
    for &node in asked {
        for link in view.links(node) {
            let wanted = options.relations.contains(&link.relation)
                && !link.guarded
                && link.direction != Direction::In
                && link.weight >= options.min_score
                && distance(&link) <= options.max_distance
                && (options.domain.is_none()
                    || link.domain.is_none()
                    || link.domain == options.domain.as_deref());
            if !wanted || opposites.contains(&link.target) {
                continue;
            }
            // A homograph's other spelling may be the very text that was asked for.
            if asked.len() > 1
                && asked.contains(&link.target)
                && spelling_form(view.text(link.target)) == spelling_form(text)
            {
                continue;
            }
            if view.is_forbidden(node, link.target) {
                continue;
            }
            let expansion = Expansion {
                // The lexicon's terms are read below, when it is clear which stay.
                term: view.own_text(link.target).unwrap_or_default(),
                relation: link.relation,
                score: link.weight,
                evidence: *evidence,
                distance: distance(&link),
                source: link.source,
                domain: link.domain,
                id: view.id(link.target),
            };
            let target = target(&expansion);
            match found.iter_mut().find(|known| self::target(known) == target) {
                Some(known) => known.score = known.score.max(link.weight),
                None => found.push(expansion),
            }
        }
    }
    found.sort_unstable_by(|x, y| {
        (x.relation, x.distance)
            .cmp(&(y.relation, y.distance))
            .then(y.score.total_cmp(&x.score))
            .then_with(|| target(x).cmp(&target(y)))
    });
    found.truncate(options.limit);
    for expansion in found {
        if let Some(term) = expansion.id.and_then(|id| view.lexicon().term(id)) {
            expansion.term = term.text();
        }
    }
}

/// Which term it is: terms of the lexicon by number, then those of the overlay.
fn target<'a>(expansion: &Expansion<'a>) -> (bool, Option<TermId>, &'a str) {
    (expansion.id.is_none(), expansion.id, expansion.term)
}

/// Steps in the synonym graph.
fn distance(link: &Link<'_>) -> u8 {
    if link.transitive { 2 } else { 1 }
}

/// As the builder does for the lexicon alone: one step to an antonym, with at most one step to a
/// synonym before it and one after it.
pub(crate) fn opposites(view: &View, node: Node) -> HashSet<Node> {
    let step = |from: Node, relation: Relation| {
        view.links(from)
            .filter(move |link| link.relation == relation)
            .map(|link| link.target)
            .collect::<Vec<_>>()
    };
    let mut out = HashSet::new();
    for near in [vec![node], step(node, Relation::Synonym)].concat() {
        for opposite in step(near, Relation::Antonym) {
            out.insert(opposite);
            out.extend(step(opposite, Relation::Synonym));
        }
    }
    out.remove(&node);
    out
}
