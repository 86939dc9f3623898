//! The analyser: from word forms to lemmas and features.

use std::sync::{Arc, OnceLock};

use super::analysis::{Analyses, Analysis};
use super::attributes::Attributes;
use super::feature::Feature;
use super::letters::Letters;
use super::parse::Parses;
use super::search::Search;
use super::stems::{Stems, StemsBuilder};
use crate::error::{Error, Result};

/// Finds the lemma and the inflection of Turkish word forms.
///
/// Immutable, cheap to clone and to share between threads; what changes during analysis is in a
/// [`Scratch`], one per thread.
///
/// ```
/// use semrel::morphology::{Analyzer, Feature::*};
///
/// let analyzer = Analyzer::turkish();
/// let best = &analyzer.analyze("sözleşmesinin")[0];
/// assert_eq!(best.lemma, "sözleşme");
/// assert_eq!(best.features, [Noun, P3sg, Gen]);
/// assert!(!best.guessed);
/// ```
#[derive(Clone, Debug)]
pub struct Analyzer {
    stems: Arc<Stems>,
}

/// Memory for one analysis at a time; reuse it from word to word.
#[derive(Clone, Debug)]
pub struct Scratch {
    letters: Letters,
    parses: Parses,
}

impl Scratch {
    /// Fresh memory. Less than a kilobyte, none of it on the heap.
    pub fn new() -> Self {
        Self {
            letters: Letters::EMPTY,
            parses: Parses::EMPTY,
        }
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}

impl Analyzer {
    /// The analyser with the project's stem list. The list is read on the first call (a few
    /// milliseconds) and shared by all later ones.
    pub fn turkish() -> Self {
        static TURKISH: OnceLock<Analyzer> = OnceLock::new();
        TURKISH
            .get_or_init(|| Self {
                stems: Arc::new(StemsBuilder::turkish().build()),
            })
            .clone()
    }

    /// The project's stem list and more stems: pairs of a dictionary form and its part of
    /// speech, for instance the one-word terms of a lexicon.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) if a dictionary form is not one
    /// word of letters, or a verb does not end in -mek or -mak, or the feature is no part of
    /// speech that a stem can have.
    ///
    /// ```
    /// use semrel::morphology::{Analyzer, Feature};
    ///
    /// let analyzer = Analyzer::with_stems([("blokzinciri", Feature::Noun)])?;
    /// assert_eq!(analyzer.lemma("blokzincirinin"), "blokzinciri");
    /// # Ok::<(), semrel::Error>(())
    /// ```
    pub fn with_stems<'s>(stems: impl IntoIterator<Item = (&'s str, Feature)>) -> Result<Self> {
        let mut builder = StemsBuilder::turkish();
        for (lemma, pos) in stems {
            if !pos.is_part_of_speech() || pos == Feature::Other {
                return Err(Error::invalid(format!(
                    "{pos} is no part of speech of the stem {lemma:?}"
                )));
            }
            builder.add(lemma, pos, Attributes::default())?;
        }
        Ok(Self {
            stems: Arc::new(builder.build()),
        })
    }

    /// The analyses of `word`, best first; at least one. Takes any case, with or without an
    /// apostrophe before the inflection.
    ///
    /// Never fails: a word that nobody has listed is guessed at from the suffixes that fit, and
    /// what is no Turkish word (digits, other scripts, a whole page) is its own lemma.
    /// Linear in the length of `word`.
    pub fn analyze(&self, word: &str) -> Vec<Analysis> {
        self.analyze_into(&mut Scratch::new(), word)
            .iter()
            .map(|reading| reading.to_analysis())
            .collect()
    }

    /// Like [`analyze`](Self::analyze), without allocating.
    ///
    /// ```
    /// use semrel::morphology::{Analyzer, Scratch};
    ///
    /// let analyzer = Analyzer::turkish();
    /// let mut scratch = Scratch::new();
    /// let mut lemma = String::new();
    /// for word in ["kiracının", "tahliyesine", "DAVALARDA"] {
    ///     analyzer.analyze_into(&mut scratch, word).best().push_lemma(&mut lemma);
    ///     lemma.push(' ');
    /// }
    /// assert_eq!(lemma, "kiracı tahliye dava ");
    /// ```
    pub fn analyze_into<'a>(&'a self, scratch: &'a mut Scratch, word: &'a str) -> Analyses<'a> {
        scratch.letters.read(word);
        Search::run(&self.stems, word, &scratch.letters, &mut scratch.parses);
        Analyses {
            stems: &self.stems,
            word,
            letters: &scratch.letters,
            parses: &scratch.parses,
        }
    }

    /// The lemma of the best analysis.
    pub fn lemma(&self, word: &str) -> String {
        self.analyze_into(&mut Scratch::new(), word).best().lemma()
    }

    /// How many stems the analyser knows.
    pub fn stem_count(&self) -> usize {
        self.stems.len()
    }

    pub(super) fn stems(&self) -> &Stems {
        &self.stems
    }
}
