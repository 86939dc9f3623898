//! Every answer, as the JSON that JavaScript gets.

use semrel::rewrite::{Alternative, WordKind};
use semrel::{
    Direction, Evidence, ExpandOptions, Expansion, Lexicon, Manifest, Pos, Relation,
    RelationAnswer, RelationScores, Result, Semrel, Side, Term,
};
use serde::Serialize;

use crate::options::{self, Expand, Rewriting};
use crate::positions::Positions;

/// The most terms that `lookup` lists.
const MOST_TERMS: usize = 1000;

#[derive(Serialize)]
struct RelationOf<'a> {
    relation: Relation,
    scores: RelationScores,
    evidence: Evidence,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    broader: Option<&'static str>,
}

impl<'a> From<RelationAnswer<'a>> for RelationOf<'a> {
    fn from(answer: RelationAnswer<'a>) -> Self {
        RelationOf {
            relation: answer.relation,
            scores: answer.scores,
            evidence: answer.evidence,
            source: answer.source,
            domain: answer.domain,
            broader: answer.broader.map(|side| match side {
                Side::First => "a",
                Side::Second => "b",
            }),
        }
    }
}

/// How two terms relate, or `null`.
pub fn relation(semrel: &Semrel, a: &str, b: &str) -> Result<String> {
    json(&semrel.relation(a, b)?.map(RelationOf::from))
}

/// How many pairs relate; they come one behind the other.
pub fn relations(semrel: &Semrel, terms: &[String]) -> Result<String> {
    let pairs = terms.chunks_exact(2).map(|pair| (&pair[0], &pair[1]));
    let answers = semrel.relations(pairs)?.into_iter();
    let answers: Vec<_> = answers.map(|answer| answer.map(RelationOf::from)).collect();
    json(&answers)
}

/// How two terms relate by the models alone.
pub fn relation_by_model(semrel: &Semrel, a: &str, b: &str) -> Result<String> {
    json(&RelationOf::from(semrel.relation_by_model(a, b)?))
}

#[derive(Serialize)]
struct Expanded<'a> {
    #[serde(flatten)]
    expansion: Expansion<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gloss: Option<String>,
}

/// What may stand for a term; `options` is JSON, or empty.
pub fn expand(semrel: &Semrel, term: &str, options: &str) -> Result<String> {
    let mut chosen = ExpandOptions::default();
    options::read::<Expand>(options)?.apply(&mut chosen);
    let found = semrel.expand(term, &chosen)?.into_iter();
    let found = found.map(|expansion| Expanded {
        expansion,
        gloss: expansion
            .id
            .and_then(|id| semrel.lexicon().term(id)?.gloss()),
    });
    json(&found.collect::<Vec<_>>())
}

#[derive(Serialize)]
struct Rewritten<'a> {
    query: &'a str,
    to: &'a str,
    rewritten: String,
    alternatives: Vec<AlternativeOf<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AlternativeOf<'a> {
    text: &'a str,
    term: &'a str,
    relation: Relation,
    score: f32,
    weight: f32,
    evidence: Evidence,
    distance: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'a str>,
    written_term: &'a str,
    written: &'a str,
    start: usize,
    end: usize,
    explanation: String,
}

impl<'a> AlternativeOf<'a> {
    fn new(alternative: &'a Alternative, positions: &mut Positions<'_>) -> Self {
        AlternativeOf {
            text: &alternative.text,
            term: &alternative.term,
            relation: alternative.relation,
            score: alternative.score,
            weight: alternative.weight,
            evidence: alternative.evidence,
            distance: alternative.distance,
            source: alternative.source.as_deref(),
            domain: alternative.domain.as_deref(),
            written_term: &alternative.written_term,
            written: &alternative.written,
            start: positions.of(alternative.start),
            end: positions.of(alternative.end),
            explanation: alternative.explanation(),
        }
    }
}

/// A query, widened for an engine; `options` is JSON, or empty.
pub fn rewrite(semrel: &Semrel, query: &str, to: &str, options: &str) -> Result<String> {
    let options = options::read::<Rewriting>(options)?.into();
    let rewrite = semrel.rewrite(query, &options)?;
    let mut positions = Positions::new(query);
    json(&Rewritten {
        query,
        to,
        rewritten: options::render(&rewrite, to)?,
        alternatives: rewrite
            .alternatives()
            .map(|alternative| AlternativeOf::new(alternative, &mut positions))
            .collect(),
    })
}

#[derive(Serialize)]
struct SegmentOf<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    words: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    term: Option<String>,
    kind: WordKind,
}

/// The terms in running text, and the words between them.
pub fn segment(semrel: &Semrel, text: &str) -> Result<String> {
    let mut positions = Positions::new(text);
    let mut place = |byte| positions.of(byte);
    let segments = semrel.segment(text).into_iter().map(|segment| SegmentOf {
        text: segment.text,
        start: place(segment.start),
        end: place(segment.end),
        words: segment.words,
        term: segment.term,
        kind: segment.kind,
    });
    json(&segments.collect::<Vec<_>>())
}

#[derive(Serialize)]
struct Entry<'a> {
    term: &'a str,
    senses: Vec<SenseOf<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred: Option<&'a str>,
    relations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct SenseOf<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pos: Option<Pos>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gloss: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hypernym: Option<&'a str>,
}

#[derive(Serialize)]
struct Related<'a> {
    term: &'a str,
    relation: Relation,
    weight: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'a str>,
    /// Which way a one-way rule goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'static str>,
    guarded: bool,
    derived: bool,
}

/// What the lexicon says of the terms that a text names.
pub fn lookup(semrel: &Semrel, text: &str) -> Result<String> {
    let terms = semrel.lexicon().lookup(text);
    json(
        &terms
            .map(|term| entry(semrel.lexicon(), term))
            .collect::<Vec<_>>(),
    )
}

/// The terms that begin so, in the order of the lexicon.
pub fn prefix(semrel: &Semrel, beginning: &str, limit: usize) -> Result<String> {
    let terms = semrel.lexicon().prefix(beginning);
    json(
        &terms
            .take(limit.min(MOST_TERMS))
            .map(Term::text)
            .collect::<Vec<_>>(),
    )
}

fn entry<'a>(lexicon: &'a Lexicon, term: Term<'a>) -> Entry<'a> {
    let related = |posting: semrel::Posting<'a>| {
        let can_stand = matches!(posting.relation, Relation::Synonym | Relation::CoHyponym);
        Some(Related {
            term: lexicon.term(posting.target)?.text(),
            relation: posting.relation,
            weight: posting.weight,
            source: posting.source,
            domain: posting.domain,
            direction: match posting.direction {
                Direction::Both => None,
                Direction::Out => Some("out"),
                Direction::In => Some("in"),
            },
            guarded: posting.guarded && can_stand,
            derived: posting.transitive,
        })
    };
    let mut relations: Vec<Related<'a>> = term.postings().filter_map(related).collect();
    relations.sort_by(|a, b| {
        let by_relation = a.relation.cmp(&b.relation);
        by_relation.then(b.weight.total_cmp(&a.weight))
    });
    let senses = term.senses().map(|sense| SenseOf {
        pos: sense.pos(),
        domain: sense.domain(),
        gloss: sense.gloss(),
        hypernym: sense.hypernym().map(Term::text),
    });
    Entry {
        term: term.text(),
        senses: senses.collect(),
        preferred: term
            .group()
            .and_then(semrel::Group::preferred)
            .map(Term::text),
        relations,
    }
}

#[derive(Serialize)]
struct SuggestionOf<'a> {
    term: &'a str,
    distance: f32,
}

/// What may have been meant.
pub fn suggest(semrel: &Semrel, term: &str, limit: usize) -> Result<String> {
    let found = semrel.suggest(term, limit).into_iter();
    let found = found.map(|suggestion| SuggestionOf {
        term: suggestion.term.text(),
        distance: suggestion.distance,
    });
    json(&found.collect::<Vec<_>>())
}

/// The dictionary form under which the lexicon has an inflected term, or `null`.
pub fn lemma(semrel: &Semrel, term: &str) -> Result<String> {
    json(&semrel.lemma(term))
}

/// The nearest terms of the lexicon.
pub fn similar(semrel: &Semrel, term: &str, limit: usize) -> Result<String> {
    json(&semrel.similar(term, limit)?)
}

/// The vector of a term; of `dimensions` numbers, if any are asked for.
pub fn embed(semrel: &Semrel, term: &str, dimensions: Option<usize>) -> Result<Vec<f32>> {
    let vector = semrel.embed(term)?;
    let vector = match dimensions {
        Some(dimensions) => vector.truncated(dimensions)?,
        None => vector,
    };
    Ok(vector.as_slice().to_vec())
}

#[derive(Serialize)]
struct Info<'a> {
    version: &'static str,
    build: &'static str,
    kernel: Option<&'static str>,
    pack: &'a Manifest,
    sources: Vec<&'a str>,
    domains: Vec<&'a str>,
}

/// What answers: this build, and its pack.
pub fn info(semrel: &Semrel) -> Result<String> {
    let has_models = cfg!(feature = "model");
    json(&Info {
        version: env!("CARGO_PKG_VERSION"),
        build: if has_models { "full" } else { "lexicon" },
        kernel: kernel(),
        pack: semrel.manifest(),
        sources: semrel.lexicon().sources().collect(),
        domains: semrel.lexicon().domains().collect(),
    })
}

/// What multiplies the matrices of the models.
pub fn kernel() -> Option<&'static str> {
    #[cfg(feature = "model")]
    return Some(semrel::inference::kernel_name());
    #[cfg(not(feature = "model"))]
    None
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value)
        .map_err(|e| semrel::Error::invalid(format!("an answer cannot be written: {e}")))
}
