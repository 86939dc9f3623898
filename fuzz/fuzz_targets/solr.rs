//! Synonyms files: whatever is read is a sound record.
#![no_main]

use libfuzzer_sys::fuzz_target;
use semrel::formats::SolrReader;
use semrel::{LexiconBuilder, Record};

fuzz_target!(|data: &[u8]| {
    let mut builder = LexiconBuilder::new();
    for record in SolrReader::new(data).flatten() {
        if let Record::Pair(pair) = &record {
            pair.check().unwrap();
        }
        builder.add(&record).unwrap();
    }
    builder.build().unwrap();
});
