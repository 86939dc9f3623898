//! Which spellings are one term, and how each term is printed.

use std::collections::{BTreeMap, HashMap, HashSet};

use semrel::text::normal_form;

/// A term, numbered in the order of normal forms: sorting by number sorts the files we write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TermId(u32);

/// Two different terms, the lower number first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pair(TermId, TermId);

impl Pair {
    /// The pair of two terms in canonical order; `None` if they are the same term.
    pub fn new(a: TermId, b: TermId) -> Option<Self> {
        match a.cmp(&b) {
            std::cmp::Ordering::Less => Some(Pair(a, b)),
            std::cmp::Ordering::Greater => Some(Pair(b, a)),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// The term that comes first.
    pub fn first(self) -> TermId {
        self.0
    }

    /// The term that comes second.
    pub fn second(self) -> TermId {
        self.1
    }

    /// The other term of the pair.
    pub fn other(self, term: TermId) -> TermId {
        if self.0 == term { self.1 } else { self.0 }
    }
}

/// All terms of the corpus.
///
/// Spellings with one [normal form](normal_form) are one term (*resmî senet*, *resmi senet*),
/// printed as most entries spell it. Only the spellings declared homographs are words of their
/// own: *kâr* (profit) beside *kar* (snow), *KAP* (the disclosure platform) beside *kap* (vessel).
#[derive(Debug, Default)]
pub struct Terms {
    by_key: HashMap<String, TermId>,
    homographs: HashSet<String>,
    terms: Vec<Term>,
}

#[derive(Debug)]
struct Term {
    surface: String,
    form: String,
}

impl Terms {
    /// Gathers the terms of `mentions`: every spelling, as often as it is used.
    pub fn new<'a>(
        mentions: impl IntoIterator<Item = &'a str>,
        homographs: impl IntoIterator<Item = String>,
    ) -> Self {
        let mut terms = Terms {
            homographs: homographs.into_iter().collect(),
            ..Terms::default()
        };
        let mut spellings: BTreeMap<(String, String), BTreeMap<&str, usize>> = BTreeMap::new();
        for mention in mentions {
            let form = normal_form(mention).into_owned();
            let key = terms.key(mention);
            *spellings
                .entry((form, key))
                .or_default()
                .entry(mention)
                .or_default() += 1;
        }
        for ((form, key), spellings) in spellings {
            let id = TermId(terms.terms.len() as u32);
            let surface = preferred(&spellings).to_owned();
            terms.by_key.insert(key, id);
            terms.terms.push(Term { surface, form });
        }
        terms
    }

    /// The term that `spelling` belongs to, if it is in the corpus.
    pub fn get(&self, spelling: &str) -> Option<TermId> {
        self.by_key.get(&self.key(spelling)).copied()
    }

    /// How the term is printed.
    pub fn surface(&self, id: TermId) -> &str {
        &self.terms[id.0 as usize].surface
    }

    /// The term's normal form.
    pub fn form(&self, id: TermId) -> &str {
        &self.terms[id.0 as usize].form
    }

    /// Whether `spelling` was declared a word of its own.
    pub fn is_homograph(&self, spelling: &str) -> bool {
        self.homographs.contains(spelling)
    }

    /// Whether another term has the same normal form.
    pub fn shares_form(&self, id: TermId) -> bool {
        let at = id.0 as usize;
        let same = |other: Option<&Term>| other.is_some_and(|t| t.form == self.terms[at].form);
        same(self.terms.get(at + 1)) || at.checked_sub(1).is_some_and(|i| same(self.terms.get(i)))
    }

    /// All terms in order.
    pub fn ids(&self) -> impl Iterator<Item = TermId> + use<> {
        (0..self.terms.len() as u32).map(TermId)
    }

    /// The number of terms.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is no term.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    fn key(&self, spelling: &str) -> String {
        if self.is_homograph(spelling) {
            format!("={spelling}")
        } else {
            normal_form(spelling).into_owned()
        }
    }
}

/// The spelling used most; among equals the one with more circumflexes and capitals, which
/// tells more.
fn preferred<'a>(spellings: &BTreeMap<&'a str, usize>) -> &'a str {
    let marks = |spelling: &str| {
        spelling
            .chars()
            .filter(|c| c.is_uppercase() || "âîû'’-".contains(*c))
            .count()
    };
    spellings
        .iter()
        .max_by_key(|&(spelling, &count)| (count, marks(spelling)))
        .map_or("", |(spelling, _)| spelling)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_normal_form_are_one_term() {
        let terms = Terms::new(["resmi senet", "resmî senet", "resmî senet"], []);
        assert_eq!(terms.len(), 1);
        let id = terms.get("RESMİ SENET").unwrap();
        assert_eq!(terms.surface(id), "resmî senet");
        assert_eq!(terms.form(id), "resmi senet");
    }

    #[test]
    fn homographs_are_words_of_their_own() {
        let terms = Terms::new(["kar", "kâr", "zarar"], ["kâr".to_owned()]);
        assert_eq!(terms.len(), 3);
        assert_ne!(terms.get("kar"), terms.get("kâr"));
        assert_eq!(terms.get("Kar"), terms.get("kar"));
    }

    #[test]
    fn pairs_have_no_order_and_no_self() {
        let terms = Terms::new(["alıcı", "satıcı"], []);
        let (a, b) = (terms.get("alıcı").unwrap(), terms.get("satıcı").unwrap());
        assert_eq!(Pair::new(a, b), Pair::new(b, a));
        assert_eq!(Pair::new(a, a), None);
        assert_eq!(Pair::new(a, b).unwrap().other(a), b);
    }
}
