//! `semrel rewrite`: a search query, widened by what may stand for its terms.

use semrel::rewrite::{Alternative, DefaultOperator, Forms, Rewrite, RewriteOptions};
use semrel::{Error, Relation, Result, Semrel};
use serde::{Deserialize, Serialize};

use crate::CommandResult;
use crate::input::Input;
use crate::output::{FAINT, Output, style_of};
use crate::source::Source;

/// A search query, widened by what may stand for its terms
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The query: words, phrases, AND OR NOT, + -, fields, wildcards, boosts
    #[arg(
        required_unless_present = "input",
        conflicts_with = "input",
        allow_hyphen_values = true
    )]
    query: Option<String>,
    #[command(flatten)]
    input: Input,
    /// The engine it is for
    #[arg(long, value_name = "ENGINE")]
    to: Engine,
    /// At most this many terms added for one term
    #[arg(long, value_name = "N", default_value_t = RewriteOptions::default().expand.limit)]
    limit: usize,
    /// Only terms with at least this score
    #[arg(long, value_name = "S", default_value_t = RewriteOptions::default().expand.min_score)]
    min_score: f32,
    /// The relations that may stand for a term: synonym, `co_hyponym`
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "RELATION,…",
        default_value = "synonym"
    )]
    relations: Vec<Relation>,
    /// At most this many words and phrases in all
    #[arg(long, value_name = "N", default_value_t = RewriteOptions::default().max_clauses)]
    max_clauses: usize,
    /// In which form a term is added: lemma for engines that stem, surface for others
    #[arg(long, value_name = "FORMS", default_value = "both")]
    forms: FormsArg,
    /// A field of the index that is searched; may be repeated
    #[arg(long, value_name = "NAME")]
    field: Vec<String>,
    /// A field that a query may name, but whose content is never expanded; may be repeated
    #[arg(long, value_name = "NAME")]
    fixed_field: Vec<String>,
    /// What words side by side mean in the engine
    #[arg(long, value_name = "OPERATOR", default_value = "and")]
    operator: OperatorArg,
    /// Write words in Turkish lower case, for indexes whose documents were folded so too
    #[arg(long)]
    fold_case: bool,
    /// Expand phrases in quotation marks too
    #[arg(long)]
    phrases: bool,
    /// Leave the words inside a term of several words alone
    #[arg(long)]
    no_parts: bool,
    /// Expand the names of statutes and courts in citations too
    #[arg(long)]
    citations: bool,
    /// Say why each term was added
    #[arg(long)]
    explain: bool,
    /// One JSON object per query
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    source: Source,
}

#[derive(Clone, Copy, Debug, PartialEq, clap::ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
enum Engine {
    /// Lucene's classic syntax: `query_string` of Elasticsearch and `OpenSearch`
    Lucene,
    /// The JSON body of a search request
    Elasticsearch,
    /// The JSON body of a search request
    Opensearch,
    /// edismax
    Solr,
    /// The syntax of tantivy's `QueryParser`
    Tantivy,
    /// `MATCH` of SQLite FTS5
    Fts5,
    /// `to_tsquery` of PostgreSQL
    Tsquery,
    /// Words without syntax
    Plain,
}

impl Engine {
    fn render(self, rewrite: &Rewrite) -> String {
        match self {
            Engine::Lucene => rewrite.to_lucene(),
            Engine::Elasticsearch => rewrite.to_elasticsearch(),
            Engine::Opensearch => rewrite.to_opensearch(),
            Engine::Solr => rewrite.to_solr(),
            Engine::Tantivy => rewrite.to_tantivy_syntax(),
            Engine::Fts5 => rewrite.to_fts5(),
            Engine::Tsquery => rewrite.to_tsquery(),
            Engine::Plain => rewrite.to_plain(),
        }
    }
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum FormsArg {
    Lemma,
    Surface,
    Both,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum OperatorArg {
    And,
    Or,
}

#[derive(Serialize)]
struct Answer<'a> {
    query: &'a str,
    to: Engine,
    rewritten: &'a str,
    alternatives: Vec<Explained<'a>>,
}

#[derive(Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    alternative: &'a Alternative,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<String>,
}

pub(crate) fn run(args: &Args) -> CommandResult {
    let options = options(args);
    options.check()?;
    let semrel = args.source.open()?;
    args.input
        .answer_each(args.query.clone(), query_of, |query, out| {
            answer(args, &semrel, query, &options, out)
        })
}

fn options(args: &Args) -> RewriteOptions {
    let mut options = RewriteOptions::default();
    options.expand.limit = args.limit;
    options.expand.min_score = args.min_score;
    options.expand.relations.clone_from(&args.relations);
    options.max_clauses = args.max_clauses;
    options.forms = match args.forms {
        FormsArg::Lemma => Forms::Lemma,
        FormsArg::Surface => Forms::Surface,
        FormsArg::Both => Forms::Both,
    };
    options.fields.clone_from(&args.field);
    options.fixed_fields.clone_from(&args.fixed_field);
    options.default_operator = match args.operator {
        OperatorArg::And => DefaultOperator::And,
        OperatorArg::Or => DefaultOperator::Or,
    };
    options.fold_case = args.fold_case;
    options.phrases = args.phrases;
    options.parts = !args.no_parts;
    options.citations = args.citations;
    options
}

/// A query: a JSON object with a "query", or the line itself.
fn query_of(line: &str) -> Result<String> {
    #[derive(Deserialize)]
    struct QueryLine {
        query: String,
    }
    if line.trim_start().starts_with("{\"") {
        let line: QueryLine = serde_json::from_str(line)
            .map_err(|e| Error::invalid(format!("malformed JSON: {e}")))?;
        return Ok(line.query);
    }
    Ok(line.to_owned())
}

/// Prints the answer for one query; returns whether it searches for anything.
fn answer(
    args: &Args,
    semrel: &Semrel,
    query: &str,
    options: &RewriteOptions,
    out: &mut Output,
) -> Result<bool> {
    let rewrite = semrel.rewrite(query, options)?;
    let rewritten = args.to.render(&rewrite);
    if args.json {
        out.json(&Answer {
            query,
            to: args.to,
            rewritten: &rewritten,
            alternatives: rewrite
                .alternatives()
                .map(|alternative| Explained {
                    alternative,
                    explanation: args.explain.then(|| alternative.explanation()),
                })
                .collect(),
        })?;
        return Ok(rewrite.query().root().is_some());
    }
    out.line(format_args!("{rewritten}"))?;
    if args.explain {
        for alternative in rewrite.alternatives() {
            let style = style_of(alternative.relation);
            out.line(format_args!(
                "  {style}{:.2}{style:#}  {FAINT}{}{FAINT:#}",
                alternative.weight,
                alternative.explanation()
            ))?;
        }
    }
    if rewrite.query().root().is_none() && args.query.is_some() {
        anstream::eprintln!("the query holds nothing to search for");
    }
    Ok(rewrite.query().root().is_some())
}
