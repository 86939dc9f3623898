//! The normal form of a normal form is itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use semrel::text::{fold_case, normal_form, spelling_form, term_form};

fuzz_target!(|text: &str| {
    let form = normal_form(text);
    assert_eq!(normal_form(&form), form);
    let spelling = spelling_form(text);
    assert_eq!(spelling_form(&spelling), spelling);
    assert_eq!(normal_form(&spelling), form);
    fold_case(text);
    if let Ok(term) = term_form(text) {
        assert_eq!(term, form);
        assert!(!term.is_empty());
    }
});
