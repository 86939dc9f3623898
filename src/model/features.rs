//! What the forms of two terms, and what the lexicon has of each, tell the classifier.

use crate::text::normal_form;
use crate::view::View;

/// How many features a pair has.
pub(crate) const COUNT: usize = 1;

/// The features of a pair; the same for both orders.
pub(crate) fn pair_features(_view: Option<&View>, a: &str, b: &str) -> [f32; COUNT] {
    let (a, b) = (normal_form(a), normal_form(b));
    let shares = a.split(' ').any(|word| b.split(' ').any(|w| w == word));
    [f32::from(u8::from(shares))]
}

/// The words of each term that the other does not have; empty if it has them all.
pub(crate) fn remainders(a: &str, b: &str) -> (String, String) {
    let (a, b) = (normal_form(a), normal_form(b));
    let without = |x: &str, y: &str| {
        let left: Vec<&str> = x
            .split(' ')
            .filter(|word| y.split(' ').all(|w| w != *word))
            .collect();
        left.join(" ")
    };
    (without(&a, &b), without(&b, &a))
}
