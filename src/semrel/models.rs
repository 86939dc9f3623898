//! What the models of a pack answer.

use serde::Serialize;

use super::{RelationAnswer, Semrel};
use crate::error::{Error, Result};
use crate::expand::{ExpandOptions, Expansion, ModelUse};
use crate::lexicon::TermId;
use crate::model::{self, Embedding, Models, Terms};
use crate::relation::{Evidence, Relation, RelationScores};
use crate::text::term_form;
use crate::view::Node;

/// A term of the lexicon that is near to another in the space of the embedder.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Similar<'a> {
    /// The term.
    pub term: &'a str,
    /// Cosine of the two vectors, `-1.0..=1.0`.
    pub score: f32,
    /// Its number in the lexicon.
    #[serde(skip)]
    pub id: TermId,
}

impl Semrel {
    /// The vector of a term, of [`ModelManifest::dimensions`](crate::model::ModelManifest) numbers.
    ///
    /// A term that was known when the models were made has a stored vector, an inflected one that of
    /// its dictionary form. Others go through the embedder.
    ///
    /// # Errors
    ///
    /// `InvalidInput` or `Limit` if `term` is no term; `Unavailable` if the pack has no models, or
    /// if the embedder is needed and this program was built without feature `model`; `Corrupt` if
    /// the files of the models turn out not to be what the pack says.
    pub fn embed(&self, term: &str) -> Result<Embedding> {
        term_form(term)?;
        self.models()?.vector(Some(self.terms()), term)
    }

    /// [`embed`](Self::embed) of many terms, in their order.
    ///
    /// # Errors
    ///
    /// That of the first bad term.
    pub fn embed_all<T: AsRef<str>>(
        &self,
        terms: impl IntoIterator<Item = T>,
    ) -> Result<Vec<Embedding>> {
        terms
            .into_iter()
            .map(|term| self.embed(term.as_ref()))
            .collect()
    }

    /// The `limit` terms of the lexicon whose vectors are nearest to that of a term, nearest first;
    /// not the term itself. Terms of the lexicon that the models have no stored vector of are
    /// passed over.
    ///
    /// Near is not synonymous: antonyms and co-hyponyms are near, too. What may stand for a term
    /// is [`expand`](Self::expand)'s to say.
    ///
    /// # Errors
    ///
    /// As [`embed`](Self::embed).
    pub fn similar(&self, term: &str, limit: usize) -> Result<Vec<Similar<'_>>> {
        let models = self.models()?;
        let vector = self.embed(term)?;
        let view = &self.inner.view;
        let (itself, _) = view.ask(&term_form(term)?, term, self.inner.analyzer);
        let lexicon = view.lexicon();
        let wanted = |id| {
            let node = lexicon.term(id).map(Node::from);
            node.is_some_and(|node| !itself.contains(&node))
        };
        let near = models.nearest(lexicon, &vector, limit, wanted);
        let similar = |(id, score)| {
            let term = lexicon.term(id)?.text();
            Some(Similar { term, score, id })
        };
        Ok(near.into_iter().filter_map(similar).collect())
    }

    /// How two terms relate by the models alone, whatever lexicon and forms say; its scores are
    /// calibrated probabilities. Both orders of the terms get the same answer.
    ///
    /// # Errors
    ///
    /// `InvalidInput` or `Limit` if one of them is no term; `Unavailable` if the pack has no models
    /// or this program was built without feature `model`; `Version` if the classifier belongs to
    /// another version of this crate; `Corrupt` if the files of the models turn out not to be what
    /// the pack says.
    pub fn relation_by_model(&self, a: &str, b: &str) -> Result<RelationAnswer<'_>> {
        term_form(a)?;
        term_form(b)?;
        let scores = self.models()?.relate(None, &[(a, b)])?;
        Ok(answer(scores.first().copied().unwrap_or_default()))
    }

    /// What the models add to what is known of two terms.
    pub(super) fn modelled_relation(&self, a: &str, b: &str) -> Result<Option<RelationAnswer<'_>>> {
        let Some(models) = self.usable_models() else {
            return Ok(None);
        };
        let scores = models.relate(Some(self.terms()), &[(a, b)])?;
        Ok(scores.first().copied().map(answer))
    }

    /// Puts the answers of the models in the places of `answers` that are `open`.
    pub(super) fn fill_by_models<'s, A: AsRef<str>, B: AsRef<str>>(
        &'s self,
        open: &[(usize, (A, B))],
        answers: &mut [Option<RelationAnswer<'s>>],
    ) -> Result<()> {
        let Some(models) = self.usable_models() else {
            return Ok(());
        };
        let pairs: Vec<(&str, &str)> = open
            .iter()
            .map(|(_, (a, b))| (a.as_ref(), b.as_ref()))
            .collect();
        let scores = models.relate(Some(self.terms()), &pairs)?;
        for ((place, _), scores) in open.iter().zip(scores) {
            answers[*place] = Some(answer(scores));
        }
        Ok(())
    }

    /// Adds what the models propose to the expansions of a term.
    pub(super) fn add_modelled<'s>(
        &'s self,
        term: &str,
        asked: &[Node],
        options: &ExpandOptions,
        found: &mut Vec<Expansion<'s>>,
    ) -> Result<()> {
        let wanted = match options.models {
            ModelUse::Never => false,
            ModelUse::UnknownTerms => asked.is_empty(),
            ModelUse::Always => true,
        };
        let Some(models) = self.usable_models().filter(|_| wanted) else {
            return Ok(());
        };
        let is_opposite = |a: &str, b: &str| {
            let found = self.relation_by_form(a, b);
            found.is_some_and(|found| found.relation == Relation::Antonym)
        };
        model::expand(
            models,
            self.terms(),
            (term, asked),
            options,
            is_opposite,
            found,
        )
    }

    fn models(&self) -> Result<&Models> {
        self.inner.models.as_ref().ok_or_else(|| {
            Error::unavailable(
                "the pack has no models: only its lexicon can be asked; name a pack that has them",
            )
        })
    }

    /// The models, if they can judge pairs.
    fn usable_models(&self) -> Option<&Models> {
        self.inner
            .models
            .as_ref()
            .filter(|_| cfg!(feature = "model"))
    }

    fn terms(&self) -> Terms<'_> {
        Terms {
            view: &self.inner.view,
            analyzer: self.inner.analyzer,
        }
    }
}

fn answer<'a>(scores: RelationScores) -> RelationAnswer<'a> {
    RelationAnswer {
        relation: scores.best(),
        scores,
        evidence: Evidence::Model,
        source: None,
        domain: None,
        broader: None,
    }
}
