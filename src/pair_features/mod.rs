//! What the relation classifier sees of a pair besides the vectors of its terms: how they are
//! written, and how the lexicon joins them.
//!
//! All values are symmetric in the two terms, lie in about `-1.0..=2.0` and cost some
//! microseconds. The order is part of a trained model: change it only together with the model.

mod known;
mod written;

use std::collections::HashSet;

use crate::text::normal_form;
use crate::view::View;

/// How many features a pair has.
pub const PAIR_FEATURES: usize = written::COUNT + known::COUNT;

/// The words of each term that the other does not have, in their order; empty if it has all.
pub fn remainders(a: &str, b: &str) -> (String, String) {
    let (a, b) = (normal_form(a), normal_form(b));
    let without = |term: &str, other: &str| -> String {
        let others: HashSet<&str> = other.split(' ').collect();
        let words: Vec<&str> = term
            .split(' ')
            .filter(|word| !others.contains(word))
            .collect();
        words.join(" ")
    };
    (without(&a, &b), without(&b, &a))
}

/// The features of a pair; without a view those of the lexicon are zero.
pub(crate) fn pair_features(view: Option<&View>, a: &str, b: &str) -> [f32; PAIR_FEATURES] {
    let mut features = [0.0; PAIR_FEATURES];
    let (by_form, around) = features.split_at_mut(written::COUNT);
    written::written_features(&normal_form(a), &normal_form(b), by_form);
    if let Some(view) = view {
        let (from, to) = (view.named(a), view.named(b));
        known::known_features(view, &from, &to, around);
    }
    features
}

fn flag(condition: bool) -> f32 {
    f32::from(u8::from(condition))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::RecordReader;
    use crate::lexicon::{Lexicon, LexiconBuilder, Overlay};

    fn view(lines: &str) -> View {
        let mut builder = LexiconBuilder::new();
        for record in RecordReader::new(lines.as_bytes()) {
            builder.add(&record.unwrap()).unwrap();
        }
        let (image, _) = builder.build().unwrap();
        View::new(Lexicon::from_bytes(image).unwrap(), Overlay::new()).unwrap()
    }

    const PAIRS: &str = r#"{"sentence1":"kiracı","sentence2":"müstecir","label":"synonym"}
{"sentence1":"müstecir","sentence2":"kiralayan","label":"antonym"}
{"sentence1":"kiralayan","sentence2":"mucir","label":"synonym"}
{"sentence1":"kiracı","sentence2":"mucir","label":"antonym","source":"derived-antonym"}
"#;

    #[test]
    fn features_are_symmetric() {
        let view = view(PAIRS);
        for (a, b) in [
            ("kiracı", "mucir"),
            ("haklı fesih", "haksız fesih"),
            ("ödeme emri", "icra emri"),
            ("TCK", "Türk Ceza Kanunu"),
        ] {
            for view in [None, Some(&view)] {
                assert_eq!(
                    pair_features(view, a, b),
                    pair_features(view, b, a),
                    "{a}, {b}"
                );
            }
            let (left, right) = remainders(a, b);
            assert_eq!(remainders(b, a), (right, left));
        }
    }

    #[test]
    fn a_pair_is_judged_by_what_lies_around_it() {
        let view = view(PAIRS);
        let around = |a, b| pair_features(Some(&view), a, b)[written::COUNT..].to_vec();
        let [both_known, synonym_then_antonym] = [0, 3];
        // kiracı = müstecir <> kiralayan.
        let found = around("kiracı", "kiralayan");
        assert_eq!(found[both_known], 1.0);
        assert!(found[synonym_then_antonym] > 0.0);
        // The pair itself is stated, and nothing leads from one to the other besides.
        let stated = around("kiracı", "müstecir");
        assert_eq!(stated[2..11], [0.0; 9]);
        // mucir is known as an opposite of kiracı by derivation alone, which does not count:
        // there is kiracı = müstecir <> kiralayan = mucir, three steps.
        let derived = around("kiracı", "mucir");
        assert_eq!(derived[synonym_then_antonym], 0.0);
        assert!(derived[9] > 0.0);
        assert_eq!(around("kiracı", "bilinmeyen")[1..3], [1.0, 0.0]);
        assert_eq!(
            pair_features(None, "kiracı", "kiralayan")[written::COUNT..],
            [0.0; known::COUNT]
        );
    }

    #[test]
    fn marks_of_opposition_are_seen() {
        let [with_without, adds_without, negated, prefixed] = [14, 15, 16, 17];
        for (a, b, feature) in [
            ("süreli", "süresiz", with_without),
            ("kusur", "kusursuz", adds_without),
            ("ödemek", "ödememek", negated),
            ("meşru", "gayrimeşru", prefixed),
        ] {
            let found = pair_features(None, a, b);
            for at in [with_without, adds_without, negated, prefixed] {
                assert_eq!(found[at] > 0.0, at == feature, "{a}, {b}: {at}");
            }
        }
    }

    #[test]
    fn words_in_common_leave_the_others() {
        let of = |a, b| remainders(a, b);
        let texts = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            of("Kira Sözleşmesi", "satış sözleşmesi"),
            texts("kira", "satış")
        );
        assert_eq!(of("fesih", "haklı fesih"), texts("", "haklı"));
    }
}
