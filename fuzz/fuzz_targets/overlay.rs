//! Overlays over an empty and over a small lexicon.
#![no_main]

use libfuzzer_sys::fuzz_target;
use semrel::{
    ExpandOptions, LabelledPair, LexiconBuilder, Manifest, Overlay, Pack, PackBuilder, Relation,
    Semrel,
};

fuzz_target!(|data: &[u8]| {
    let Ok(overlay) = Overlay::read(data) else {
        return;
    };
    let pairs = overlay.pairs().to_vec();
    let semrel = Semrel::with_overlay(small_pack(), overlay.clone()).unwrap();
    for pair in &pairs {
        let (a, b) = (&pair.sentence1, &pair.sentence2);
        semrel.relation(a, b).unwrap();
        for term in [a, b] {
            assert!(semrel.knows(term));
            for found in semrel.expand(term, &ExpandOptions::default()).unwrap() {
                assert_eq!(found.relation, Relation::Synonym);
                let answer = semrel.relation(term, &found.term).unwrap();
                assert!(answer.is_some());
            }
        }
    }
});

fn small_pack() -> Pack {
    let mut builder = LexiconBuilder::new();
    for (a, b, label) in [
        ("hak", "hukuk", Relation::Synonym),
        ("hak", "borç", Relation::Antonym),
        ("hâkim", "yargıç", Relation::Synonym),
        ("hakim", "bilge", Relation::Synonym),
    ] {
        builder.add_pair(&LabelledPair::new(a, b, label)).unwrap();
    }
    let (image, report) = builder.build().unwrap();
    let pack = PackBuilder::new(Manifest::new("fuzz", "tr", "1"), image, &report);
    Pack::from_bytes(pack.to_bytes().unwrap()).unwrap()
}
