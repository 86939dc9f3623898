//! The pairs in a `HashMap` of the standard library.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use semrel::{Relation, Result};

use super::{Found, LIMIT, MIN_SCORE, some};
use crate::facts::Fact;

/// Term to other term to what is known of the two. Every text is stored once.
#[derive(Debug, Default)]
pub struct HashMapPeer {
    terms: HashMap<Arc<str>, HashMap<Arc<str>, Known>>,
}

/// What is known of two terms.
#[derive(Clone, Debug)]
pub struct Known {
    /// How they relate.
    pub relation: Relation,
    /// How surely.
    pub weight: f32,
    text: Arc<str>,
    source: Arc<str>,
    domain: Arc<str>,
    expands: bool,
    transitive: bool,
}

impl HashMapPeer {
    /// A map of facts.
    ///
    /// # Errors
    ///
    /// That of the first fact that cannot be read.
    pub fn new(facts: impl Iterator<Item = Result<Fact>>) -> Result<Self> {
        let mut texts = Texts::default();
        let mut terms: HashMap<Arc<str>, HashMap<Arc<str>, Known>> = HashMap::new();
        for fact in facts {
            let fact = fact?;
            let known = Known {
                relation: fact.relation,
                weight: fact.weight,
                text: texts.one(&fact.text),
                source: texts.one(&fact.source),
                domain: texts.one(&fact.domain),
                expands: fact.expands,
                transitive: fact.transitive,
            };
            let others = terms.entry(texts.one(&fact.from)).or_default();
            others.insert(texts.one(&fact.to), known);
        }
        for others in terms.values_mut() {
            others.shrink_to_fit();
        }
        terms.shrink_to_fit();
        Ok(HashMapPeer { terms })
    }

    /// How two terms in normal form relate.
    pub fn relation(&self, a: &str, b: &str) -> Option<&Known> {
        self.terms.get(a)?.get(b)
    }

    /// What may stand for a term in normal form, best first.
    pub fn expand(&self, term: &str) -> Vec<Found<'_, &str>> {
        let Some(others) = self.terms.get(term) else {
            return Vec::new();
        };
        let mut found: Vec<(&Arc<str>, &Known)> = others
            .iter()
            .filter(|(_, known)| known.expands && known.weight >= MIN_SCORE)
            .collect();
        found.sort_unstable_by(|(a, x), (b, y)| {
            x.transitive
                .cmp(&y.transitive)
                .then(y.weight.total_cmp(&x.weight))
                .then(a.cmp(b))
        });
        found.truncate(LIMIT);
        found
            .iter()
            .map(|(_, known)| Found {
                term: &*known.text,
                relation: known.relation,
                score: known.weight,
                source: some(&known.source),
                domain: some(&known.domain),
            })
            .collect()
    }
}

/// Equal texts, stored once.
#[derive(Default)]
struct Texts(HashSet<Arc<str>>);

impl Texts {
    fn one(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let text: Arc<str> = text.into();
        self.0.insert(Arc::clone(&text));
        text
    }
}
