//! The seam to morphology: the dictionary form of an inflected term, and a term in another's
//! inflection.

use crate::morphology::{Analyzer, Feature, Scratch};
use crate::text::fold_case;

/// The analyser of the pack's language, if there is one for it.
pub(crate) type Inflector = Option<fn() -> Analyzer>;

/// The dictionary form that the inflected term `written` has in a lexicon, if any.
///
/// A form that says the opposite (*vekâletnamesiz*, *ödenmeyen*) or is another word (*kiracılık*)
/// has none: only inflection, voice and verbal nouns come off.
pub(super) fn lemma(
    analyzer: Inflector,
    written: &str,
    known: impl FnMut(&str) -> bool,
) -> Option<String> {
    let analyzer = analyzer?();
    let last = last_word(written);
    analyzer
        .lemma_candidates(written, known)
        .into_iter()
        .find(|candidate| keeps_meaning(&analyzer, last, last_word(candidate)))
}

/// `term` inflected as `written` is, whose dictionary form is `lemma` (*kiracının*, *kiracı*,
/// *müstecir*: *müstecirin*). `None` if `written` is not inflected or the inflection is unknown.
pub(super) fn transfer(
    analyzer: Inflector,
    written: &str,
    lemma: &str,
    term: &str,
) -> Option<String> {
    analyzer?()
        .transfer(written, lemma, term)
        .filter(|inflected| inflected != term)
}

/// Whether a word is in the genitive: the owner in *kiracının tahliyesi*.
pub(super) fn is_genitive(analyzer: Inflector, word: &str) -> bool {
    let Some(analyzer) = analyzer else {
        return false;
    };
    let mut scratch = Scratch::new();
    let analyzer = analyzer();
    let best = analyzer.analyze_into(&mut scratch, word).best();
    best.features().contains(&Feature::Gen)
}

/// Whether nothing but inflection, voice and verbal nouns lies between a word and its lemma.
fn keeps_meaning(analyzer: &Analyzer, word: &str, lemma: &str) -> bool {
    let negates = |f: &Feature| f.is_negative();
    // From -lik on, derivations make other words of nouns; these make other verbs of verbs.
    let derives = |f: &Feature| {
        *f >= Feature::Lik || matches!(f, Feature::Caus | Feature::Recip | Feature::Refl)
    };
    let mut scratch = Scratch::new();
    for reading in analyzer.analyze_into(&mut scratch, word).iter() {
        let (features, derivation) = (reading.features(), reading.derivation());
        let inflection = features.get(1..).unwrap_or(&[]);
        if fold_case(&reading.lemma()) == lemma {
            return !inflection.iter().any(negates);
        }
        if fold_case(&reading.root()) == lemma {
            return !inflection
                .iter()
                .chain(derivation.iter())
                .any(|f| negates(f) || derives(f));
        }
    }
    // The possessive form of a compound, or a verbal noun.
    true
}

fn last_word(term: &str) -> &str {
    term.rsplit(char::is_whitespace).next().unwrap_or(term)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(written: &str, lexicon: &[&str]) -> Option<String> {
        lemma(Some(Analyzer::turkish), written, |candidate| {
            lexicon.contains(&candidate)
        })
    }

    #[test]
    fn inflection_comes_off() {
        for (written, term) in [
            ("kiracının", "kiracı"),
            ("mirasçılık belgelerinin", "mirasçılık belgesi"),
            ("uygulanması", "uygulamak"),
            ("feshedilen", "feshetmek"),
            ("davalarda", "dava"),
        ] {
            assert_eq!(found(written, &[term]).as_deref(), Some(term), "{written}");
        }
    }

    #[test]
    fn what_says_the_opposite_or_something_else_stays() {
        for (written, term) in [
            ("vekâletnamesiz", "vekâletname"),
            ("kusursuzluğu", "kusur"),
            ("ödenmeyen", "ödenmek"),
            ("ödenmeyen", "ödemek"),
            ("feshedilmeksizin", "feshetmek"),
            ("kiracılığın", "kiracı"),
        ] {
            assert_eq!(found(written, &[term]), None, "{written}");
        }
    }

    #[test]
    fn owners_are_in_the_genitive() {
        assert!(is_genitive(Some(Analyzer::turkish), "kiracının"));
        assert!(!is_genitive(Some(Analyzer::turkish), "kusursuz"));
    }
}
