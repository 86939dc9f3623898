//! The program: what it prints, writes and answers.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_semrel-train"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .output()
        .unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder of inputs that is gone when the test is over.
struct Inputs(PathBuf);

impl Inputs {
    fn new(name: &str, entries: &[u8]) -> Self {
        let folder = std::env::temp_dir().join(format!("semrel-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("entries")).unwrap();
        fs::write(folder.join("entries/L01.tsv"), entries).unwrap();
        for file in ["pairs.jsonl", "orientations.tsv", "corrections.tsv"] {
            fs::write(folder.join(file), "").unwrap();
        }
        Inputs(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }

    fn corpus(&self, flag: Option<&str>) -> Output {
        let paths = [
            ("--entries", "entries"),
            ("--pairs", "pairs.jsonl"),
            ("--orientations", "orientations.tsv"),
            ("--corrections", "corrections.tsv"),
            ("--output", "out"),
        ];
        let paths = paths.map(|(option, name)| [option.to_owned(), self.path(name)]);
        let mut arguments = vec!["corpus"];
        arguments.extend(paths.iter().flatten().map(String::as_str));
        arguments.extend(flag);
        run(&arguments)
    }
}

impl Drop for Inputs {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const GOOD: &str = "alacaklı\tnoun\talacak hakkı olan\tdain\tborçlu\t\t\tobligations\n";

#[test]
fn the_committed_corpus_is_current() {
    for command in ["corpus", "splits"] {
        let output = run(&[command, "--check"]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    let output = run(&["stats", "--check", "train/data/tr/README.md"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn a_corpus_is_made_and_checked() {
    let inputs = Inputs::new("made", GOOD.as_bytes());
    assert_eq!(inputs.corpus(Some("--check")).status.code(), Some(1));
    assert!(inputs.corpus(None).status.success());
    assert!(inputs.corpus(Some("--check")).status.success());
    let pairs = fs::read_to_string(inputs.path("out/pairs.jsonl")).unwrap();
    assert_eq!(
        pairs.lines().next(),
        Some(
            r#"{"sentence1":"alacaklı","sentence2":"borçlu","label":"antonym","source":"entry","weight":0.94,"domain":"obligations","pos":"noun"}"#
        )
    );
    fs::write(inputs.path("out/pairs.jsonl"), "").unwrap();
    let output = inputs.corpus(Some("--check"));
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("pairs.jsonl is not up to date"));
}

#[test]
fn bad_lines_stop_it_unless_told_to_keep_going() {
    let inputs = Inputs::new("bad", &[GOOD.as_bytes(), b"kefil\tnoun\n\xff\n"].concat());
    let output = inputs.corpus(None);
    assert_eq!(output.status.code(), Some(2));
    let message = stderr(&output);
    assert!(message.contains("L01: line 2: 2 columns"), "{message}");
    assert!(message.contains("L01: line 3: not UTF-8"), "{message}");
    assert!(message.contains("2 bad lines"), "{message}");
    assert!(inputs.corpus(Some("--keep-going")).status.success());
}

#[test]
fn overlap_lists_the_offenders() {
    let inputs = Inputs::new("overlap", GOOD.as_bytes());
    let train = inputs.path("train.jsonl");
    let eval = inputs.path("eval.jsonl");
    fs::write(
        &train,
        r#"{"sentence1":"hâkim","sentence2":"yargıç","label":"synonym"}"#,
    )
    .unwrap();
    fs::write(
        &eval,
        r#"{"sentence1":"Yargıç","sentence2":"hakim","label":"hypernym"}"#,
    )
    .unwrap();
    let output = run(&["overlap", "--train", &train, "--eval", &eval]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "hakim\tyargıç\n");
    fs::write(&eval, r#"{"sentence1":"savcı","sentence2":"hakim"}"#).unwrap();
    assert!(
        run(&["overlap", "--train", &train, "--eval", &eval])
            .status
            .success()
    );
    fs::write(&eval, "{}").unwrap();
    assert_eq!(
        run(&["overlap", "--train", &train, "--eval", &eval])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn a_sample_repeats_itself() {
    let sample = |seed| {
        let output = run(&["sample", "--label", "antonym", "--seed", seed, "-n", "5"]);
        assert!(output.status.success(), "{}", stderr(&output));
        output.stdout
    };
    assert_eq!(sample("7"), sample("7"));
    assert_ne!(sample("7"), sample("8"));
}

/// A `NumPy` file of float32.
fn npy(shape: &[u64], numbers: &[f32]) -> Vec<u8> {
    use npyz::WriterBuilder;
    let mut file = Vec::new();
    let options = npyz::WriteOptions::new().default_dtype().shape(shape);
    let mut writer = options.writer(&mut file).begin_nd().unwrap();
    writer.extend(numbers.iter().copied()).unwrap();
    writer.finish().unwrap();
    file
}

#[test]
fn vectors_of_terms_become_a_file_of_the_pack() {
    let inputs = Inputs::new("vectors", b"");
    let path = |name: &str| inputs.path(name);
    let vectors = |terms: &str, array: &[u8]| {
        fs::write(path("terms.txt"), terms).unwrap();
        fs::write(path("vectors.npy"), array).unwrap();
        let (terms, array, out) = (path("terms.txt"), path("vectors.npy"), path("vectors.bin"));
        run(&[
            "vectors",
            "--terms",
            &terms,
            "--vectors",
            &array,
            "-o",
            &out,
        ])
    };
    let array = npy(&[3, 2], &[1.0, 0.0, 0.6, 0.8, 0.0, 2.0]);
    let output = vectors("saklı pay\nhâkim\nHâkim\n", &array);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stderr(&output).contains("2 terms"), "{}", stderr(&output));
    let file = fs::read(path("vectors.bin")).unwrap();
    assert!(file.starts_with(b"SEMRVECS"));
    let mut expected = semrel::model::VectorsBuilder::new(2).unwrap();
    expected.add("hâkim", &[0.6, 0.8]).unwrap();
    expected.add("saklı pay", &[1.0, 0.0]).unwrap();
    assert_eq!(file, expected.build().unwrap());

    for (terms, array, reason) in [
        ("saklı pay\n", array.clone(), "3 rows for 1 terms"),
        ("a\nb\nc\nd\n", array.clone(), "fewer than terms"),
        ("a\nb\n\n", array.clone(), "line 3"),
        ("a\n", npy(&[2], &[1.0, 0.0]), "its shape is [2]"),
        ("a\n", b"no array".to_vec(), "needed is a float32 array"),
        ("a\n", npy(&[1, 2], &[0.0, 0.0]), "line 1"),
    ] {
        let output = vectors(terms, &array);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(reason), "{}", stderr(&output));
    }
}
