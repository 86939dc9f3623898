//! Inflection transfer: a synonym takes over the surface form that it replaces.

use super::analyzer::{Analyzer, Scratch};
use super::feature::Feature;
use super::generate::Apostrophe;
use super::phrase::split_last_word;
use crate::text::fold_case;

impl Analyzer {
    /// `replacement`, inflected as `surface` is inflected from `lemma`: *sözleşmenin*, a form of
    /// *sözleşme*, becomes *akdin* for *akit*. `None` if `surface` is no form of `lemma`, or the
    /// replacement has no such form.
    ///
    /// Terms of several words are inflected at the last one; a compound's possessive is neither
    /// lost nor doubled. Capitals follow `surface`.
    ///
    /// ```
    /// use semrel::morphology::Analyzer;
    ///
    /// let analyzer = Analyzer::turkish();
    /// let transfer = |surface, lemma, term| analyzer.transfer(surface, lemma, term).unwrap();
    /// assert_eq!(transfer("sözleşmenin", "sözleşme", "akit"), "akdin");
    /// assert_eq!(transfer("kira sözleşmesinin", "kira sözleşmesi", "kira akdi"), "kira akdinin");
    /// assert_eq!(transfer("feshedilen", "feshetmek", "bozmak"), "bozulan");
    /// assert_eq!(transfer("TBK'nın", "TBK", "Türk Borçlar Kanunu"), "Türk Borçlar Kanunu'nun");
    /// assert_eq!(transfer("Anayasa Mahkemesine", "Anayasa Mahkemesi", "AYM"), "AYM'ye");
    /// ```
    pub fn transfer(&self, surface: &str, lemma: &str, replacement: &str) -> Option<String> {
        self.transfer_with(surface, lemma, replacement, Apostrophe::Write)
    }

    /// Like [`transfer`](Self::transfer), with a choice of apostrophe.
    pub fn transfer_with(
        &self,
        surface: &str,
        lemma: &str,
        replacement: &str,
        apostrophe: Apostrophe,
    ) -> Option<String> {
        let (surface, lemma) = (surface.trim(), lemma.trim());
        let replacement = replacement.trim();
        if surface.is_empty() || lemma.is_empty() || replacement.is_empty() {
            return None;
        }
        let inflection = self.inflection_between(surface, lemma)?;
        let form = self.inflect_term(replacement, &inflection, apostrophe)?;
        Some(capitals_of(surface, lemma, &form))
    }

    /// The form of a term of one or more words with the inflection `features` at its last word;
    /// a compound's own possessive merges with that of `features`.
    ///
    /// ```
    /// use semrel::morphology::{Analyzer, Apostrophe, Feature::*};
    ///
    /// let analyzer = Analyzer::turkish();
    /// let form = analyzer.inflect_term("mirasçılık belgesi", &[Pl, Gen], Apostrophe::Write);
    /// assert_eq!(form.as_deref(), Some("mirasçılık belgelerinin"));
    /// ```
    pub fn inflect_term(
        &self,
        term: &str,
        features: &[Feature],
        apostrophe: Apostrophe,
    ) -> Option<String> {
        let features = match features.split_first() {
            Some((first, rest)) if first.is_part_of_speech() => rest,
            _ => features,
        };
        if features.is_empty() {
            return Some(term.to_owned());
        }
        let head = self.head_of(term);
        if !head.compound {
            let form = self
                .inflect_with(&head.base, features, apostrophe)
                .or_else(|| {
                    // A one-word compound already is possessive: cezaevi.
                    let rest = without_possessive(features)?;
                    self.inflect_with(&head.base, &rest, apostrophe)
                })?;
            return Some(format!("{}{form}", head.before));
        }
        let merged = with_possessive(features);
        let form = self.inflect_with(&fold_case(&head.base), &merged, Apostrophe::Omit)?;
        let (_, last) = split_last_word(term);
        let name = last.starts_with(char::is_uppercase);
        // "Kanunu'nun", but "Kanunlarının": the apostrophe stands behind the name as it is.
        let form = match form.strip_prefix(&fold_case(last)) {
            Some("") => last.to_owned(),
            Some(suffix) if name && apostrophe == Apostrophe::Write => format!("{last}'{suffix}"),
            Some(suffix) => format!("{last}{suffix}"),
            None if name => capitalised(&form),
            None => form,
        };
        Some(format!("{}{form}", head.before))
    }

    /// What `surface` adds to `lemma`.
    fn inflection_between(&self, surface: &str, lemma: &str) -> Option<Vec<Feature>> {
        let (_, surface_word) = split_last_word(surface);
        let head = self.head_of(lemma);
        let lemma_word = fold_case(split_last_word(lemma).1);
        if fold_case(surface_word) == lemma_word {
            return Some(Vec::new());
        }
        let base = fold_case(&head.base);
        let mut scratch = Scratch::new();
        for reading in self.analyze_into(&mut scratch, surface_word).iter() {
            if let Some((nominal, tail)) = reading.nominal() {
                let nominal = fold_case(&nominal);
                if nominal == lemma_word {
                    return Some(tail.to_vec());
                }
                if head.compound && nominal == base {
                    if let Some(rest) = without_possessive(&tail) {
                        return Some(rest);
                    }
                }
            }
            if fold_case(&reading.lemma()) == lemma_word {
                return Some(reading.features()[1..].to_vec());
            }
            if fold_case(&reading.root()) == lemma_word {
                let mut features = reading.derivation().to_vec();
                features.extend(&reading.features()[1..]);
                return Some(features);
            }
        }
        None
    }
}

/// `features` less the possessive of the third person, which a compound has by itself; `None` if
/// it has none.
fn without_possessive(features: &[Feature]) -> Option<Vec<Feature>> {
    let at = features
        .iter()
        .position(|f| matches!(f, Feature::P3sg | Feature::P3pl))?;
    let mut rest = features.to_vec();
    if features[at] == Feature::P3pl {
        rest[at] = Feature::Pl;
    } else {
        rest.remove(at);
    }
    Some(rest)
}

/// `features` with a compound's possessive in its place: behind the plural, before case.
fn with_possessive(features: &[Feature]) -> Vec<Feature> {
    let mut merged = features.to_vec();
    if let Some(first) = merged.iter().position(|f| f.is_possessive()) {
        if merged[first] == Feature::P3pl {
            merged.splice(first..=first, [Feature::Pl, Feature::P3sg]);
        }
        return merged;
    }
    let at = usize::from(merged.first() == Some(&Feature::Pl));
    merged.insert(at, Feature::P3sg);
    merged
}

/// Gives `form` the capitals that `surface` has beyond those of `lemma`.
fn capitals_of(surface: &str, lemma: &str, form: &str) -> String {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = |text: &str| text.chars().filter(|c| c.is_uppercase()).count();
    if letters(surface) > 1 && capitals(surface) == letters(surface) && capitals(lemma) == 0 {
        return form.chars().flat_map(upper).collect();
    }
    let first = |text: &str| text.starts_with(char::is_uppercase);
    if first(surface) && !first(lemma) && !first(form) {
        return capitalised(form);
    }
    form.to_owned()
}

fn capitalised(form: &str) -> String {
    let mut letters = form.chars();
    letters
        .next()
        .into_iter()
        .flat_map(upper)
        .chain(letters)
        .collect()
}

fn upper(c: char) -> impl Iterator<Item = char> {
    let i = (c == 'i').then_some('İ');
    let rest = (c != 'i').then(|| c.to_uppercase());
    i.into_iter().chain(rest.into_iter().flatten())
}
