//! Reading a synonyms file.

use std::io::BufRead;

use super::rule::Rule;
use crate::error::{Error, Result};
use crate::labels::Record;
use crate::lines::Lines;

/// Reads the synonyms file of Solr, Lucene and Elasticsearch, in constant memory.
///
/// `a, b, c` makes every two of its terms synonyms. `a, b => c` says that *c* may stand for *a*
/// and for *b*: one-way pairs; a term that stands on both sides keeps itself. A backslash takes
/// its special meaning from the character after it. A line that begins with `#` is a comment.
/// Rules are not chained: two terms are a pair only if one line holds them both. Each pair comes
/// once per line; a term that is there twice counts once.
///
/// White space around a term is no part of it, unless escaped. A line has at most
/// [`MAX_TERMS_PER_RULE`](super::MAX_TERMS_PER_RULE) terms.
///
/// A bad line is an error that names it; the next call goes on with the line after it.
///
/// ```
/// use semrel::Record;
/// use semrel::formats::SolrReader;
///
/// let text = "\
/// ## miras hukuku
/// saklı pay, mahfuz hisse
/// Sayıştay,
/// temyiz mahkemesi => Yargıtay
/// ";
/// let mut records = SolrReader::new(text.as_bytes());
/// let Some(Ok(Record::Pair(pair))) = records.next() else { panic!() };
/// assert_eq!((&*pair.sentence1, &*pair.sentence2), ("saklı pay", "mahfuz hisse"));
/// assert!(records.next().unwrap().unwrap_err().to_string().starts_with("line 3: an empty term"));
/// let Some(Ok(Record::Pair(pair))) = records.next() else { panic!() };
/// assert_eq!((&*pair.sentence2, pair.one_way), ("Yargıtay", true));
/// ```
#[derive(Debug)]
pub struct SolrReader<R> {
    lines: Lines<R>,
    rule: Rule,
    any_rule: bool,
    failed: bool,
}

impl<R: BufRead> SolrReader<R> {
    /// Records of `reader`.
    pub fn new(reader: R) -> Self {
        SolrReader {
            lines: Lines::new(reader),
            rule: Rule::default(),
            any_rule: false,
            failed: false,
        }
    }

    /// The number of the line that was read last, counted from one.
    pub fn line_number(&self) -> u64 {
        self.lines.number()
    }
}

impl<R: BufRead> Iterator for SolrReader<R> {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(pair) = self.rule.next_pair() {
                return Some(Ok(Record::Pair(pair)));
            }
            if self.failed {
                return None;
            }
            let rule = match self.lines.next_line()? {
                Ok(line) if line.starts_with('#') || line.trim().is_empty() => continue,
                Ok(line) if !self.any_rule && is_prolog(line) => {
                    self.failed = true;
                    Err(Error::invalid(
                        "this is a wordnet in Prolog format, not a Solr synonyms file: convert \
                         it to WN-LMF, which is read as a wordnet",
                    ))
                }
                Ok(line) => Rule::parse(line),
                Err(error) => return Some(Err(error)),
            };
            self.any_rule = true;
            match rule {
                Ok(rule) => self.rule = rule,
                Err(error) => {
                    let number = self.lines.number();
                    return Some(Err(error.context(format_args!("line {number}"))));
                }
            }
        }
    }
}

/// Whether a line looks like `s(100001740,1,'entity',n,1,11).`, which Solr reads too if told so.
fn is_prolog(line: &str) -> bool {
    line.strip_prefix("s(")
        .and_then(|rest| rest.split_once(','))
        .is_some_and(|(id, rest)| {
            !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) && rest.contains('\'')
        })
}
