//! Options as JavaScript writes them, all of them optional.

use semrel::rewrite::{DefaultOperator, Forms, Rewrite, RewriteOptions};
use semrel::{Error, ExpandOptions, ModelUse, Relation, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Options from their JSON; nothing at all stands for the defaults.
pub(crate) fn read<T: DeserializeOwned + Default>(json: &str) -> Result<T> {
    if json.is_empty() {
        return Ok(T::default());
    }
    serde_json::from_str(json).map_err(|e| Error::invalid(format!("the options: {e}")))
}

/// Options of `expand`, and what `rewrite` has in common with it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Expand {
    limit: Option<usize>,
    min_score: Option<f32>,
    relations: Option<Vec<Relation>>,
    max_distance: Option<u8>,
    domain: Option<String>,
    models: Option<Models>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Models {
    Never,
    Unknown,
    Always,
}

impl Expand {
    /// Sets what was stated.
    pub(crate) fn apply(self, options: &mut ExpandOptions) {
        set(&mut options.limit, self.limit);
        set(&mut options.min_score, self.min_score);
        set(&mut options.relations, self.relations);
        set(&mut options.max_distance, self.max_distance);
        options.domain = self.domain;
        let models = self.models.map(|models| match models {
            Models::Never => ModelUse::Never,
            Models::Unknown => ModelUse::UnknownTerms,
            Models::Always => ModelUse::Always,
        });
        set(&mut options.models, models);
    }
}

/// Options of `rewrite`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Rewriting {
    #[serde(flatten)]
    expand: Expand,
    max_clauses: Option<usize>,
    forms: Option<FormsName>,
    phrases: Option<bool>,
    parts: Option<bool>,
    citations: Option<bool>,
    default_operator: Option<OperatorName>,
    fold_case: Option<bool>,
    fields: Option<Vec<String>>,
    fixed_fields: Option<Vec<String>>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FormsName {
    Lemma,
    Surface,
    Both,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum OperatorName {
    And,
    Or,
}

impl From<Rewriting> for RewriteOptions {
    fn from(stated: Rewriting) -> Self {
        let mut options = RewriteOptions::default();
        stated.expand.apply(&mut options.expand);
        set(&mut options.max_clauses, stated.max_clauses);
        let forms = stated.forms.map(|forms| match forms {
            FormsName::Lemma => Forms::Lemma,
            FormsName::Surface => Forms::Surface,
            FormsName::Both => Forms::Both,
        });
        set(&mut options.forms, forms);
        set(&mut options.phrases, stated.phrases);
        set(&mut options.parts, stated.parts);
        set(&mut options.citations, stated.citations);
        let operator = stated.default_operator.map(|operator| match operator {
            OperatorName::And => DefaultOperator::And,
            OperatorName::Or => DefaultOperator::Or,
        });
        set(&mut options.default_operator, operator);
        set(&mut options.fold_case, stated.fold_case);
        set(&mut options.fields, stated.fields);
        set(&mut options.fixed_fields, stated.fixed_fields);
        options
    }
}

/// A rewritten query as an engine takes it.
pub(crate) fn render(rewrite: &Rewrite, engine: &str) -> Result<String> {
    Ok(match engine {
        "lucene" => rewrite.to_lucene(),
        "elasticsearch" => rewrite.to_elasticsearch(),
        "opensearch" => rewrite.to_opensearch(),
        "solr" => rewrite.to_solr(),
        "tantivy" => rewrite.to_tantivy_syntax(),
        "fts5" => rewrite.to_fts5(),
        "tsquery" => rewrite.to_tsquery(),
        "plain" => rewrite.to_plain(),
        _ => {
            return Err(Error::invalid(format!(
                "unknown engine {engine:?}: use lucene, elasticsearch, opensearch, solr, tantivy, \
                 fts5, tsquery or plain"
            )));
        }
    })
}

fn set<T>(place: &mut T, stated: Option<T>) {
    if let Some(value) = stated {
        *place = value;
    }
}
