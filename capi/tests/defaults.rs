//! Options that nobody changed say what the core's defaults say.

// C functions cannot be called without.
#![allow(unsafe_code)]

use std::mem::MaybeUninit;

use semrel::{
    SemrelExpandOptions, SemrelRelation, SemrelRewriteOptions, SemrelStatus,
    semrel_expand_options_init, semrel_rewrite_options_init,
};
use semrel_core::{ExpandOptions, ModelUse, Relation, RewriteOptions};

#[test]
fn of_expansion() {
    let mut options = MaybeUninit::<SemrelExpandOptions>::uninit();
    // SAFETY: there is room for as many bytes; the function fills them all.
    let options = unsafe {
        let status = semrel_expand_options_init(options.as_mut_ptr(), size_of_val(&options));
        assert_eq!(status, SemrelStatus::Ok);
        options.assume_init()
    };
    let core = ExpandOptions::default();
    assert_eq!(options.limit, core.limit);
    assert_eq!(options.min_score, core.min_score);
    assert_eq!(options.max_distance, u32::from(core.max_distance));
    assert_eq!(core.relations, [Relation::Synonym]);
    assert_eq!(options.relations, 1 << SemrelRelation::Synonym as u32);
    assert_eq!(core.models, ModelUse::UnknownTerms);
    assert_eq!(options.models, semrel::SemrelModelUse::UnknownTerms as i32);
    assert!(core.domain.is_none() && options.domain.data.is_null());
}

#[test]
fn of_rewriting() {
    let mut options = MaybeUninit::<SemrelRewriteOptions>::uninit();
    // SAFETY: there is room for as many bytes; the function fills them all.
    let options = unsafe {
        let status = semrel_rewrite_options_init(options.as_mut_ptr(), size_of_val(&options));
        assert_eq!(status, SemrelStatus::Ok);
        options.assume_init()
    };
    let core = RewriteOptions::default();
    assert_eq!(options.max_clauses, core.max_clauses);
    assert_eq!(options.phrases != 0, core.phrases);
    assert_eq!(options.parts != 0, core.parts);
    assert_eq!(options.citations != 0, core.citations);
    assert_eq!(options.fold_case != 0, core.fold_case);
    assert_eq!(options.forms, semrel::SemrelForms::Both as i32);
    assert_eq!(options.default_operator, semrel::SemrelOperator::And as i32);
    assert!(options.expand.is_null() && options.field_count == 0);
}
