//! What every writer asks of its source, and the format that loses nothing.

use std::io::{self, Write};

use semrel::formats::{Format, MemorySource, PairView, Source, TermView, write_jsonl, write_solr};
use semrel::{
    ErrorKind, LexiconBuilder, Manifest, Pack, PackBuilder, Record, RecordReader, Relation,
};

use crate::{law, pair, told_by};

fn jsonl(source: &MemorySource) -> String {
    let mut lines = Vec::new();
    write_jsonl(source, &mut lines).unwrap();
    String::from_utf8(lines).unwrap()
}

#[test]
fn json_lines_lose_nothing() {
    let lines = jsonl(&law());
    let records: Vec<Record> = RecordReader::new(lines.as_bytes())
        .map(Result::unwrap)
        .collect();
    let mut again = MemorySource::new("hukuk", "1.0", "tr", "CC-BY-4.0");
    for record in records.clone() {
        again.add(record).unwrap();
    }
    let second = jsonl(&again);
    let read: Vec<Record> = RecordReader::new(second.as_bytes())
        .map(Result::unwrap)
        .collect();
    assert_eq!(read, records);
    assert_eq!(told_by(records).len(), 3 + 1 + 6);
}

#[test]
fn a_term_of_which_nothing_is_known_is_kept() {
    let mut source = MemorySource::new("hukuk", "1.0", "tr", "CC0-1.0");
    source
        .add(Record::from_json(r#"{"term":"vesayet"}"#).unwrap())
        .unwrap();
    assert_eq!(jsonl(&source), "{\"term\":\"vesayet\"}\n");
}

/// A source whose pairs or groups name a term that is not there.
struct Broken {
    group: Vec<u32>,
    pair: u32,
}

impl Source for Broken {
    fn name(&self) -> &str {
        "bozuk"
    }
    fn version(&self) -> &str {
        "1"
    }
    fn language(&self) -> &str {
        "tr"
    }
    fn licence(&self) -> &str {
        "CC0-1.0"
    }
    fn terms(&self) -> Box<dyn Iterator<Item = TermView<'_>> + '_> {
        Box::new(["vasi", "veli"].into_iter().map(|text| TermView {
            text: text.into(),
            senses: Vec::new(),
        }))
    }
    fn groups(&self) -> Box<dyn Iterator<Item = Vec<u32>> + '_> {
        Box::new([vec![], self.group.clone()].into_iter())
    }
    fn pairs(&self) -> Box<dyn Iterator<Item = PairView<'_>> + '_> {
        Box::new(std::iter::once(PairView {
            a: 0,
            b: self.pair,
            relation: Relation::Synonym,
            weight: 1.0,
            one_way: false,
            derived: false,
            guarded: false,
            source: None,
            domain: None,
        }))
    }
}

#[test]
fn a_source_that_contradicts_itself_is_refused() {
    for format in Format::ALL {
        for (group, pair) in [(vec![0], 2), (vec![0, 2], 1), (vec![0, 0], 1)] {
            let error = format
                .write(&Broken { group, pair }, Vec::new())
                .unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
        }
        let group = vec![1];
        format
            .write(&Broken { group, pair: 1 }, Vec::new())
            .unwrap();
    }
}

#[test]
fn a_full_disk_is_told() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::other("no space left"))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    for format in Format::ALL {
        let error = format.write(&law(), Full).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Io);
        assert!(error.to_string().contains("no space left"));
    }
}

#[test]
fn formats_have_names() {
    for format in Format::ALL {
        assert_eq!(format.to_string().parse::<Format>().unwrap(), format);
    }
    let error = "Solr".parse::<Format>().unwrap_err().to_string();
    assert!(error.contains("use one of solr, elasticsearch"), "{error}");
}

fn pack(source: &MemorySource) -> Pack {
    let mut builder = LexiconBuilder::new();
    for record in RecordReader::new(jsonl(source).as_bytes()) {
        builder.add(&record.unwrap()).unwrap();
    }
    let (lexicon, report) = builder.build().unwrap();
    let manifest = Manifest::new("hukuk", "tr", "1.0");
    let bytes = PackBuilder::new(manifest, lexicon, &report)
        .to_bytes()
        .unwrap();
    Pack::from_bytes(bytes).unwrap()
}

#[test]
fn a_pack_is_a_source() {
    let source = law();
    let mut lines = Vec::new();
    write_jsonl(&pack(&source), &mut lines).unwrap();
    let read = |lines: &[u8]| told_by(RecordReader::new(lines).map(Result::unwrap));
    assert_eq!(read(&lines), read(jsonl(&source).as_bytes()));

    let mut rules = Vec::new();
    write_solr(&pack(&source), &mut rules).unwrap();
    let rules = String::from_utf8(rules).unwrap();
    assert!(
        rules.contains("\nyüksek mahkeme => yüksek mahkeme, AYM\n"),
        "{rules}"
    );
    for format in Format::ALL {
        format.write(&pack(&source), Vec::new()).unwrap();
    }
}

#[test]
fn a_synonym_that_a_path_makes_an_antonym_is_no_rule() {
    let mut source = law();
    source
        .add(pair("alacaklı", "dain", Relation::Synonym, 1.0))
        .unwrap();
    source
        .add(pair("dain", "borçlu", Relation::Synonym, 0.6))
        .unwrap();
    let pack = pack(&source);
    let guarded = pack
        .pairs()
        .filter(|pair| pair.guarded && pair.relation == Relation::Synonym);
    let texts: Vec<_> = pack.terms().map(|term| term.text.into_owned()).collect();
    let guarded: Vec<_> = guarded
        .map(|pair| (&*texts[pair.a as usize], &*texts[pair.b as usize]))
        .collect();
    assert!(!guarded.is_empty());
    let mut rules = Vec::new();
    write_solr(&pack, &mut rules).unwrap();
    let rules = String::from_utf8(rules).unwrap();
    for (a, b) in guarded {
        assert!(!rules.contains(&format!("\n{a}, {b}\n")), "{rules}");
    }
}
