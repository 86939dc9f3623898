//! What every writer asks of its source, and the format that loses nothing.

use std::io::{self, Write};

use semrel::formats::{Format, MemorySource, Pair, Source, Term, write_jsonl};
use semrel::{ErrorKind, Record, RecordReader, Relation};

use crate::{law, told_by};

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
    fn terms(&self) -> Box<dyn Iterator<Item = Term<'_>> + '_> {
        Box::new(["vasi", "veli"].into_iter().map(|text| Term {
            text: text.into(),
            senses: Vec::new(),
        }))
    }
    fn groups(&self) -> Box<dyn Iterator<Item = Vec<u32>> + '_> {
        Box::new([vec![], self.group.clone()].into_iter())
    }
    fn pairs(&self) -> Box<dyn Iterator<Item = Pair<'_>> + '_> {
        Box::new(std::iter::once(Pair {
            a: 0,
            b: self.pair,
            relation: Relation::Synonym,
            weight: 1.0,
            one_way: false,
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
