//! Terms of several words, and synonyms that take over an inflection.

use semrel::morphology::{Analyzer, Apostrophe};

#[test]
fn terms_are_found_whatever_their_inflection() {
    let analyzer = Analyzer::turkish();
    let lexicon = [
        "mirasçılık belgesi",
        "kira sözleşmesi",
        "haklı fesih",
        "insan hakları",
        "kiracının tahliyesi",
        "dava açmak",
        "sona erdirme",
        "tüzel kişi",
        "hukuki yarar",
        "kapalı cezaevi",
        "türk borçlar kanunu",
        "sözleşmenin feshedilmesi",
    ];
    let find = |phrase: &str| analyzer.lemma_candidates(phrase, |term| lexicon.contains(&term));
    for (phrase, term) in [
        ("mirasçılık belgelerinin", "mirasçılık belgesi"),
        ("mirasçılık belgesi", "mirasçılık belgesi"),
        ("MİRASÇILIK BELGESİNE", "mirasçılık belgesi"),
        ("kira sözleşmesinden", "kira sözleşmesi"),
        ("kira sözleşmelerindeki", "kira sözleşmesi"),
        ("kira sözleşmem", "kira sözleşmesi"),
        ("haklı feshin", "haklı fesih"),
        ("insan haklarına", "insan hakları"),
        ("kiracının tahliyesine", "kiracının tahliyesi"),
        ("dava açan", "dava açmak"),
        ("dava açılması", "dava açmak"),
        ("sona erdirmesi", "sona erdirme"),
        ("tüzel kişiliğin", ""),
        ("tüzel kişilerin", "tüzel kişi"),
        ("hukuki yararı", "hukuki yarar"),
        ("kapalı cezaevlerine", "kapalı cezaevi"),
        ("Türk Borçlar Kanunu'nun", "türk borçlar kanunu"),
        ("sözleşmenin feshedilmesinden", "sözleşmenin feshedilmesi"),
    ] {
        let found = find(phrase);
        assert_eq!(found.first().map_or("", String::as_str), term, "{phrase}");
    }
}

#[test]
fn the_lemma_of_a_term_without_a_lexicon() {
    let analyzer = Analyzer::turkish();
    for (phrase, lemma) in [
        ("kira sözleşmelerinin", "kira sözleşmesi"),
        ("haklı nedenle", "haklı neden"),
        ("İdari Yargıda", "idari yargı"),
        ("sözleşmenin", "sözleşme"),
        ("", ""),
    ] {
        assert_eq!(analyzer.phrase_lemma(phrase), lemma);
    }
}

#[test]
fn synonyms_take_over_the_inflection() {
    let analyzer = Analyzer::turkish();
    for (surface, lemma, replacement, form) in [
        ("sözleşmenin", "sözleşme", "akit", "akdin"),
        ("sözleşmesinin", "sözleşme", "akit", "akdinin"),
        ("sözleşmelerden", "sözleşme", "akit", "akitlerden"),
        ("kiracının", "kiracı", "müstecir", "müstecirin"),
        ("yasalarca", "yasa", "kanun", "kanunlarca"),
        ("yasaya", "yasa", "kanun", "kanuna"),
        ("davacılar", "davacı", "müddei", "müddeiler"),
        (
            "kira sözleşmesinin",
            "kira sözleşmesi",
            "kira akdi",
            "kira akdinin",
        ),
        (
            "kira sözleşmelerine",
            "kira sözleşmesi",
            "kira akdi",
            "kira akitlerine",
        ),
        ("sözleşmenin", "sözleşme", "kira akdi", "kira akdinin"),
        ("sözleşmesinden", "sözleşme", "kira akdi", "kira akdinden"),
        ("kira akdinde", "kira akdi", "sözleşme", "sözleşmede"),
        ("saklı paya", "saklı pay", "mahfuz hisse", "mahfuz hisseye"),
        ("feshinden", "fesih", "sona erdirme", "sona erdirmesinden"),
        ("feshedilen", "feshetmek", "bozmak", "bozulan"),
        ("feshediyor", "feshetmek", "sona erdirmek", "sona erdiriyor"),
        (
            "dava açılması",
            "dava açmak",
            "yargıya başvurmak",
            "yargıya başvurulması",
        ),
        ("Sözleşmenin", "sözleşme", "akit", "Akdin"),
        ("SÖZLEŞMENİN", "sözleşme", "akit", "AKDİN"),
        (
            "TBK'nın",
            "TBK",
            "Türk Borçlar Kanunu",
            "Türk Borçlar Kanunu'nun",
        ),
        (
            "Türk Borçlar Kanunu'na",
            "Türk Borçlar Kanunu",
            "TBK",
            "TBK'ya",
        ),
        (
            "Türk Borçlar Kanununda",
            "Türk Borçlar Kanunu",
            "TBK",
            "TBK'da",
        ),
        (
            "Anayasa Mahkemesinin",
            "Anayasa Mahkemesi",
            "AYM",
            "AYM'nin",
        ),
        ("AYM'ye", "AYM", "Anayasa Mahkemesi", "Anayasa Mahkemesi'ne"),
        ("cezaevlerinde", "cezaevi", "hapishane", "hapishanelerde"),
        ("hapishanede", "hapishane", "cezaevi", "cezaevinde"),
        ("sözleşme", "sözleşme", "akit", "akit"),
    ] {
        assert_eq!(
            analyzer.transfer(surface, lemma, replacement).as_deref(),
            Some(form),
            "{surface} / {replacement}"
        );
    }
}

#[test]
fn search_engines_may_leave_the_apostrophe_out() {
    let analyzer = Analyzer::turkish();
    assert_eq!(
        analyzer
            .transfer_with("TBK'nın", "TBK", "Türk Borçlar Kanunu", Apostrophe::Omit)
            .as_deref(),
        Some("Türk Borçlar Kanununun")
    );
}

#[test]
fn what_cannot_be_transferred_is_not() {
    let analyzer = Analyzer::turkish();
    assert_eq!(analyzer.transfer("davanın", "sözleşme", "akit"), None);
    assert_eq!(analyzer.transfer("feshediyor", "feshetmek", "fesih"), None);
    assert_eq!(analyzer.transfer("", "sözleşme", "akit"), None);
    assert_eq!(analyzer.transfer("sözleşmenin", "sözleşme", ""), None);
}
