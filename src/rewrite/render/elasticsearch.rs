//! The JSON query language of Elasticsearch and OpenSearch.

use serde_json::{Map, Value, json};

use super::lucene::lucene_clause;
use crate::rewrite::options::DefaultOperator;
use crate::rewrite::query::{Bound, Clause, Node, Occur, Operator, Word, WordKind};
use crate::rewrite::{Rewrite, RewriteOptions};

impl Rewrite {
    /// The body of a search request to Elasticsearch: `{"query":{…}}`, in one line.
    ///
    /// Words are searched in [`RewriteOptions::fields`], or in the index's default field if there
    /// are none. An original and its alternatives are a `dis_max`: the best of them counts, not
    /// their number. A query without anything to search for matches nothing.
    ///
    /// ```
    /// # #[cfg(feature = "tr")] {
    /// # use semrel::{Semrel, rewrite::RewriteOptions};
    /// # let semrel = Semrel::turkish()?;
    /// let mut options = RewriteOptions::default();
    /// options.fields = vec!["metin".to_owned()];
    /// let rewrite = semrel.rewrite("müstecir", &options)?;
    /// assert_eq!(
    ///     rewrite.to_elasticsearch(),
    ///     r#"{"query":{"dis_max":{"queries":[{"match":{"metin":{"query":"müstecir"}}},{"match":{"metin":{"boost":0.89,"query":"kiracı"}}}]}}}"#
    /// );
    /// # }
    /// # Ok::<(), semrel::Error>(())
    /// ```
    pub fn to_elasticsearch(&self) -> String {
        let dsl = Dsl {
            options: &self.options,
        };
        let query = match self.query.root() {
            None => json!({"match_none": {}}),
            Some(root) => dsl.group(Operator::And, std::slice::from_ref(root), &[]),
        };
        json!({ "query": query }).to_string()
    }

    /// The body of a search request to OpenSearch; it reads the same as
    /// [`to_elasticsearch`](Self::to_elasticsearch).
    pub fn to_opensearch(&self) -> String {
        self.to_elasticsearch()
    }
}

struct Dsl<'a> {
    options: &'a RewriteOptions,
}

impl<'a> Dsl<'a> {
    /// `around`: the field of a group around it. `required`: nothing is found without it.
    fn clause(&self, clause: &'a Clause, around: &[&'a str], required: bool) -> Value {
        let own = clause.field.as_deref().map(|field| [field]);
        let fields: &[&str] = own.as_ref().map_or(around, |field| field);
        let query = self.node(&clause.node, fields, required);
        match clause.boost {
            Some(boost) => with_boost(query, boost),
            None => query,
        }
    }

    fn node(&self, node: &'a Node, fields: &[&'a str], required: bool) -> Value {
        match node {
            Node::Word(word) => self.word(word, fields, required),
            Node::Phrase { text, slop } => {
                let mut query = json!({ "query": text });
                if let Some(slop) = slop {
                    query["slop"] = json!(slop);
                }
                self.text(query, fields, true)
            }
            Node::Widened {
                original,
                alternatives,
            } => {
                let mut queries = vec![self.clause(original, fields, false)];
                for alternative in alternatives {
                    let query = json!({ "query": alternative.text });
                    let phrase = is_phrase(&alternative.text);
                    let query = self.text(query, fields, phrase);
                    queries.push(with_boost(query, alternative.weight));
                }
                json!({"dis_max": {"queries": queries}})
            }
            Node::Group { operator, clauses } => self.group(*operator, clauses, fields),
            Node::All => match fields {
                [field] => json!({"exists": {"field": field}}),
                _ => json!({"match_all": {}}),
            },
            Node::Range { lower, upper } if fields.len() == 1 => {
                let mut bounds = Map::new();
                for (bound, included, excluded) in [(lower, "gte", "gt"), (upper, "lte", "lt")] {
                    match bound {
                        Bound::Open => {}
                        Bound::Included(value) => {
                            bounds.insert(included.to_owned(), json!(value));
                        }
                        Bound::Excluded(value) => {
                            bounds.insert(excluded.to_owned(), json!(value));
                        }
                    }
                }
                json!({"range": {fields[0]: bounds}})
            }
            // Patterns and the like have queries of their own, but for one field each; this one
            // takes any number and the index's default.
            Node::Wildcard(_) | Node::Fuzzy { .. } | Node::Range { .. } | Node::Regex(_) => {
                let clause = Clause::new(node.clone(), 0..0);
                let mut query = json!({ "query": lucene_clause(&clause, self.options) });
                self.set_fields(&mut query, fields);
                json!({ "query_string": query })
            }
        }
    }

    fn word(&self, word: &Word, fields: &[&'a str], required: bool) -> Value {
        let mut query = json!({ "query": word.text });
        let phrase = is_phrase(&word.text);
        if required && word.kind == WordKind::Stop {
            // An analyzer with stop words leaves nothing of it; that must not empty the result.
            query["zero_terms_query"] = json!("all");
        }
        self.text(query, fields, phrase)
    }

    fn text(&self, mut query: Value, fields: &[&'a str], phrase: bool) -> Value {
        let one = match (fields, self.options.fields.as_slice()) {
            ([field], _) => Some(*field),
            ([], [field]) => Some(field.as_str()),
            _ => None,
        };
        match one {
            Some(field) if phrase => json!({"match_phrase": {field: query}}),
            Some(field) => json!({"match": {field: query}}),
            None => {
                self.set_fields(&mut query, fields);
                if phrase {
                    query["type"] = json!("phrase");
                }
                json!({ "multi_match": query })
            }
        }
    }

    fn set_fields(&self, query: &mut Value, fields: &[&str]) {
        if !fields.is_empty() {
            query["fields"] = json!(fields);
        } else if !self.options.fields.is_empty() {
            query["fields"] = json!(self.options.fields);
        }
    }

    fn group(&self, operator: Operator, clauses: &'a [Clause], fields: &[&'a str]) -> Value {
        let all = match operator {
            Operator::And => true,
            Operator::Or => false,
            Operator::Implicit => self.options.default_operator == DefaultOperator::And,
        };
        let (mut must, mut should, mut must_not) = (Vec::new(), Vec::new(), Vec::new());
        for clause in clauses {
            let required = clause.occur == Occur::Must || (all && clause.occur == Occur::Plain);
            let query = self.clause(clause, fields, required);
            match clause.occur {
                Occur::MustNot => must_not.push(query),
                _ if required => must.push(query),
                _ => should.push(query),
            }
        }
        if must.len() == 1 && should.is_empty() && must_not.is_empty() {
            return must.swap_remove(0);
        }
        let mut bool_query = Map::new();
        if must.is_empty() && !should.is_empty() {
            bool_query.insert("minimum_should_match".to_owned(), json!(1));
        }
        for (name, list) in [("must", must), ("should", should), ("must_not", must_not)] {
            if !list.is_empty() {
                bool_query.insert(name.to_owned(), Value::Array(list));
            }
        }
        json!({ "bool": bool_query })
    }
}

/// Whether an analyzer would take a text apart.
fn is_phrase(text: &str) -> bool {
    !text
        .trim_end_matches('.')
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '\'' | '’'))
}

/// Every query takes a boost; those of one field keep it beside the text.
fn with_boost(mut query: Value, boost: f32) -> Value {
    // Weights have two digits; a wider number would show what binary fractions make of them.
    let boost = json!((f64::from(boost) * 1000.0).round() / 1000.0);
    if let Some((name, body)) = query.as_object_mut().and_then(|map| map.iter_mut().next()) {
        match (name.as_str(), body) {
            ("match" | "match_phrase" | "range", Value::Object(fields)) => {
                if let Some(field) = fields.values_mut().next() {
                    field["boost"] = boost;
                }
            }
            (_, body) => body["boost"] = boost,
        }
    }
    query
}
