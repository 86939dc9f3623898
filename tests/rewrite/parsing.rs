//! From text to the tree.

use semrel::ErrorKind;
use semrel::rewrite::{MAX_QUERY_BYTES, MAX_QUERY_CLAUSES, Query};

use crate::short;

fn check(cases: &[(&str, &str)]) {
    for (text, tree) in cases {
        let query = Query::parse(text).unwrap();
        let parsed = query.root().map(short).unwrap_or_default();
        assert_eq!(parsed, *tree, "{text}");
    }
}

#[test]
fn words_operators_and_their_precedence() {
    check(&[
        ("kira", "kira"),
        ("kira tahliye", "[kira tahliye]"),
        ("kira AND tahliye", "&[kira tahliye]"),
        ("a && b || c", "|[&[a b] c]"),
        ("a b OR c d", "|[[a b] [c d]]"),
        ("a b AND c OR d", "|[[a &[b c]] d]"),
        ("a AND NOT b", "&[a -b]"),
        ("a NOT b", "[a -b]"),
        ("a -b +c !d", "[a -b +c -d]"),
        ("(a OR b) AND c", "&[|[a b] c]"),
        ("((a))", "a"),
        ("+(a b) -(c d)", "[+[a b] -[c d]]"),
        ("-(-a)", "-[-a]"),
        ("and or not", "[and or not]"),
        ("\\AND b", "[AND b]"),
    ]);
}

#[test]
fn turkish_operators_stand_between_operands_in_mixed_case() {
    check(&[
        ("kira VE tahliye", "&[kira tahliye]"),
        ("kira VEYA icar", "|[kira icar]"),
        ("kira DEĞİL satış", "[kira -satış]"),
        ("kira ve tahliye", "[kira ve tahliye]"),
        ("KİRACI VE MALİK", "[KİRACI VE MALİK]"),
        ("kira VE", "[kira VE]"),
        ("VEYA kira", "[VEYA kira]"),
    ]);
}

#[test]
fn phrases_of_any_quotation_mark() {
    check(&[
        ("\"saklı pay\"", "\"saklı pay\""),
        ("\"saklı pay\"~3 x", "[\"saklı pay\"~3 x]"),
        (
            "“saklı pay” „mahfuz hisse“",
            "[\"saklı pay\" \"mahfuz hisse\"]",
        ),
        ("«saklı pay»", "\"saklı pay\""),
        ("-\"kira akdi\"^2", "-\"kira akdi\"^2"),
        ("\"a \\\"b\\\" c\"", "\"a \"b\" c\""),
        ("\"kira AND (akdi\"", "\"kira AND (akdi\""),
        ("\"  kira\n akdi \"", "\"kira akdi\""),
    ]);
}

#[test]
fn fields_boosts_wildcards_fuzzy_ranges_patterns() {
    check(&[
        ("konu:kira", "konu:kira"),
        ("konu:(kira icar)^2", "konu:[kira icar]^2"),
        ("-konu:\"kira akdi\"", "-konu:\"kira akdi\""),
        ("konu: kira", "[konu kira]"),
        ("12:30 http://semrel.org", "[12:30 http://semrel.org]"),
        ("kira^2.5 (a b)^3", "[kira^2.5 [a b]^3]"),
        ("kira^ b^x", "[kira b x]"),
        ("kira* ki?a *cı k*r?", "[kira* ki?a *cı k*r?]"),
        ("kira? nedir", "[kira nedir]"),
        ("kirac~ kirac~1 kirac~0.8", "[kirac~2 kirac~1 kirac~2]"),
        ("yıl:[2019 TO 2021}", "yıl:2019..!2021"),
        ("yıl:[* TO 2021]", "yıl:*..2021"),
        ("yıl:>=2019 yıl:<2021", "[yıl:2019..* yıl:*..!2021]"),
        ("/kira(cı)?/ x", "[/kira(cı)?/ x]"),
        ("*:* *", "[ALL ALL]"),
        ("konu:*", "konu:ALL"),
        ("a\\:b \\(c\\) 3\\*", "[a:b (c) 3*]"),
    ]);
}

#[test]
fn law_is_left_as_it_is_written() {
    check(&[
        ("TMK md. 166/1", "[TMK md. 166/1]"),
        ("2019/1234 E., 2020/567 K.", "[2019/1234 E. 2020/567 K.]"),
        ("TBK'nın 344. maddesi", "[TBK'nın 344. maddesi]"),
        ("kira - tahliye", "[kira tahliye]"),
        ("1.250,50 TL", "[1.250,50 TL]"),
        ("m. 344(1)", "[m. 344 1]"),
    ]);
}

#[test]
fn what_is_unbalanced_or_dangling_is_mended() {
    check(&[
        ("", ""),
        ("   \t\n", ""),
        ("AND OR NOT && || ! + - ( ) \" ~ ^ * ?", "ALL"),
        ("\"kira akdi", "[kira akdi]"),
        ("a \"b c\" \"d", "[a \"b c\" d]"),
        ("(a b", "[a b]"),
        ("a) b", "[a b]"),
        ("a AND", "a"),
        ("AND a", "a"),
        ("a AND OR b", "|[a b]"),
        ("a OR OR b", "|[a b]"),
        ("NOT", ""),
        ("() a", "a"),
        ("\"\" a", "a"),
        ("[a TO b", "[a TO b]"),
        ("[a b]", "[a b]"),
        ("/a(/ b", "[a b]"),
        ("a\\", "a"),
        ("konu:", "konu"),
        ("a \u{0} b\u{7}c", "[a b c]"),
    ]);
}

#[test]
fn other_scripts_and_emoji_are_words() {
    check(&[
        ("договор аренды", "[договор аренды]"),
        ("عقد الإيجار", "[عقد الإيجار]"),
        ("契約 🏠", "[契約 🏠]"),
    ]);
}

#[test]
fn only_declared_fields_are_fields() {
    let query = Query::parse_with_fields("konu:kira not:önemli", &["konu"]).unwrap();
    assert_eq!(short(query.root().unwrap()), "[konu:kira not:önemli]");
    let Some(root) = query.root() else { panic!() };
    let semrel::rewrite::Node::Group { clauses, .. } = &root.node else {
        panic!()
    };
    assert_eq!(clauses[1].field, None);
}

#[test]
fn spans_point_into_the_query() {
    let text = "şu +kira^2 \"saklı pay\"";
    let query = Query::parse(text).unwrap();
    let semrel::rewrite::Node::Group { clauses, .. } = &query.root().unwrap().node else {
        panic!()
    };
    let texts: Vec<&str> = clauses.iter().map(|c| &text[c.span.clone()]).collect();
    assert_eq!(texts, ["şu", "kira", "\"saklı pay\""]);
}

#[test]
fn limits_are_errors_that_say_so() {
    let error = Query::parse(&"a".repeat(MAX_QUERY_BYTES + 1)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    assert!(error.to_string().contains("at most 65536 bytes"), "{error}");
    let error = Query::parse(&"a ".repeat(MAX_QUERY_CLAUSES + 1)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    assert!(Query::parse(&"a ".repeat(MAX_QUERY_CLAUSES)).is_ok());
}
