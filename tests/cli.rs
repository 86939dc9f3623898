//! The program's contract: commands, JSON, exit status, bad input.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

mod common;

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use common::{PAIRS, pack_builder, pair};
use serde_json::{Value, json};

/// A pack of the test lexicon in a folder of its own.
struct World {
    folder: tempfile::TempDir,
    pack: PathBuf,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("test.pack");
        std::fs::write(&pack, pack_builder(PAIRS).to_bytes().unwrap()).unwrap();
        World { folder, pack }
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = program();
        command.args(args).env("SEMREL_PACK", &self.pack);
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    fn run_with_input(&self, args: &[&str], input: &[u8]) -> Output {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let writer = std::thread::spawn(move || stdin.write_all(&input));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap().ok();
        output
    }
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_semrel"));
    command.env_remove("SEMREL_PACK");
    command
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn json_lines(output: &Output) -> Vec<Value> {
    stdout(output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn relation_of_one_pair() {
    let world = World::new();
    let output = world.run(&["relation", "alıcı", "SATICI", "--json"]);
    assert_eq!(status(&output), 0);
    let answer = &json_lines(&output)[0];
    assert_eq!(answer["sentence1"], "alıcı");
    assert_eq!(answer["sentence2"], "SATICI");
    assert_eq!(answer["label"], "antonym");
    assert_eq!(answer["evidence"], "lexicon");
    let scores = answer["scores"].as_object().unwrap();
    let names: Vec<_> = scores.keys().map(String::as_str).collect();
    assert_eq!(names, ["antonym", "co_hyponym", "synonym", "unrelated"]);
    assert_eq!(scores["antonym"], json!(0.95));

    let output = world.run(&["relation", "alıcı", "satıcı"]);
    assert!(
        stdout(&output).starts_with("antonym  0.95"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn nothing_found_is_status_1() {
    let world = World::new();
    let output = world.run(&["relation", "alıcı", "sozlesme", "--json"]);
    assert_eq!(status(&output), 1);
    assert_eq!(json_lines(&output)[0]["label"], Value::Null);
    let output = world.run(&["expand", "yargic"]);
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("did you mean yargıç?"));
    assert_eq!(stdout(&output), "");
    let output = world.run(&["expand", "yargic", "--json"]);
    assert_eq!(
        json_lines(&output)[0],
        json!({"term":"yargic","expansions":[],"did_you_mean":["yargıç"]})
    );
    assert_eq!(status(&world.run(&["lookup", "yargic"])), 1);
}

#[test]
fn expansion_as_the_contract_says() {
    let world = World::new();
    let output = world.run(&["expand", "mahfuz hisse", "--json"]);
    assert_eq!(status(&output), 0);
    let answer = &json_lines(&output)[0];
    assert_eq!(answer["term"], "mahfuz hisse");
    let first = &answer["expansions"][0];
    assert_eq!(first["term"], "saklı pay");
    assert_eq!(first["relation"], "synonym");
    assert_eq!(first["score"], json!(0.95));
    assert_eq!(first["evidence"], "lexicon");
    assert_eq!(first["gloss"], "yasal miras payının dokunulamaz bölümü");

    let output = world.run(&[
        "expand",
        "kira sözleşmesi",
        "--relations",
        "synonym,co-hyponym",
    ]);
    assert!(stdout(&output).contains("satış sözleşmesi"));
    let output = world.run(&["expand", "TBK", "--limit", "1", "--json"]);
    assert_eq!(
        json_lines(&output)[0]["expansions"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let output = world.run(&["expand", "TBK", "--min-score", "0.96"]);
    assert_eq!(status(&output), 1);
}

#[test]
fn the_decision_can_be_restricted() {
    let world = World::new();
    let args = [
        "relation",
        "alıcı",
        "satıcı",
        "--labels",
        "synonym,co-hyponym",
        "--json",
    ];
    let output = world.run(&args);
    assert_eq!(json_lines(&output)[0]["label"], "co_hyponym");
}

#[test]
fn many_pairs_in_their_order() {
    let world = World::new();
    let tsv = world.file(
        "pairs.tsv",
        "alıcı\tsatıcı\n\nsaklı pay\tmahfuz hisse\textra\nx\ty\n",
    );
    let output = world.run(&["relation", "--input", &tsv, "--json"]);
    assert_eq!(status(&output), 0);
    let labels: Vec<_> = json_lines(&output)
        .iter()
        .map(|a| a["label"].clone())
        .collect();
    assert_eq!(labels, [json!("antonym"), json!("synonym"), Value::Null]);

    let jsonl = "{\"sentence1\":\"TBK'nın\",\"sentence2\":\"TTK\"}\n";
    let output = world.run_with_input(&["relation", "--input", "-", "--json"], jsonl.as_bytes());
    assert_eq!(json_lines(&output)[0]["label"], "co_hyponym");

    let terms = "saklı pay\n{\"term\":\"hâkim\"}\n";
    let output = world.run_with_input(&["expand", "--input", "-", "--json"], terms.as_bytes());
    let found: Vec<_> = json_lines(&output)
        .iter()
        .map(|a| a["term"].clone())
        .collect();
    assert_eq!(found, ["saklı pay", "hâkim"]);
}

#[test]
fn a_bad_line_stops_or_is_passed_over_on_request() {
    let world = World::new();
    let lines = b"{\"sentence1\":\"al\xc4\xb1c\xc4\xb1\",\"sentence2\":\"sat\xc4\xb1c\xc4\xb1\"}\n\
        {\"sentence1\":\n\
        no tab here\n\
        \xff\xfe\tx\n\
        sakl\xc4\xb1 pay\tmahfuz hisse\n";
    let input = world.file("pairs.jsonl", lines);
    let output = world.run(&["relation", "--input", &input, "--json"]);
    assert_eq!(status(&output), 2);
    assert_eq!(json_lines(&output).len(), 1);
    assert!(
        stderr(&output).contains("line 2: malformed JSON"),
        "{}",
        stderr(&output)
    );

    let output = world.run(&["relation", "--input", &input, "--json", "--keep-going"]);
    assert_eq!(status(&output), 2);
    assert_eq!(json_lines(&output).len(), 2);
    for reason in [
        "line 2: malformed JSON",
        "line 3: not a pair",
        "line 4: not UTF-8",
    ] {
        assert!(stderr(&output).contains(reason), "{}", stderr(&output));
    }
}

#[test]
fn bad_usage_is_status_2() {
    let world = World::new();
    let long = "a".repeat(5000);
    for (args, reason) in [
        (&["relation", "alıcı"][..], "required"),
        (&["expand"], "required"),
        (&["expand", "  "], "is no term"),
        (&["expand", &long], "too long"),
        (
            &["expand", "hak", "--relations", "antonym"],
            "never stand for a term",
        ),
        (
            &["expand", "hak", "--relations", "hyponym"],
            "unknown relation",
        ),
        (&["expand", "hak", "--min-score", "7"], "between 0 and 1"),
        (&["expand", "hak", "--domain", "cooking"], "no field"),
        (
            &["expand", "--input", "no such file"],
            "cannot read no such file",
        ),
        (&["expand", "--input", "."], "it is a folder"),
        (
            &["relation", "a", "b", "--no-lexicon"],
            "the pack has no models",
        ),
        (&["info", "--pack", "Cargo.toml"], "not a pack"),
        (&["nonsense"], "unrecognized subcommand"),
    ] {
        let output = world.run(args);
        assert_eq!(status(&output), 2, "{args:?}");
        assert!(
            stderr(&output).contains(reason),
            "{args:?}: {}",
            stderr(&output)
        );
        assert_eq!(stdout(&output), "", "{args:?}");
    }
}

#[test]
fn an_answer_comes_while_the_stream_is_open() {
    let world = World::new();
    let mut child = world
        .command(&["expand", "--input", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for term in ["TBK", "saklı pay"] {
        writeln!(stdin, "{term}").unwrap();
        stdin.flush().unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["term"], term);
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let world = World::new();
    let many = "TBK\n".repeat(50_000);
    let input = world.file("terms.txt", many);
    let mut child = world
        .command(&["expand", "--input", &input])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.next().unwrap().unwrap();
    drop(lines);
    let output = child.wait_with_output().unwrap();
    assert_eq!(status(&output), 0);
    assert_eq!(stderr(&output), "");
}

#[test]
fn the_users_own_entries() {
    let world = World::new();
    let overlay = world.file(
        "own.jsonl",
        "{\"sentence1\":\"müvekkil\",\"sentence2\":\"danışan\",\"label\":\"synonym\"}\n\
         {\"forbid\":[\"saklı pay\",\"mahfuz hisse\"]}\n",
    );
    let output = world.run(&["expand", "müvekkil", "--overlay", &overlay]);
    assert!(stdout(&output).contains("danışan"));
    let output = world.run(&["expand", "saklı pay", "--overlay", &overlay]);
    assert_eq!(status(&output), 1);
    let bad = world.file("bad.jsonl", "{\"forbid\":[\"saklı pay\"]}\n");
    let output = world.run(&["expand", "saklı pay", "--overlay", &bad]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("line 1"), "{}", stderr(&output));
}

fn labels() -> String {
    PAIRS
        .iter()
        .map(|text| serde_json::to_string(&pair(text)).unwrap() + "\n")
        .collect()
}

#[test]
fn build_and_use_a_pack_of_ones_own() {
    let world = World::new();
    let input = world.file("labels.jsonl", labels());
    for (target, extra) in [("own.pack", &[][..]), ("own", &["--folder"])] {
        let pack = world.path(target);
        let mut args = vec!["build", &input, "-o", &pack, "--name", "own"];
        args.extend(extra);
        let output = world.run(&args);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        assert!(stderr(&output).contains("28 pairs"), "{}", stderr(&output));
        let output = world.run(&["expand", "mahfuz hisse", "--pack", &pack]);
        assert!(stdout(&output).contains("saklı pay"));
        let output = world.run(&["info", "--pack", &pack, "--json"]);
        let info = &json_lines(&output)[0];
        assert_eq!(info["name"], "own");
        assert_eq!(info["counts"]["antonym"], 4);
    }
}

#[test]
fn what_is_exported_can_be_built_from() {
    let world = World::new();
    let export = |pack: &str, format: &str| {
        let output = world.run(&["export", "--to", format, "--pack", pack]);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        stdout(&output).to_owned()
    };
    let original = world.pack.to_str().unwrap().to_owned();
    let jsonl = export(&original, "jsonl");
    for (format, name) in [
        ("jsonl", "x.jsonl"),
        ("wordnet", "x.xml"),
        ("solr", "x.txt"),
    ] {
        let file = world.path(name);
        let output = world.run(&["export", "--to", format, "-o", &file]);
        assert_eq!((status(&output), stdout(&output)), (0, ""));
        assert_eq!(
            std::fs::read_to_string(&file).unwrap(),
            export(&original, format)
        );
        let pack = world.path("again.pack");
        let output = world.run(&["build", &file, "-o", &pack]);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        for (term, expected) in [("mahfuz hisse", "saklı pay"), ("hukuk", "medeni hukuk")] {
            let output = world.run(&["expand", term, "--pack", &pack]);
            assert!(stdout(&output).contains(expected), "{format}: {term}");
        }
        assert_eq!(
            status(&world.run(&["expand", "medeni hukuk", "--pack", &pack])),
            1
        );
        if format == "jsonl" {
            assert_eq!(export(&pack, "jsonl"), jsonl);
        }
    }
    assert!(export(&original, "skos").contains("skos:prefLabel \"saklı pay\"@tr"));
    assert!(export(&original, "elasticsearch").starts_with("{\"synonyms_set\":["));
    let output = world.run(&["export", "--to", "csv"]);
    assert_eq!(status(&output), 2);
    assert!(
        stderr(&output).contains("unknown format"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn solr_rules_with_escapes_and_arrows() {
    let world = World::new();
    let rules = "# yorum\nsaklı pay, mahfuz hisse\nmüvekkil => danışan\nA\\, B, C\nx => y => z\n";
    let input = world.file("synonyms.txt", rules);
    let pack = world.path("solr.pack");
    let output = world.run(&["build", &input, "-o", &pack]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("line 5"), "{}", stderr(&output));
    let output = world.run(&["build", &input, "-o", &pack, "--keep-going"]);
    assert_eq!(status(&output), 2);
    let output = world.run(&["expand", "C", "--pack", &pack]);
    assert!(stdout(&output).contains("A, B"), "{}", stdout(&output));
    assert_eq!(
        status(&world.run(&["expand", "müvekkil", "--pack", &pack])),
        0
    );
    assert_eq!(
        status(&world.run(&["expand", "danışan", "--pack", &pack])),
        1
    );
}

#[test]
fn the_same_labels_give_the_same_bytes() {
    let world = World::new();
    let input = world.file("labels.jsonl", labels());
    let (a, b) = (world.path("a.pack"), world.path("b.pack"));
    for pack in [&a, &b] {
        assert_eq!(status(&world.run(&["build", &input, "-o", pack, "-q"])), 0);
    }
    assert_eq!(std::fs::read(a).unwrap(), std::fs::read(b).unwrap());
}

#[test]
fn a_failed_build_leaves_nothing_behind() {
    let world = World::new();
    let pack = world.path("out.pack");
    std::fs::write(&pack, "what was there before").unwrap();
    let bad = world.file("bad.jsonl", format!("{}{{\"sentence1\":1}}\n", labels()));
    let empty = world.file("empty.jsonl", "\n\n");
    let unknown = world.file("labels.csv", "a,b");
    for (input, reason) in [
        (&bad, "line 29: malformed JSON"),
        (&empty, "holds no term"),
        (&unknown, "cannot tell the format"),
    ] {
        let output = world.run(&["build", input, "-o", &pack]);
        assert_eq!(status(&output), 2);
        assert!(stderr(&output).contains(reason), "{}", stderr(&output));
        assert_eq!(
            std::fs::read_to_string(&pack).unwrap(),
            "what was there before"
        );
    }
    let names = |folder: &Path| std::fs::read_dir(folder).unwrap().count();
    assert_eq!(names(world.folder.path()), 5, "no temporary file stays");

    let output = world.run(&["build", &bad, "-o", &pack, "--keep-going"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("line 29"));
    assert_eq!(status(&world.run(&["info", "--pack", &pack])), 0);
    let nowhere = world.path("no/such/folder/x.pack");
    let output = world.run(&["build", &bad, "-o", &nowhere, "--keep-going"]);
    assert!(
        stderr(&output).contains("cannot write"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn conflicting_labels_are_reported() {
    let world = World::new();
    let input = world.file(
        "labels.jsonl",
        "{\"sentence1\":\"haklı\",\"sentence2\":\"haksız\",\"label\":\"synonym\",\"weight\":1}\n\
         {\"sentence1\":\"haksız\",\"sentence2\":\"haklı\",\"label\":\"antonym\",\"weight\":0.6}\n",
    );
    let pack = world.path("own.pack");
    let output = world.run(&["build", &input, "-o", &pack]);
    assert_eq!(status(&output), 0);
    assert!(
        stderr(&output).contains("kept antonym"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn evaluation_on_labelled_pairs() {
    let world = World::new();
    let gold = world.file(
        "gold.jsonl",
        "{\"sentence1\":\"alıcı\",\"sentence2\":\"satıcı\",\"label\":\"antonym\"}\n\
         {\"sentence1\":\"sıcak\",\"sentence2\":\"acı\",\"label\":\"unrelated\"}\n\
         {\"sentence1\":\"x\",\"sentence2\":\"y\",\"label\":\"co-hyponym\"}\n\
         {\"sentence1\":\"ahlaki\",\"sentence2\":\"ahlaki\",\"label\":\"synonym\"}\n",
    );
    let output = world.run(&["eval", &gold, "--json"]);
    assert_eq!(status(&output), 0);
    let report = &json_lines(&output)[0];
    assert_eq!(report["pairs"], 4);
    assert_eq!(report["answered"], 3);
    assert_eq!(report["classes"]["antonym"]["f1"], 1.0);
    assert_eq!(report["confusion"]["unrelated"]["synonym"], 1);
    assert_eq!(report["confusion"]["co_hyponym"]["none"], 1);
    let output = world.run(&["eval", &gold]);
    assert!(stdout(&output).contains("4 pairs, 3 answered"));
}

#[test]
fn colours_are_off_when_nobody_looks() {
    let world = World::new();
    let plain = world.run(&["expand", "TBK"]);
    assert!(!stdout(&plain).contains('\u{1b}'));
    let coloured = world.run(&["expand", "TBK", "--color", "always"]);
    assert!(stdout(&coloured).contains('\u{1b}'));
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = program().args(["completions", shell]).output().unwrap();
        assert_eq!(status(&output), 0);
        assert!(stdout(&output).contains("expand"), "{shell}");
    }
}
