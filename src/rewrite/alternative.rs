//! What a query is widened by, and why.

use serde::Serialize;

use crate::relation::{Evidence, Relation};

/// Something that may stand for what the user wrote.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Alternative {
    /// What is searched for: a word, or the words of a phrase.
    pub text: String,
    /// The term of the lexicon that it is a form of.
    pub term: String,
    /// How that relates to what was written.
    pub relation: Relation,
    /// Probability that it does, `0.0..=1.0`.
    pub score: f32,
    /// The factor on its rank in the search, under 1: the original has 1.
    pub weight: f32,
    /// What the answer rests on.
    pub evidence: Evidence,
    /// Steps in the synonym graph.
    pub distance: u8,
    /// Where the label comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The field of law in which the relation holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// The term of the lexicon that was recognised in the query.
    pub written_term: String,
    /// As the query has it.
    pub written: String,
    /// Where that begins in the query, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

impl Alternative {
    /// Why it was added, in a sentence.
    ///
    /// ```
    /// # #[cfg(feature = "tr")] {
    /// # use semrel::{Semrel, rewrite::RewriteOptions};
    /// let rewrite = Semrel::turkish()?.rewrite("mahfuz hisse", &RewriteOptions::default())?;
    /// let best = rewrite.alternatives().next().unwrap();
    /// assert_eq!(
    ///     best.explanation(),
    ///     "\"saklı pay\" stands for \"mahfuz hisse\": synonym (0.99), lexicon, entry, inheritance"
    /// );
    /// # }
    /// # Ok::<(), semrel::Error>(())
    /// ```
    pub fn explanation(&self) -> String {
        let mut out = format!("{:?} stands for {:?}", self.text, self.written);
        if self.evidence == Evidence::Variant {
            out += ": its dictionary form";
            return out;
        }
        out += &format!(": {}", self.relation);
        if self.text != self.term || self.written != self.written_term {
            out += &format!(" {:?} of {:?}", self.term, self.written_term);
        }
        out += &format!(" ({:.2}), {}", self.score, self.evidence);
        for more in [&self.source, &self.domain].into_iter().flatten() {
            out += ", ";
            out += more;
        }
        if self.distance > 1 {
            out += &format!(", {} steps", self.distance);
        }
        out
    }
}
