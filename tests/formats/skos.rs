//! The thesaurus in SKOS.

use semrel::formats::{MemorySource, write_skos};
use semrel::{ErrorKind, Relation};

use crate::{law, pair};

fn turtle(source: &MemorySource, base: Option<&str>) -> String {
    let mut file = Vec::new();
    write_skos(source, base, &mut file).unwrap();
    String::from_utf8(file).unwrap()
}

#[test]
fn concepts_and_relations() {
    let file = turtle(&law(), None);
    for part in [
        "<urn:semrel:tr:sakl%C4%B1%20pay> a skos:Concept",
        "skos:prefLabel \"Sayıştay\"@tr ;\n    skos:altLabel \"Divan-ı Muhasebat\"@tr",
        "skos:definition \"\\\"kiralayan\\\" & <kiracı> arasındaki sözleşme\"@tr",
        "skos:broader <urn:semrel:tr:miras%20pay%C4%B1>",
        "<urn:semrel:tr:sakl%C4%B1%20pay~2> a skos:Concept",
        "<urn:semrel:tr:alacakl%C4%B1> semrel:antonym <urn:semrel:tr:bor%C3%A7lu> .",
        "semrel:coHyponym <urn:semrel:tr:sat%C4%B1%C5%9F%20s%C3%B6zle%C5%9Fmesi> .",
        "<urn:semrel:tr:y%C3%BCksek%20mahkeme> semrel:substitute <urn:semrel:tr:Anayasa%20Mahkemesi>",
        "semrel:synonym <urn:semrel:tr:mahfuz%20pay> .",
    ] {
        assert!(file.contains(part), "{part}\n{file}");
    }
    assert_eq!(file.matches("skos:topConceptOf").count(), 3);
    assert!(!file.contains("vasi> semrel:"));
}

#[test]
fn what_is_right_above_is_not_related_too() {
    let mut source = law();
    source
        .add(pair(
            "sözleşme",
            "kira sözleşmesi",
            Relation::CoHyponym,
            1.0,
        ))
        .unwrap();
    let file = turtle(&source, None);
    assert!(!file.contains("s%C3%B6zle%C5%9Fme> semrel:"));
    assert!(!file.contains("semrel:coHyponym <urn:semrel:tr:s%C3%B6zle%C5%9Fme>"));
}

#[test]
fn names_begin_with_the_base_that_was_asked_for() {
    let file = turtle(&law(), Some("https://example.org/hukuk/"));
    assert!(file.contains("<https://example.org/hukuk> a skos:ConceptScheme"));
    assert!(file.contains("<https://example.org/hukuk/vasi> a skos:Concept"));
}

#[test]
fn a_base_or_language_that_breaks_the_file_is_refused() {
    for base in [
        "",
        "hukuk/",
        "https",
        "urn:",
        "https://x y/",
        "urn:a>:",
        "1:2",
    ] {
        let error = write_skos(&law(), Some(base), Vec::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{base:?}");
    }
    for language in ["", "tr ", "-", "tr-", "tr\n"] {
        let source = MemorySource::new("x", "1", language, "CC0-1.0");
        assert!(
            write_skos(&source, None, Vec::new()).is_err(),
            "{language:?}"
        );
    }
}
