//! Whatever comes in ends in a sensible query or a clear error, and what goes out is sound.

use std::sync::OnceLock;

use proptest::prelude::*;
use semrel::rewrite::{DefaultOperator, RewriteOptions};
use semrel::{ErrorKind, Semrel};

use crate::law;

fn semrel() -> &'static Semrel {
    static LAW: OnceLock<Semrel> = OnceLock::new();
    LAW.get_or_init(law)
}

/// Strings made of what queries are made of.
pub(crate) fn query() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zçğıöşü]{1,6}",
        4 => prop::sample::select(vec![
            "kiracı", "kira sözleşmesi", "tahliyesi", "TBK m. 344", "2019/12 E.", "saklı pay",
            "AND", "OR", "NOT", "VE", "VEYA", "DEĞİL", "TO", "IN", "NEAR",
        ]).prop_map(str::to_owned),
        6 => prop::sample::select(vec![
            "\"", "(", ")", "+", "-", "!", "&&", "||", "~", "~2", "^", "^2", "^0.5", "*", "?",
            ":", "konu:", "yıl:>", "[", "]", "{", "}", "[a TO b]", "{* TO 5]", "/", "/a(b)?/",
            "\\", "\\\"", "'", "“", "”", ",", ";", "<", ">", "=", "@", "#", "$", "%", "|", "&",
            "\0", "\u{7}", "\n", "\u{feff}", "🏠", "عقد", "契約", "e\u{301}", "<->", ":*", "\"\"",
            "*:*", "_query_:", "{!xmlparser v=", "--", ";DROP",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec((piece, prop::bool::ANY), 0..24).prop_map(|pieces| {
        pieces
            .into_iter()
            .fold(String::new(), |mut text, (piece, blank)| {
                text += &piece;
                if blank {
                    text.push(' ');
                }
                text
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn any_text_is_rendered_for_every_engine(
        text in query(),
        phrases in any::<bool>(),
        or in any::<bool>(),
        max_clauses in 1usize..40,
    ) {
        let mut options = RewriteOptions::default();
        options.phrases = phrases;
        options.max_clauses = max_clauses;
        if or {
            options.default_operator = DefaultOperator::Or;
        }
        let rewrite = semrel().rewrite(&text, &options).unwrap();
        super::rendering::lucene::check(&rewrite.to_lucene());
        super::rendering::lucene::check(&rewrite.to_solr());
        let json: serde_json::Value = serde_json::from_str(&rewrite.to_elasticsearch()).unwrap();
        prop_assert!(json["query"].is_object());
        prop_assert!(!rewrite.to_fts5().is_empty());
        rewrite.to_tsquery();
        rewrite.to_tantivy_syntax();
        rewrite.to_plain();
        for alternative in rewrite.alternatives() {
            prop_assert!(alternative.weight < 1.0);
            prop_assert!(text.is_char_boundary(alternative.start));
            prop_assert!(text.is_char_boundary(alternative.end));
        }
    }

    #[test]
    fn what_was_rendered_is_read_back_the_same(text in query()) {
        // Whether these are operators depends on the case of the whole query.
        let text = text.replace("VE", "ve").replace("DEĞİL", "değil");
        let rewrite = semrel().rewrite(&text, &RewriteOptions::default()).unwrap();
        let mut options = RewriteOptions::default();
        options.expand.limit = 0;
        options.forms = semrel::rewrite::Forms::Lemma;
        let read = |text: &str| semrel().rewrite(text, &options).unwrap().to_lucene();
        // Read once, superfluous parentheses are gone; nothing else may change.
        let once = read(&rewrite.to_lucene());
        prop_assert_eq!(read(&once), once);
    }

    #[test]
    fn segments_cover_the_text_in_order(text in any::<String>()) {
        let mut end = 0;
        for segment in semrel().segment(&text) {
            prop_assert!(segment.start >= end && segment.end > segment.start);
            prop_assert_eq!(&text[segment.start..segment.end], segment.text);
            end = segment.end;
        }
    }
}

#[test]
fn ten_megabytes_are_an_error_at_once() {
    let text = "kira ".repeat(2 << 20);
    let error = semrel()
        .rewrite(&text, &RewriteOptions::default())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    assert!(error.to_string().len() < 200);
}

#[test]
fn the_worst_that_fits_is_quick() {
    let options = RewriteOptions::default();
    for piece in [
        "(", ")", "\"", "[", "{", "/", "/a ", "\\", "-", "+(", "NOT ", "a:", "\"a", "[a TO ", "a^",
        "~", "*", "?", "AND ", "(a OR ", "\u{0}", "🏠", "'", ",",
    ] {
        let text = piece.repeat(65_536 / piece.len());
        match semrel().rewrite(&text, &options) {
            Ok(rewrite) => {
                super::rendering::lucene::check(&rewrite.to_lucene());
                rewrite.to_fts5();
                rewrite.to_tsquery();
            }
            Err(error) => assert_eq!(error.kind(), ErrorKind::Limit, "{piece:?}"),
        }
    }
}
