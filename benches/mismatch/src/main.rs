//! What searches find if documents have another name for a thing than the query: with and without
//! rewriting, and with the engines' own stemmers beside it. Prints the table of the README.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use semrel::rewrite::{Forms, RewriteOptions};
use semrel::{Rewrite, Semrel};
use semrel_engine_tests::{Analysis, Failure, Fts5, Postgres, Tantivy};

/// A query and the numbers of its documents.
struct Case {
    query: String,
    same: usize,
    other: usize,
    near: usize,
}

/// What one way of searching found, over all queries.
#[derive(Default)]
struct Tally {
    same: usize,
    other: usize,
    near: usize,
    strangers: usize,
}

impl Tally {
    fn add(&mut self, case: &Case, found: &[usize]) {
        let found: BTreeSet<usize> = found.iter().copied().collect();
        let own = [case.same, case.other, case.near];
        self.same += usize::from(found.contains(&case.same));
        self.other += usize::from(found.contains(&case.other));
        self.near += usize::from(found.contains(&case.near));
        self.strangers += found.iter().filter(|n| !own.contains(n)).count();
    }

    fn print(&self, way: &str, queries: usize) {
        let right = self.same + self.other;
        let all = right + self.near + self.strangers;
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        println!(
            "| {way} | {:.0} % | {:.0} % | {:.0} % | {:.0} % | {} | {} |",
            share(right, 2 * queries),
            share(self.same, queries),
            share(self.other, queries),
            share(right, all),
            self.near,
            self.strangers
        );
    }
}

fn main() -> Result<(), Failure> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries.txt");
    let text = fs::read_to_string(path)?;
    let mut documents: Vec<&str> = Vec::new();
    let mut cases = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split(" | ").collect();
        let [query, same, other, near] = columns.as_slice() else {
            return Err(format!("not four columns: {line}").into());
        };
        let first = documents.len();
        documents.extend([same, other, near]);
        cases.push(Case {
            query: (*query).to_owned(),
            same: first,
            other: first + 1,
            near: first + 2,
        });
    }
    let semrel = Semrel::turkish()?;
    let with = |forms: Forms, limit: usize| {
        let mut options = RewriteOptions::default();
        options.forms = forms;
        options.fold_case = true;
        if limit == 0 {
            options.expand.limit = 0;
        }
        options
    };
    let off = with(Forms::Lemma, 0);
    let variants = with(Forms::Both, 0);
    let on = with(Forms::Both, 1);
    let mut no_parts = on.clone();
    no_parts.parts = false;
    let rewrites = |options: &RewriteOptions| -> Result<Vec<Rewrite>, Failure> {
        cases
            .iter()
            .map(|case| Ok(semrel.rewrite(&case.query, options)?))
            .collect()
    };
    let (plain, variants) = (rewrites(&off)?, rewrites(&variants)?);
    let (rewritten, no_parts) = (rewrites(&on)?, rewrites(&no_parts)?);

    println!("{} queries, {} documents.\n", cases.len(), documents.len());
    println!(
        "| engine, query | recall | same words | other name | precision | opposites, neighbours | strangers |"
    );
    println!("|---|---|---|---|---|---|---|");
    let ways = [
        ("as written", &plain),
        ("dictionary forms added", &variants),
        ("rewritten", &rewritten),
        ("rewritten, parts left alone", &no_parts),
    ];
    let words = Tantivy::new(documents.iter().copied(), Analysis::Words)?;
    let snowball = Tantivy::new(documents.iter().copied(), Analysis::Snowball)?;
    let fts5 = Fts5::new(documents.iter().copied())?;
    for (name, rewrites) in ways {
        let mut tally = Tally::default();
        for (case, rewrite) in cases.iter().zip(rewrites) {
            tally.add(case, &words.search(rewrite)?);
        }
        tally.print(&format!("tantivy, no stemmer: {name}"), cases.len());
    }
    for (name, rewrites) in ways {
        let mut tally = Tally::default();
        for (case, rewrite) in cases.iter().zip(rewrites) {
            tally.add(case, &snowball.search(rewrite)?);
        }
        tally.print(&format!("tantivy, Snowball: {name}"), cases.len());
    }
    for (name, rewrites) in ways {
        let mut tally = Tally::default();
        for (case, rewrite) in cases.iter().zip(rewrites) {
            tally.add(case, &fts5.search(&rewrite.to_fts5())?);
        }
        tally.print(&format!("SQLite FTS5: {name}"), cases.len());
    }
    for config in ["simple", "turkish"] {
        let Some(postgres) = Postgres::new(documents.iter().copied(), config, "mismatch")? else {
            continue;
        };
        for (name, rewrites) in ways {
            let queries: Vec<String> = rewrites.iter().map(Rewrite::to_tsquery).collect();
            let mut tally = Tally::default();
            for (case, found) in cases.iter().zip(postgres.search(&queries)?) {
                tally.add(case, &found);
            }
            tally.print(&format!("PostgreSQL {config}: {name}"), cases.len());
        }
    }
    if std::env::args().any(|arg| arg == "--misses") {
        for (case, rewrite) in cases.iter().zip(&rewritten) {
            let found = snowball.search(rewrite)?;
            let missed = !found.contains(&case.other);
            let wrong: Vec<&str> = found
                .iter()
                .filter(|n| **n != case.same && **n != case.other)
                .map(|n| documents[*n])
                .collect();
            if missed || !wrong.is_empty() {
                println!("\n{}\n  {}", case.query, rewrite.to_lucene());
                if missed {
                    println!("  missed: {}", documents[case.other]);
                }
                for text in wrong {
                    println!("  wrong:  {text}");
                }
            }
        }
    }
    Ok(())
}
