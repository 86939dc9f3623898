//! What promises not to allocate does not: analysis of a word, lookup of a term, answers of the
//! lexicon in a vector of the caller's.
#![cfg(feature = "tr")]
// A counting allocator cannot be written without.
#![allow(unsafe_code, clippy::unwrap_used)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use semrel::morphology::{Analyzer, Scratch};
use semrel::{ExpandOptions, Relation, Semrel};

struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: everything is passed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        // SAFETY: the caller keeps the contract of `GlobalAlloc::alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `GlobalAlloc::dealloc`.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(work: impl FnOnce()) -> usize {
    let before = COUNT.get();
    work();
    COUNT.get() - before
}

#[test]
fn the_counter_counts() {
    assert_eq!(
        allocations(|| drop(std::hint::black_box(vec![0u8; 100]))),
        1
    );
}

#[test]
fn analysis_does_not_allocate() {
    let analyzer = Analyzer::turkish();
    let mut scratch = Scratch::new();
    let words = [
        "kiracının",
        "tahliyesine",
        "DAVALARDA",
        "ödenmediğinden",
        "haksızlığa",
        "TBK'nın",
        "mirasçılık",
        "sözleşmesinin",
        "hakkında",
        "feshedilmesinden",
        "1982'nin",
        "xyzw",
        "muvafakatnamesi",
        "blokzincirinin",
    ];
    analyzer.analyze_into(&mut scratch, words[0]);
    for word in words {
        let count = allocations(|| {
            for reading in analyzer.analyze_into(&mut scratch, word).iter() {
                std::hint::black_box((reading.features(), reading.cost()));
            }
        });
        assert_eq!(count, 0, "{word}");
    }
}

#[test]
fn looking_up_a_normal_form_does_not_allocate() {
    let semrel = Semrel::turkish().unwrap();
    for text in [
        "saklı pay",
        "kira sözleşmesi",
        "alacaklı",
        "bilinmeyen bir söz",
    ] {
        let count = allocations(|| {
            for term in semrel.lexicon().lookup(text) {
                std::hint::black_box((term.text(), term.postings().count()));
            }
        });
        assert_eq!(count, 0, "{text}");
    }
}

#[test]
fn relations_and_expansions_of_the_lexicon_do_not_allocate() {
    let semrel = Semrel::turkish().unwrap();
    let mut options = ExpandOptions::default();
    options.relations.push(Relation::CoHyponym);
    options.limit = 5;
    let terms = ["mahfuz hisse", "kira sözleşmesi", "alacaklı"];
    let mut found = Vec::new();
    let mut answers = Vec::new();
    for term in terms {
        let mut ask = || {
            semrel.expand_into(term, &options, &mut found).unwrap();
            let pairs = found.iter().map(|expansion| (term, expansion.term));
            semrel.relations_into(pairs, &mut answers).unwrap();
            assert!(!answers.is_empty() && answers.iter().all(Option::is_some));
        };
        ask();
        assert_eq!(allocations(ask), 0, "{term}");
    }
}
