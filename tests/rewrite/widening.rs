//! What is added, and what never is.

use semrel::rewrite::{Forms, RewriteOptions};
use semrel::{Evidence, LabelledPair, Overlay, Relation, Semrel};

use crate::{LAW, common, law, short};

fn options() -> RewriteOptions {
    let mut options = RewriteOptions::default();
    options.forms = Forms::Lemma;
    options
}

fn widened(semrel: &Semrel, text: &str, options: &RewriteOptions) -> String {
    let rewrite = semrel.rewrite(text, options).unwrap();
    rewrite.query().root().map(short).unwrap_or_default()
}

fn check(options: &RewriteOptions, cases: &[(&str, &str)]) {
    let semrel = law();
    for (text, tree) in cases {
        assert_eq!(widened(&semrel, text, options), *tree, "{text}");
    }
}

#[test]
fn words_and_terms_in_any_inflection() {
    check(
        &options(),
        &[
            ("kiracı", "<kiracı = müstecir>"),
            ("KİRACININ", "<KİRACININ = müstecir>"),
            ("kira sözleşmesi", "<[kira sözleşmesi] = kira akdi>"),
            (
                "kira sözleşmelerinin",
                "<[kira sözleşmelerinin] = kira akdi>",
            ),
            (
                "eski kira sözleşmesi metni",
                "[eski <[kira sözleşmesi] = kira akdi> metni]",
            ),
            ("TBK'nın amacı", "[<TBK'nın = Türk Borçlar Kanunu> amacı]"),
            ("depozito", "depozito"),
        ],
    );
}

#[test]
fn inflection_is_carried_over() {
    let mut options = options();
    options.forms = Forms::Surface;
    check(
        &options,
        &[
            ("kiracının", "<kiracının = müstecirin>"),
            ("sözleşmenin", "<sözleşmenin = akdin, kontratın>"),
            (
                "kira sözleşmesinin",
                "<[kira sözleşmesinin] = kira akdinin>",
            ),
            ("TBK'nın", "<TBK'nın = Türk Borçlar Kanunu'nun>"),
        ],
    );
    options.forms = Forms::Both;
    check(
        &options,
        &[("kiracının", "<kiracının = kiracı, müstecirin, müstecir>")],
    );
}

#[test]
fn an_owner_and_what_he_has_are_widened_word_by_word_too() {
    check(
        &options(),
        &[(
            "kiracının tahliyesi",
            "<[<kiracının = müstecir> <tahliyesi = boşaltma>] = kiralananın tahliyesi>",
        )],
    );
    let mut options = options();
    options.parts = false;
    check(
        &options,
        &[(
            "kiracının tahliyesi",
            "<[kiracının tahliyesi] = kiralananın tahliyesi>",
        )],
    );
}

#[test]
fn opposites_stay_out() {
    let semrel = law();
    for query in [
        "kiracı",
        "kiracının tahliyesi",
        "haklı neden",
        "haklı nedenle fesih",
        "haksız nedenin ispatı",
        "kusursuz",
        "kusursuzluğun ispatı",
    ] {
        let mut options = RewriteOptions::default();
        options.expand.relations = vec![Relation::Synonym, Relation::CoHyponym];
        let rewrite = semrel.rewrite(query, &options).unwrap();
        let rendered = rewrite.to_lucene().replace(query, "");
        for (asked, opposite) in [
            ("kiracı", "kiraya veren"),
            ("kiracı", "mucir"),
            ("haklı", "haksız"),
            ("haksız", "haklı"),
            ("kusursuz", "kusur "),
            ("kusursuz", "kabahat"),
        ] {
            if query.starts_with(asked) {
                assert!(!rendered.contains(opposite), "{query}: {rendered}");
            }
        }
    }
}

#[test]
fn a_part_that_would_make_another_term_is_left_out() {
    // "haklı" alone has a synonym; "haksız" would be its opposite as a part.
    let semrel = common::semrel(&[
        "iyi niyet & kötü niyet",
        "iyi niyet ! kem niyet",
        "iyi ~ kem",
        "iyi ~ güzel",
    ]);
    assert_eq!(
        widened(&semrel, "iyi niyet", &options()),
        "[<iyi = güzel> niyet]"
    );
}

#[test]
fn what_is_marked_or_exact_is_left_alone() {
    check(
        &options(),
        &[
            ("-kiracı", "-kiracı"),
            ("NOT (kiracı tahliye)", "-[kiracı tahliye]"),
            ("\"kira sözleşmesi\"", "\"kira sözleşmesi\""),
            ("kiracı* kiracı~1 /kiracı/", "[kiracı* kiracı~1 /kiracı/]"),
            ("[kiracı TO tahliye]", "kiracı..tahliye"),
            ("+kiracı", "+<kiracı = müstecir>"),
            ("kiracı^2", "<kiracı = müstecir>^2"),
            ("konu:kiracı", "konu:<kiracı = müstecir>"),
            ("+kira +sözleşmesi", "[+kira +<sözleşmesi = akit, kontrat>]"),
            (
                "kira AND sözleşmesi",
                "&[kira <sözleşmesi = akit, kontrat>]",
            ),
            ("kira, sözleşmesi", "[kira <sözleşmesi = akit, kontrat>]"),
        ],
    );
}

#[test]
fn what_the_query_prohibits_or_asks_for_is_not_added() {
    check(
        &options(),
        &[
            ("kiracı -müstecir", "[kiracı -müstecir]"),
            ("kiracının müstecirin", "[kiracının müstecirin]"),
            ("sözleşme NOT akit", "[<sözleşme = kontrat> -akit]"),
            (
                "kira sözleşmesi -akdi",
                "[kira <sözleşmesi = kontrat> -akdi]",
            ),
        ],
    );
}

#[test]
fn phrases_if_asked() {
    let mut options = options();
    options.phrases = true;
    options.forms = Forms::Surface;
    check(
        &options,
        &[
            (
                "\"kira sözleşmesi\"~2",
                "<\"kira sözleşmesi\"~2 = kira akdi>",
            ),
            (
                "\"eski kira sözleşmesinin feshi\"",
                "<\"eski kira sözleşmesinin feshi\" = eski kira akdinin feshi, eski kira sözleşmesinin fesih beyanı>",
            ),
            ("-\"kira sözleşmesi\"", "-\"kira sözleşmesi\""),
        ],
    );
}

#[test]
fn fixed_fields_and_citations_are_kept() {
    let mut options = options();
    options.fixed_fields = vec!["esas".to_owned()];
    options.fields = vec!["konu".to_owned()];
    check(
        &options,
        &[
            (
                "esas:kiracı konu:kiracı",
                "[esas:kiracı konu:<kiracı = müstecir>]",
            ),
            ("TBK m. 344 kiracı", "[TBK m. 344 <kiracı = müstecir>]"),
        ],
    );
    options.citations = true;
    check(
        &options,
        &[("TBK m. 344", "[<TBK = Türk Borçlar Kanunu> m. 344]")],
    );
}

#[test]
fn one_way_and_forbidden_pairs_hold() {
    check(
        &options(),
        &[("dava", "<dava = husumet>"), ("husumet", "husumet")],
    );
    let mut overlay = Overlay::new();
    overlay.forbid("kiracı", "müstecir").unwrap();
    overlay
        .add(LabelledPair::new(
            "tahliye",
            "yerin boş bırakılması",
            Relation::Synonym,
        ))
        .unwrap();
    let semrel = Semrel::with_overlay(common::pack(LAW), overlay).unwrap();
    assert_eq!(widened(&semrel, "kiracı", &options()), "kiracı");
    assert_eq!(
        widened(&semrel, "yerin boş bırakılmasına", &options()),
        "<[yerin boş bırakılmasına] = tahliye>"
    );
}

#[test]
fn caps_on_terms_and_clauses() {
    let semrel = law();
    let mut options = options();
    options.expand.limit = 1;
    assert_eq!(widened(&semrel, "sözleşme", &options), "<sözleşme = akit>");
    options.expand.limit = 5;
    for max in 3..13 {
        options.max_clauses = max;
        let rewrite = semrel.rewrite("sözleşme kiracı tahliye", &options).unwrap();
        assert_eq!(rewrite.query().clause_count(), max.min(8));
    }
    options.max_clauses = 1;
    assert_eq!(
        widened(&semrel, "sözleşme kiracı", &options),
        "[sözleşme kiracı]"
    );
}

#[test]
fn alternatives_say_where_they_come_from() {
    let rewrite = law()
        .rewrite("Eski kiracının borcu", &RewriteOptions::default())
        .unwrap();
    let alternatives: Vec<_> = rewrite.alternatives().collect();
    let found = alternatives
        .iter()
        .find(|a| a.text == "müstecirin")
        .unwrap();
    assert_eq!(found.term, "müstecir");
    assert_eq!(found.written_term, "kiracı");
    assert_eq!(&rewrite.text()[found.start..found.end], "kiracının");
    assert_eq!(found.relation, Relation::Synonym);
    assert_eq!(found.evidence, Evidence::Lexicon);
    assert_eq!(
        found.explanation(),
        "\"müstecirin\" stands for \"kiracının\": synonym \"müstecir\" of \"kiracı\" (0.95), lexicon, entry"
    );
    assert!(
        alternatives
            .iter()
            .all(|a| a.weight < 1.0 && a.weight > 0.0)
    );
}

#[test]
fn bad_options_are_refused() {
    let semrel = law();
    for spoil in [
        (|o| o.max_clauses = 0) as fn(&mut RewriteOptions),
        |o| o.max_clauses = 5000,
        |o| o.fields = vec!["a b".to_owned()],
        |o| o.fixed_fields = vec!["*".to_owned()],
        |o| o.expand.relations = vec![Relation::Antonym],
        |o| o.expand.min_score = f32::NAN,
    ] {
        let mut options = RewriteOptions::default();
        spoil(&mut options);
        assert!(semrel.rewrite("kira", &options).is_err());
    }
}
