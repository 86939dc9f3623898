//! The guard against calling opposites synonyms.
//!
//! Two synonyms *a*, *b* are opposed if an antonym pair joins *a* or a synonym of *a* with *b* or
//! a synonym of *b*: through one synonym step on either side, the two would be opposites.

use std::collections::{BTreeMap, BTreeSet};

use semrel::Relation;

use crate::terms::{Pair, TermId};

/// The synonyms and antonyms of a set of pairs.
#[derive(Debug, Default)]
pub struct Oppositions {
    synonyms: BTreeMap<TermId, Vec<TermId>>,
    pairs: BTreeSet<Pair>,
    antonyms: BTreeSet<Pair>,
}

/// Two synonyms and the antonyms that oppose them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opposed {
    /// The synonyms.
    pub synonyms: Pair,
    /// The antonyms.
    pub antonyms: Pair,
}

impl Oppositions {
    /// The synonyms and antonyms among `pairs`; other relations are passed over.
    pub fn new(pairs: impl IntoIterator<Item = (Pair, Relation)>) -> Self {
        let mut all = Oppositions::default();
        for (pair, relation) in pairs {
            match relation {
                Relation::Synonym => {
                    for term in [pair.first(), pair.second()] {
                        all.synonyms.entry(term).or_default().push(pair.other(term));
                    }
                    all.pairs.insert(pair);
                }
                Relation::Antonym => {
                    all.antonyms.insert(pair);
                }
                Relation::CoHyponym | Relation::Unrelated => {}
            }
        }
        all
    }

    /// All opposed synonyms, each once, with one pair of antonyms that shows it.
    pub fn opposed(&self) -> impl Iterator<Item = Opposed> + '_ {
        self.pairs.iter().filter_map(|&synonyms| {
            self.witness(synonyms)
                .map(|antonyms| Opposed { synonyms, antonyms })
        })
    }

    fn witness(&self, synonyms: Pair) -> Option<Pair> {
        let (a, b) = (synonyms.first(), synonyms.second());
        self.around(a)
            .flat_map(|x| self.around(b).filter_map(move |y| Pair::new(x, y)))
            .find(|pair| self.antonyms.contains(pair))
    }

    fn around(&self, term: TermId) -> impl Iterator<Item = TermId> + '_ {
        let synonyms = self.synonyms.get(&term).map_or(&[][..], Vec::as_slice);
        std::iter::once(term).chain(synonyms.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Terms;

    fn opposed(pairs: &[(&str, &str, Relation)]) -> usize {
        let terms = Terms::new(pairs.iter().flat_map(|&(a, b, _)| [a, b]), []);
        let pair = |a, b| Pair::new(terms.get(a).unwrap(), terms.get(b).unwrap()).unwrap();
        let pairs = pairs.iter().map(|&(a, b, relation)| (pair(a, b), relation));
        Oppositions::new(pairs).opposed().count()
    }

    #[test]
    fn an_antonym_beside_two_synonyms_is_found() {
        use Relation::{Antonym, Synonym};
        let geçerli = ("geçerli", "muteber", Synonym);
        let geçersiz = ("batıl", "geçersiz", Synonym);
        let antonym = ("geçerli", "geçersiz", Antonym);
        assert_eq!(opposed(&[geçerli, geçersiz, antonym]), 0);
        let wrong = ("muteber", "batıl", Synonym);
        assert_eq!(opposed(&[geçerli, geçersiz, antonym, wrong]), 1);
        let wrong = ("muteber", "geçersiz", Synonym);
        assert_eq!(opposed(&[geçerli, antonym, wrong]), 2);
    }
}
