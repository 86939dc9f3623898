//! What rewritten queries find in real engines, and what they do not.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use semrel::rewrite::{DefaultOperator, RewriteOptions};
use semrel::{Rewrite, Semrel};
use semrel_engine_tests::documents::{Role, numbered, sentences};
use semrel_engine_tests::{Analysis, Fts5, Postgres, Tantivy};

fn semrel() -> &'static Semrel {
    static SEMREL: OnceLock<Semrel> = OnceLock::new();
    SEMREL.get_or_init(|| Semrel::turkish().unwrap())
}

fn rewrite(query: &str) -> Rewrite {
    let mut options = RewriteOptions::default();
    options.fold_case = true;
    semrel().rewrite(query, &options).unwrap()
}

/// The query alone, in the same tree, so that both go through the same renderer.
fn original(query: &str) -> Rewrite {
    let mut options = RewriteOptions::default();
    options.expand.limit = 0;
    options.fold_case = true;
    options.forms = semrel::rewrite::Forms::Lemma;
    semrel().rewrite(query, &options).unwrap()
}

/// Checks all subjects in one engine.
fn check(engine: &str, search: impl Fn(&Rewrite) -> Vec<usize>) {
    let mut failures = Vec::new();
    for (query, roles) in numbered() {
        let before: BTreeSet<usize> = search(&original(query)).into_iter().collect();
        let ranked = search(&rewrite(query));
        let after: BTreeSet<usize> = ranked.iter().copied().collect();
        if !before.is_subset(&after) {
            failures.push(format!("{query}: the rewritten query lost a sentence"));
        }
        for (number, role) in roles {
            let found = (before.contains(&number), after.contains(&number));
            let right = match role {
                Role::Same => found == (true, true),
                Role::Other => found == (false, true),
                Role::Not => found == (false, false),
            };
            if !right {
                failures.push(format!(
                    "{query}: {role:?} {:?} found before, after: {found:?}\n    {}",
                    sentences().nth(number).unwrap(),
                    rewrite(query).to_lucene(),
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{engine}:\n{}", failures.join("\n"));
}

#[test]
fn tantivy_finds_the_other_name_and_not_the_opposite() {
    let index = Tantivy::new(sentences(), Analysis::Words).unwrap();
    check("tantivy", |rewrite| index.search(rewrite).unwrap());
    check("tantivy, syntax", |rewrite| {
        index.search_syntax(&rewrite.to_tantivy_syntax()).unwrap()
    });
}

#[test]
fn fts5_finds_the_other_name_and_not_the_opposite() {
    let index = Fts5::new(sentences()).unwrap();
    check("FTS5", |rewrite| index.search(&rewrite.to_fts5()).unwrap());
}

#[test]
fn postgresql_finds_the_other_name_and_not_the_opposite() {
    let Some(index) = Postgres::new(sentences(), "simple", "subjects").unwrap() else {
        return;
    };
    check("PostgreSQL", |rewrite| {
        index.search(&[rewrite.to_tsquery()]).unwrap().remove(0)
    });
}

#[test]
fn the_original_ranks_above_its_alternatives() {
    let index = Tantivy::new(
        ["müstecir borcunu ödedi", "kiracı borcunu ödedi"],
        Analysis::Words,
    )
    .unwrap();
    assert_eq!(index.search(&rewrite("kiracı")).unwrap(), [1, 0]);
    assert_eq!(index.search(&rewrite("müstecir")).unwrap(), [0, 1]);
}

#[test]
fn marks_keep_their_meaning() {
    let index = Tantivy::new(sentences(), Analysis::Words).unwrap();
    let fts5 = Fts5::new(sentences()).unwrap();
    for (query, found) in [
        ("kiracının -temerrüdü", 0),
        ("temerrüdü -kiracının", 2),
        ("\"kira akdi\"", 1),
        ("\"kira sözleşmesi\" OR \"kira akdi\"", 2),
        ("kira AND (akdi OR sözleşmesi)", 3),
        ("vasiyetname NOT muteber", 2),
        ("(", 0),
    ] {
        let rewrite = rewrite(query);
        assert_eq!(index.search(&rewrite).unwrap().len(), found, "{query}");
        assert_eq!(
            fts5.search(&rewrite.to_fts5()).unwrap().len(),
            found,
            "{query}"
        );
    }
    for (query, found) in [
        ("vasiyetna*", 3),
        ("muteb?r", 1),
        ("mutebor~1", 1),
        ("/mahf[ua]z/", 1),
    ] {
        assert_eq!(
            index.search(&rewrite(query)).unwrap().len(),
            found,
            "{query}"
        );
    }
    assert_eq!(index.search(&rewrite("number:[3 TO 5}")).unwrap().len(), 2);
    assert_eq!(
        index.search(&rewrite("*:*")).unwrap().len(),
        sentences().count()
    );
}

/// Strings made of what queries are made of.
fn query() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zçğıöşü]{1,6}",
        4 => prop::sample::select(vec![
            "kiracı", "kira sözleşmesi", "kiracının tahliyesi", "TBK m. 344", "2019/12 E.", "ve",
            "AND", "OR", "NOT", "VE", "VEYA", "DEĞİL", "TO", "IN", "NEAR", "NEAR(",
        ]).prop_map(str::to_owned),
        6 => prop::sample::select(vec![
            "\"", "(", ")", "+", "-", "!", "&&", "||", "~", "~2", "^", "^2", "*", "?", ":",
            "body:", "number:>", "number:", "[", "]", "{", "}", "[a TO b]", "{* TO 5]", "/",
            "/a(b)?/", "\\", "\\\"", "'", "“", "”", ",", ";", "<", ">", "=", "@", "#", "$", "%",
            "|", "&", "\0", "\u{7}", "\n", "🏠", "عقد", "契約", "e\u{301}", "<->", ":*", "\"\"",
            "*:*", "--", "`", "\u{0903}", "ⅷ", "²", "_",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec((piece, prop::bool::ANY), 0..24).prop_map(|pieces| {
        pieces
            .into_iter()
            .fold(String::new(), |mut text, (piece, blank)| {
                text += &piece;
                if blank {
                    text.push(' ');
                }
                text
            })
    })
}

fn any_options() -> impl Strategy<Value = RewriteOptions> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(phrases, or, fields)| {
        let mut options = RewriteOptions::default();
        options.phrases = phrases;
        if or {
            options.default_operator = DefaultOperator::Or;
        }
        if fields {
            options.fields = vec!["body".to_owned()];
        }
        options
    })
}

#[test]
fn tantivy_and_fts5_take_whatever_users_write() {
    let tantivy = Tantivy::new(sentences(), Analysis::Words).unwrap();
    let stemmed = Tantivy::new(sentences(), Analysis::Snowball).unwrap();
    let fts5 = Fts5::new(sentences()).unwrap();
    proptest!(ProptestConfig::with_cases(2000), |(text in query(), options in any_options())| {
        let rewrite = semrel().rewrite(&text, &options).unwrap();
        tantivy.search(&rewrite).unwrap();
        stemmed.search(&rewrite).unwrap();
        let syntax = rewrite.to_tantivy_syntax();
        prop_assert!(tantivy.search_syntax(&syntax).is_ok(), "{syntax}");
        let fts = rewrite.to_fts5();
        let answer = fts5.search(&fts);
        prop_assert!(answer.is_ok(), "{}: {:?}", fts, answer);
    });
}

#[test]
fn postgresql_takes_whatever_users_write() {
    for config in ["simple", "turkish"] {
        let Some(postgres) = Postgres::new(sentences(), config, "hostile").unwrap() else {
            return;
        };
        let mut runner = TestRunner::deterministic();
        let strategy = (query(), any_options());
        let mut queries = Vec::new();
        for _ in 0..1000 {
            let (text, options) = strategy.new_tree(&mut runner).unwrap().current();
            queries.push(semrel().rewrite(&text, &options).unwrap().to_tsquery());
        }
        let answers = postgres.search(&queries);
        assert_eq!(answers.unwrap().len(), queries.len(), "{config}");
    }
}

#[test]
fn the_largest_queries_are_taken() {
    let tantivy = Tantivy::new(sentences(), Analysis::Words).unwrap();
    let fts5 = Fts5::new(sentences()).unwrap();
    let postgres = Postgres::new(sentences(), "turkish", "large").unwrap();
    let mut options = RewriteOptions::default();
    options.max_clauses = semrel::rewrite::MAX_QUERY_CLAUSES;
    for text in [
        "kiracı ".repeat(1024),
        "-a ".repeat(1024),
        "a OR ".repeat(1023) + "b",
        "(a AND (b OR ".repeat(500),
        "(".repeat(60_000) + "kiracı tahliye",
        "a".repeat(65_536),
        "\"".to_owned() + &"kira sözleşmesi ".repeat(3_000) + "\"",
        "kiracının tahliyesi davası ".repeat(300),
        "NOT (a OR ".repeat(400) + "b",
    ] {
        let rewrite = semrel().rewrite(&text, &options).unwrap();
        tantivy.search(&rewrite).unwrap();
        tantivy.search_syntax(&rewrite.to_tantivy_syntax()).unwrap();
        fts5.search(&rewrite.to_fts5()).unwrap();
        if let Some(postgres) = &postgres {
            postgres.search(&[rewrite.to_tsquery()]).unwrap();
        }
    }
}
