//! [`Semrel`]: the whole library behind one handle.

mod answer;
mod models;

pub use self::answer::{RelationAnswer, Side};
pub use self::models::Similar;

use std::sync::Arc;

use self::answer::better;
use crate::composition;
use crate::error::Result;
use crate::expand::{self, ExpandOptions, Expansion};
use crate::lexicon::{Direction, Lexicon, Overlay, Sense, Suggestion};
use crate::model::Models;
use crate::morphology::Analyzer;
use crate::pack::{Manifest, Pack};
use crate::pair_features::{self, PAIR_FEATURES};
use crate::relation::{Evidence, Relation, RelationScores};
use crate::rewrite::{self, Rewrite, RewriteOptions, Segment, Segmenter};
use crate::text::{normal_form, term_form};
use crate::view::{Node, View};

/// Answers how terms relate and what may stand for a term.
///
/// Immutable, `Send` and `Sync`, cheap to clone: open one, share it with every thread.
///
/// ```
/// # #[cfg(feature = "tr")] {
/// use semrel::{ExpandOptions, Relation, Semrel};
///
/// let semrel = Semrel::turkish()?;
/// let answer = semrel.relation("alıcı", "satıcı")?.unwrap();
/// assert_eq!(answer.relation, Relation::Antonym);
///
/// let expansions = semrel.expand("mahfuz hisse", &ExpandOptions::default())?;
/// assert_eq!(expansions[0].term, "saklı pay");
/// # }
/// # Ok::<(), semrel::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Semrel {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    manifest: Manifest,
    view: View,
    segmenter: Segmenter,
    /// The models of the pack, if it has any; what they need is read when they are first asked.
    models: Option<Models>,
    /// The analyser of the pack's language. It is made when it is needed: most answers need none.
    analyzer: Option<fn() -> Analyzer>,
}

impl Semrel {
    /// The Turkish pack that is compiled into the program (feature `tr`). Under a millisecond.
    ///
    /// # Errors
    ///
    /// None in a sound build; the tests open it.
    #[cfg(feature = "tr")]
    pub fn turkish() -> Result<Self> {
        Self::new(Pack::turkish()?)
    }

    /// Answers from a pack.
    ///
    /// # Errors
    ///
    /// None today.
    pub fn new(pack: Pack) -> Result<Self> {
        Self::with_overlay(pack, Overlay::new())
    }

    /// Answers from a pack and the user's own entries.
    ///
    /// # Errors
    ///
    /// None today: an [`Overlay`] holds checked pairs only.
    pub fn with_overlay(pack: Pack, overlay: Overlay) -> Result<Self> {
        let (manifest, lexicon, models) = pack.into_parts();
        let analyzer: Option<fn() -> Analyzer> =
            (manifest.language == "tr").then_some(Analyzer::turkish);
        let segmenter = Segmenter::new(&overlay, analyzer);
        Ok(Semrel {
            inner: Arc::new(Inner {
                analyzer,
                manifest,
                view: View::new(lexicon, overlay)?,
                segmenter,
                models: models.map(Models::new),
            }),
        })
    }

    /// The lexicon of the pack.
    pub fn lexicon(&self) -> &Lexicon {
        self.inner.view.lexicon()
    }

    /// What the pack says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.inner.manifest
    }

    /// How two terms relate; `None` if nothing is known.
    ///
    /// The lexicon is asked first, for the terms as they stand or else for their dictionary
    /// forms, then the [forms](Self::relation_by_form) of the two, then the
    /// [models](Self::relation_by_model) if the pack has any. Terms that differ in case,
    /// circumflex or punctuation alone are synonyms by [`Evidence::Variant`]. A term and its
    /// nearest broader term are `Unrelated` in the sense of the four relations;
    /// [`RelationAnswer::broader`] says which is which.
    ///
    /// # Errors
    ///
    /// `InvalidInput` or `Limit` if one of them is no term; where the models are asked, as
    /// [`relation_by_model`](Self::relation_by_model).
    pub fn relation(&self, a: &str, b: &str) -> Result<Option<RelationAnswer<'_>>> {
        match self.known_relation(a, b)? {
            None => self.modelled_relation(a, b),
            known => Ok(known),
        }
    }

    /// [`relation`](Self::relation) as lexicon and forms tell it.
    #[inline]
    fn known_relation(&self, a: &str, b: &str) -> Result<Option<RelationAnswer<'_>>> {
        let (form_a, form_b) = (term_form(a)?, term_form(b)?);
        let view = &self.inner.view;
        let analyzer = self.inner.analyzer;
        let (from, from_evidence) = view.ask(&form_a, a, analyzer);
        let (to, to_evidence) = view.ask(&form_b, b, analyzer);
        let evidence = match (from_evidence, to_evidence) {
            (Evidence::Lexicon, Evidence::Lexicon) => Evidence::Lexicon,
            _ => Evidence::Variant,
        };
        let pairs = || from.iter().flat_map(|&x| to.iter().map(move |&y| (x, y)));
        let mut best: Option<RelationAnswer<'_>> = None;
        for (x, y) in pairs() {
            let Some(link) = view.link(x, y) else {
                continue;
            };
            let scores = RelationScores::stated(link.relation, link.weight);
            if best
                .as_ref()
                .is_none_or(|b| better(link.relation, link.weight, b))
            {
                best = Some(RelationAnswer {
                    relation: link.relation,
                    scores,
                    evidence,
                    source: link.source,
                    domain: link.domain,
                    broader: None,
                });
            }
        }
        if best.is_some() {
            return Ok(best);
        }
        let plain = |relation, evidence, broader| RelationAnswer {
            relation,
            scores: RelationScores::stated(relation, 1.0),
            evidence,
            source: None,
            domain: None,
            broader,
        };
        if pairs().any(|(x, y)| x == y) || (form_a == form_b && from.is_empty()) {
            return Ok(Some(plain(Relation::Synonym, Evidence::Variant, None)));
        }
        let broader = pairs().find_map(|(x, y)| {
            if self.is_hypernym(y, x) {
                Some(Side::Second)
            } else if self.is_hypernym(x, y) {
                Some(Side::First)
            } else {
                None
            }
        });
        if broader.is_some() {
            return Ok(Some(plain(Relation::Unrelated, evidence, broader)));
        }
        Ok(self.relation_by_form(a, b))
    }

    /// How two terms relate by their forms alone: as variants of one term, as productive
    /// opposites, or as multi-word terms that differ in one part whose relation is in the
    /// lexicon. The lexicon is not asked for the two terms themselves.
    ///
    /// ```
    /// # #[cfg(feature = "tr")] {
    /// use semrel::{Evidence, Relation, Semrel};
    ///
    /// let semrel = Semrel::turkish()?;
    /// let answer = semrel.relation_by_form("menkul rehni", "taşınır rehni").unwrap();
    /// assert_eq!(answer.relation, Relation::Synonym);
    /// assert_eq!(answer.evidence, Evidence::Composition);
    /// # }
    /// # Ok::<(), semrel::Error>(())
    /// ```
    pub fn relation_by_form(&self, a: &str, b: &str) -> Option<RelationAnswer<'_>> {
        let view = &self.inner.view;
        let parts = |x: &str, y: &str| {
            let (from, to) = (view.named(x), view.named(y));
            if x == y {
                return (!from.is_empty()).then_some((Relation::Synonym, 1.0));
            }
            from.iter()
                .flat_map(|&x| to.iter().filter_map(move |&y| view.link(x, y)))
                .filter(|link| link.direction == Direction::Both)
                .filter(|link| link.relation == Relation::Antonym || !link.guarded)
                .map(|link| (link.relation, link.weight))
                .next()
        };
        let found = composition::relate(&self.inner.analyzer?(), a, b, &parts)?;
        Some(RelationAnswer {
            relation: found.relation,
            scores: RelationScores::stated(found.relation, found.weight),
            evidence: found.evidence,
            source: None,
            domain: None,
            broader: None,
        })
    }

    /// What the relation classifier is given of a pair besides the vectors of its terms: how they
    /// are written and, with `lexicon`, what lies around them in the lexicon, the relation of the
    /// pair itself left out. For those who train a classifier; some microseconds.
    pub fn pair_features(&self, a: &str, b: &str, lexicon: bool) -> [f32; PAIR_FEATURES] {
        pair_features::pair_features(lexicon.then_some(&self.inner.view), a, b)
    }

    fn is_hypernym(&self, broader: Node, narrower: Node) -> bool {
        let Some(term) = self.inner.view.term(narrower) else {
            return false;
        };
        term.senses()
            .filter_map(Sense::hypernym)
            .any(|hypernym| Node::from(hypernym) == broader)
    }

    /// [`relation`](Self::relation) of many pairs, in their order. The models judge theirs in
    /// batches, which is quicker than one by one.
    ///
    /// # Errors
    ///
    /// That of the first bad pair.
    pub fn relations<'s, A, B>(
        &'s self,
        pairs: impl IntoIterator<Item = (A, B)>,
    ) -> Result<Vec<Option<RelationAnswer<'s>>>>
    where
        A: AsRef<str>,
        B: AsRef<str>,
    {
        let mut answers = Vec::new();
        self.relations_into(pairs, &mut answers)?;
        Ok(answers)
    }

    /// [`relations`](Self::relations) into a vector of the caller's, in place of what it holds.
    ///
    /// # Errors
    ///
    /// As [`relations`](Self::relations); `answers` is then of no meaning.
    pub fn relations_into<'s, A, B>(
        &'s self,
        pairs: impl IntoIterator<Item = (A, B)>,
        answers: &mut Vec<Option<RelationAnswer<'s>>>,
    ) -> Result<()>
    where
        A: AsRef<str>,
        B: AsRef<str>,
    {
        answers.clear();
        let mut open = Vec::new();
        for (a, b) in pairs {
            let known = self.known_relation(a.as_ref(), b.as_ref())?;
            if known.is_none() {
                open.push((answers.len(), (a, b)));
            }
            answers.push(known);
        }
        if open.is_empty() {
            return Ok(());
        }
        self.fill_by_models(&open, answers)
    }

    /// What may stand for a term, best first.
    ///
    /// For a term that the lexicon does not know the models look among its terms, if the pack has
    /// models; [`ExpandOptions::models`] says when they are asked. Their evidence is
    /// [`Evidence::Model`].
    ///
    /// An inflected term that the lexicon does not have as it stands is looked up by its
    /// dictionary form, which [`lemma`](Self::lemma) tells; the evidence is then
    /// [`Evidence::Variant`]. Expansions are dictionary forms.
    ///
    /// A candidate that any path makes an antonym of the term (one step to an antonym, with at
    /// most one step to a synonym before it and one after it) is never among them, whoever
    /// proposes it.
    ///
    /// # Errors
    ///
    /// As [`ExpandOptions::check`]; `InvalidInput` or `Limit` if `term` is no term; where the models
    /// are asked, as [`relation_by_model`](Self::relation_by_model).
    pub fn expand(&self, term: &str, options: &ExpandOptions) -> Result<Vec<Expansion<'_>>> {
        let mut found = Vec::new();
        self.expand_into(term, options, &mut found)?;
        Ok(found)
    }

    /// [`expand`](Self::expand) into a vector of the caller's, in place of what it holds.
    ///
    /// For a term in normal form that the lexicon has, and no overlay, nothing is allocated once
    /// the vector has room for every candidate.
    ///
    /// # Errors
    ///
    /// As [`expand`](Self::expand); `found` is then of no meaning.
    pub fn expand_into<'s>(
        &'s self,
        term: &str,
        options: &ExpandOptions,
        found: &mut Vec<Expansion<'s>>,
    ) -> Result<()> {
        found.clear();
        options.check()?;
        let view = &self.inner.view;
        let asked = view.ask(&term_form(term)?, term, self.inner.analyzer);
        expand::expand_into(view, term, &asked, options, found);
        self.add_modelled(term, &asked.0, options, found)
    }

    /// The dictionary form under which the lexicon has an inflected term; `None` if the lexicon
    /// has the text as it stands, or has no form of it.
    ///
    /// ```
    /// # #[cfg(feature = "tr")] {
    /// let semrel = semrel::Semrel::turkish()?;
    /// assert_eq!(semrel.lemma("kira sözleşmelerinden"), Some("kira sözleşmesi"));
    /// assert_eq!(semrel.lemma("kira sözleşmesi"), None);
    /// # }
    /// # Ok::<(), semrel::Error>(())
    /// ```
    pub fn lemma(&self, text: &str) -> Option<&str> {
        let view = &self.inner.view;
        let (nodes, evidence) = view.ask(&normal_form(text), text, self.inner.analyzer);
        let node = nodes.first().filter(|_| evidence == Evidence::Variant)?;
        Some(view.text(*node))
    }

    /// A search query, widened by what may stand for its terms and ready to be rendered for an
    /// engine; see the module [`rewrite`].
    ///
    /// Linear in the length of `query`. A query without anything to search for is no error; its
    /// renderings are empty.
    ///
    /// ```
    /// # #[cfg(feature = "tr")] {
    /// use semrel::{RewriteOptions, Semrel};
    ///
    /// let semrel = Semrel::turkish()?;
    /// let rewrite = semrel.rewrite("müstecir", &RewriteOptions::default())?;
    /// assert_eq!(rewrite.to_lucene(), "(müstecir OR kiracı^0.89)");
    /// # }
    /// # Ok::<(), semrel::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`RewriteOptions::check`]; `Limit` if the query is longer than
    /// [`MAX_QUERY_BYTES`](crate::rewrite::MAX_QUERY_BYTES) or has more than
    /// [`MAX_QUERY_CLAUSES`](crate::rewrite::MAX_QUERY_CLAUSES) clauses.
    pub fn rewrite(&self, query: &str, options: &RewriteOptions) -> Result<Rewrite> {
        rewrite::rewrite(&self.inner.view, &self.inner.segmenter, query, options)
    }

    /// The terms of the lexicon inside running text, inflected or not, and the words between
    /// them, in order.
    ///
    /// Where terms overlap, the cover with the most words in the longest terms is taken. Linear in
    /// the length of `text`, which may be of any length.
    ///
    /// ```
    /// # #[cfg(feature = "tr")] {
    /// use semrel::Semrel;
    ///
    /// let semrel = Semrel::turkish()?;
    /// let segments = semrel.segment("Mahkeme, saklı pay ve mirasçılık belgesi için karar verdi.");
    /// let terms: Vec<&str> = segments.iter().filter_map(|s| s.term.as_deref()).collect();
    /// assert_eq!(terms, ["mahkeme", "saklı pay", "mirasçılık belgesi", "karar vermek"]);
    /// assert_eq!((segments[1].start, segments[1].text), (9, "saklı pay"));
    /// # }
    /// # Ok::<(), semrel::Error>(())
    /// ```
    pub fn segment<'a>(&self, text: &'a str) -> Vec<Segment<'a>> {
        self.inner.segmenter.segment(&self.inner.view, text)
    }

    /// Whether lexicon or overlay know a term.
    pub fn knows(&self, term: &str) -> bool {
        !self.inner.view.named(term).is_empty()
    }

    /// What may have been meant by a term; see [`Lexicon::suggest`].
    pub fn suggest(&self, term: &str, limit: usize) -> Vec<Suggestion<'_>> {
        if !self.lexicon().contains(term) && self.knows(term) {
            return Vec::new();
        }
        self.lexicon().suggest(term, limit)
    }
}
