//! Labelled data as JSON Lines: the format that loses nothing stated.

use std::io::Write;

use serde::Serialize;

use super::out::Out;
use super::source::{Index, Source};
use crate::error::{Error, Result};
use crate::labels::{LabelledPair, TermRecord};

/// Writes `source` as labelled data, which [`RecordReader`](crate::RecordReader) reads back.
///
/// First what is known of terms, one line per sense, then the pairs, those left out that follow
/// from others and will follow again when a lexicon is built of the file. A term of which nothing is
/// known but its name has a line only if no pair names it.
///
/// # Errors
///
/// `Io` if writing failed, `InvalidInput` if `source` names a term that it does not have.
///
/// ```
/// use semrel::formats::{MemorySource, write_jsonl};
/// use semrel::{LabelledPair, Record, Relation};
///
/// let mut source = MemorySource::new("sozluk", "1.0", "tr", "CC0-1.0");
/// source.add(Record::Pair(LabelledPair::new("alacaklı", "borçlu", Relation::Antonym)))?;
/// let mut lines = Vec::new();
/// write_jsonl(&source, &mut lines)?;
/// assert_eq!(
///     String::from_utf8_lossy(&lines),
///     "{\"sentence1\":\"alacaklı\",\"sentence2\":\"borçlu\",\"label\":\"antonym\"}\n"
/// );
/// # Ok::<(), semrel::Error>(())
/// ```
pub fn write_jsonl<S: Source + ?Sized, W: Write>(source: &S, out: W) -> Result<()> {
    let index = Index::new(source)?;
    let mut out = Out::new(out);
    let mut paired = vec![false; index.terms.len()];
    for pair in source.pairs().filter(|pair| !pair.derived) {
        for id in [pair.a, pair.b] {
            index.term(id)?;
            paired[id as usize] = true;
        }
    }
    for (term, paired) in index.terms.iter().zip(paired) {
        for sense in &term.senses {
            let hypernym = sense.hypernym.map(|id| index.text(id)).transpose()?;
            let record = TermRecord {
                term: term.text.clone().into_owned(),
                pos: sense.pos,
                gloss: sense.gloss.clone().map(Into::into),
                domain: sense.domain.clone().map(Into::into),
                hypernym: hypernym.map(str::to_owned),
            };
            put(&mut out, &record)?;
        }
        if term.senses.is_empty() && !paired {
            let record = TermRecord {
                term: term.text.clone().into_owned(),
                ..TermRecord::default()
            };
            put(&mut out, &record)?;
        }
    }
    for pair in source.pairs().filter(|pair| !pair.derived) {
        let (a, b) = (index.text(pair.a)?, index.text(pair.b)?);
        let mut record = LabelledPair::new(a, b, pair.relation);
        record.weight = (pair.weight != 1.0).then_some(pair.weight);
        record.one_way = pair.one_way;
        record.source = pair.source.map(Into::into);
        record.domain = pair.domain.map(Into::into);
        put(&mut out, &record)?;
    }
    out.finish()
}

fn put<W: Write>(out: &mut Out<W>, record: &impl Serialize) -> Result<()> {
    let line = serde_json::to_string(record)
        .map_err(|e| Error::invalid(format!("a record cannot be written as JSON: {e}")))?;
    out.put(format_args!("{line}\n"))
}
