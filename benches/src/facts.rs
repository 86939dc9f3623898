//! What the lexicon holds, flat: the same pairs for every peer.

use std::io::{BufRead, Write};

use semrel::text::normal_form;
use semrel::{Direction, Error, Lexicon, Lines, Relation, Result};

/// One direction of one pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Normal form of the term.
    pub from: String,
    /// Normal form of the other term.
    pub to: String,
    /// The other term as it is printed.
    pub text: String,
    /// How they relate.
    pub relation: Relation,
    /// How surely.
    pub weight: f32,
    /// Where the label comes from; empty if nobody says.
    pub source: String,
    /// The field in which it holds; empty if any.
    pub domain: String,
    /// Whether the other term may stand for the term.
    pub expands: bool,
    /// A synonym of synonyms, not a labelled pair.
    pub transitive: bool,
}

/// All facts of a lexicon, in the order of its terms.
pub fn facts(lexicon: &Lexicon) -> impl Iterator<Item = Fact> {
    lexicon.terms().flat_map(move |term| {
        let from = normal_form(term.text()).into_owned();
        term.postings().filter_map(move |posting| {
            let other = lexicon.term(posting.target)?;
            Some(Fact {
                from: from.clone(),
                to: normal_form(other.text()).into_owned(),
                text: other.text().to_owned(),
                relation: posting.relation,
                weight: posting.weight,
                source: posting.source.unwrap_or_default().to_owned(),
                domain: posting.domain.unwrap_or_default().to_owned(),
                expands: posting.relation == Relation::Synonym
                    && !posting.guarded
                    && posting.direction != Direction::In,
                transitive: posting.transitive,
            })
        })
    })
}

/// Writes facts as tab-separated lines.
///
/// # Errors
///
/// That of `out`.
pub fn write(facts: impl Iterator<Item = Fact>, mut out: impl Write) -> std::io::Result<()> {
    for fact in facts {
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            fact.from,
            fact.to,
            fact.text,
            fact.relation,
            fact.weight,
            fact.source,
            fact.domain,
            u8::from(fact.expands),
            u8::from(fact.transitive),
        )?;
    }
    Ok(())
}

/// Reads what [`write`] wrote.
pub fn read(reader: impl BufRead) -> impl Iterator<Item = Result<Fact>> {
    Lines::new(reader).map(|line| {
        let line = line?;
        fact(&line).ok_or_else(|| Error::invalid(format!("no fact: {line:?}")))
    })
}

fn fact(line: &str) -> Option<Fact> {
    let mut fields = line.split('\t');
    let mut text = || fields.next().map(str::to_owned);
    Some(Fact {
        from: text()?,
        to: text()?,
        text: text()?,
        relation: text()?.parse().ok()?,
        weight: text()?.parse().ok()?,
        source: text()?,
        domain: text()?,
        expands: text()? == "1",
        transitive: text()? == "1",
    })
}
