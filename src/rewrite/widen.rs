//! Widening: alternatives into the tree of a query.

use std::collections::HashSet;
use std::ops::Range;

use super::Alternative;
use super::inflection::transfer;
use super::kept::kinds;
use super::options::{Forms, RewriteOptions};
use super::query::{Clause, Node, Occur, Operator, Query, Word, WordKind};
use super::segment::Segmenter;
use crate::error::Result;
use crate::expand::{self, Expansion};
use crate::relation::{Evidence, Relation};
use crate::text::normal_form;
use crate::view::View;

/// A dictionary form of what was written, and an alternative's beside its inflected form.
const LEMMA_FACTOR: f32 = 0.95;
/// Labelled synonyms, synonyms of synonyms, co-hyponyms.
const SYNONYM_FACTOR: f32 = 0.9;
const TRANSITIVE_FACTOR: f32 = 0.8;
const OTHER_FACTOR: f32 = 0.5;
/// A word inside a term.
const PART_FACTOR: f32 = 0.8;
/// So many terms are added for one.
const PART_LIMIT: usize = 2;
const MIN_WEIGHT: f32 = 0.05;

/// Adds alternatives to a parsed query.
pub(super) fn widen(
    view: &View,
    segmenter: &Segmenter,
    mut query: Query,
    options: &RewriteOptions,
) -> Result<Query> {
    options.check()?;
    let mut widener = Widener {
        view,
        segmenter,
        options,
        written: HashSet::new(),
        prohibited: Vec::new(),
    };
    if let Some(root) = query.root.take() {
        widener.note(&root, false);
        let root = widener.run(vec![root]).pop();
        query.root = root.map(|mut root| {
            limit_clauses(&mut root, options.max_clauses);
            root
        });
    }
    Ok(query)
}

struct Widener<'a> {
    view: &'a View,
    segmenter: &'a Segmenter,
    options: &'a RewriteOptions,
    /// Words and phrases that the query asks for, in normal form.
    written: HashSet<String>,
    /// What it asks to leave out, in normal form with blanks around.
    prohibited: Vec<String>,
}

impl Widener<'_> {
    /// Notes what the user wrote, wanted and unwanted.
    fn note(&mut self, clause: &Clause, prohibited: bool) {
        let prohibited = prohibited || clause.occur == Occur::MustNot;
        match &clause.node {
            Node::Word(Word { text, .. }) | Node::Phrase { text, .. } => {
                let form = normal_form(text).into_owned();
                if form.is_empty() {
                } else if prohibited {
                    self.prohibited.push(format!(" {form} "));
                } else {
                    self.written.insert(form);
                }
            }
            Node::Group { clauses, .. } => {
                for clause in clauses {
                    self.note(clause, prohibited);
                }
            }
            _ => {}
        }
    }

    /// Widens what is in a clause.
    fn clause(&self, mut clause: Clause) -> Option<Clause> {
        let fixed = clause
            .field
            .as_ref()
            .is_some_and(|field| self.options.fixed_fields.contains(field));
        if clause.occur == Occur::MustNot || fixed {
            return Some(clause);
        }
        clause.node = match clause.node {
            Node::Group { operator, clauses } => {
                let clauses = self.group(operator, clauses);
                Node::Group { operator, clauses }
            }
            node @ (Node::Word(_) | Node::Phrase { .. }) => {
                // The marks stay outside: +a^2 becomes +(a OR b)^2.
                let inner = Clause::new(node, clause.span.clone());
                let mut widened = match &inner.node {
                    Node::Word(_) => self.words(vec![inner]),
                    _ => vec![self.phrase(inner)],
                };
                widened.pop()?.node
            }
            node => node,
        };
        Some(clause)
    }

    fn group(&self, operator: Operator, clauses: Vec<Clause>) -> Vec<Clause> {
        match operator {
            Operator::Implicit => self.run(clauses),
            _ => clauses
                .into_iter()
                .filter_map(|clause| self.clause(clause))
                .collect(),
        }
    }

    /// Clauses side by side: words without marks are looked at together.
    fn run(&self, clauses: Vec<Clause>) -> Vec<Clause> {
        let mut out = Vec::with_capacity(clauses.len());
        let mut words = Vec::new();
        for clause in clauses {
            if clause.is_bare() && matches!(clause.node, Node::Word(_)) {
                words.push(clause);
                continue;
            }
            out.extend(self.words(std::mem::take(&mut words)));
            out.extend(self.clause(clause));
        }
        out.extend(self.words(words));
        out
    }

    /// Widens a run of bare words.
    fn words(&self, mut clauses: Vec<Clause>) -> Vec<Clause> {
        let words: Vec<Word> = clauses.iter().filter_map(as_word).cloned().collect();
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let mut kinds = kinds(&texts);
        for (clause, kind) in clauses.iter_mut().zip(&kinds) {
            if let Node::Word(word) = &mut clause.node {
                word.kind = *kind;
            }
        }
        if self.options.citations {
            for (kind, text) in kinds.iter_mut().zip(&texts) {
                if *kind == WordKind::Citation && !self.expansions(text).is_empty() {
                    *kind = WordKind::Ordinary;
                }
            }
        }
        let spans = self
            .segmenter
            .cover(self.view, &texts, &kinds, |at| words[at].breaks);
        let mut clauses = clauses.into_iter();
        let mut out = Vec::new();
        for span in spans {
            let inside: Vec<Clause> = clauses.by_ref().take(span.words.len()).collect();
            match span.term {
                None => out.extend(inside),
                Some(term) => out.extend(self.term(&term, inside)),
            }
        }
        out
    }

    /// Widens words that are a term.
    fn term(&self, term: &str, mut inside: Vec<Clause>) -> Vec<Clause> {
        let range = inside[0].span.start..inside[inside.len() - 1].span.end;
        let written = join(&inside);
        let alternatives = self.alternatives(term, &written, &range);
        if inside.len() > 1 && self.options.parts {
            inside = self.parts(term, inside);
        }
        if alternatives.is_empty() {
            return inside;
        }
        let original = match inside.len() {
            1 => inside.remove(0),
            _ => Clause::new(
                Node::Group {
                    operator: Operator::Implicit,
                    clauses: inside,
                },
                range.clone(),
            ),
        };
        vec![Clause::new(
            Node::Widened {
                original: Box::new(original),
                alternatives,
            },
            range,
        )]
    }

    /// Widens the words inside a term one by one. What would make it another term that is known
    /// not to mean the same is left out.
    fn parts(&self, term: &str, inside: Vec<Clause>) -> Vec<Clause> {
        let term_words: Vec<&str> = term.split(' ').collect();
        inside
            .into_iter()
            .enumerate()
            .map(|(at, clause)| {
                let Some(word) = as_word(&clause).filter(|w| w.kind == WordKind::Ordinary) else {
                    return clause;
                };
                let kinds = [WordKind::Ordinary];
                let spans = self
                    .segmenter
                    .cover(self.view, &[&word.text], &kinds, |_| false);
                let Some(part) = spans.into_iter().next().and_then(|span| span.term) else {
                    return clause;
                };
                let mut alternatives = self.alternatives(&part, &word.text, &clause.span);
                let mut terms: Vec<String> = Vec::new();
                alternatives.retain(|alternative| {
                    // Word for word: what takes two words to say is the term's own business.
                    if alternative.term.contains(' ') {
                        return false;
                    }
                    if alternative.evidence != Evidence::Variant
                        && !terms.contains(&alternative.term)
                    {
                        if terms.len() == PART_LIMIT {
                            return false;
                        }
                        terms.push(alternative.term.clone());
                    }
                    let same_length = term_words.get(at).is_some();
                    let mut words = term_words.clone();
                    if same_length {
                        words[at] = &alternative.term;
                    }
                    alternative.evidence == Evidence::Variant
                        || !self.differs(term, &words.join(" "))
                });
                for alternative in &mut alternatives {
                    alternative.weight = rounded(alternative.weight * PART_FACTOR);
                }
                if alternatives.is_empty() {
                    return clause;
                }
                let span = clause.span.clone();
                Clause::new(
                    Node::Widened {
                        original: Box::new(clause),
                        alternatives,
                    },
                    span,
                )
            })
            .collect()
    }

    /// Whether two terms are known not to mean the same.
    fn differs(&self, a: &str, b: &str) -> bool {
        let view = self.view;
        view.nodes(a).iter().any(|&x| {
            view.nodes(b).iter().any(|&y| {
                view.link(x, y)
                    .is_some_and(|link| link.guarded || link.relation != Relation::Synonym)
            })
        })
    }

    /// A phrase, if phrases are to be widened: as a whole, and term by term inside.
    fn phrase(&self, clause: Clause) -> Clause {
        let Node::Phrase { text, .. } = &clause.node else {
            return clause;
        };
        if !self.options.phrases {
            return clause;
        }
        let texts: Vec<&str> = text.split(' ').collect();
        let kinds = kinds(&texts);
        let spans = self.segmenter.cover(self.view, &texts, &kinds, |at| {
            texts[at].ends_with([',', ';'])
        });
        let mut found = Vec::new();
        for span in spans {
            let Some(term) = span.term else { continue };
            let (before, behind) = (&texts[..span.words.start], &texts[span.words.end..]);
            let written = texts[span.words.clone()].join(" ");
            for mut alternative in self.alternatives(&term, &written, &clause.span) {
                let words = [before, &[alternative.text.as_str()], behind].concat();
                alternative.text = words.join(" ");
                found.push(alternative);
            }
        }
        found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        found.truncate(self.options.expand.limit);
        if found.is_empty() {
            return clause;
        }
        let span = clause.span.clone();
        Clause::new(
            Node::Widened {
                original: Box::new(clause),
                alternatives: found,
            },
            span,
        )
    }

    /// Words and their dictionary forms, in normal form.
    fn lemmas(&self, words: &[&str]) -> HashSet<String> {
        let mut lemmas: HashSet<String> = words.iter().map(|word| (*word).to_owned()).collect();
        for word in words {
            let spans = self
                .segmenter
                .cover(self.view, &[word], &[WordKind::Ordinary], |_| false);
            lemmas.extend(
                spans
                    .into_iter()
                    .filter_map(|span| span.term)
                    .map(|term| normal_form(&term).into_owned()),
            );
        }
        lemmas
    }

    fn expansions(&self, term: &str) -> Vec<Expansion> {
        // A word that is no term has none.
        expand::expand(self.view, term, &self.options.expand).unwrap_or_default()
    }

    /// What may stand for a term of the lexicon that was written as `written`.
    fn alternatives(&self, term: &str, written: &str, range: &Range<usize>) -> Vec<Alternative> {
        let written_form = normal_form(written).into_owned();
        let forms = self.options.forms;
        let written_words: Vec<&str> = written_form.split(' ').collect();
        let broader: HashSet<String> = if written_words.len() > 1 {
            self.lemmas(&written_words)
        } else {
            HashSet::new()
        };
        let mut seen = HashSet::from([written_form.clone()]);
        let mut out: Vec<Alternative> = Vec::new();
        let mut add = |text: &str, expansion: &Expansion, weight: f32| {
            let form = normal_form(text);
            let padded = format!(" {form} ");
            let redundant = padded.contains(&format!(" {written_form} "));
            // "tahliye" for "kiracının tahliyesi" asks for more, not for the same.
            let broader = !broader.is_empty() && form.split(' ').all(|word| broader.contains(word));
            if form.is_empty()
                || (expansion.evidence != Evidence::Variant && (redundant || broader))
                || self.prohibited.iter().any(|p| padded.contains(p.as_str()))
                || self.written.contains(&*form)
                || !seen.insert(form.into_owned())
            {
                return;
            }
            out.push(Alternative {
                text: text.to_owned(),
                term: expansion.term.clone(),
                relation: expansion.relation,
                score: expansion.score,
                weight: rounded(weight),
                evidence: expansion.evidence,
                distance: expansion.distance,
                source: expansion.source.clone(),
                domain: expansion.domain.clone(),
                written_term: term.to_owned(),
                written: written.to_owned(),
                start: range.start,
                end: range.end,
            });
        };
        if forms == Forms::Both {
            let itself = Expansion {
                term: term.to_owned(),
                relation: Relation::Synonym,
                score: 1.0,
                evidence: Evidence::Variant,
                distance: 0,
                source: None,
                domain: None,
                id: None,
            };
            add(term, &itself, LEMMA_FACTOR);
        }
        for expansion in self.expansions(term) {
            let factor = match (expansion.relation, expansion.distance) {
                (Relation::Synonym, 0 | 1) => SYNONYM_FACTOR,
                (Relation::Synonym, _) => TRANSITIVE_FACTOR,
                _ => OTHER_FACTOR,
            };
            let weight = expansion.score * factor;
            let lemma = normal_form(&expansion.term);
            if self
                .prohibited
                .iter()
                .any(|p| format!(" {lemma} ").contains(p.as_str()))
                || self.written.contains(&*lemma)
            {
                continue;
            }
            let inflected = match forms {
                Forms::Lemma => None,
                Forms::Surface | Forms::Both => transfer(written, term, &expansion.term),
            };
            match inflected {
                Some(inflected) => {
                    add(&inflected, &expansion, weight);
                    if forms == Forms::Both {
                        add(&expansion.term, &expansion, weight * LEMMA_FACTOR);
                    }
                }
                None => add(&expansion.term, &expansion, weight),
            }
        }
        out
    }
}

fn as_word(clause: &Clause) -> Option<&Word> {
    match &clause.node {
        Node::Word(word) => Some(word),
        _ => None,
    }
}

fn join(clauses: &[Clause]) -> String {
    let words: Vec<&str> = clauses
        .iter()
        .filter_map(as_word)
        .map(|word| word.text.as_str())
        .collect();
    words.join(" ")
}

fn rounded(weight: f32) -> f32 {
    ((weight * 100.0).round() / 100.0).clamp(MIN_WEIGHT, 0.99)
}

/// Takes the least weighty alternatives out until no more than `max` clauses are left.
fn limit_clauses(root: &mut Clause, max: usize) {
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
