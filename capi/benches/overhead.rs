//! What a call through the C interface costs beside the same call of the Rust library, in one run:
//! `cargo bench -p semrel-capi`. Prints a table; medians over rounds in which both take turns.

#![allow(unsafe_code)]

use std::hint::black_box;
use std::ptr;
use std::time::Instant;

use semrel::{
    SemrelWorker, semrel_engine_free, semrel_engine_new, semrel_expand, semrel_expansion_at,
    semrel_relation, semrel_render, semrel_rewrite, semrel_worker_free, semrel_worker_new,
};
use semrel_core::{ExpandOptions, RewriteOptions, Semrel};

const ROUNDS: usize = 201;
const PAIRS: [(&str, &str); 6] = [
    ("alacaklı", "borçlu"),
    ("saklı pay", "mahfuz hisse"),
    ("kira sözleşmesi", "kira akdi"),
    ("alıcı", "satıcı"),
    ("kiracı", "müstecir"),
    ("taşınır", "taşınmaz"),
];
const QUERIES: [&str; 3] = ["müstecir", "kiracının tahliyesi", "saklı pay -vasiyet"];

/// A worker of the C interface.
struct Worker(*mut SemrelWorker);

impl Worker {
    fn open() -> Self {
        let mut engine = ptr::null_mut();
        let mut worker = ptr::null_mut();
        // SAFETY: the places are there, and the handles come from the functions before.
        unsafe {
            assert_eq!(semrel_engine_new(ptr::null(), &raw mut engine) as i32, 0);
            assert_eq!(semrel_worker_new(engine, &raw mut worker) as i32, 0);
            semrel_engine_free(engine);
        }
        Worker(worker)
    }

    fn relation(&self, a: &str, b: &str) {
        let mut answer = ptr::null();
        // SAFETY: texts with their lengths, a living worker, a place for the answer.
        let status = unsafe {
            semrel_relation(
                self.0,
                a.as_ptr().cast(),
                a.len(),
                b.as_ptr().cast(),
                b.len(),
                &raw mut answer,
            )
        };
        assert_eq!(status as i32, 0);
        black_box(answer);
    }

    fn expand(&self, term: &str) {
        let mut count = 0;
        // SAFETY: as above.
        unsafe {
            let status = semrel_expand(
                self.0,
                term.as_ptr().cast(),
                term.len(),
                ptr::null(),
                &raw mut count,
            );
            assert_eq!(status as i32, 0);
            for at in 0..count {
                black_box(semrel_expansion_at(self.0, at));
            }
        }
    }

    fn rewrite(&self, query: &str) {
        let mut text = semrel::SemrelString {
            data: ptr::null(),
            len: 0,
        };
        // SAFETY: as above.
        unsafe {
            let status = semrel_rewrite(
                self.0,
                query.as_ptr().cast(),
                query.len(),
                ptr::null(),
                ptr::null_mut(),
            );
            assert_eq!(status as i32, 0);
            let syntax = semrel::SemrelSyntax::Fts5 as i32;
            assert_eq!(semrel_render(self.0, syntax, &raw mut text) as i32, 0);
        }
        black_box(text.len);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // SAFETY: it was opened by `open` and is freed once.
        unsafe { semrel_worker_free(self.0) };
    }
}

/// Nanoseconds per call of `first` and `second`: medians of rounds of `calls` calls, by turns.
fn compare(calls: usize, mut first: impl FnMut(), mut second: impl FnMut()) -> (f64, f64) {
    fn time(calls: usize, work: &mut impl FnMut()) -> f64 {
        let start = Instant::now();
        work();
        start.elapsed().as_nanos() as f64 / calls as f64
    }
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(time(calls, &mut first));
        theirs.push(time(calls, &mut second));
    }
    for times in [&mut ours, &mut theirs] {
        times.sort_by(f64::total_cmp);
    }
    (ours[ROUNDS / 2], theirs[ROUNDS / 2])
}

fn main() {
    let semrel = Semrel::turkish().expect("the embedded pack");
    let worker = Worker::open();
    let expand = ExpandOptions::default();
    let rewrite = RewriteOptions::default();
    let repeat = 200;

    let rows = [
        (
            "relation",
            compare(
                PAIRS.len() * repeat,
                || {
                    for (a, b) in PAIRS.iter().cycle().take(PAIRS.len() * repeat) {
                        black_box(semrel.relation(a, b).expect("two terms"));
                    }
                },
                || {
                    for (a, b) in PAIRS.iter().cycle().take(PAIRS.len() * repeat) {
                        worker.relation(a, b);
                    }
                },
            ),
        ),
        (
            "expand, all results read",
            compare(
                PAIRS.len() * repeat,
                || {
                    for (term, _) in PAIRS.iter().cycle().take(PAIRS.len() * repeat) {
                        black_box(semrel.expand(term, &expand).expect("a term"));
                    }
                },
                || {
                    for (term, _) in PAIRS.iter().cycle().take(PAIRS.len() * repeat) {
                        worker.expand(term);
                    }
                },
            ),
        ),
        (
            "rewrite and render for FTS5",
            compare(
                QUERIES.len(),
                || {
                    for query in QUERIES {
                        let rewrite = semrel.rewrite(query, &rewrite).expect("a query");
                        black_box((rewrite.alternatives().count(), rewrite.to_fts5()));
                    }
                },
                || QUERIES.iter().for_each(|query| worker.rewrite(query)),
            ),
        ),
    ];
    println!("| call | Rust | C | difference |\n|---|---:|---:|---:|");
    for (what, (rust, c)) in rows {
        println!(
            "| {what} | {rust:.0} ns | {c:.0} ns | {:+.0} ns |",
            c - rust
        );
    }
}
