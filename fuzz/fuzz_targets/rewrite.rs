//! Queries: parsed, widened and rendered for every engine.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use semrel::rewrite::{Forms, Query, RewriteOptions};
use semrel::{LabelledPair, LexiconBuilder, Manifest, Pack, PackBuilder, Relation, Semrel};

fuzz_target!(|text: &str| {
    static SEMREL: OnceLock<Semrel> = OnceLock::new();
    let semrel = SEMREL.get_or_init(small);
    if let Ok(query) = Query::parse(text) {
        std::hint::black_box(query);
    }
    for forms in [Forms::Lemma, Forms::Surface, Forms::Both] {
        let mut options = RewriteOptions::default();
        options.forms = forms;
        options.phrases = text.len() % 2 == 0;
        let Ok(rewrite) = semrel.rewrite(text, &options) else {
            return;
        };
        rewrite.to_lucene();
        rewrite.to_solr();
        rewrite.to_fts5();
        rewrite.to_tsquery();
        rewrite.to_plain();
        let _: serde_json::Value =
            serde_json::from_str(&rewrite.to_elasticsearch().to_string()).unwrap();
    }
    for segment in semrel.segment(text) {
        assert_eq!(
            &text[segment.start..segment.start + segment.text.len()],
            segment.text
        );
    }
});

fn small() -> Semrel {
    let mut builder = LexiconBuilder::new();
    for (a, b, label) in [
        ("saklı pay", "mahfuz hisse", Relation::Synonym),
        ("kiracı", "müstecir", Relation::Synonym),
        ("alacaklı", "borçlu", Relation::Antonym),
        ("TBK", "Türk Borçlar Kanunu", Relation::Synonym),
        ("a", "b c", Relation::Synonym),
    ] {
        builder.add_pair(&LabelledPair::new(a, b, label)).unwrap();
    }
    let (image, report) = builder.build().unwrap();
    let pack = PackBuilder::new(Manifest::new("fuzz", "tr", "1"), image, &report);
    Semrel::new(Pack::from_bytes(pack.to_bytes().unwrap()).unwrap()).unwrap()
}
