//! Terms of several words: which dictionary form an inflected term may have.

use super::analysis::Reading;
use super::analyzer::{Analyzer, Scratch};
use super::feature::Feature;
use super::generate::Apostrophe;
use crate::text::fold_case;

/// Longer phrases are no terms.
const MAX_WORDS: usize = 16;

/// The last word of a term, which carries its inflection.
pub(super) struct Head<'a> {
    /// The words before it, with the space behind them.
    pub(super) before: &'a str,
    /// What it is inflected from: *akit* for *kira akdi*.
    pub(super) base: String,
    /// Whether it is in the possessive because the term is a compound.
    pub(super) compound: bool,
}

impl Analyzer {
    /// The dictionary forms that the inflected term `phrase` may have and `contains` approves,
    /// likeliest first; empty if there are none.
    ///
    /// Inflection is at the last word, and a compound keeps its possessive: from *mirasçılık
    /// belgelerinin* it is asked for *mirasçılık belge* and *mirasçılık belgesi*, and so on for
    /// the plural and, for a passive, the active verb. A form that denies something (*ödenmeyen*)
    /// has none. All candidates are in lower case, but for names.
    ///
    /// ```
    /// use semrel::morphology::Analyzer;
    ///
    /// let analyzer = Analyzer::turkish();
    /// let lexicon = ["mirasçılık belgesi", "belge", "insan hakları"];
    /// let known = |candidate: &str| lexicon.contains(&candidate);
    /// assert_eq!(analyzer.lemma_candidates("mirasçılık belgelerinin", known), ["mirasçılık belgesi"]);
    /// assert_eq!(analyzer.lemma_candidates("İnsan Haklarına", known), ["insan hakları"]);
    /// assert_eq!(analyzer.lemma_candidates("belgeden", known), ["belge"]);
    /// ```
    pub fn lemma_candidates(
        &self,
        phrase: &str,
        mut contains: impl FnMut(&str) -> bool,
    ) -> Vec<String> {
        let mut found = Vec::new();
        if phrase.split_whitespace().nth(MAX_WORDS).is_some() {
            return found;
        }
        let (before, last) = split_last_word(phrase.trim());
        let mut prefix = fold_case(before);
        if prefix.contains(char::is_whitespace) {
            prefix = prefix.split_whitespace().collect::<Vec<_>>().join(" ");
            if !prefix.is_empty() {
                prefix.push(' ');
            }
        }
        let mut asked: Vec<String> = Vec::new();
        let mut ask = |head: String| {
            if head.is_empty() || asked.contains(&head) {
                return;
            }
            let candidate = format!("{prefix}{head}");
            if contains(&candidate) {
                found.push(candidate);
            }
            asked.push(head);
        };
        ask(fold_case(last));
        let mut scratch = Scratch::new();
        let means_the_same = |reading: &Reading<'_>| {
            // "ödenmeyen" is not "ödenmek", and "kusursuz" not "kusur": derivation stays, and a
            // negated form has no dictionary form that means the same.
            !reading
                .features()
                .iter()
                .any(|feature| feature.is_negative())
        };
        let analyses = self.analyze_into(&mut scratch, last);
        for reading in analyses.iter().filter(means_the_same) {
            if let Some((base, tail)) = reading.nominal() {
                let plural = tail.contains(&Feature::Pl) || tail.contains(&Feature::P3pl);
                let possessed = tail.iter().any(|f| f.is_possessive());
                let mut forms: Vec<&[Feature]> = Vec::new();
                if !before.is_empty() && possessed {
                    forms.push(&[Feature::P3sg]);
                }
                forms.push(&[]);
                if plural && possessed {
                    forms.push(&[Feature::Pl, Feature::P3sg]);
                }
                if plural {
                    forms.push(&[Feature::Pl]);
                }
                if possessed {
                    forms.push(&[Feature::P3sg]);
                }
                for features in forms {
                    if let Some(form) = self.inflect_with(&base, features, Apostrophe::Omit) {
                        ask(form);
                    }
                }
            }
            ask(reading.lemma());
            // The passive is the same event ("dava açılması"), but its infinitive is a word of its
            // own ("ödenmek"). Any other derivation is another thing.
            let infinitive = *reading.features() == [Feature::Verb, Feature::Inf];
            if !infinitive && reading.derivation().iter().all(|&f| f == Feature::Pass) {
                ask(reading.root());
            }
        }
        found
    }

    /// The dictionary form of the term `phrase` as far as morphology alone can tell: inflection
    /// off, a compound's possessive kept.
    ///
    /// ```
    /// use semrel::morphology::Analyzer;
    ///
    /// let analyzer = Analyzer::turkish();
    /// assert_eq!(analyzer.phrase_lemma("kira sözleşmelerinin"), "kira sözleşmesi");
    /// assert_eq!(analyzer.phrase_lemma("haklı nedenlerle"), "haklı neden");
    /// ```
    pub fn phrase_lemma(&self, phrase: &str) -> String {
        let (before, last) = split_last_word(phrase.trim());
        let mut scratch = Scratch::new();
        let best = self.analyze_into(&mut scratch, last).best();
        let head = match best.nominal() {
            Some((base, tail)) if tail.iter().any(|f| f.is_possessive()) && !before.is_empty() => {
                self.inflect_with(&base, &[Feature::P3sg], Apostrophe::Omit)
                    .unwrap_or(base)
            }
            _ => best.lemma(),
        };
        format!("{}{head}", fold_case(before))
    }

    /// The head of a term in its dictionary form.
    pub(super) fn head_of<'a>(&self, term: &'a str) -> Head<'a> {
        let (before, last) = split_last_word(term);
        let plain = Head {
            before,
            base: last.to_owned(),
            compound: false,
        };
        if before.is_empty() {
            return plain;
        }
        let mut scratch = Scratch::new();
        let best = self.analyze_into(&mut scratch, last).best();
        match best.nominal() {
            Some((base, tail)) if *tail == [Feature::P3sg] => Head {
                before,
                base,
                compound: true,
            },
            _ => plain,
        }
    }
}

/// The words before the last one, with the space behind them, and the last one.
pub(super) fn split_last_word(phrase: &str) -> (&str, &str) {
    let start = phrase
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_whitespace())
        .map_or(0, |(at, c)| at + c.len_utf8());
    phrase.split_at(start)
}
