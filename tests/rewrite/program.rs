//! `semrel rewrite`: output, JSON, exit status, streams.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::{LAW, common};

struct World {
    folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pack = common::pack_builder(LAW).to_bytes().unwrap();
        std::fs::write(folder.path().join("law.pack"), pack).unwrap();
        World { folder }
    }

    fn run(&self, args: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_semrel"))
            .arg("rewrite")
            .args(args)
            .env("SEMREL_PACK", self.folder.path().join("law.pack"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).ok();
        drop(stdin);
        child.wait_with_output().unwrap()
    }
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

#[test]
fn every_engine_has_its_rendering() {
    let world = World::new();
    for (engine, rendered) in [
        ("lucene", "(kiracı OR müstecir^0.85) -depo\n"),
        ("solr", "+(kiracı OR müstecir^0.85) -depo\n"),
        ("tantivy", "+(\"kiracı\" OR \"müstecir\"^0.85) -\"depo\"\n"),
        ("fts5", "(\"kiracı\" OR \"müstecir\") NOT \"depo\"\n"),
        ("tsquery", "('kiracı' | 'müstecir') & !'depo'\n"),
        ("plain", "kiracı müstecir\n"),
    ] {
        let output = world.run(&["kiracı -depo", "--to", engine], "");
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(stdout(&output), rendered, "{engine}");
    }
    for engine in ["elasticsearch", "opensearch"] {
        let output = world.run(&["kiracı", "--to", engine, "--field", "metin"], "");
        let body: Value = serde_json::from_str(stdout(&output)).unwrap();
        let queries = &body["query"]["dis_max"]["queries"];
        assert_eq!(queries[1]["match"]["metin"]["query"], "müstecir");
    }
}

#[test]
fn json_says_what_was_added_and_why() {
    let world = World::new();
    let output = world.run(
        &[
            "kiracının borcu",
            "--to",
            "plain",
            "--json",
            "--explain",
            "--forms",
            "surface",
        ],
        "",
    );
    let answer: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(answer["query"], "kiracının borcu");
    assert_eq!(answer["to"], "plain");
    assert_eq!(answer["rewritten"], "kiracının müstecirin borcu");
    let added = &answer["alternatives"][0];
    assert_eq!(added["text"], "müstecirin");
    assert_eq!(added["term"], "müstecir");
    assert_eq!(added["written_term"], "kiracı");
    assert_eq!(added["relation"], "synonym");
    assert_eq!(added["evidence"], "lexicon");
    assert_eq!(
        (added["start"].as_u64(), added["end"].as_u64()),
        (Some(0), Some(11))
    );
    assert!(
        added["explanation"]
            .as_str()
            .unwrap()
            .contains("stands for")
    );

    let output = world.run(&["kiracının borcu", "--to", "plain", "--explain"], "");
    assert!(stdout(&output).contains("\"müstecirin\" stands for \"kiracının\""));
}

#[test]
fn lines_are_answered_in_order() {
    let world = World::new();
    let input = "kiracı\n\n{\"query\":\"tahliye\"}\n-depo\n";
    let output = world.run(&["--input", "-", "--to", "fts5", "--limit", "1"], input);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        stdout(&output),
        "\"kiracı\" OR \"müstecir\"\n\"tahliye\" OR \"boşaltma\"\n\"\"\n"
    );
}

#[test]
fn bad_input_is_named() {
    let world = World::new();
    let output = world.run(&["( \" AND", "--to", "fts5"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("nothing to search for"));
    let output = world.run(&["kira", "--to", "altavista"], "");
    assert_eq!(output.status.code(), Some(2));
    let output = world.run(&["kira", "--to", "lucene", "--max-clauses", "0"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("1 to 1024"));
    let long = format!("kira\n{}\nfesih\n", "a ".repeat(40_000));
    let output = world.run(&["--input", "-", "--to", "plain", "--keep-going"], &long);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("line 2: a query of 8"),
        "{}",
        stderr(&output)
    );
    assert_eq!(stdout(&output).lines().count(), 2);
}
