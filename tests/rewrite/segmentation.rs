//! Terms inside running words.

use semrel::rewrite::WordKind;

use crate::{common, law};

fn terms(text: &str) -> Vec<(String, String)> {
    let semrel = law();
    semrel
        .segment(text)
        .into_iter()
        .filter_map(|s| Some((s.text.to_owned(), s.term?)))
        .collect()
}

#[test]
fn terms_in_a_sentence_with_their_places() {
    let text = "Davacı, kira sözleşmelerinin feshini ve “mirasçılık belgesinin” iptalini istedi.";
    let found = terms(text);
    let expected = [
        ("kira sözleşmelerinin", "kira sözleşmesi"),
        ("feshini", "fesih"),
        ("mirasçılık belgesinin", "mirasçılık belgesi"),
    ];
    assert_eq!(found, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    for segment in law().segment(text) {
        assert_eq!(&text[segment.start..segment.end], segment.text);
    }
}

#[test]
fn overlaps_go_to_the_cover_with_most_words_in_the_longest_terms() {
    let semrel = common::semrel(&[
        "ağır ceza ~ a1",
        "ceza mahkemesi kararı ~ a2",
        "mahkemesi kararı ~ a3",
        "ağır ceza mahkemesi ~ a4",
        "karar ~ hüküm",
    ]);
    let cover = |text: &str| -> Vec<String> {
        semrel
            .segment(text)
            .into_iter()
            .map(|s| s.text.to_owned())
            .collect()
    };
    assert_eq!(cover("ağır ceza mahkemesi"), ["ağır ceza mahkemesi"]);
    assert_eq!(
        cover("ağır ceza mahkemesi kararı"),
        ["ağır ceza mahkemesi", "kararı"]
    );
    assert_eq!(
        cover("eski ceza mahkemesi kararı"),
        ["eski", "ceza mahkemesi kararı"]
    );
    assert_eq!(
        cover("ağır ceza. mahkemesi kararı"),
        ["ağır ceza", "mahkemesi kararı"]
    );
}

#[test]
fn citations_numbers_and_stop_words_are_told_apart() {
    let kinds: Vec<_> = law()
        .segment("6098 sayılı TBK m. 344 uyarınca 12.000 TL ve kiracı")
        .into_iter()
        .map(|s| (s.text, s.kind))
        .collect();
    use WordKind::{Citation, Number, Ordinary, Stop};
    assert_eq!(
        kinds,
        [
            ("6098", Citation),
            ("sayılı", Citation),
            ("TBK", Citation),
            ("m.", Citation),
            ("344", Citation),
            ("uyarınca", Stop),
            ("12.000", Number),
            ("TL", Ordinary),
            ("ve", Stop),
            ("kiracı", Ordinary),
        ]
    );
}

#[test]
fn long_text_takes_linear_time_and_keeps_places() {
    let semrel = law();
    let sentence = "Kiracının tahliyesi ile kira sözleşmesinin feshi. ";
    let text = sentence.repeat(2_000);
    let segments = semrel.segment(&text);
    assert_eq!(segments.len() % 2_000, 0);
    assert!(segments.iter().all(|s| &text[s.start..s.end] == s.text));
    assert_eq!(semrel.segment(&"x".repeat(1 << 20)).len(), 1);
    assert!(semrel.segment(&"( ".repeat(1 << 19)).is_empty());
}
