//! Fills `corpus/` from `seeds/`. Images and packs are built from the labelled records there, so
//! that they are always of the format that the crate reads.

use std::error::Error;
use std::fs;
use std::path::Path;

use semrel::{LexiconBuilder, Manifest, PackBuilder, RecordReader};

fn main() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for target in fs::read_dir(here.join("seeds"))? {
        let target = target?;
        let corpus = here.join("corpus").join(target.file_name());
        fs::create_dir_all(&corpus)?;
        for seed in fs::read_dir(target.path())? {
            let seed = seed?;
            fs::copy(seed.path(), corpus.join(seed.file_name()))?;
        }
    }
    for seed in fs::read_dir(here.join("seeds/records"))? {
        let seed = seed?;
        let mut builder = LexiconBuilder::new();
        for record in RecordReader::new(fs::read(seed.path())?.as_slice()).flatten() {
            builder.add(&record)?;
        }
        let (image, report) = builder.build()?;
        let pack = PackBuilder::new(Manifest::new("seed", "tr", "1"), image.clone(), &report);
        let pack = pack.to_bytes()?;
        for (target, bytes) in [
            ("lexicon_image", &image),
            ("lexicon_image_checksummed", &image),
            ("pack", &pack),
        ] {
            let corpus = here.join("corpus").join(target);
            fs::create_dir_all(&corpus)?;
            fs::write(corpus.join(seed.file_name()), bytes)?;
        }
    }
    let graphs = here.join("corpus/model_graph");
    fs::create_dir_all(&graphs)?;
    for name in ["embedder.onnx", "classifier.onnx"] {
        let graph = here.join("../tests/fixtures/tiny-model").join(name);
        fs::copy(graph, graphs.join(name))?;
    }
    Ok(())
}
