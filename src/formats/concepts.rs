//! Concepts: what formats that know meanings rather than words are made of.

use super::source::{Index, SenseView, Source, TermView};
use crate::error::Result;

/// The concepts of a source: one per synonym group, one per term outside of all groups, and one
/// per further sense of a term.
pub(super) struct Concepts<'a> {
    index: Index<'a>,
    concepts: Vec<Vec<Member>>,
    /// The concept of the first sense of each term.
    of_term: Vec<u32>,
    /// The concept of the second sense of each term; those of its other senses follow.
    of_second_sense: Vec<u32>,
}

/// A term in one of its senses.
#[derive(Clone, Copy)]
pub(super) struct Member {
    pub(super) term: u32,
    /// Position among the senses of the term. The first is there even if nothing is known of it.
    pub(super) sense: usize,
}

impl<'a> Concepts<'a> {
    pub(super) fn new<S: Source + ?Sized>(source: &'a S) -> Result<Self> {
        let index = Index::new(source)?;
        let first = |&term: &u32| Member { term, sense: 0 };
        let mut concepts: Vec<Vec<Member>> = index
            .groups
            .iter()
            .map(|group| group.iter().map(first).collect())
            .collect();
        let mut of_term = Vec::with_capacity(index.terms.len());
        let mut of_second_sense = Vec::with_capacity(index.terms.len());
        for (id, term) in (0u32..).zip(&index.terms) {
            of_term.push(index.group_of(id).unwrap_or(concepts.len() as u32));
            if index.group_of(id).is_none() {
                concepts.push(vec![first(&id)]);
            }
            of_second_sense.push(concepts.len() as u32);
            for sense in 1..term.senses.len() {
                concepts.push(vec![Member { term: id, sense }]);
            }
        }
        Ok(Concepts {
            index,
            concepts,
            of_term,
            of_second_sense,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.concepts.len()
    }

    pub(super) fn terms(&self) -> &[TermView<'a>] {
        &self.index.terms
    }

    /// The members of a concept, the preferred first.
    pub(super) fn members(&self, concept: u32) -> &[Member] {
        &self.concepts[concept as usize]
    }

    /// The concept that the pairs of a term are about.
    pub(super) fn of_term(&self, term: u32) -> Result<u32> {
        self.index.term(term)?;
        Ok(self.of_term[term as usize])
    }

    pub(super) fn of_sense(&self, member: Member) -> u32 {
        match member.sense {
            0 => self.of_term[member.term as usize],
            n => self.of_second_sense[member.term as usize] + n as u32 - 1,
        }
    }

    pub(super) fn text(&self, member: Member) -> &str {
        &self.index.terms[member.term as usize].text
    }

    pub(super) fn sense(&self, member: Member) -> Option<&SenseView<'a>> {
        self.index.terms[member.term as usize]
            .senses
            .get(member.sense)
    }

    /// The distinct glosses of the members, each with the first that has it.
    pub(super) fn glosses(&self, concept: u32) -> Vec<(Member, &str)> {
        let mut glosses: Vec<(Member, &str)> = Vec::new();
        for &member in self.members(concept) {
            let gloss = self.sense(member).and_then(|sense| sense.gloss.as_deref());
            if let Some(gloss) = gloss {
                if glosses.iter().all(|&(_, known)| known != gloss) {
                    glosses.push((member, gloss));
                }
            }
        }
        glosses
    }

    /// The concepts right above each concept.
    pub(super) fn broader(&self) -> Result<Vec<Vec<u32>>> {
        let mut broader = Vec::with_capacity(self.len());
        for (at, members) in (0u32..).zip(&self.concepts) {
            let mut above = Vec::new();
            for &member in members {
                if let Some(hypernym) = self.sense(member).and_then(|sense| sense.hypernym) {
                    let concept = self.of_term(hypernym)?;
                    if concept != at && !above.contains(&concept) {
                        above.push(concept);
                    }
                }
            }
            broader.push(above);
        }
        Ok(broader)
    }
}
