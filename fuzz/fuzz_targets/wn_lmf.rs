//! Wordnets: whatever is read is a sound record.
#![no_main]

use libfuzzer_sys::fuzz_target;
use semrel::LexiconBuilder;
use semrel::formats::WnLmfReader;

fuzz_target!(|data: &[u8]| {
    let mut builder = LexiconBuilder::new();
    for record in WnLmfReader::new(data).co_hyponyms(8).flatten() {
        builder.add(&record).unwrap();
    }
    builder.build().unwrap();
});
