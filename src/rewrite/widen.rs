//! Widening: alternatives into the tree of a query.

use std::collections::HashSet;

use super::candidates::rounded;
use super::inflection::is_genitive;
use super::kept::kinds;
use super::limit::limit_clauses;
use super::options::RewriteOptions;
use super::query::{Clause, Node, Occur, Operator, Query, Word, WordKind};
use super::segment::{MAX_TERM_WORDS, Segmenter};
use crate::error::Result;
use crate::relation::{Evidence, Relation};
use crate::text::normal_form;
use crate::view::View;

/// A word inside a term.
const PART_FACTOR: f32 = 0.8;
/// So many terms are added for one.
const PART_LIMIT: usize = 2;

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

pub(super) struct Widener<'a> {
    pub(super) view: &'a View,
    pub(super) segmenter: &'a Segmenter,
    pub(super) options: &'a RewriteOptions,
    /// Words and phrases that the query asks for, in normal form.
    pub(super) written: HashSet<String>,
    /// What it asks to leave out, in normal form with blanks around.
    pub(super) prohibited: Vec<String>,
}

impl Widener<'_> {
    /// Notes what the user wrote, wanted and unwanted.
    fn note(&mut self, clause: &Clause, prohibited: bool) {
        let prohibited = prohibited || clause.occur == Occur::MustNot;
        match &clause.node {
            Node::Word(Word { text, .. }) | Node::Phrase { text, .. } => {
                let form = normal_form(text);
                let words: Vec<&str> = form.split(' ').collect();
                let mut forms = match words.as_slice() {
                    [""] => HashSet::new(),
                    [word] => self.lemmas(&[word]),
                    _ => HashSet::from([form.clone().into_owned()]),
                };
                if prohibited {
                    self.prohibited
                        .extend(forms.drain().map(|form| format!(" {form} ")));
                } else {
                    self.written.extend(forms);
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
        let bare = clause.is_bare();
        clause.node = match clause.node {
            Node::Group { operator, clauses } => {
                let mut clauses = self.group(operator, clauses);
                match clauses.pop() {
                    Some(only) if clauses.is_empty() && bare => return Some(only),
                    Some(only) if clauses.is_empty() && only.is_bare() => only.node,
                    last => {
                        clauses.extend(last);
                        Node::Group { operator, clauses }
                    }
                }
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
            .cover(self.view, &texts, &kinds, MAX_TERM_WORDS, |at| {
                words[at].breaks
            });
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
        // What two words mean together seldom is what each means alone (*kusursuz sorumluluk*),
        // but for an owner and what he has (*kiracının tahliyesi*).
        let transparent = || {
            let owners = &inside[..inside.len() - 1];
            owners
                .iter()
                .filter_map(as_word)
                .any(|word| is_genitive(self.segmenter.analyzer, &word.text))
        };
        if inside.len() > 1 && self.options.parts && (alternatives.is_empty() || transparent()) {
            // A term without alternatives may hold shorter ones that have some.
            let longest = if alternatives.is_empty() {
                inside.len() - 1
            } else {
                1
            };
            inside = self.parts(term, inside, longest, !alternatives.is_empty());
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

    /// Widens the shorter terms inside a term, of at most `max_words`. What would make it another
    /// term that is known not to mean the same is left out. `word_for_word`: what takes two words
    /// to say is the business of the term itself, which has alternatives of its own.
    fn parts(
        &self,
        term: &str,
        inside: Vec<Clause>,
        max_words: usize,
        word_for_word: bool,
    ) -> Vec<Clause> {
        let term_words: Vec<&str> = term.split(' ').collect();
        let words: Vec<Word> = inside.iter().filter_map(as_word).cloned().collect();
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let kinds: Vec<WordKind> = words.iter().map(|word| word.kind).collect();
        let spans = self
            .segmenter
            .cover(self.view, &texts, &kinds, max_words, |_| false);
        let mut inside = inside.into_iter();
        let mut out = Vec::new();
        for span in spans {
            let clauses: Vec<Clause> = inside.by_ref().take(span.words.len()).collect();
            let Some(part) = span.term else {
                out.extend(clauses);
                continue;
            };
            let mut widened = self.term(&part, clauses);
            if let [
                Clause {
                    node:
                        Node::Widened {
                            original,
                            alternatives,
                        },
                    ..
                },
            ] = widened.as_mut_slice()
            {
                let mut terms: Vec<String> = Vec::new();
                alternatives.retain_mut(|alternative| {
                    alternative.weight = rounded(alternative.weight * PART_FACTOR);
                    if alternative.evidence == Evidence::Variant {
                        return true;
                    }
                    if word_for_word {
                        let known = terms.contains(&alternative.term);
                        if alternative.term.contains(' ') || (!known && terms.len() == PART_LIMIT) {
                            return false;
                        }
                        if !known {
                            terms.push(alternative.term.clone());
                        }
                    }
                    let mut words = term_words.clone();
                    if span.words.end <= words.len() {
                        words.splice(span.words.clone(), [alternative.term.as_str()]);
                    }
                    !self.differs(term, &words.join(" "))
                });
                if alternatives.is_empty() {
                    widened = match std::mem::replace(&mut original.node, Node::All) {
                        Node::Group { clauses, .. } => clauses,
                        node => vec![Clause::new(node, original.span.clone())],
                    };
                }
            }
            out.extend(widened);
        }
        out
    }

    /// Whether two terms are known not to mean the same.
    fn differs(&self, a: &str, b: &str) -> bool {
        let view = self.view;
        view.named(a).iter().any(|&x| {
            view.named(b).iter().any(|&y| {
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
        let spans = self
            .segmenter
            .cover(self.view, &texts, &kinds, MAX_TERM_WORDS, |at| {
                str::ends_with(texts[at], [',', ';'])
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
