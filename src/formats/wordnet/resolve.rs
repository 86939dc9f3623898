//! From a draft to a wordnet: ids become positions, and those that name nothing are told.

use std::collections::HashSet;

use super::document::{Defined, Document, Ids, Link, MAX_MEMBERS, Sense, Synset, Terms};
use crate::error::{Error, Result};
use crate::labels::Pos;
use crate::relation::Relation;

/// A wordnet as it was read. Fields named `id`, `to`, `synset` and the like are numbers of ids.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) ids: Ids,
    pub(super) terms: Terms,
    pub(super) senses: Vec<SenseDraft>,
    pub(super) synsets: Vec<SynsetDraft>,
    pub(super) definitions: Vec<Definition>,
    pub(super) sense_relations: Vec<Reference>,
    pub(super) synset_relations: Vec<Reference>,
    /// What was wrong with a part of the file.
    pub(super) problems: Vec<Error>,
}

#[derive(Debug)]
pub(super) struct SenseDraft {
    pub(super) id: u32,
    pub(super) entry: u32,
    pub(super) term: u32,
    pub(super) pos: Option<Pos>,
    pub(super) domain: Option<Box<str>>,
    pub(super) synset: u32,
    pub(super) line: u64,
}

#[derive(Debug)]
pub(super) struct SynsetDraft {
    /// The first of its members, a sense or an entry.
    pub(super) leader: Option<u32>,
    pub(super) domain: Option<Box<str>>,
    pub(super) line: u64,
}

#[derive(Debug)]
pub(super) struct Definition {
    /// The position of the synset.
    pub(super) synset: u32,
    /// The only sense it is of.
    pub(super) sense: Option<u32>,
    pub(super) text: String,
    pub(super) line: u64,
}

/// A relation from a sense or synset, by position, to an id.
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) subject: Subject,
    pub(super) weight: Option<f32>,
    pub(super) line: u64,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Subject {
    Pair(Relation),
    OneWay,
    Hypernym,
    Hyponym,
}

impl Draft {
    /// The wordnet, and what was wrong with parts of it.
    ///
    /// # Errors
    ///
    /// `Limit` if a synset has more than [`MAX_MEMBERS`] members.
    pub(super) fn resolve(mut self) -> Result<(Document, Vec<Error>)> {
        let mut document = Document::default();
        for synset in &mut self.synsets {
            document.synsets.push(Synset {
                domain: synset.domain.take(),
                ..Synset::default()
            });
        }
        let places = self.place_senses(&mut document)?;
        self.lead_synsets(&mut document);
        self.define(&mut document, &places);
        self.relate_senses(&mut document, &places);
        self.relate_synsets(&mut document);
        document.terms = self.terms;
        Ok((document, self.problems))
    }

    /// Where the senses of the draft are in the document; `None` for one without synset.
    fn place_senses(&mut self, document: &mut Document) -> Result<Vec<Option<u32>>> {
        let mut places = Vec::with_capacity(self.senses.len());
        for sense in &mut self.senses {
            let Defined::Synset(synset) = self.ids.defined(sense.synset) else {
                let of = format!("the sense {:?} is of the synset", self.ids.name(sense.id));
                let problem = missing(&self.ids, sense.synset, sense.line, &of);
                self.problems.push(problem);
                places.push(None);
                continue;
            };
            let place = document.senses.len() as u32;
            let members = &mut document.synsets[synset as usize].members;
            let of_same_term = |&m: &u32| document.senses[m as usize].term == sense.term;
            let is_new = !members.iter().any(of_same_term);
            if members.len() == MAX_MEMBERS && is_new {
                return Err(Error::limit(format!(
                    "line {}: the synset {:?} has more than {MAX_MEMBERS} members",
                    sense.line,
                    self.ids.name(sense.synset)
                )));
            }
            if is_new {
                members.push(place);
            }
            places.push(Some(place));
            document.senses.push(Sense {
                term: sense.term,
                pos: sense.pos,
                gloss: None,
                domain: sense.domain.take(),
                synset,
                id: sense.id,
                entry: sense.entry,
            });
        }
        Ok(places)
    }

    fn lead_synsets(&mut self, document: &mut Document) {
        for (synset, draft) in document.synsets.iter_mut().zip(&self.synsets) {
            let Some(leader) = draft.leader else { continue };
            let leads = |&sense: &u32| {
                let sense = &document.senses[sense as usize];
                sense.id == leader || sense.entry == leader
            };
            if let Some(at) = synset.members.iter().position(leads) {
                synset.members[..=at].rotate_right(1);
            } else if self.ids.defined(leader) == Defined::Nothing {
                let problem = missing(&self.ids, leader, draft.line, "a synset has the member");
                self.problems.push(problem);
            }
        }
    }

    fn define(&mut self, document: &mut Document, places: &[Option<u32>]) {
        for definition in std::mem::take(&mut self.definitions) {
            let gloss = match definition.sense.map(|id| (id, self.ids.defined(id))) {
                None => &mut document.synsets[definition.synset as usize].gloss,
                Some((_, Defined::Sense(sense))) => match places[sense as usize] {
                    Some(place) => &mut document.senses[place as usize].gloss,
                    None => continue,
                },
                Some((_, Defined::Passed)) => continue,
                Some((id, _)) => {
                    let of = "a definition is of the sense";
                    let problem = missing(&self.ids, id, definition.line, of);
                    self.problems.push(problem);
                    continue;
                }
            };
            gloss.get_or_insert_with(|| definition.text.into());
        }
    }

    fn relate_senses(&mut self, document: &mut Document, places: &[Option<u32>]) {
        for reference in &self.sense_relations {
            let to = match self.ids.defined(reference.to) {
                Defined::Sense(sense) => places[sense as usize],
                Defined::Passed => None,
                _ => {
                    let problem = missing(&self.ids, reference.to, reference.line, RELATED_SENSE);
                    self.problems.push(problem);
                    None
                }
            };
            if let (Some(from), Some(to)) = (places[reference.from as usize], to) {
                document.sense_links.extend(reference.link(from, to));
            }
        }
    }

    fn relate_synsets(&mut self, document: &mut Document) {
        let mut known = HashSet::new();
        for reference in &self.synset_relations {
            let Defined::Synset(to) = self.ids.defined(reference.to) else {
                let problem = missing(&self.ids, reference.to, reference.line, RELATED_SYNSET);
                self.problems.push(problem);
                continue;
            };
            let from = reference.from;
            let (narrow, broad) = match reference.subject {
                Subject::Hypernym => (from, to),
                Subject::Hyponym => (to, from),
                _ => {
                    document.synset_links.extend(reference.link(from, to));
                    continue;
                }
            };
            // Many wordnets state both directions.
            if known.insert((narrow, broad)) {
                document.synsets[narrow as usize].hypernyms.push(broad);
            }
        }
    }
}

const RELATED_SENSE: &str = "a relation leads to the sense";
const RELATED_SYNSET: &str = "a relation leads to the synset";

impl Reference {
    fn link(&self, from: u32, to: u32) -> Option<Link> {
        let (relation, one_way) = match self.subject {
            Subject::Pair(relation) => (relation, false),
            Subject::OneWay => (Relation::Synonym, true),
            Subject::Hypernym | Subject::Hyponym => return None,
        };
        Some(Link {
            from,
            to,
            relation,
            weight: self.weight,
            one_way,
        })
    }
}

fn missing(ids: &Ids, id: u32, line: u64, what: &str) -> Error {
    Error::invalid(format!(
        "line {line}: {what} {:?}, which the file does not define",
        ids.name(id)
    ))
}
