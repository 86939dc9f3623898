//! The enumerations of the header, and their names.

use std::ffi::{CStr, c_char};

use semrel_core::{Evidence, Relation, Rewrite};

use crate::boundary::{guard, text, write};
use crate::status::{Failure, SemrelStatus};

/// How two terms relate.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SemrelRelation {
    /// Nothing is known of the two.
    Unknown = 0,
    /// Same meaning: one may stand for the other.
    Synonym = 1,
    /// Opposite meaning.
    Antonym = 2,
    /// Distinct members of one category.
    CoHyponym = 3,
    /// None of the three.
    Unrelated = 4,
}

/// What an answer rests on.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SemrelEvidence {
    /// Nothing: there is no answer.
    None = 0,
    /// A labelled pair of the lexicon or of the overlay.
    Lexicon = 1,
    /// Two ways of writing or inflecting one term.
    Variant = 2,
    /// Productive opposites, or terms that inherit the relation of the part in which they differ.
    Composition = 3,
    /// The models.
    Model = 4,
    /// Something that a newer pack or core has and this interface does not name yet.
    Other = 99,
}

/// For which terms the models propose expansions.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SemrelModelUse {
    /// For none.
    Never = 0,
    /// For those that lexicon and overlay do not have in any form.
    UnknownTerms = 1,
    /// For every term. What the models propose comes after what is stated.
    Always = 2,
}

/// In which form a term is added to a query.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SemrelForms {
    /// Both of the others, and the dictionary form of the written word itself.
    Both = 0,
    /// The dictionary form: for engines that stem.
    Lemma = 1,
    /// Inflected as what it stands for: for engines that do not.
    Surface = 2,
}

/// What words side by side mean in a search engine.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SemrelOperator {
    /// All must match.
    And = 0,
    /// One must match.
    Or = 1,
}

/// What a search engine reads.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SemrelSyntax {
    /// Words without syntax.
    Plain = 0,
    /// Lucene's classic syntax: `query_string` of Elasticsearch and OpenSearch.
    Lucene = 1,
    /// The JSON body of a search request.
    Elasticsearch = 2,
    /// The JSON body of a search request.
    Opensearch = 3,
    /// Solr's edismax.
    Solr = 4,
    /// The syntax of tantivy's `QueryParser`.
    Tantivy = 5,
    /// `MATCH` of SQLite FTS5.
    Fts5 = 6,
    /// `to_tsquery` of PostgreSQL.
    Tsquery = 7,
}

/// One of the two terms of a pair.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SemrelSide {
    /// Neither of the two.
    None = 0,
    /// The first term.
    First = 1,
    /// The second term.
    Second = 2,
}

const RELATIONS: [&CStr; SemrelRelation::COUNT] = [
    c"unknown",
    c"synonym",
    c"antonym",
    c"co_hyponym",
    c"unrelated",
];
const EVIDENCES: [&CStr; 5] = [c"none", c"lexicon", c"variant", c"composition", c"model"];
const SYNTAXES: [&CStr; 8] = [
    c"plain",
    c"lucene",
    c"elasticsearch",
    c"opensearch",
    c"solr",
    c"tantivy",
    c"fts5",
    c"tsquery",
];

/// The name of a relation: `"co_hyponym"`; `"?"` for a number that is none.
#[unsafe(no_mangle)]
pub extern "C" fn semrel_relation_name(relation: i32) -> *const c_char {
    name(&RELATIONS, relation)
}

/// The relation with a name, `"synonym"` and so on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_relation_from_name(
    name: *const c_char,
    len: usize,
    relation: *mut SemrelRelation,
) -> SemrelStatus {
    guard(|| {
        if relation.is_null() {
            return Err(Failure::null("relation"));
        }
        // SAFETY: the promise of `boundary`, here and below.
        let found: Relation = unsafe { text(name, len, "name") }?.parse()?;
        unsafe { write(relation, found.into()) };
        Ok(())
    })
}

/// The name of what an answer rests on: `"lexicon"`; `"?"` for a number that is none.
#[unsafe(no_mangle)]
pub extern "C" fn semrel_evidence_name(evidence: i32) -> *const c_char {
    name(&EVIDENCES, evidence)
}

/// The name of a syntax: `"fts5"`; `"?"` for a number that is none.
#[unsafe(no_mangle)]
pub extern "C" fn semrel_syntax_name(syntax: i32) -> *const c_char {
    name(&SYNTAXES, syntax)
}

/// The syntax with a name, `"lucene"` and so on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_syntax_from_name(
    name: *const c_char,
    len: usize,
    syntax: *mut SemrelSyntax,
) -> SemrelStatus {
    guard(|| {
        if syntax.is_null() {
            return Err(Failure::null("syntax"));
        }
        // SAFETY: the promise of `boundary`, here and below.
        let name = unsafe { text(name, len, "name") }?;
        let known = SYNTAXES
            .iter()
            .position(|known| known.to_bytes() == name.as_bytes());
        let found = known.and_then(SemrelSyntax::from_number).ok_or_else(|| {
            let message = format!(
                "no syntax {name:?}: plain, lucene, elasticsearch, opensearch, solr, tantivy, fts5 and \
                 tsquery are there"
            );
            Failure::new(SemrelStatus::InvalidInput, message)
        })?;
        unsafe { write(syntax, found) };
        Ok(())
    })
}

fn name(names: &[&'static CStr], number: i32) -> *const c_char {
    let name = usize::try_from(number).ok().and_then(|at| names.get(at));
    name.copied().unwrap_or(c"?").as_ptr()
}

impl SemrelRelation {
    /// How many there are, `Unknown` too.
    pub(crate) const COUNT: usize = 5;

    /// The relation that a caller's number is, if it is one that pairs can have.
    pub(crate) fn to_core(number: i32) -> Option<Relation> {
        Relation::ALL
            .into_iter()
            .find(|&relation| SemrelRelation::from(relation) as i32 == number)
    }
}

impl From<Relation> for SemrelRelation {
    fn from(relation: Relation) -> Self {
        match relation {
            Relation::Synonym => SemrelRelation::Synonym,
            Relation::Antonym => SemrelRelation::Antonym,
            Relation::CoHyponym => SemrelRelation::CoHyponym,
            Relation::Unrelated => SemrelRelation::Unrelated,
        }
    }
}

impl From<Evidence> for SemrelEvidence {
    fn from(evidence: Evidence) -> Self {
        match evidence {
            Evidence::Lexicon => SemrelEvidence::Lexicon,
            Evidence::Variant => SemrelEvidence::Variant,
            Evidence::Composition => SemrelEvidence::Composition,
            Evidence::Model => SemrelEvidence::Model,
            _ => SemrelEvidence::Other,
        }
    }
}

impl SemrelSyntax {
    /// All, in the order of their numbers.
    const ALL: [SemrelSyntax; SYNTAXES.len()] = [
        SemrelSyntax::Plain,
        SemrelSyntax::Lucene,
        SemrelSyntax::Elasticsearch,
        SemrelSyntax::Opensearch,
        SemrelSyntax::Solr,
        SemrelSyntax::Tantivy,
        SemrelSyntax::Fts5,
        SemrelSyntax::Tsquery,
    ];

    pub(crate) fn from_number(number: usize) -> Option<Self> {
        Self::ALL.get(number).copied()
    }

    pub(crate) fn render(self, rewrite: &Rewrite) -> String {
        match self {
            SemrelSyntax::Plain => rewrite.to_plain(),
            SemrelSyntax::Lucene => rewrite.to_lucene(),
            SemrelSyntax::Elasticsearch => rewrite.to_elasticsearch().to_string(),
            SemrelSyntax::Opensearch => rewrite.to_opensearch().to_string(),
            SemrelSyntax::Solr => rewrite.to_solr(),
            SemrelSyntax::Tantivy => rewrite.to_tantivy_syntax(),
            SemrelSyntax::Fts5 => rewrite.to_fts5(),
            SemrelSyntax::Tsquery => rewrite.to_tsquery(),
        }
    }
}
