//! On the lexicon path a worker that has been used before allocates nothing.

// Calls of C functions cannot be written without.
#![allow(unsafe_code)]

#[path = "../../tests/common/counting.rs"]
mod counting;

use std::ptr;

use counting::allocations;
use semrel::{
    SemrelExpandOptions, SemrelPair, SemrelString, SemrelWorker, semrel_answer_at,
    semrel_engine_free, semrel_engine_new, semrel_expand, semrel_expand_options_init,
    semrel_expansion_at, semrel_relation, semrel_relations, semrel_worker_free, semrel_worker_new,
};
use semrel_core::Semrel;

fn with_worker(work: impl FnOnce(*mut SemrelWorker)) {
    let (mut engine, mut worker) = (ptr::null_mut(), ptr::null_mut());
    // SAFETY: the places are there, and the handles come from the functions before.
    unsafe {
        assert_eq!(semrel_engine_new(ptr::null(), &raw mut engine) as i32, 0);
        assert_eq!(semrel_worker_new(engine, &raw mut worker) as i32, 0);
        work(worker);
        semrel_worker_free(worker);
        semrel_engine_free(engine);
    }
}

fn string(text: &str) -> SemrelString {
    SemrelString {
        data: text.as_ptr().cast(),
        len: text.len(),
    }
}

fn expand(worker: *mut SemrelWorker, term: &str, options: *const SemrelExpandOptions) -> usize {
    let mut count = 0;
    // SAFETY: a text with its length, a living worker, a place for the number.
    let status = unsafe {
        semrel_expand(
            worker,
            term.as_ptr().cast(),
            term.len(),
            options,
            &raw mut count,
        )
    };
    assert_eq!(status as i32, 0);
    count
}

#[test]
fn relations_and_expansions_do_not_allocate() {
    let terms = [
        "saklı pay",
        "mahfuz hisse",
        "kira sözleşmesi",
        "alacaklı",
        "kiracı",
    ];
    let pairs = terms.map(|term| SemrelPair {
        first: string(term),
        second: string("kiracı"),
    });
    let known = &pairs[4..];
    with_worker(|worker| {
        let mut options = std::mem::MaybeUninit::<SemrelExpandOptions>::uninit();
        let size = size_of::<SemrelExpandOptions>();
        // SAFETY: there is room for as many bytes; the function fills them all.
        let mut options = unsafe {
            semrel_expand_options_init(options.as_mut_ptr(), size);
            options.assume_init()
        };
        options.domain = string("inheritance");
        let ask = || {
            let mut found = 0;
            for term in terms {
                found += expand(worker, term, ptr::null());
                found += expand(worker, term, &raw const options);
                // SAFETY: as above; texts with their lengths.
                unsafe {
                    let best = semrel_expansion_at(worker, 0)
                        .as_ref()
                        .map_or(string(term), |best| best.term);
                    let (data, len) = (term.as_ptr().cast(), term.len());
                    semrel_relation(worker, data, len, best.data, best.len, ptr::null_mut());
                    assert!(!semrel_answer_at(worker, 0).is_null());
                    semrel_relations(worker, known.as_ptr(), known.len());
                }
            }
            found
        };
        let expected = ask();
        ask();
        let mut found = 0;
        assert_eq!(allocations(|| found = ask()), 0);
        assert_eq!(found, expected);
        assert!(found > terms.len());
    });
}

/// Nearly all terms of the pack: the others share their normal form with another spelling or are not
/// in normal form themselves, which the core looks at with memory of its own.
#[test]
fn nearly_all_terms_of_the_pack_expand_without_allocation() {
    let semrel = Semrel::turkish().expect("the embedded pack");
    with_worker(|worker| {
        let (mut free, mut all) = (0, 0);
        for term in semrel.lexicon().terms() {
            let term = term.text();
            expand(worker, term, ptr::null());
            all += 1;
            free += usize::from(
                allocations(|| {
                    expand(worker, term, ptr::null());
                }) == 0,
            );
        }
        println!("{free} of {all} terms expand without allocation");
        assert!(all > 50_000 && free * 10 > all * 9, "{free} of {all}");
    });
}
