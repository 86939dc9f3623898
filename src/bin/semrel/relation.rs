//! `semrel relation`: how two terms relate.

use semrel::{Evidence, Relation, RelationAnswer, RelationScores, Result, Semrel, Side};
use serde::Serialize;

use crate::CommandResult;
use crate::input::{Input, PairLine};
use crate::output::{self, FAINT, Output, style_of};
use crate::source::{Knowledge, Source};

/// How many spellings a "did you mean" offers.
const SUGGESTIONS: usize = 3;

/// How two terms relate: synonym, antonym, co-hyponym or unrelated
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The first term
    #[arg(
        required_unless_present = "input",
        conflicts_with = "input",
        requires = "b"
    )]
    a: Option<String>,
    /// The second term
    #[arg(conflicts_with = "input")]
    b: Option<String>,
    #[command(flatten)]
    input: Input,
    /// Decide among these relations alone
    #[arg(long, value_delimiter = ',', value_name = "RELATION,…")]
    labels: Vec<Relation>,
    #[command(flatten)]
    knowledge: Knowledge,
    /// One JSON object per pair
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    source: Source,
}

#[derive(Serialize)]
struct Answer<'a> {
    sentence1: &'a str,
    sentence2: &'a str,
    label: Option<Relation>,
    scores: Option<RelationScores>,
    evidence: Option<Evidence>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    broader: Option<Side>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unknown: Vec<Unknown<'a>>,
}

#[derive(Serialize)]
struct Unknown<'a> {
    term: &'a str,
    did_you_mean: Vec<&'a str>,
}

pub(crate) fn run(args: &Args) -> CommandResult {
    let semrel = args.source.open()?;
    let pair = args.a.clone().zip(args.b.clone());
    let pair = pair.map(|(sentence1, sentence2)| PairLine {
        sentence1,
        sentence2,
    });
    args.input.answer_each(pair, PairLine::read, |pair, out| {
        answer(args, &semrel, &pair.sentence1, &pair.sentence2, out)
    })
}

/// Prints the answer for one pair; returns whether there is one.
fn answer(args: &Args, semrel: &Semrel, a: &str, b: &str, out: &mut Output) -> Result<bool> {
    let found = args.knowledge.relation(semrel, a, b)?;
    let label = found.as_ref().and_then(|answer| decide(args, answer));
    if args.json {
        let unknown = match found {
            Some(_) => Vec::new(),
            None => [a, b]
                .into_iter()
                .filter(|term| !semrel.knows(term))
                .map(|term| Unknown {
                    term,
                    did_you_mean: output::texts(&semrel.suggest(term, SUGGESTIONS)),
                })
                .collect(),
        };
        let found = found.as_ref();
        out.json(&Answer {
            sentence1: a,
            sentence2: b,
            label,
            scores: found.map(|answer| answer.scores),
            evidence: found.map(|answer| answer.evidence),
            source: found.and_then(|answer| answer.source),
            domain: found.and_then(|answer| answer.domain),
            broader: found.and_then(|answer| answer.broader),
            unknown,
        })?;
    } else {
        print(args, semrel, (a, b), found.as_ref().zip(label), out)?;
    }
    Ok(label.is_some())
}

fn decide(args: &Args, answer: &RelationAnswer<'_>) -> Option<Relation> {
    if args.labels.is_empty() || args.labels.contains(&answer.relation) {
        Some(answer.relation)
    } else {
        answer.scores.best_of(&args.labels)
    }
}

fn print(
    args: &Args,
    semrel: &Semrel,
    (a, b): (&str, &str),
    found: Option<(&RelationAnswer<'_>, Relation)>,
    out: &mut Output,
) -> Result<()> {
    let many = args.input.input.is_some();
    let pair = if many {
        format!("{a}\t{b}\t")
    } else {
        String::new()
    };
    let Some((answer, label)) = found else {
        if many {
            return out.line(format_args!("{pair}{FAINT}unknown{FAINT:#}"));
        }
        for term in [a, b] {
            if !semrel.knows(term) {
                output::not_in_lexicon(term, &semrel.suggest(term, SUGGESTIONS));
            }
        }
        if semrel.knows(a) && semrel.knows(b) {
            anstream::eprintln!("the lexicon states no relation between {a:?} and {b:?}");
        }
        return Ok(());
    };
    let style = style_of(label);
    let mut details = vec![answer.evidence.to_string()];
    details.extend(answer.source.map(str::to_owned));
    details.extend(answer.domain.map(str::to_owned));
    match answer.broader {
        Some(Side::First) => details.push(format!("{a} is the broader term")),
        Some(Side::Second) => details.push(format!("{b} is the broader term")),
        None => {}
    }
    out.line(format_args!(
        "{pair}{style}{label}{style:#}  {:.2}  {FAINT}{}{FAINT:#}",
        answer.scores.get(label),
        details.join(", ")
    ))
}
