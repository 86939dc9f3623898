//! `semrel expand`: what may stand for a term.

use semrel::{Error, Evidence, ExpandOptions, Expansion, ModelUse, Relation, Result, Semrel};
use serde::Serialize;

use crate::CommandResult;
use crate::input::{Input, term_of};
use crate::output::{self, BOLD, FAINT, Output, style_of};
use crate::source::Source;

/// How many spellings a "did you mean" offers.
const SUGGESTIONS: usize = 5;

/// What may stand for a term, best first
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The term
    #[arg(required_unless_present = "input", conflicts_with = "input")]
    term: Option<String>,
    #[command(flatten)]
    input: Input,
    /// At most this many expansions
    #[arg(long, value_name = "N", default_value_t = ExpandOptions::default().limit)]
    limit: usize,
    /// Only expansions with at least this score
    #[arg(long, value_name = "S", default_value_t = ExpandOptions::default().min_score)]
    min_score: f32,
    /// The relations that may stand for the term: synonym, `co_hyponym`
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "RELATION,…",
        default_value = "synonym"
    )]
    relations: Vec<Relation>,
    /// Steps in the synonym graph: 1 for labelled pairs alone
    #[arg(long, value_name = "N", default_value_t = ExpandOptions::default().max_distance)]
    max_distance: u8,
    /// Only relations that hold in this field (inheritance, tax, …)
    #[arg(long, value_name = "FIELD")]
    domain: Option<String>,
    /// For which terms the models propose expansions too
    #[arg(long, value_name = "WHEN", default_value = "unknown")]
    models: Models,
    /// One JSON object per term
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    source: Source,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Models {
    /// For none
    Never,
    /// For terms that the lexicon does not have
    Unknown,
    /// For every term, after what the lexicon states
    Always,
}

#[derive(Serialize)]
struct Answer<'a> {
    term: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lemma: Option<&'a str>,
    expansions: Vec<WithGloss<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    did_you_mean: Vec<&'a str>,
}

#[derive(Serialize)]
struct WithGloss<'a> {
    #[serde(flatten)]
    expansion: Expansion<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gloss: Option<String>,
}

pub(crate) fn run(args: &Args) -> CommandResult {
    let mut options = ExpandOptions::default();
    options.limit = args.limit;
    options.min_score = args.min_score;
    options.relations.clone_from(&args.relations);
    options.max_distance = args.max_distance;
    options.domain.clone_from(&args.domain);
    options.models = match args.models {
        Models::Never => ModelUse::Never,
        Models::Unknown => ModelUse::UnknownTerms,
        Models::Always => ModelUse::Always,
    };
    options.check()?;
    let semrel = args.source.open()?;
    if let Some(domain) = &args.domain {
        check_domain(&semrel, domain)?;
    }
    args.input
        .answer_each(args.term.clone(), term_of, |term, out| {
            answer(args, &semrel, term, &options, out)
        })
}

fn check_domain(semrel: &Semrel, domain: &str) -> Result<()> {
    let known: Vec<&str> = semrel.lexicon().domains().collect();
    if known.contains(&domain) {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "the pack has no field {domain:?}; it has {}",
        known.join(", ")
    )))
}

/// Prints the answer for one term; returns whether there is one.
fn answer(
    args: &Args,
    semrel: &Semrel,
    term: &str,
    options: &ExpandOptions,
    out: &mut Output,
) -> Result<bool> {
    let expansions = semrel.expand(term, options)?;
    let suggestions = if expansions.is_empty() {
        semrel.suggest(term, SUGGESTIONS)
    } else {
        Vec::new()
    };
    if args.json {
        out.json(&Answer {
            term: term.trim(),
            // What was found as it stands needs no second look.
            lemma: match expansions.first() {
                Some(found) if found.evidence == Evidence::Lexicon => None,
                _ => semrel.lemma(term),
            },
            expansions: expansions
                .iter()
                .map(|&expansion| WithGloss {
                    expansion,
                    gloss: gloss(semrel, &expansion),
                })
                .collect(),
            did_you_mean: output::texts(&suggestions),
        })?;
        return Ok(!expansions.is_empty());
    }
    if args.term.is_none() {
        out.line(format_args!("{BOLD}{}{BOLD:#}", term.trim()))?;
    }
    if expansions.is_empty() && args.term.is_some() {
        if semrel.knows(term) {
            anstream::eprintln!("the lexicon has {term:?}, but nothing that may stand for it");
            output::did_you_mean(&suggestions);
        } else {
            output::not_in_lexicon(term, &suggestions);
        }
    }
    for expansion in &expansions {
        let style = style_of(expansion.relation);
        let evidence = match &expansion.source {
            Some(source) => format!("{}, {source}", expansion.evidence),
            None => expansion.evidence.to_string(),
        };
        let gloss = gloss(semrel, expansion).unwrap_or_default();
        out.line(format_args!(
            "  {:<32} {style}{:<10}{style:#} {:.2}  {FAINT}{evidence}{FAINT:#}  {gloss}",
            expansion.term, expansion.relation, expansion.score
        ))?;
    }
    Ok(!expansions.is_empty())
}

fn gloss(semrel: &Semrel, expansion: &Expansion<'_>) -> Option<String> {
    semrel.lexicon().term(expansion.id?)?.gloss()
}
