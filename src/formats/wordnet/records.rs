//! What a wordnet says, as records.

use std::collections::{HashMap, HashSet, VecDeque};

use super::document::{Document, Link, Sense};
use crate::labels::{LabelledPair, Record, TermRecord};
use crate::relation::Relation;

/// Yields the terms of a wordnet, then its pairs, each once: synonyms, stated relations, and at
/// last the co-hyponyms that follow from the hierarchy.
///
/// Only what one step yields is held: a sense, a relation, or a hypernym.
#[derive(Debug)]
pub(super) struct Records {
    document: Document,
    sibling_limit: usize,
    phase: Phase,
    step: usize,
    ready: VecDeque<Record>,
    /// Per term, the synsets it is in, in ascending order.
    synsets_of: Vec<Vec<u32>>,
    /// Per hypernym, the synsets right under it.
    hyponyms: Vec<(u32, Vec<u32>)>,
    stated: HashSet<(u32, u32, Relation)>,
    stated_of_synsets: HashSet<(u32, u32, Relation)>,
    derived: HashSet<(u32, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    Terms,
    Synonyms,
    SenseLinks,
    SynsetLinks,
    CoHyponyms,
    Done,
}

impl Records {
    /// `sibling_limit`: the most hyponyms, counted in senses, whose co-hyponymy is told.
    pub(super) fn new(document: Document, sibling_limit: usize) -> Self {
        let mut synsets_of = vec![Vec::new(); document.terms.len()];
        for (at, synset) in document.synsets.iter().enumerate() {
            for &sense in &synset.members {
                synsets_of[document.senses[sense as usize].term as usize].push(at as u32);
            }
        }
        let mut hyponyms: HashMap<u32, Vec<u32>> = HashMap::new();
        if sibling_limit > 0 {
            for (at, synset) in document.synsets.iter().enumerate() {
                for &hypernym in &synset.hypernyms {
                    hyponyms.entry(hypernym).or_default().push(at as u32);
                }
            }
        }
        let mut hyponyms: Vec<_> = hyponyms.into_iter().collect();
        hyponyms.sort_unstable();
        Records {
            document,
            sibling_limit,
            phase: Phase::Terms,
            step: 0,
            ready: VecDeque::new(),
            synsets_of,
            hyponyms,
            stated: HashSet::new(),
            stated_of_synsets: HashSet::new(),
            derived: HashSet::new(),
        }
    }

    /// Makes the records of one step ready, or goes to the next phase.
    fn advance(&mut self) {
        let step = self.step;
        self.step += 1;
        let (length, next) = match self.phase {
            Phase::Terms => (self.document.senses.len(), Phase::Synonyms),
            Phase::Synonyms => (self.document.senses.len(), Phase::SenseLinks),
            Phase::SenseLinks => (self.document.sense_links.len(), Phase::SynsetLinks),
            Phase::SynsetLinks => (self.document.synset_links.len(), Phase::CoHyponyms),
            Phase::CoHyponyms => (self.hyponyms.len(), Phase::Done),
            Phase::Done => return,
        };
        if step >= length {
            self.phase = next;
            self.step = 0;
            return;
        }
        match self.phase {
            Phase::Terms => self.term(step as u32),
            Phase::Synonyms => self.synonyms(step as u32),
            Phase::SenseLinks => self.sense_link(self.document.sense_links[step]),
            Phase::SynsetLinks => self.synset_link(self.document.synset_links[step]),
            Phase::CoHyponyms => self.co_hyponyms(step),
            Phase::Done => {}
        }
    }

    fn sense(&self, sense: u32) -> &Sense {
        &self.document.senses[sense as usize]
    }

    fn members(&self, synset: u32) -> &[u32] {
        &self.document.synsets[synset as usize].members
    }

    fn term(&mut self, sense: u32) {
        let sense = self.sense(sense);
        let synset = &self.document.synsets[sense.synset as usize];
        let broader = |&synset: &u32| {
            let leader = *self.members(synset).first()?;
            let term = self.sense(leader).term;
            (term != sense.term).then_some(term)
        };
        let gloss = sense.gloss.as_ref().or(synset.gloss.as_ref());
        let hypernym = synset.hypernyms.iter().find_map(broader);
        let terms = &self.document.terms;
        self.ready.push_back(Record::Term(TermRecord {
            term: terms.text(sense.term).to_owned(),
            pos: sense.pos,
            gloss: gloss.map(|gloss| gloss.clone().into()),
            domain: self.domain(sense).map(str::to_owned),
            hypernym: hypernym.map(|term| terms.text(term).to_owned()),
        }));
    }

    /// Pairs a sense with those after it in its synset.
    fn synonyms(&mut self, sense: u32) {
        let synset = self.sense(sense).synset;
        let members = self.members(synset);
        let Some(at) = members.iter().position(|&member| member == sense) else {
            return;
        };
        let mut pairs = Vec::new();
        for &other in &members[at + 1..] {
            let (a, b) = (self.sense(sense).term, self.sense(other).term);
            // Terms that share several synsets are told in the first.
            if self.first_shared_synset(a, b) == Some(synset) {
                pairs.push(self.pair(sense, other, Relation::Synonym));
            }
        }
        self.ready.extend(pairs.into_iter().map(Record::Pair));
    }

    fn sense_link(&mut self, link: Link) {
        let (a, b) = (self.sense(link.from).term, self.sense(link.to).term);
        let new = self.stated.insert((a.min(b), a.max(b), link.relation));
        if a != b && (new || link.one_way) {
            self.push_linked(link.from, link.to, link);
        }
    }

    fn synset_link(&mut self, link: Link) {
        let (a, b) = (link.from.min(link.to), link.from.max(link.to));
        if a == b || !self.stated_of_synsets.insert((a, b, link.relation)) {
            return;
        }
        let (from, to) = (self.members(link.from), self.members(link.to));
        let product = from.iter().flat_map(|&a| to.iter().map(move |&b| (a, b)));
        let pairs: Vec<_> = product
            .filter(|&(a, b)| {
                let (a, b) = (self.sense(a).term, self.sense(b).term);
                a != b && !self.stated.contains(&(a.min(b), a.max(b), link.relation))
            })
            .collect();
        for (from, to) in pairs {
            self.push_linked(from, to, link);
        }
    }

    fn push_linked(&mut self, from: u32, to: u32, link: Link) {
        let mut pair = self.pair(from, to, link.relation);
        pair.weight = link.weight;
        pair.one_way = link.one_way;
        self.ready.push_back(Record::Pair(pair));
    }

    /// Pairs the members of distinct synsets under one hypernym, unless something else is known
    /// of the two.
    fn co_hyponyms(&mut self, at: usize) {
        let siblings: Vec<u32> = self.hyponyms[at]
            .1
            .iter()
            .flat_map(|&synset| self.members(synset).iter().copied())
            .collect();
        if siblings.len() > self.sibling_limit {
            return;
        }
        for (i, &one) in siblings.iter().enumerate() {
            for &other in &siblings[i + 1..] {
                let (a, b) = (self.sense(one).term, self.sense(other).term);
                let known = self.sense(one).synset == self.sense(other).synset
                    || a == b
                    || self.related(a, b);
                if !known && self.derived.insert((a.min(b), a.max(b))) {
                    let pair = self.pair(one, other, Relation::CoHyponym);
                    self.ready.push_back(Record::Pair(pair));
                }
            }
        }
    }

    /// Whether the file says how two terms relate, in whatever sense.
    fn related(&self, a: u32, b: u32) -> bool {
        let stated_of_synsets = |&x: &u32, &y: &u32, relation| {
            let synsets = (x.min(y), x.max(y), relation);
            self.stated_of_synsets.contains(&synsets)
        };
        let (of_a, of_b) = (&self.synsets_of[a as usize], &self.synsets_of[b as usize]);
        self.first_shared_synset(a, b).is_some()
            || Relation::ALL.into_iter().any(|relation| {
                self.stated.contains(&(a.min(b), a.max(b), relation))
                    || of_a
                        .iter()
                        .any(|x| of_b.iter().any(|y| stated_of_synsets(x, y, relation)))
            })
    }

    fn first_shared_synset(&self, a: u32, b: u32) -> Option<u32> {
        let (a, b) = (&self.synsets_of[a as usize], &self.synsets_of[b as usize]);
        let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
        few.iter()
            .copied()
            .find(|synset| many.binary_search(synset).is_ok())
    }

    fn pair(&self, from: u32, to: u32, relation: Relation) -> LabelledPair {
        let (a, b) = (self.sense(from), self.sense(to));
        let terms = &self.document.terms;
        let mut pair = LabelledPair::new(terms.text(a.term), terms.text(b.term), relation);
        pair.pos = a.pos.filter(|_| a.pos == b.pos);
        let domain = self.domain(a).filter(|_| self.domain(a) == self.domain(b));
        pair.domain = domain.map(str::to_owned);
        pair
    }

    fn domain<'a>(&'a self, sense: &'a Sense) -> Option<&'a str> {
        let synset = &self.document.synsets[sense.synset as usize];
        sense.domain.as_deref().or(synset.domain.as_deref())
    }
}

impl Iterator for Records {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        while self.ready.is_empty() && self.phase != Phase::Done {
            self.advance();
        }
        self.ready.pop_front()
    }
}
