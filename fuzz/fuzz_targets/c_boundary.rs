//! The C library, called with whatever C can pass: bytes for text, `NULL`, options of every size and
//! content, indexes beyond the end, workers that outlive their engine.
//!
//! The first byte of a call says which it is, the next ones are its arguments, the rest of the input
//! the next call.
#![no_main]

use std::ffi::{CStr, c_char};
use std::ptr;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use semrel::{LabelledPair, LexiconBuilder, Manifest, PackBuilder, Relation};
use semrel_capi::*;

/// Bytes that the arguments of calls are taken from.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        first
    }

    fn bytes(&mut self) -> &'a [u8] {
        let len = usize::from(self.byte()).min(self.0.len());
        let (bytes, rest) = self.0.split_at(len);
        self.0 = rest;
        bytes
    }

    /// A pointer and a length that belong together: text, nothing, or `NULL` with a length.
    fn text(&mut self) -> (*const c_char, usize) {
        let bytes = self.bytes();
        match bytes.first() {
            Some(0) => (ptr::null(), bytes.len()),
            Some(1) => (c"saklı pay".as_ptr(), SEMREL_NUL_TERMINATED),
            Some(2) => ("mahfuz hisse".as_ptr().cast(), 12),
            _ => (bytes.as_ptr().cast(), bytes.len()),
        }
    }

    fn string(&mut self) -> SemrelString {
        let (data, len) = self.text();
        SemrelString { data, len }
    }

    /// Memory for a struct that says of itself how long it is, and is as long. Its content is that of
    /// a sound struct with some bytes of the input written over the numbers, never over the pointers.
    fn options<T: Copy>(&mut self, sound: T, pointers: usize) -> Vec<u64> {
        let size = usize::from(self.byte()) % (size_of::<T>() + 24);
        let mut memory = vec![0u64; size.max(size_of::<T>()).div_ceil(8)];
        let noise = self.bytes();
        // SAFETY: there is room for both; structs of numbers and pointers may have any bytes.
        unsafe {
            let start = memory.as_mut_ptr().cast::<u8>();
            start.cast::<T>().write(sound);
            for (at, &byte) in (8..pointers).zip(noise) {
                start.add(at).write(byte);
            }
            if size < size_of::<T>() || size % 2 == 0 {
                start.cast::<usize>().write(size);
            }
        }
        memory
    }
}

fn engine(overlay: *const SemrelOverlay) -> *mut SemrelEngine {
    static PACK: OnceLock<Vec<u8>> = OnceLock::new();
    let pack = PACK.get_or_init(|| {
        let mut builder = LexiconBuilder::new();
        for (a, b, label) in [
            ("saklı pay", "mahfuz hisse", Relation::Synonym),
            ("hâkim", "yargıç", Relation::Synonym),
            ("hakim", "bilge", Relation::Synonym),
            ("alacaklı", "borçlu", Relation::Antonym),
            ("a", "b", Relation::CoHyponym),
        ] {
            builder.add_pair(&LabelledPair::new(a, b, label)).unwrap();
        }
        let (image, report) = builder.build().unwrap();
        let pack = PackBuilder::new(Manifest::new("fuzz", "tr", "1"), image, &report);
        pack.to_bytes().unwrap()
    });
    let options = SemrelEngineOptions {
        size: size_of::<SemrelEngineOptions>(),
        overlay,
    };
    let mut engine = ptr::null_mut();
    let bytes = pack.as_ptr().cast();
    // SAFETY: the pack stays, the options are sound.
    let status = unsafe {
        semrel_engine_new_from_borrowed(
            bytes,
            pack.len(),
            None,
            ptr::null_mut(),
            &options,
            &mut engine,
        )
    };
    assert_eq!(status, SemrelStatus::Ok);
    engine
}

/// Everything that a string promises.
fn check(string: SemrelString) {
    if string.data.is_null() {
        assert_eq!(string.len, 0);
        return;
    }
    // SAFETY: the library says so.
    let bytes = unsafe { std::slice::from_raw_parts(string.data.cast::<u8>(), string.len + 1) };
    assert_eq!(bytes[string.len], 0);
    std::str::from_utf8(bytes).unwrap();
}

fuzz_target!(|data: &[u8]| {
    let mut input = Input(data);
    // SAFETY: pointers come with their lengths, handles from the library, each freed once.
    unsafe {
        let mut overlay = ptr::null_mut();
        assert_eq!(semrel_overlay_new(&mut overlay), SemrelStatus::Ok);
        for _ in 0..input.byte() % 4 {
            let ((a, a_len), (b, b_len)) = (input.text(), input.text());
            if input.byte() % 2 == 0 {
                semrel_overlay_forbid(overlay, a, a_len, b, b_len);
                continue;
            }
            let sound = SemrelOverlayEntry {
                size: size_of::<SemrelOverlayEntry>(),
                relation: 1,
                one_way: 0,
                weight: 1.0,
                domain: input.string(),
            };
            let entry = input.options(sound, 20);
            semrel_overlay_add(overlay, a, a_len, b, b_len, entry.as_ptr().cast());
        }
        let engine = engine(overlay);
        semrel_overlay_free(overlay);
        let mut worker = ptr::null_mut();
        assert_eq!(semrel_worker_new(engine, &mut worker), SemrelStatus::Ok);
        semrel_engine_free(engine);
        while !input.0.is_empty() {
            let status = call(worker, &mut input);
            assert_ne!(
                status,
                SemrelStatus::Panic,
                "{:?}",
                CStr::from_ptr(semrel_last_error(ptr::null_mut()))
            );
        }
        semrel_worker_free(worker);
    }
});

/// One call, and a look at what it answers.
unsafe fn call(worker: *mut SemrelWorker, input: &mut Input<'_>) -> SemrelStatus {
    let kind = input.byte();
    let (text, len) = input.text();
    let index = usize::from(input.byte());
    let mut count = 0;
    let mut string = SemrelString {
        data: ptr::null(),
        len: 0,
    };
    // SAFETY: as for the caller.
    unsafe {
        match kind % 12 {
            0 => {
                let (b, b_len) = input.text();
                let mut answer = ptr::null();
                let status = semrel_relation(worker, text, len, b, b_len, &mut answer);
                assert_eq!(status == SemrelStatus::Ok, !answer.is_null());
                if let Some(answer) = answer.as_ref() {
                    check(answer.source);
                    check(answer.domain);
                }
                status
            }
            1 => {
                let pairs: Vec<SemrelPair> = (0..index % 4)
                    .map(|_| SemrelPair {
                        first: input.string(),
                        second: input.string(),
                    })
                    .collect();
                let status = semrel_relations(worker, pairs.as_ptr(), pairs.len());
                assert_eq!(semrel_answer_at(worker, pairs.len()), ptr::null());
                status
            }
            2 | 3 => {
                let sound = SemrelExpandOptions {
                    size: size_of::<SemrelExpandOptions>(),
                    limit: index,
                    min_score: 0.0,
                    relations: 2,
                    max_distance: 2,
                    models: 1,
                    domain: input.string(),
                };
                let options = input.options(sound, 32);
                let options = if kind % 12 == 2 {
                    ptr::null()
                } else {
                    options.as_ptr().cast()
                };
                let status = semrel_expand(worker, text, len, options, &mut count);
                for at in 0..count {
                    let found = semrel_expansion_at(worker, at).as_ref().unwrap();
                    assert!(found.relation != SemrelRelation::Antonym && found.term.len > 0);
                    check(found.term);
                }
                assert_eq!(semrel_expansion_at(worker, count), ptr::null());
                status
            }
            4 => {
                let expand = SemrelExpandOptions {
                    size: size_of::<SemrelExpandOptions>(),
                    limit: index,
                    min_score: 0.5,
                    relations: 2,
                    max_distance: 2,
                    models: 0,
                    domain: SemrelString {
                        data: ptr::null(),
                        len: 0,
                    },
                };
                let expand = input.options(expand, 32);
                let fields = [input.string(), input.string()];
                let sound = SemrelRewriteOptions {
                    size: size_of::<SemrelRewriteOptions>(),
                    expand: expand.as_ptr().cast(),
                    max_clauses: 256,
                    forms: 0,
                    default_operator: 0,
                    phrases: 0,
                    parts: 1,
                    citations: 0,
                    fold_case: 0,
                    fields: fields.as_ptr(),
                    field_count: index % 3,
                    fixed_fields: ptr::null(),
                    fixed_field_count: 0,
                };
                let mut options = sound;
                options.max_clauses = usize::from(input.byte());
                options.forms = i32::from(input.byte()) - 1;
                options.default_operator = i32::from(input.byte() % 4) - 1;
                semrel_rewrite(worker, text, len, &options, &mut count)
            }
            5 => semrel_rewrite(worker, text, len, ptr::null(), &mut count),
            6 => {
                let status = semrel_render(worker, index as i32 - 1, &mut string);
                check(string);
                if let Some(added) = semrel_alternative_at(worker, index).as_ref() {
                    check(added.text);
                    check(added.explanation);
                }
                status
            }
            7 => {
                let status = semrel_segment(worker, text, len, &mut count);
                for at in 0..count {
                    check(semrel_span_at(worker, at).as_ref().unwrap().term);
                }
                status
            }
            8 => {
                let status = semrel_lookup(worker, text, len, &mut count);
                for at in 0..count {
                    let term = semrel_term_at(worker, at).as_ref().unwrap();
                    check(term.text);
                    for posting in 0..term.postings {
                        check(
                            semrel_posting_at(worker, at, posting)
                                .as_ref()
                                .unwrap()
                                .term,
                        );
                    }
                    assert_eq!(semrel_posting_at(worker, at, term.postings), ptr::null());
                }
                status
            }
            9 => semrel_suggest(worker, text, len, index, &mut count),
            10 => {
                let status = semrel_normal_form(worker, text, len, &mut string);
                check(string);
                semrel_lemma(worker, text, len, &mut string);
                check(string);
                status
            }
            _ => {
                let mut overlay = ptr::null_mut();
                let status = semrel_overlay_read(text, len, &mut overlay);
                semrel_overlay_free(overlay);
                status
            }
        }
    }
}
