//! [`Source`]: what a writer needs to know of a lexicon.

use std::borrow::Cow;

use crate::error::{Error, Result};
use crate::labels::Pos;
use crate::relation::Relation;

/// A lexicon as the writers of this module see it: terms, synonym groups and pairs.
///
/// A term is named by its position in [`terms`](Source::terms), counted from zero. Each of the
/// three iterators may be asked for several times and yields the same each time.
pub trait Source {
    /// A short name, usable as an identifier (*semrel-tr*).
    fn name(&self) -> &str;

    /// The version of the data.
    fn version(&self) -> &str;

    /// The language of the terms, as a BCP 47 tag (*tr*).
    fn language(&self) -> &str;

    /// The licence of the data: an SPDX expression or an address.
    fn licence(&self) -> &str;

    /// An e-mail address for questions about the data; empty if there is none.
    fn contact(&self) -> &str {
        ""
    }

    /// All terms.
    fn terms(&self) -> Box<dyn Iterator<Item = TermView<'_>> + '_>;

    /// The synonym groups: sets of terms of which every two are synonyms, the preferred term
    /// first. A term is in one group at most.
    fn groups(&self) -> Box<dyn Iterator<Item = Vec<u32>> + '_>;

    /// All pairs, each once, those inside a group too.
    fn pairs(&self) -> Box<dyn Iterator<Item = PairView<'_>> + '_>;
}

/// One term of a [`Source`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermView<'a> {
    /// The term, as it is to be printed.
    pub text: Cow<'a, str>,
    /// What is known of its senses; the first is the one that its group and its pairs are about.
    pub senses: Vec<SenseView<'a>>,
}

/// What is known of a term in one sense.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SenseView<'a> {
    /// Part of speech.
    pub pos: Option<Pos>,
    /// What it means, in a few words.
    pub gloss: Option<Cow<'a, str>>,
    /// The field in which the term has this sense.
    pub domain: Option<Cow<'a, str>>,
    /// The nearest broader term.
    pub hypernym: Option<u32>,
}

/// Two terms of a [`Source`] and how they relate.
#[derive(Clone, Debug, PartialEq)]
pub struct PairView<'a> {
    /// The first term.
    pub a: u32,
    /// The second term.
    pub b: u32,
    /// Their relation.
    pub relation: Relation,
    /// Probability that the relation is right, over 0 and at most 1.
    pub weight: f32,
    /// `b` may stand for `a` but not the other way round. Synonyms only.
    pub one_way: bool,
    /// It follows from other pairs, so that formats that are built from again need not hold it.
    pub derived: bool,
    /// Neither may stand for the other in a search, since some path makes the two antonyms.
    pub guarded: bool,
    /// Where the relation comes from.
    pub source: Option<Cow<'a, str>>,
    /// The field in which it holds.
    pub domain: Option<Cow<'a, str>>,
}

/// The terms of a source by number, and the group that each is in.
pub(super) struct Index<'a> {
    pub(super) terms: Vec<TermView<'a>>,
    pub(super) groups: Vec<Vec<u32>>,
    group_of: Vec<Option<u32>>,
}

impl<'a> Index<'a> {
    pub(super) fn new<S: Source + ?Sized>(source: &'a S) -> Result<Self> {
        let terms: Vec<_> = source.terms().collect();
        let groups: Vec<_> = source.groups().filter(|g| !g.is_empty()).collect();
        let mut group_of = vec![None; terms.len()];
        for (at, group) in groups.iter().enumerate() {
            for &term in group {
                let of = group_of
                    .get_mut(term as usize)
                    .ok_or_else(|| no_such_term(term))?;
                if of.replace(at as u32).is_some() {
                    return Err(Error::invalid(format!(
                        "term {term} is in two synonym groups: a term is in one at most"
                    )));
                }
            }
        }
        Ok(Index {
            terms,
            groups,
            group_of,
        })
    }

    pub(super) fn term(&self, id: u32) -> Result<&TermView<'a>> {
        self.terms.get(id as usize).ok_or_else(|| no_such_term(id))
    }

    pub(super) fn text(&self, id: u32) -> Result<&str> {
        self.term(id).map(|term| &*term.text)
    }

    /// The group of a term; `None` too if there is no such term.
    pub(super) fn group_of(&self, id: u32) -> Option<u32> {
        self.group_of.get(id as usize).copied().flatten()
    }
}

fn no_such_term(id: u32) -> Error {
    Error::invalid(format!(
        "the source names term {id}, which is not among its terms"
    ))
}
