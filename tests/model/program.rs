//! The program with a pack that has models.

use std::process::{Command, Output};

use serde_json::Value;

use super::{common, fixture, model_files, pack_builder};

struct World {
    folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let world = World {
            folder: tempfile::tempdir().unwrap(),
        };
        let pack = pack_builder().model(model_files()).unwrap();
        world.file("test.pack", &pack.to_bytes().unwrap());
        world
    }

    fn file(&self, name: &str, content: &[u8]) -> String {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_semrel"))
            .args(args)
            .env("SEMREL_PACK", self.folder.path().join("test.pack"))
            .output()
            .unwrap()
    }

    /// The JSON lines of an answer.
    fn json(&self, args: &[&str]) -> Vec<Value> {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

#[test]
fn relation_asks_the_models_last_or_alone() {
    let world = World::new();
    let answer = &world.json(&["relation", "kiracı", "depremzede", "--json"])[0];
    assert_eq!(answer["evidence"], "model");
    let answer = &world.json(&["relation", "kiracı", "kiraya veren", "--json"])[0];
    assert_eq!(answer["evidence"], "lexicon");
    let alone = [
        "relation",
        "kiracı",
        "kiraya veren",
        "--json",
        "--no-lexicon",
    ];
    let answer = &world.json(&alone)[0];
    assert_eq!(answer["evidence"], "model");
    let labels = [&alone[..], &["--labels", "antonym,co_hyponym"]].concat();
    let label = world.json(&labels)[0]["label"].clone();
    assert!(label == "antonym" || label == "co_hyponym");
}

#[test]
fn eval_asks_the_models_alone_if_so_wished() {
    let world = World::new();
    let file = world.file(
        "pairs.jsonl",
        "{\"sentence1\":\"kiracı\",\"sentence2\":\"kiraya veren\",\"label\":\"antonym\"}\n\
         {\"sentence1\":\"ev sahibi\",\"sentence2\":\"malik\",\"label\":\"synonym\"}\n"
            .as_bytes(),
    );
    let report = &world.json(&["eval", &file, "--no-lexicon", "--json"])[0];
    assert_eq!(report["answered"], 2);
}

#[test]
fn similar_and_embed_answer_one_or_many() {
    let world = World::new();
    let answer = &world.json(&["similar", "kiracı", "--limit", "3", "--json"])[0];
    assert_eq!(answer["similar"].as_array().unwrap().len(), 3);
    assert!(answer["similar"][0]["score"].as_f64().unwrap() > 0.5);

    let file = world.file("terms.txt", "kiracı\nhiç görülmemiş\n".as_bytes());
    assert_eq!(
        world.json(&["similar", "--input", &file, "--json"]).len(),
        2
    );
    let many = world.json(&["embed", "--input", &file]);
    let few = world.json(&["embed", "kiracı", "hiç görülmemiş"]);
    assert_eq!(many, few);
    for dimensions in [8, 4] {
        let cut = world.json(&["embed", "kiracı", "--dimensions", &dimensions.to_string()]);
        let vector = cut[0].as_array().unwrap();
        assert_eq!(vector.len(), dimensions);
        let squares: f64 = vector.iter().map(|x| x.as_f64().unwrap().powi(2)).sum();
        assert!((squares - 1.0).abs() < 1e-5);
    }
    let output = world.run(&["embed", "kiracı", "--dimensions", "9"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn expand_asks_the_models_when_told() {
    let world = World::new();
    let expansions = |args: &[&str]| {
        let args = [&["expand", "--json", "--min-score", "0"], args].concat();
        let output = world.run(&args);
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        answer["expansions"].as_array().unwrap().clone()
    };
    let proposed = expansions(&["depremzede"]);
    assert_eq!(proposed[0]["evidence"], "model");
    assert!(expansions(&["depremzede", "--models", "never"]).is_empty());
    assert_eq!(expansions(&["borçlu"]).len(), 1);
    assert!(expansions(&["borçlu", "--models", "always"]).len() > 1);
}

#[test]
fn info_tells_of_the_models() {
    let world = World::new();
    let info = &world.json(&["info", "--json"])[0];
    assert_eq!(info["model"]["dimensions"], 8);
    assert!(info["files"]["embedder.onnx"]["bytes"].as_u64().unwrap() > 0);
    let text = String::from_utf8(world.run(&["info"]).stdout).unwrap();
    assert!(
        text.contains("model dimensions") && text.contains("vectors.bin"),
        "{text}"
    );
}

#[test]
fn build_takes_models_from_a_folder() {
    let world = World::new();
    let labels: String = super::PAIRS
        .iter()
        .map(|pair| serde_json::to_string(&common::pair(pair)).unwrap() + "\n")
        .collect();
    let labels = world.file("labels.jsonl", labels.as_bytes());
    let out = world
        .folder
        .path()
        .join("models")
        .to_str()
        .unwrap()
        .to_owned();
    for name in [
        "tokenizer.json",
        "embedder.onnx",
        "classifier.onnx",
        "model.json",
    ] {
        world.file(&format!("models/{name}"), &fixture(name));
    }
    let build = ["build", &labels, "-o", &out, "--folder", "--model", &out];
    let output = world.run(&build);
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("vectors.bin"), "{error}");

    world.file("models/vectors.bin", &model_files().vectors);
    assert_eq!(world.run(&build).status.code(), Some(0));
    let first = std::fs::read(world.folder.path().join("models/manifest.json")).unwrap();
    // The folder is source and target: building again changes nothing.
    assert_eq!(world.run(&build).status.code(), Some(0));
    let second = std::fs::read(world.folder.path().join("models/manifest.json")).unwrap();
    assert_eq!(first, second);
    let pack = ["relation", "kiracı", "depremzede", "--json", "--pack", &out];
    assert_eq!(world.json(&pack)[0]["evidence"], "model");
}
