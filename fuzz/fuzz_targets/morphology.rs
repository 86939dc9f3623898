//! Words of any kind: analysed, and inflected again as they were.
#![no_main]

use libfuzzer_sys::fuzz_target;
use semrel::morphology::{Analyzer, Scratch};

fuzz_target!(|text: &str| {
    let analyzer = Analyzer::turkish();
    let mut scratch = Scratch::new();
    let count = analyzer.analyze_into(&mut scratch, text).iter().len();
    assert!(count > 0);
    for analysis in analyzer.analyze(text) {
        analyzer.inflect(&analysis.lemma, &analysis.features);
    }
    analyzer.lemma_candidates(text, |candidate| candidate.len() % 2 == 0);
    if let Some((a, b)) = text.split_once('\n') {
        analyzer.transfer(a, b, "kira akdi");
        analyzer.transfer(a, &analyzer.phrase_lemma(a), b);
    }
});
