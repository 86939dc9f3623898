//! Reading a wordnet.

use std::io::BufRead;

use super::parse::parse;
use super::records::Records;
use super::resolve::Draft;
use crate::error::{Error, Result};
use crate::labels::Record;

/// Reads a wordnet in WN-LMF 1.x, the XML format of the Global Wordnet Association.
///
/// Yields, in this order:
/// - what is wrong with parts of the file, each as an error that names the line and the id: a
///   reference to an id that is not there, a lemma that is no term, a confidence that is no
///   probability; what is right is read all the same;
/// - a [`TermRecord`](crate::TermRecord) per sense, with part of speech, definition, domain
///   (`dc:subject` of the sense or its synset, or `lexfile`) and a lemma of the hypernym;
/// - synonyms: two lemmas of one synset, and of synsets related by `eq_synonym` or `ir_synonym`;
/// - antonyms: senses and synsets related by `antonym` or one of its kinds;
/// - what [`write_wordnet`](super::write_wordnet) marks in addition;
/// - if asked for, [co-hyponyms](Self::co_hyponyms).
///
/// `similar` of other wordnets is no synonymy and passed over. `confidenceScore` is the weight of
/// a relation. Each pair comes once.
///
/// A sense may name a synset that comes later in the file, so the first call of `next` reads the
/// whole of it. Memory is proportional to its terms, senses, definitions and relations.
///
/// No document type and no external entity is read, and nothing expands: the entities of XML
/// itself are known, others are an error. A tag or text has at most 1 MiB, elements are nested at
/// most 32 deep, a synset has at most 1,000 members. What breaks one of these rules, or is not
/// well-formed, or is another format, is the only thing yielded: one error with its line.
///
/// ```
/// use semrel::formats::WnLmfReader;
/// use semrel::{Record, Relation};
///
/// let file = r#"<LexicalResource xmlns:dc="https://globalwordnet.github.io/schemas/dc/">
///   <Lexicon id="tr" label="Örnek" language="tr" email="" license="CC0-1.0" version="1">
///     <LexicalEntry id="e1">
///       <Lemma writtenForm="saklı pay" partOfSpeech="n"/> <Sense id="s1" synset="c1"/>
///     </LexicalEntry>
///     <LexicalEntry id="e2">
///       <Lemma writtenForm="mahfuz hisse" partOfSpeech="n"/> <Sense id="s2" synset="c1"/>
///     </LexicalEntry>
///     <Synset id="c1" ili=""/>
///   </Lexicon>
/// </LexicalResource>"#;
/// let records = WnLmfReader::new(file.as_bytes()).collect::<Result<Vec<_>, _>>()?;
/// let Record::Pair(pair) = &records[2] else { panic!() };
/// assert_eq!((&*pair.sentence1, &*pair.sentence2), ("saklı pay", "mahfuz hisse"));
/// assert_eq!(pair.label, Relation::Synonym);
/// # Ok::<(), semrel::Error>(())
/// ```
#[derive(Debug)]
pub struct WnLmfReader<R> {
    language: Option<String>,
    sibling_limit: usize,
    state: State<R>,
}

#[derive(Debug)]
enum State<R> {
    Unread(R),
    Read(std::vec::IntoIter<Error>, Box<Records>),
    Failed,
}

impl<R: BufRead> WnLmfReader<R> {
    /// Records of `reader`: those of all lexicons in it, which must be of one language.
    pub fn new(reader: R) -> Self {
        WnLmfReader {
            language: None,
            sibling_limit: 0,
            state: State::Unread(reader),
        }
    }

    /// Reads the lexicons in this language only: a BCP 47 tag, of which varieties count too
    /// (*tr-TR* is *tr*).
    #[must_use]
    pub fn language(mut self, tag: impl Into<String>) -> Self {
        self.language = Some(tag.into());
        self
    }

    /// Tells co-hyponyms too: terms of distinct synsets right under one hypernym, unless the file
    /// relates the two in another way.
    ///
    /// Their number is quadratic in that of the hyponyms, and a hypernym with very many hyponyms
    /// says little of any two of them, so one with more than `limit` is passed over. Zero, which
    /// is the default, tells none.
    #[must_use]
    pub fn co_hyponyms(mut self, limit: usize) -> Self {
        self.sibling_limit = limit;
        self
    }
}

impl<R: BufRead> Iterator for WnLmfReader<R> {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        if let State::Unread(_) = self.state {
            let State::Unread(reader) = std::mem::replace(&mut self.state, State::Failed) else {
                return None;
            };
            let language = self.language.as_deref();
            let read = parse(reader, language).and_then(Draft::resolve);
            match read {
                Ok((document, problems)) => {
                    let records = Records::new(document, self.sibling_limit);
                    self.state = State::Read(problems.into_iter(), Box::new(records));
                }
                Err(error) => return Some(Err(error)),
            }
        }
        match &mut self.state {
            State::Read(problems, records) => match problems.next() {
                Some(problem) => Some(Err(problem)),
                None => records.next().map(Ok),
            },
            State::Unread(_) | State::Failed => None,
        }
    }
}
