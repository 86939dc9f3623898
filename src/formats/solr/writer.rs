//! Writing a synonyms file.

use std::io::Write;

use super::MAX_TERMS_PER_RULE;
use crate::error::Result;
use crate::formats::out::{Out, one_line};
use crate::formats::source::{Index, Source};
use crate::relation::Relation;

/// Writes the synonyms of `source` as the synonyms file of Solr, Lucene and Elasticsearch.
///
/// A synonym group is one line of equivalents. A pair that is not inside a group is a line of its
/// own, since rules are not chained: the file says exactly what the source says. A one-way pair
/// is `a => a, b`: a search for *a* finds *b* too. Other relations have no place in this format,
/// nor have synonyms that some path makes antonyms.
///
/// What [`SolrReader`](super::SolrReader) makes of the file are the same terms and pairs, except
/// that control characters in a term have become spaces.
///
/// # Errors
///
/// `Io` if writing failed, `InvalidInput` if `source` names a term that it does not have.
///
/// ```
/// use semrel::formats::{MemorySource, write_solr};
///
/// let mut source = MemorySource::new("sozluk", "1.0", "tr", "CC0-1.0");
/// source.add_group(["saklı pay", "mahfuz hisse"])?;
/// let mut file = Vec::new();
/// write_solr(&source, &mut file)?;
/// assert!(String::from_utf8_lossy(&file).ends_with("\nsaklı pay, mahfuz hisse\n"));
/// # Ok::<(), semrel::Error>(())
/// ```
pub fn write_solr<S: Source + ?Sized, W: Write>(source: &S, out: W) -> Result<()> {
    let mut out = Out::new(out);
    for line in [
        format!(
            "{} {}, {}",
            source.name(),
            source.version(),
            source.language()
        ),
        format!("licence: {}", source.licence()),
    ] {
        out.put(format_args!("# {}\n", one_line(&line)))?;
    }
    for_each_rule(source, |rule| out.put(format_args!("{rule}\n")))?;
    out.finish()
}

/// Calls `take` with each rule of `source`, as a line without its end.
pub(in crate::formats) fn for_each_rule<S: Source + ?Sized>(
    source: &S,
    mut take: impl FnMut(&str) -> Result<()>,
) -> Result<()> {
    let index = Index::new(source)?;
    // A larger group would be refused by the reader; its pairs say the same.
    let is_rule = |group: &[u32]| (2..=MAX_TERMS_PER_RULE).contains(&group.len());
    let rule_of = |term| {
        index
            .group_of(term)
            .filter(|&group| is_rule(&index.groups[group as usize]))
    };
    let mut line = String::new();
    for group in &index.groups {
        if is_rule(group) {
            line.clear();
            for &term in group {
                if !line.is_empty() {
                    line.push_str(", ");
                }
                push_escaped(&mut line, index.text(term)?);
            }
            take(&line)?;
        }
    }
    for pair in source.pairs() {
        let said = rule_of(pair.a).is_some() && rule_of(pair.a) == rule_of(pair.b);
        if pair.relation != Relation::Synonym || pair.guarded || said {
            continue;
        }
        let (a, b) = (index.text(pair.a)?, index.text(pair.b)?);
        line.clear();
        push_escaped(&mut line, a);
        if pair.one_way {
            line.push_str(" => ");
            push_escaped(&mut line, a);
        }
        line.push_str(", ");
        push_escaped(&mut line, b);
        take(&line)?;
    }
    Ok(())
}

fn push_escaped(line: &mut String, term: &str) {
    let last = term.chars().count().saturating_sub(1);
    for (at, c) in term.chars().enumerate() {
        let c = if c.is_control() { ' ' } else { c };
        let outer = at == 0 || at == last;
        if matches!(c, '\\' | ',' | '=') || outer && (c == '#' || c.is_whitespace()) {
            line.push('\\');
        }
        line.push(c);
    }
}
