//! What may stand for one term of a query, and how much it weighs.

use std::collections::HashSet;
use std::ops::Range;

use super::Alternative;
use super::inflection::transfer;
use super::options::Forms;
use super::query::WordKind;
use super::widen::Widener;
use crate::expand::{self, Expansion};
use crate::relation::{Evidence, Relation};
use crate::text::normal_form;

/// A dictionary form of what was written, and an alternative's beside its inflected form.
const LEMMA_FACTOR: f32 = 0.95;
/// Labelled synonyms, synonyms of synonyms, co-hyponyms.
const SYNONYM_FACTOR: f32 = 0.9;
const TRANSITIVE_FACTOR: f32 = 0.8;
const OTHER_FACTOR: f32 = 0.5;
const MIN_WEIGHT: f32 = 0.05;

impl Widener<'_> {
    /// Words and their dictionary forms, in normal form.
    pub(super) fn lemmas(&self, words: &[&str]) -> HashSet<String> {
        let mut lemmas: HashSet<String> = words.iter().map(|word| (*word).to_owned()).collect();
        for word in words {
            let spans = self
                .segmenter
                .cover(self.view, &[word], &[WordKind::Ordinary], 1, |_| false);
            lemmas.extend(
                spans
                    .into_iter()
                    .filter_map(|span| span.term)
                    .map(|term| normal_form(&term).into_owned()),
            );
        }
        lemmas
    }

    pub(super) fn expansions(&self, term: &str) -> Vec<Expansion<'_>> {
        let nodes = self.view.named(term);
        let asked = (nodes, Evidence::Lexicon);
        expand::expand(self.view, term, &asked, &self.options.expand)
    }

    /// What may stand for a term of the lexicon that was written as `written`.
    pub(super) fn alternatives(
        &self,
        term: &str,
        written: &str,
        range: &Range<usize>,
    ) -> Vec<Alternative> {
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
        let mut add = |text: &str, expansion: &Expansion<'_>, weight: f32| {
            let form = normal_form(text);
            let padded = format!(" {form} ");
            let redundant = padded.contains(&format!(" {written_form} "));
            // "tahliye" for "kiracının tahliyesi" asks for more, not for the same.
            let lemma = normal_form(expansion.term);
            let broader =
                !broader.is_empty() && lemma.split(' ').all(|word| broader.contains(word));
            let itself = expansion.evidence == Evidence::Variant;
            if form.is_empty()
                || (!itself && (redundant || broader || self.written.contains(&*form)))
                || self.prohibited.iter().any(|p| padded.contains(p.as_str()))
                || !seen.insert(form.into_owned())
            {
                return;
            }
            out.push(Alternative {
                text: text.to_owned(),
                term: expansion.term.to_owned(),
                relation: expansion.relation,
                score: expansion.score,
                weight: rounded(weight),
                evidence: expansion.evidence,
                distance: expansion.distance,
                source: expansion.source.map(str::to_owned),
                domain: expansion.domain.map(str::to_owned),
                written_term: term.to_owned(),
                written: written.to_owned(),
                start: range.start,
                end: range.end,
            });
        };
        if forms == Forms::Both {
            let itself = Expansion {
                term,
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
            let lemma = normal_form(expansion.term);
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
                Forms::Surface | Forms::Both => {
                    transfer(self.segmenter.analyzer, written, term, expansion.term)
                }
            };
            match inflected {
                Some(inflected) => {
                    add(&inflected, &expansion, weight);
                    if forms == Forms::Both {
                        add(expansion.term, &expansion, weight * LEMMA_FACTOR);
                    }
                }
                None => add(expansion.term, &expansion, weight),
            }
        }
        out
    }
}

/// Two digits, below the original's weight.
pub(super) fn rounded(weight: f32) -> f32 {
    ((weight * 100.0).round() / 100.0).clamp(MIN_WEIGHT, 0.99)
}
