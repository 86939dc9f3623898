//! Files that are missing, foreign, damaged or hostile.

use semrel::{ErrorKind, Manifest, Pack, PackBuilder, Semrel};

use super::{model_files, pack_builder};

/// Every way to come upon each of the files.
fn ask(semrel: &Semrel) -> Vec<semrel::Error> {
    let mut errors = Vec::new();
    errors.extend(semrel.embed("daha önce görülmemiş bir terim").err());
    errors.extend(semrel.similar("depremzede", 3).err());
    errors.extend(semrel.relation_by_model("kiracı", "kefil").err());
    errors.extend(semrel.relation("kiracı", "depremzede").err());
    errors
}

#[test]
fn a_pack_keeps_its_models() {
    let pack = pack_builder().model(model_files()).unwrap();
    let again = pack_builder().model(model_files()).unwrap();
    assert_eq!(pack.to_bytes().unwrap(), again.to_bytes().unwrap());

    let folder = tempfile::tempdir().unwrap();
    for (name, content) in pack.to_files().unwrap() {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let pack = Pack::open(folder.path()).unwrap();
    assert!(pack.has_models());
    assert_eq!(pack.manifest().model, Some(model_files().manifest));
    assert_eq!(pack.manifest().files.len(), 5);
    assert!(
        !Pack::from_bytes(pack_builder().to_bytes().unwrap())
            .unwrap()
            .has_models()
    );
}

/// From a folder the same pack is made as from its parts, and one without its models.
#[test]
fn a_folder_becomes_a_file_with_models_or_without() {
    let pack = pack_builder().model(model_files()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in pack.to_files().unwrap() {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let again = PackBuilder::from_folder(folder.path()).unwrap();
    assert_eq!(again.to_bytes().unwrap(), pack.to_bytes().unwrap());
    let bare = again.without_model().to_bytes().unwrap();
    assert_eq!(bare, pack_builder().to_bytes().unwrap());

    std::fs::write(folder.path().join("vectors.bin"), b"").unwrap();
    let error = PackBuilder::from_folder(folder.path()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Corrupt);
}

/// The pack in a folder, changed by `change`.
fn open_changed(change: impl Fn(&mut serde_json::Value)) -> semrel::Result<Pack> {
    let folder = tempfile::tempdir().unwrap();
    let pack = pack_builder().model(model_files()).unwrap();
    for (name, mut content) in pack.to_files().unwrap() {
        if name == "manifest.json" {
            let mut manifest = serde_json::from_slice(&content).unwrap();
            change(&mut manifest);
            content = serde_json::to_vec(&manifest).unwrap();
        }
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    Pack::open(folder.path())
}

#[test]
fn models_are_there_as_a_whole_or_not_at_all() {
    assert!(open_changed(|_| ()).is_ok());
    for name in semrel::model::MODEL_FILES {
        let error = open_changed(|manifest| {
            manifest["files"]
                .as_object_mut()
                .unwrap()
                .remove(name)
                .unwrap();
        });
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt);
        assert!(
            error.to_string().contains(&format!("has no {name}")),
            "{error}"
        );
    }
    let error = open_changed(|manifest| {
        manifest.as_object_mut().unwrap().remove("model").unwrap();
    });
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("no \"model\" that describes them"),
        "{error}"
    );
}

#[test]
fn numbers_that_cannot_be_are_refused() {
    for (field, value) in [
        ("dimensions", 0.into()),
        ("dimensions", 16.into()),
        ("dimensions", 1_000_000_000.into()),
        ("max_tokens", 1.into()),
        ("max_tokens", u64::MAX.into()),
        ("features", 100_000.into()),
        ("expand_threshold", serde_json::json!(1.5)),
        ("expand_threshold", serde_json::json!("high")),
    ] {
        let value: serde_json::Value = value;
        let error = open_changed(|manifest| manifest["model"][field] = value.clone());
        assert_eq!(
            error.unwrap_err().kind(),
            ErrorKind::Corrupt,
            "{field} {value}"
        );
    }
}

#[test]
fn a_builder_refuses_what_does_not_belong_together() {
    let mut files = model_files();
    files.manifest.dimensions = 4;
    let error = pack_builder().model(files).unwrap_err().to_string();
    assert!(error.contains("do not belong together"), "{error}");
    let mut files = model_files();
    files.vectors[70] ^= 1;
    assert!(pack_builder().model(files).is_err());
}

#[test]
fn every_flipped_byte_of_a_pack_is_noticed() {
    let pack = pack_builder()
        .model(model_files())
        .unwrap()
        .to_bytes()
        .unwrap();
    for at in (0..pack.len()).step_by(97) {
        let mut damaged = pack.clone();
        damaged[at] ^= 0x20;
        assert!(Pack::from_bytes(damaged).is_err(), "byte {at}");
    }
}

#[cfg(feature = "tract")]
mod foreign {
    use proptest::prelude::*;
    use semrel::model::ModelFiles;

    use super::super::pack_with;
    use super::*;

    /// The files by number.
    fn file(files: &mut ModelFiles, number: usize) -> (&'static str, &mut Vec<u8>) {
        match number {
            0 => ("tokenizer.json", &mut files.tokenizer),
            1 => ("embedder.onnx", &mut files.embedder),
            _ => ("classifier.onnx", &mut files.classifier),
        }
    }

    #[test]
    fn what_is_no_model_is_named() {
        for number in 0..3 {
            for content in [&b""[..], b"{}", b"\x08\x08\x12\x00", &[0xff; 500]] {
                let mut files = model_files();
                let (name, place) = file(&mut files, number);
                *place = content.to_vec();
                let errors = ask(&Semrel::new(pack_with(files)).unwrap());
                assert!(!errors.is_empty(), "{name}");
                for error in errors {
                    assert_eq!(error.kind(), ErrorKind::Corrupt);
                    assert!(error.to_string().contains(name), "{error}");
                }
            }
        }
    }

    #[test]
    fn models_in_each_others_place_are_named() {
        let mut files = model_files();
        std::mem::swap(&mut files.embedder, &mut files.classifier);
        let errors = ask(&Semrel::new(pack_with(files)).unwrap());
        let all: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert!(
            all.iter()
                .any(|e| e.contains("it has no input \"input_ids\"")),
            "{all:?}"
        );
        assert!(
            all.iter().any(|e| e.contains("it has no input \"a\"")),
            "{all:?}"
        );
    }

    #[test]
    fn features_of_another_version_are_an_error_of_version() {
        let mut files = model_files();
        files.manifest.features += 1;
        let semrel = Semrel::new(pack_with(files)).unwrap();
        let error = semrel.relation_by_model("kiracı", "kefil").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Version);
        assert!(semrel.relation("kiracı", "kiraya veren").unwrap().is_some());
        assert!(semrel.embed("depremzede").is_ok());
    }

    #[test]
    fn truncated_models_are_refused() {
        for number in 0..3 {
            let whole = file(&mut model_files(), number).1.clone();
            for part in 1..8 {
                let mut files = model_files();
                *file(&mut files, number).1 = whole[..whole.len() * part / 8].to_vec();
                let errors = ask(&Semrel::new(pack_with(files)).unwrap());
                assert!(!errors.is_empty(), "{number}, {part}/8");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        /// Models with any bytes changed and all checksums right are refused, or answer.
        #[test]
        fn hostile_models_are_refused_or_answer(
            number in 0usize..3,
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        ) {
            let mut files = model_files();
            let (name, content) = file(&mut files, number);
            for (at, byte) in changes {
                let at = at.index(content.len());
                content[at] = byte;
            }
            for error in ask(&Semrel::new(pack_with(files)).unwrap()) {
                prop_assert_eq!(error.kind(), ErrorKind::Corrupt, "{}", error);
                prop_assert!(error.to_string().contains(name), "{}", error);
            }
        }
    }
}

/// A pack of another program that lists files which this one has no use for still opens.
#[test]
fn a_manifest_without_models_needs_none() {
    let (image, report) = semrel::LexiconBuilder::new().build().unwrap();
    let pack = PackBuilder::new(Manifest::new("empty", "tr", "1"), image, &report);
    let pack = Pack::from_bytes(pack.to_bytes().unwrap()).unwrap();
    assert!(pack.manifest().model.is_none());
    assert!(
        ask(&Semrel::new(pack).unwrap())
            .iter()
            .all(|e| e.kind() == ErrorKind::Unavailable)
    );
}
