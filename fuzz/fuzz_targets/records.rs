//! Labelled data: whatever is read can be written, read again, and built into a lexicon.
#![no_main]

use libfuzzer_sys::fuzz_target;
use semrel::{Lexicon, LexiconBuilder, Record, RecordReader};

fuzz_target!(|data: &[u8]| {
    let mut builder = LexiconBuilder::new();
    for record in RecordReader::new(data).flatten() {
        let json = match &record {
            Record::Pair(pair) => serde_json::to_string(pair),
            Record::Term(term) => serde_json::to_string(term),
        };
        assert_eq!(Record::from_json(&json.unwrap()).unwrap(), record);
        builder.add(&record).unwrap();
    }
    let (image, report) = builder.build().unwrap();
    let lexicon = Lexicon::from_bytes(image).unwrap();
    assert_eq!(lexicon.len(), report.terms);
    semrel_fuzz::use_lexicon(&lexicon);
});
