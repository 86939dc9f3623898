//! Wordnets in WN-LMF.

use proptest::prelude::*;
use semrel::formats::{MemorySource, Source, WnLmfReader, write_wordnet};
use semrel::{ErrorKind, Pos, Record, Relation, TermRecord};

use crate::{law, pair, told_by};

fn written(source: &MemorySource) -> String {
    let mut file = Vec::new();
    write_wordnet(source, &mut file).unwrap();
    String::from_utf8(file).unwrap()
}

fn read(file: &str) -> Vec<Record> {
    WnLmfReader::new(file.as_bytes())
        .map(Result::unwrap)
        .collect()
}

fn terms(records: Vec<Record>) -> Vec<TermRecord> {
    let term = |record| match record {
        Record::Term(term) => Some(term),
        Record::Pair(_) => None,
    };
    records.into_iter().filter_map(term).collect()
}

/// `content` inside of a Turkish lexicon.
fn lexicon(content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE LexicalResource SYSTEM \"http://globalwordnet.github.io/schemas/WN-LMF-1.1.dtd\">\n\
         <LexicalResource xmlns:dc=\"https://globalwordnet.github.io/schemas/dc/\">\n\
         <Lexicon id=\"tr\" label=\"Deneme\" language=\"tr\" email=\"\" license=\"\" version=\"1\">\n\
         {content}\n</Lexicon>\n</LexicalResource>\n"
    )
}

/// An entry with one sense, with the id of the lemma's first word.
fn entry(lemma: &str, synset: &str, relations: &str) -> String {
    let id = lemma.split(' ').next().unwrap();
    format!(
        "<LexicalEntry id=\"e-{id}\"><Lemma writtenForm=\"{lemma}\" partOfSpeech=\"n\"/>\
         <Sense id=\"s-{id}\" synset=\"{synset}\">{relations}</Sense></LexicalEntry>\n"
    )
}

fn synset(id: &str, content: &str) -> String {
    format!("<Synset id=\"{id}\" ili=\"\">{content}</Synset>\n")
}

#[test]
fn what_is_written_is_read_back() {
    let source = law();
    let records = read(&written(&source));
    let texts: Vec<_> = source.terms().map(|term| term.text.into_owned()).collect();
    let pairs = source
        .pairs()
        .filter(|pair| pair.relation != Relation::Unrelated);
    let expected = told_by(pairs.map(|p| {
        let mut pair =
            semrel::LabelledPair::new(&*texts[p.a as usize], &*texts[p.b as usize], p.relation);
        pair.weight = Some(p.weight);
        pair.one_way = p.one_way;
        Record::Pair(pair)
    }));
    assert_eq!(told_by(records.clone()), expected);

    let terms = terms(records);
    let find = |text: &str| terms.iter().find(|term| term.term == text).unwrap();
    assert_eq!(
        *find("saklı pay"),
        TermRecord {
            term: "saklı pay".into(),
            pos: Some(Pos::Noun),
            gloss: Some("yasal miras payının dokunulamaz bölümü".into()),
            domain: Some("inheritance".into()),
            hypernym: Some("miras payı".into()),
        }
    );
    assert_eq!(
        find("mahfuz hisse").gloss.as_deref(),
        Some("saklı payın eski adı")
    );
    assert_eq!(
        find("kira sözleşmesi").gloss.as_deref(),
        Some("\"kiralayan\" & <kiracı> arasındaki sözleşme")
    );
    assert_eq!(find("AYM").pos, Some(Pos::Abbr));
    assert_eq!(find("Sayıştay").pos, Some(Pos::Name));
    assert_eq!(find("Divan-ı Muhasebat").pos, None);
    let senses = terms.iter().filter(|term| term.term == "saklı pay");
    assert_eq!(senses.count(), 2);
}

#[test]
fn antonyms_of_senses_and_of_synsets() {
    let file = lexicon(
        &[
            entry(
                "alacaklı",
                "c1",
                r#"<SenseRelation relType="antonym" target="s-borçlu" confidenceScore="0.75"/>"#,
            ),
            entry(
                "borçlu",
                "c2",
                r#"<SenseRelation relType="antonym" target="s-alacaklı"/>
                   <SenseRelation relType="derivation" target="s-nowhere"/>"#,
            ),
            entry("aktif", "c3", ""),
            entry("etkin", "c3", ""),
            entry("pasif", "c4", ""),
            synset("c1", ""),
            synset("c2", ""),
            synset("c3", r#"<SynsetRelation relType="antonym" target="c4"/>"#),
            synset("c4", r#"<SynsetRelation relType="antonym" target="c3"/>"#),
        ]
        .concat(),
    );
    assert_eq!(
        told_by(read(&file)),
        told_by([
            pair("aktif", "etkin", Relation::Synonym, 1.0),
            pair("alacaklı", "borçlu", Relation::Antonym, 0.75),
            pair("aktif", "pasif", Relation::Antonym, 1.0),
            pair("etkin", "pasif", Relation::Antonym, 1.0),
        ])
    );
}

#[test]
fn co_hyponyms_are_told_if_asked_for_and_not_against_what_is_stated() {
    let under =
        |content: &str| format!("{content}<SynsetRelation relType=\"hypernym\" target=\"taraf\"/>");
    let antonym = "<SynsetRelation relType=\"antonym\" target=\"c2\"/>";
    let file = lexicon(
        &[
            entry("taraf", "taraf", ""),
            entry("kiracı", "c1", ""),
            entry("müstecir", "c1", ""),
            entry("kiraya veren", "c2", ""),
            entry("kefil", "c3", ""),
            synset(
                "taraf",
                "<SynsetRelation relType=\"hyponym\" target=\"c3\"/>",
            ),
            synset("c1", &under(antonym)),
            synset("c2", &under("")),
            synset("c3", ""),
        ]
        .concat(),
    );
    let stated = told_by([
        pair("kiracı", "müstecir", Relation::Synonym, 1.0),
        pair("kiracı", "kiraya veren", Relation::Antonym, 1.0),
        pair("müstecir", "kiraya veren", Relation::Antonym, 1.0),
    ]);
    assert_eq!(told_by(read(&file)), stated);

    let with_limit = |limit| {
        let reader = WnLmfReader::new(file.as_bytes()).co_hyponyms(limit);
        told_by(reader.map(Result::unwrap))
    };
    assert_eq!(with_limit(3), stated);
    let derived = told_by(
        ["kiracı", "müstecir", "kiraya veren"]
            .map(|term| pair(term, "kefil", Relation::CoHyponym, 1.0)),
    );
    assert_eq!(with_limit(4), stated.union(&derived).cloned().collect());

    let hypernyms: Vec<_> = terms(read(&file)).into_iter().map(|t| t.hypernym).collect();
    let taraf = Some("taraf".to_owned());
    assert_eq!(hypernyms[0], None);
    assert!(hypernyms[1..].iter().all(|hypernym| *hypernym == taraf));
}

#[test]
fn terms_that_share_two_synsets_are_one_pair() {
    let entry = |id: &str, lemma: &str| {
        format!(
            "<LexicalEntry id=\"{id}\"><Lemma writtenForm=\"{lemma}\" partOfSpeech=\"n\"/>\
             <Sense id=\"{id}1\" synset=\"c1\"/><Sense id=\"{id}2\" synset=\"c2\"/></LexicalEntry>"
        )
    };
    let file = lexicon(
        &[
            entry("e1", "hak"),
            entry("e2", "HAK"),
            entry("e3", "hukuk"),
            "<Synset id=\"c1\" ili=\"\" members=\"e3\" lexfile=\"noun.law\"/>".to_owned(),
            synset(
                "c2",
                "<Definition>  tüze  &amp;\n hukuk<![CDATA[ <1> ]]></Definition>",
            ),
        ]
        .concat(),
    );
    let records = read(&file);
    let terms = terms(records.clone());
    assert_eq!(terms[0].domain.as_deref(), Some("noun.law"));
    assert_eq!(terms[1].gloss.as_deref(), Some("tüze & hukuk <1>"));
    assert_eq!(
        told_by(records),
        told_by([pair("hak", "hukuk", Relation::Synonym, 1.0)])
    );
}

#[test]
fn the_language_is_chosen_or_there_is_only_one() {
    let lexicon = |language: &str, entry: &str| {
        format!(
            "<Lexicon id=\"l-{language}\" label=\"\" language=\"{language}\" email=\"\" license=\"\" \
             version=\"1\">{entry}</Lexicon>"
        )
    };
    let of_english = [
        entry("creditor", "c1", ""),
        entry("obligee", "c1", ""),
        synset(
            "c1",
            "<Definition>to whom a debt is owed</Definition>\
             <Definition language=\"tr\">kendisine borçlu olunan</Definition>",
        ),
    ]
    .concat();
    let file = format!(
        "<LexicalResource>{}{}</LexicalResource>",
        lexicon("en", &of_english),
        lexicon("tr-TR", &entry("alacaklı", "c1", "")),
    );
    let error = WnLmfReader::new(file.as_bytes())
        .next()
        .unwrap()
        .unwrap_err();
    assert!(
        error.to_string().contains("(en, tr-TR): choose one"),
        "{error}"
    );

    let of = |language: &str| -> Vec<Record> {
        let reader = WnLmfReader::new(file.as_bytes()).language(language);
        reader.map(Result::unwrap).collect()
    };
    assert_eq!(
        terms(of("TR")),
        [TermRecord {
            term: "alacaklı".into(),
            pos: Some(Pos::Noun),
            gloss: Some("kendisine borçlu olunan".into()),
            ..TermRecord::default()
        }]
    );
    assert_eq!(of("en").len(), 3);

    let mut none = WnLmfReader::new(file.as_bytes()).language("t");
    let error = none.next().unwrap().unwrap_err();
    assert!(error.to_string().contains("holds \"en, tr-TR\""), "{error}");
    assert!(none.next().is_none());
}

#[test]
fn what_spoils_a_part_costs_only_that_part() {
    let good = [
        entry("hibe", "c1", ""),
        entry("bağış", "c1", ""),
        synset("c1", ""),
    ]
    .concat();
    for (part, reason) in [
        (
            entry("vasi", "c9", ""),
            "line 5: the sense \"s-vasi\" is of the synset \"c9\"",
        ),
        (
            entry("vasi", "e-vasi", ""),
            "of the synset \"e-vasi\", which the file does not define",
        ),
        (
            entry(
                "vasi",
                "c1",
                "<SenseRelation relType=\"antonym\" target=\"s9\"/>",
            )
            .replace("c1", "c2")
                + &synset("c2", ""),
            "line 5: a relation leads to the sense \"s9\"",
        ),
        (
            synset(
                "c2",
                "\n<SynsetRelation relType=\"hypernym\" target=\"c9\"/>",
            ),
            "line 6: a relation leads to the synset \"c9\"",
        ),
        (
            synset("c2", "<Definition sourceSense=\"s9\">veli</Definition>"),
            "a definition is of the sense \"s9\"",
        ),
        (
            synset("c2\" members=\"s9 s8", ""),
            "a synset has the member \"s9\"",
        ),
        (
            entry("...", "c1", ""),
            "line 5: writtenForm: \"...\" is no term",
        ),
        (
            entry(
                "vasi",
                "c2",
                "<SenseRelation relType=\"antonym\" target=\"s-hibe\" confidenceScore=\"high\"/>",
            ) + &synset("c2", ""),
            "line 5: <SenseRelation> has the confidenceScore \"high\"",
        ),
    ] {
        let file = lexicon(&format!("{part}{good}"));
        let records: Vec<_> = WnLmfReader::new(file.as_bytes()).collect();
        let error = records[0].as_ref().unwrap_err().to_string();
        assert!(error.contains(reason), "{reason}\n{error}");
        let records = records.into_iter().skip(1).map(Result::unwrap);
        assert_eq!(
            told_by(records),
            told_by([pair("hibe", "bağış", Relation::Synonym, 1.0)]),
            "{part}"
        );
    }
}

#[test]
fn what_makes_a_file_unreadable_is_one_error_with_its_line() {
    let sense = |relations: &str| lexicon(&entry("vasi", "c1", relations));
    let bomb = "<!DOCTYPE LexicalResource [<!ENTITY a \"&b;&b;\"><!ENTITY b \"x\">]>\n\
                <LexicalResource><Lexicon language=\"&a;\"></Lexicon></LexicalResource>";
    let in_text = "<!DOCTYPE x SYSTEM \"file:///dev/zero\" [<!ENTITY a SYSTEM \"file:///dev/zero\">]>\n\
                   <LexicalResource>&a;</LexicalResource>";
    let long = "x".repeat(2 << 20);
    let many: String = (0..100).map(|n| format!(" a{n}=\"\"")).collect();
    for (file, reason) in [
        (String::new(), "an empty file"),
        ("   \n".to_owned(), "an empty file"),
        (
            "<SYNSETS><SYNSET/></SYNSETS>".to_owned(),
            "line 1: <SYNSETS> is the root element",
        ),
        (
            "saklı pay, mahfuz hisse".to_owned(),
            "text outside of the root",
        ),
        (
            "<LexicalResource>\n<Lexicon".to_owned(),
            "line 2 (byte 18): malformed XML",
        ),
        (
            "<LexicalResource>\n</Lexicon>".to_owned(),
            "line 2 (byte 18): malformed XML",
        ),
        (
            "<LexicalResource><!-- --></LexicalResource>\n<a/>".to_owned(),
            "line 2: a second root",
        ),
        (
            "<LexicalResource>\n".to_owned(),
            "line 2: the file ends inside an element",
        ),
        (
            bomb.to_owned(),
            "line 2: attribute \"language\" of <Lexicon>: malformed XML",
        ),
        (in_text.to_owned(), "line 2: unknown entity &a;"),
        (
            "<LexicalResource>&#0;</LexicalResource>".to_owned(),
            "malformed XML",
        ),
        (
            "<?xml version=\"1.0\" encoding=\"ISO-8859-9\"?>\n<LexicalResource/>".to_owned(),
            "is in ISO-8859-9",
        ),
        (
            format!("<LexicalResource a=\"{long}\"/>"),
            "more than 1048576 bytes",
        ),
        (
            format!("<!--{long}--><LexicalResource/>"),
            "more than 1048576 bytes",
        ),
        (
            format!("<LexicalResource{many}/>"),
            "more than 64 attributes",
        ),
        (
            "<LexicalResource a=\"1\" a=\"2\"/>".to_owned(),
            "malformed XML",
        ),
        (
            format!("<LexicalResource>{}", "<a>".repeat(100_000)),
            "more than 32 elements",
        ),
        (
            "<LexicalResource><Lexicon id=\"x\"/></LexicalResource>".to_owned(),
            "<Lexicon> has no attribute \"language\"",
        ),
        (
            "<LexicalResource><LexiconExtension/></LexicalResource>".to_owned(),
            "merge the two",
        ),
        (
            "<LexicalResource><Synset/></LexicalResource>".to_owned(),
            "stands outside of a <Lexicon>",
        ),
        (
            "<LexicalResource><Lemma/></LexicalResource>".to_owned(),
            "stands outside of a <LexicalEntry>",
        ),
        (
            lexicon("<Sense/>"),
            "line 5: <Sense> stands outside of a <LexicalEntry>",
        ),
        (
            lexicon("<LexicalEntry id=\"e\">\n<Sense/></LexicalEntry>"),
            "line 6: <Sense> stands before the <Lemma>",
        ),
        (lexicon("<SynsetRelation/>"), "stands outside of a <Synset>"),
        (lexicon("<SenseRelation/>"), "stands outside of a <Sense>"),
        (
            sense("<SenseRelation relType=\"antonym\"/>"),
            "has no attribute \"target\"",
        ),
        (
            lexicon(&entry("vasi", "c1", "").repeat(2)),
            "line 6: the id \"e-vasi\" is taken already",
        ),
        (
            lexicon(&format!("{}\n{}", synset("c", ""), synset("c", ""))),
            "line 7: the id \"c\" is taken",
        ),
        (
            lexicon(&synset(
                "c",
                &format!("<Definition>{}</Definition>", &long[..1 << 17]),
            )),
            "a definition of more than",
        ),
        (
            lexicon(
                &(0..1001)
                    .map(|n| entry(&format!("t{n}"), "c", ""))
                    .chain([synset("c", "")])
                    .collect::<String>(),
            ),
            "the synset \"c\" has more than 1000 members",
        ),
    ] {
        let records: Vec<_> = WnLmfReader::new(file.as_bytes()).collect();
        assert_eq!(records.len(), 1, "{reason}");
        let error = records[0].as_ref().unwrap_err().to_string();
        assert!(error.contains(reason), "{reason}\n{error}");
        assert!(error.len() < 400, "{reason}");
    }
    let latin: &[u8] = b"<LexicalResource>\n<Lexicon language=\"\xfe\"/></LexicalResource>";
    let error = WnLmfReader::new(latin).next().unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 2: attribute \"language\" of <Lexicon>: not UTF-8: convert the file to UTF-8 first"
    );
    let utf16: Vec<u8> = "\u{feff}<LexicalResource/>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let error = WnLmfReader::new(&*utf16).next().unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
}

#[test]
fn a_byte_order_mark_and_other_languages_do_no_harm() {
    let file = format!(
        "\u{feff}{}",
        lexicon(&(entry("vasi", "c1", "") + &synset("c1", "")))
    );
    assert_eq!(read(&file).len(), 1);
}

proptest! {
    #[test]
    fn any_term_survives_the_file(
        texts in prop::collection::vec("[ <>&\"'\\]\u{0}-\u{1f}]{0,4}[a-zşı][^\u{fffe}\u{ffff}]{0,6}", 2),
    ) {
        prop_assume!(semrel::LabelledPair::new(&*texts[0], &*texts[1], Relation::Antonym).check().is_ok());
        let mut source = MemorySource::new("x", "1", "tr", "CC0-1.0");
        source.add(pair(&texts[0], &texts[1], Relation::Antonym, 0.5)).unwrap();
        let plain = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
        prop_assert_eq!(
            told_by(read(&written(&source))),
            told_by([pair(&plain(&texts[0]), &plain(&texts[1]), Relation::Antonym, 0.5)])
        );
    }

    #[test]
    fn a_damaged_file_never_panics(at in 0usize..4000, to in any::<u8>(), cut in any::<bool>()) {
        let mut file = written(&law()).into_bytes();
        let at = at % file.len();
        if cut {
            file.truncate(at);
        } else {
            file[at] = to;
        }
        for record in WnLmfReader::new(&*file).co_hyponyms(100).flatten() {
            if let Record::Pair(pair) = record {
                prop_assert!(pair.check().is_ok());
            }
        }
    }
}
