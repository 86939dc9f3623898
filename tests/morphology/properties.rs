//! What holds for any input.

use std::time::Instant;

use proptest::prelude::*;
use semrel::morphology::{Analyzer, Feature, Scratch};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn any_text_is_analysed_and_the_same_way_twice(text in any::<String>()) {
        let analyzer = Analyzer::turkish();
        let once = analyzer.analyze(&text);
        prop_assert!(!once.is_empty());
        prop_assert_eq!(analyzer.analyze(&text), once);
        let _ = analyzer.phrase_lemma(&text);
        let _ = analyzer.lemma_candidates(&text, |_| true);
    }

    #[test]
    fn any_turkish_letters_are_analysed(text in "[a-zçğıöşüâîûA-ZÇĞİÖŞÜ'’]{0,60}") {
        let analyzer = Analyzer::turkish();
        let all = analyzer.analyze(&text);
        prop_assert!(!all.is_empty());
        for one in &all {
            prop_assert!(one.features[0].is_part_of_speech());
            prop_assert!(!one.features[1..].iter().any(|f| f.is_part_of_speech()));
        }
    }

    #[test]
    fn scratch_memory_leaves_no_trace(first in "[a-zçğıöşü']{0,30}", second in "[a-zçğıöşü']{0,30}") {
        let analyzer = Analyzer::turkish();
        let mut scratch = Scratch::new();
        let _ = analyzer.analyze_into(&mut scratch, &first).best().lemma();
        let used = analyzer.analyze_into(&mut scratch, &second).best().to_analysis();
        prop_assert_eq!(&used, &analyzer.analyze(&second)[0]);
    }

    #[test]
    fn any_transfer_is_answered(
        surface in "[a-zçğıöşüA-Z' ]{0,20}",
        lemma in "[a-zçğıöşüA-Z' ]{0,20}",
        replacement in any::<String>(),
        features in prop::collection::vec(0..Feature::ALL.len(), 0..6),
    ) {
        let analyzer = Analyzer::turkish();
        let features: Vec<Feature> = features.into_iter().map(|at| Feature::ALL[at]).collect();
        let _ = analyzer.transfer(&surface, &lemma, &replacement);
        let _ = analyzer.inflect(&replacement, &features);
        let _ = analyzer.inflect_term(&lemma, &features, Default::default());
    }
}

#[test]
fn analyses_come_best_first_and_are_distinct() {
    let analyzer = Analyzer::turkish();
    let mut scratch = Scratch::new();
    for word in [
        "karın",
        "davaları",
        "ödeme",
        "kiracının",
        "haksızlıklarının",
        "blokzincirinin",
    ] {
        let analyses = analyzer.analyze_into(&mut scratch, word);
        let costs: Vec<u32> = analyses.iter().map(|reading| reading.cost()).collect();
        assert!(costs.is_sorted(), "{word}: {costs:?}");
    }
}

#[test]
fn long_and_repetitive_input_takes_linear_time() {
    let analyzer = Analyzer::turkish();
    for unit in [
        "lık",
        "sızlık",
        "ki",
        "nın",
        "dır",
        "a",
        "laştır",
        "\u{307}",
        "'",
        "sözleşme ",
    ] {
        let started = Instant::now();
        for times in [10, 100, 1_000, 1_000_000] {
            let word = unit.repeat(times);
            assert!(!analyzer.analyze(&word).is_empty());
        }
        // A bound against runaway search, not a measurement.
        assert!(started.elapsed().as_secs() < 20, "{unit}");
    }
}
