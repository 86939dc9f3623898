//! [`Models`]: all models of a pack behind one handle, each read when it is first needed.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::OnceLock;

use super::embedding::Embedding;
use super::files::ModelImages;
use super::{Classifier, Embedder};
use crate::error::{Error, Result};
#[cfg(feature = "model")]
use crate::inference::PairRow;
use crate::lexicon::{Lexicon, TermId};
use crate::morphology::Analyzer;
use crate::pair_features::{PAIR_FEATURES, pair_features, remainders};
use crate::relation::RelationScores;
use crate::text::normal_form;
use crate::view::View;

/// Pairs whose vectors are held in memory at once.
const HELD: usize = 256;

#[derive(Debug)]
pub(crate) struct Models {
    images: ModelImages,
    embedder: OnceLock<Result<Embedder>>,
    classifier: OnceLock<Result<Classifier>>,
    /// The lexicon's term of every row of the stored vectors that has one.
    terms: OnceLock<Vec<Option<TermId>>>,
}

/// What is known of terms apart from the models.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms<'a> {
    pub(crate) view: &'a View,
    pub(crate) analyzer: Option<fn() -> Analyzer>,
}

/// What the classifier sees of a pair.
#[derive(Debug)]
#[cfg_attr(
    not(feature = "model"),
    expect(dead_code, reason = "the graphs alone read it all")
)]
pub(super) struct PairInput {
    pub(super) a: Rc<[f32]>,
    pub(super) b: Rc<[f32]>,
    pub(super) remainder_a: Rc<[f32]>,
    pub(super) remainder_b: Rc<[f32]>,
    pub(super) features: [f32; PAIR_FEATURES],
}

#[cfg(feature = "model")]
impl PairInput {
    pub(super) fn row(&self) -> PairRow<'_> {
        PairRow {
            a: &self.a,
            b: &self.b,
            remainder_a: &self.remainder_a,
            remainder_b: &self.remainder_b,
            features: &self.features,
        }
    }
}

impl Models {
    pub(crate) fn new(images: ModelImages) -> Self {
        Models {
            images,
            embedder: OnceLock::new(),
            classifier: OnceLock::new(),
            terms: OnceLock::new(),
        }
    }

    /// The probability of synonymy that an expansion needs.
    pub(crate) fn expand_threshold(&self) -> f32 {
        self.images.manifest.expand_threshold
    }

    /// The vector of a term: the stored one of the term as it stands or of the lexicon's term that
    /// it is a form of, else what the embedder makes of it.
    pub(crate) fn vector(&self, terms: Option<Terms<'_>>, term: &str) -> Result<Embedding> {
        let vectors = &self.images.vectors;
        let row = vectors.row_of(term).or_else(|| {
            let Terms { view, analyzer } = terms?;
            let (nodes, _) = view.ask(&normal_form(term), term, analyzer);
            nodes
                .iter()
                .find_map(|&node| vectors.row_of(view.text(node)))
        });
        match row {
            Some(row) => vectors.embedding(row),
            None => {
                let embedder = self.embedder.get_or_init(|| Embedder::open(&self.images));
                embedder.as_ref().map_err(Error::again)?.embed(term)
            }
        }
    }

    /// How the terms of each pair relate.
    pub(crate) fn relate(
        &self,
        terms: Option<Terms<'_>>,
        pairs: &[(&str, &str)],
    ) -> Result<Vec<RelationScores>> {
        let classifier = self
            .classifier
            .get_or_init(|| Classifier::open(&self.images));
        let classifier = classifier.as_ref().map_err(Error::again)?;
        let nothing: Rc<[f32]> = vec![0.0; self.images.manifest.dimensions].into();
        let mut scores = Vec::with_capacity(pairs.len());
        for held in pairs.chunks(HELD) {
            // Terms and the words that they do not share come again and again.
            let mut known = HashMap::from([(String::new(), nothing.clone())]);
            let mut vector = |term: String| -> Result<Rc<[f32]>> {
                if let Some(vector) = known.get(&term) {
                    return Ok(vector.clone());
                }
                let vector: Rc<[f32]> = self.vector(terms, &term)?.as_slice().into();
                known.insert(term, vector.clone());
                Ok(vector)
            };
            let mut input = |&(a, b): &(&str, &str)| -> Result<PairInput> {
                let (remainder_a, remainder_b) = remainders(a, b);
                Ok(PairInput {
                    a: vector(a.to_owned())?,
                    b: vector(b.to_owned())?,
                    remainder_a: vector(remainder_a)?,
                    remainder_b: vector(remainder_b)?,
                    features: pair_features(terms.map(|terms| terms.view), a, b),
                })
            };
            let inputs = held.iter().map(&mut input).collect::<Result<Vec<_>>>()?;
            scores.extend(classifier.classify(&inputs)?);
        }
        Ok(scores)
    }

    /// The `limit` terms of the lexicon whose stored vectors are nearest to a vector, with the
    /// cosine, nearest first. Terms that are not `wanted` or have no stored vector are left out.
    pub(crate) fn nearest(
        &self,
        lexicon: &Lexicon,
        vector: &Embedding,
        limit: usize,
        wanted: impl Fn(TermId) -> bool,
    ) -> Vec<(TermId, f32)> {
        let vectors = &self.images.vectors;
        let terms = self.terms.get_or_init(|| {
            let mut terms = vec![None; vectors.len()];
            for term in lexicon.terms() {
                if let Some(row) = vectors.row_of(term.text()) {
                    terms[row].get_or_insert(term.id());
                }
            }
            terms
        });
        vectors
            .nearest(vector, limit, |row| terms[row].is_some_and(&wanted))
            .into_iter()
            .filter_map(|(row, cosine)| Some((terms[row]?, cosine)))
            .collect()
    }
}
