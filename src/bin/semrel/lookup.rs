//! `semrel lookup`: everything the lexicon says of a term.

use semrel::{Direction, Relation, Semrel, Term};
use serde::Serialize;

use crate::output::{self, BOLD, FAINT, Output, style_of};
use crate::source::Source;
use crate::{CommandResult, Outcome};

/// Everything the lexicon says of a term: meanings, group, relations with their sources
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The term, or its beginning with --prefix
    term: String,
    /// List the terms that begin so
    #[arg(long)]
    prefix: bool,
    /// List at most this many terms with --prefix
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// One JSON object per term
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    source: Source,
}

#[derive(Serialize)]
struct Entry<'a> {
    term: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    senses: Vec<SenseLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred: Option<&'a str>,
    relations: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct SenseLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pos: Option<semrel::Pos>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gloss: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hypernym: Option<&'a str>,
}

#[derive(Serialize)]
struct Line<'a> {
    term: &'a str,
    relation: Relation,
    weight: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    one_way: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    guarded: bool,
}

pub(crate) fn run(args: &Args) -> CommandResult {
    let semrel = args.source.open()?;
    let mut out = Output::stdout(false);
    let terms: Vec<Term<'_>> = if args.prefix {
        semrel
            .lexicon()
            .prefix(&args.term)
            .take(args.limit)
            .collect()
    } else {
        semrel.lexicon().lookup(&args.term).collect()
    };
    if terms.is_empty() {
        output::not_in_lexicon(&args.term, &semrel.suggest(&args.term, 5));
        return Ok(Outcome::NothingFound);
    }
    for &term in &terms {
        let entry = entry(&semrel, term);
        if args.json {
            out.json(&entry)?;
        } else if args.prefix {
            out.line(format_args!("{}", term.text()))?;
        } else {
            print(&entry, &mut out)?;
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}

fn entry<'a>(semrel: &'a Semrel, term: Term<'a>) -> Entry<'a> {
    let mut relations: Vec<Line<'a>> = term
        .postings()
        .filter_map(|posting| {
            Some(Line {
                term: semrel.lexicon().term(posting.target)?.text(),
                relation: posting.relation,
                weight: posting.weight,
                source: posting.source,
                domain: posting.domain,
                one_way: posting.direction != Direction::Both,
                guarded: posting.guarded
                    && matches!(posting.relation, Relation::Synonym | Relation::CoHyponym),
            })
        })
        .collect();
    relations.sort_by(|a, b| {
        a.relation
            .cmp(&b.relation)
            .then(b.weight.total_cmp(&a.weight))
    });
    Entry {
        term: term.text(),
        senses: term
            .senses()
            .map(|sense| SenseLine {
                pos: sense.pos(),
                domain: sense.domain(),
                gloss: sense.gloss(),
                hypernym: sense.hypernym().map(Term::text),
            })
            .collect(),
        preferred: term
            .group()
            .and_then(semrel::Group::preferred)
            .map(Term::text),
        relations,
    }
}

fn print(entry: &Entry<'_>, out: &mut Output) -> semrel::Result<()> {
    out.line(format_args!("{BOLD}{}{BOLD:#}", entry.term))?;
    for sense in &entry.senses {
        let kind: Vec<String> = [
            sense.pos.map(|pos| pos.to_string()),
            sense.domain.map(str::to_owned),
        ]
        .into_iter()
        .flatten()
        .collect();
        let hypernym = sense
            .hypernym
            .map(|h| format!("  ⊂ {h}"))
            .unwrap_or_default();
        out.line(format_args!(
            "  {FAINT}{}{FAINT:#}  {}{hypernym}",
            kind.join(", "),
            sense.gloss.as_deref().unwrap_or_default(),
        ))?;
    }
    if let Some(preferred) = entry.preferred.filter(|&p| p != entry.term) {
        out.line(format_args!("  {FAINT}preferred{FAINT:#}  {preferred}"))?;
    }
    for line in &entry.relations {
        let style = style_of(line.relation);
        out.line(format_args!(
            "  {style}{:<10}{style:#} {:.2}  {}  {FAINT}{}{FAINT:#}",
            line.relation,
            line.weight,
            line.term,
            [line.source, line.domain]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", "),
        ))?;
    }
    Ok(())
}
