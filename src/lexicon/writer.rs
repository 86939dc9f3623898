//! The second half of a build: numbers the terms, works out what follows from the pairs, and
//! writes the image.

use std::collections::HashSet;

use super::builder::{BuildReport, Conflict, PairDraft, SenseDraft, TermDraft};
use super::format::{
    KIND_GUARDED, KIND_IN, KIND_OUT, KIND_TRANSITIVE, Section, TERM_SHARES_KEY, WEIGHT_STEPS,
    assemble, push_varint,
};
use super::graph::{Neighbours, Transitive, groups, opposites, transitive_synonyms};
use super::tables::{Blob, Names, Ranked};
use crate::error::{Error, Result};
use crate::labels::Pos;
use crate::relation::Relation;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Kind {
    relation: Relation,
    weight: u8,
    source: u8,
    domain: u8,
    flags: u8,
}

/// Postings of every term: targets in rising order.
pub(super) type Postings = Vec<Vec<(u32, Kind)>>;

/// Terms and pairs under their final numbers: terms in the order of (normal form, spelling).
pub(super) struct Numbered {
    terms: Vec<TermDraft>,
    /// Draft number to final number.
    number: Vec<u32>,
    pairs: Vec<(u32, u32, PairDraft)>,
}

impl Numbered {
    pub(super) fn new(
        drafts: Vec<TermDraft>,
        pairs: Vec<(u32, u32, PairDraft)>,
        report: &mut BuildReport,
    ) -> Self {
        let mut order: Vec<u32> = (0..drafts.len() as u32).collect();
        let key = |&draft: &u32| {
            let draft = &drafts[draft as usize];
            (&*draft.normal, &*draft.spelling, &*draft.text)
        };
        order.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        let mut number = vec![0; drafts.len()];
        let mut terms: Vec<TermDraft> = Vec::new();
        let mut drafts: Vec<Option<TermDraft>> = drafts.into_iter().map(Some).collect();
        let same_spelling = |a: &u32, b: &u32| {
            let spelling = |draft: &u32| drafts[*draft as usize].as_ref().map(|d| &d.spelling);
            spelling(a) == spelling(b)
        };
        let runs: Vec<Vec<u32>> = order.chunk_by(same_spelling).map(<[u32]>::to_vec).collect();
        for run in runs {
            let mut ways: Vec<(u32, TermDraft)> = run
                .into_iter()
                .filter_map(|draft| Some((draft, drafts[draft as usize].take()?)))
                .collect();
            let proper = |way: &TermDraft| way.has_record && way.is_proper();
            let common = |way: &TermDraft| way.has_record && !way.is_proper();
            let two_terms =
                ways.iter().any(|(_, way)| proper(way)) && ways.iter().any(|(_, way)| common(way));
            let (first, second) = if two_terms {
                ways.into_iter().partition(|(_, way)| match way.has_record {
                    true => way.is_proper(),
                    false => way.text != way.spelling,
                })
            } else {
                (std::mem::take(&mut ways), Vec::new())
            };
            for ways in [first, second].into_iter().filter(|ways| !ways.is_empty()) {
                for (draft, _) in &ways {
                    number[*draft as usize] = terms.len() as u32;
                }
                terms.extend(TermDraft::join(ways.into_iter().map(|(_, way)| way)));
            }
        }
        let pairs = pairs
            .into_iter()
            .map(|(first, second, draft)| {
                let (a, b) = (number[first as usize], number[second as usize]);
                let direction = match draft.direction {
                    KIND_OUT if a > b => KIND_IN,
                    same => same,
                };
                (a.min(b), a.max(b), PairDraft { direction, ..draft })
            })
            .filter(|(a, b, _)| a != b)
            .collect();
        report.terms = terms.len();
        let pairs = one_per_pair(pairs, &terms, report);
        Numbered {
            terms,
            number,
            pairs,
        }
    }

    /// Postings in both directions, with what follows from the pairs, and the synonym groups.
    pub(super) fn relate(
        &self,
        sources: &mut Names,
        report: &mut BuildReport,
    ) -> Result<(Postings, Vec<Vec<u32>>)> {
        let weight = |draft: &PairDraft| f32::from(draft.weight) / WEIGHT_STEPS;
        let edges = |relation| {
            self.pairs
                .iter()
                .filter(move |(_, _, draft)| draft.relation == relation && draft.direction == 0)
                .map(|(a, b, draft)| (*a, *b, weight(draft)))
        };
        let stated = Neighbours::new(self.terms.len(), edges(Relation::Synonym));
        let antonyms = Neighbours::new(self.terms.len(), edges(Relation::Antonym));
        let labelled = |a: u32, b: u32| {
            self.pairs
                .binary_search_by_key(&(a, b), |&(a, b, _)| (a, b))
                .is_ok()
        };
        let mut transitive = transitive_synonyms(&stated, labelled);

        let all = |transitive: &[Transitive]| {
            let steps: Vec<_> = transitive.iter().map(|t| (t.a, t.b, t.weight)).collect();
            Neighbours::new(self.terms.len(), edges(Relation::Synonym).chain(steps))
        };
        let synonyms = all(&transitive);
        transitive.retain(|t| !opposites(t.a, &synonyms, &antonyms).contains(&t.b));
        let synonyms = all(&transitive);
        report.transitive = transitive.len();

        let mut postings: Postings = vec![Vec::new(); self.terms.len()];
        let mut unguarded = Vec::new();
        let mut opposites_of = (u32::MAX, HashSet::new());
        for &(a, b, ref draft) in &self.pairs {
            report.pairs_by_relation[draft.relation as usize] += 1;
            if opposites_of.0 != a {
                opposites_of = (a, opposites(a, &synonyms, &antonyms));
            }
            let may_expand = matches!(draft.relation, Relation::Synonym | Relation::CoHyponym);
            let guarded = !may_expand || opposites_of.1.contains(&b);
            if guarded && may_expand {
                report.guarded += 1;
            }
            if draft.relation == Relation::Synonym && draft.direction == 0 && !guarded {
                unguarded.push((a, b, weight(draft)));
            }
            let kind = Kind {
                relation: draft.relation,
                weight: draft.weight,
                source: draft.source,
                domain: draft.domain,
                flags: if guarded { KIND_GUARDED } else { 0 },
            };
            let (forth, back) = match draft.direction {
                KIND_OUT => (KIND_OUT, KIND_IN),
                KIND_IN => (KIND_IN, KIND_OUT),
                _ => (0, 0),
            };
            let with = |direction| Kind {
                flags: kind.flags | direction,
                ..kind
            };
            postings[a as usize].push((b, with(forth)));
            postings[b as usize].push((a, with(back)));
        }
        let source = if transitive.is_empty() {
            0
        } else {
            sources.intern("source", "transitive")?
        };
        for step in &transitive {
            unguarded.push((step.a, step.b, step.weight));
            let kind = Kind {
                relation: Relation::Synonym,
                weight: (step.weight * WEIGHT_STEPS).round().max(1.0) as u8,
                source,
                domain: 0,
                flags: KIND_TRANSITIVE,
            };
            postings[step.a as usize].push((step.b, kind));
            postings[step.b as usize].push((step.a, kind));
        }
        for list in &mut postings {
            list.sort_unstable_by_key(|&(target, _)| target);
        }
        let groups = groups(&Neighbours::new(self.terms.len(), unguarded));
        report.groups = groups.len();
        Ok((postings, groups))
    }

    pub(super) fn write(
        &self,
        postings: &Postings,
        groups: &[Vec<u32>],
        sources: &Names,
        domains: &Names,
    ) -> Result<Vec<u8>> {
        let kinds = Ranked::new(postings.iter().flatten().map(|&(_, kind)| kind));
        let words = Ranked::new(
            self.terms
                .iter()
                .flat_map(|term| &term.senses)
                .flat_map(|sense| sense.gloss.split(' ').filter(|word| !word.is_empty())),
        );
        let mut group_of = vec![0u32; self.terms.len()];
        for (at, group) in groups.iter().enumerate() {
            for &term in group {
                group_of[term as usize] = at as u32 + 1;
            }
        }

        let mut names = Vec::new();
        sources.write(&mut names);
        domains.write(&mut names);
        let mut kind_bytes = Vec::with_capacity(kinds.values.len() * 5);
        for kind in &kinds.values {
            kind_bytes.extend_from_slice(&[
                kind.relation as u8,
                kind.weight,
                kind.source,
                kind.domain,
                kind.flags,
            ]);
        }
        let mut keys = fst::MapBuilder::memory();
        let mut terms = Blob::default();
        for (at, term) in self.terms.iter().enumerate() {
            let next_shares_key = self
                .terms
                .get(at + 1)
                .is_some_and(|next| next.normal == term.normal);
            if at == 0 || self.terms[at - 1].normal != term.normal {
                keys.insert(&*term.normal, at as u64)
                    .map_err(|e| Error::corrupt(format!("cannot index {:?}: {e}", term.normal)))?;
            }
            let out = &mut terms.bytes;
            out.push(if next_shares_key { TERM_SHARES_KEY } else { 0 });
            let text = &term.text;
            push_varint(out, text.len() as u32);
            out.extend_from_slice(text.as_bytes());
            push_varint(out, group_of[at]);
            push_varint(out, postings[at].len() as u32);
            let mut previous = 0;
            for &(target, kind) in &postings[at] {
                push_varint(out, target - previous);
                push_varint(out, kinds.rank(&kind));
                previous = target;
            }
            push_varint(out, term.senses.len() as u32);
            for sense in &term.senses {
                out.push(sense.pos.map_or(0, |pos| pos as u8 + 1));
                out.push(sense.domain.unwrap_or(0));
                push_varint(
                    out,
                    sense.hypernym.map_or(0, |h| self.number[h as usize] + 1),
                );
                let gloss: Vec<&str> = sense.gloss.split(' ').filter(|w| !w.is_empty()).collect();
                push_varint(out, gloss.len() as u32);
                for word in gloss {
                    push_varint(out, words.rank(&word));
                }
            }
            terms.end_entry();
        }
        let mut group_blob = Blob::default();
        for group in groups {
            let preferred = self.preferred(group, postings);
            push_varint(&mut group_blob.bytes, preferred);
            push_varint(&mut group_blob.bytes, group.len() as u32);
            let mut previous = 0;
            for &member in group {
                push_varint(&mut group_blob.bytes, member - previous);
                previous = member;
            }
            group_blob.end_entry();
        }
        let mut word_blob = Blob::default();
        for word in &words.values {
            word_blob.bytes.extend_from_slice(word.as_bytes());
            word_blob.end_entry();
        }
        let keys = keys
            .into_inner()
            .map_err(|e| Error::corrupt(format!("cannot finish the index: {e}")))?;

        let mut sections: [Vec<u8>; Section::COUNT] = Default::default();
        sections[Section::Names as usize] = names;
        sections[Section::Kinds as usize] = kind_bytes;
        sections[Section::Words as usize] = word_blob.joined();
        sections[Section::Keys as usize] = keys;
        sections[Section::TermOffsets as usize] = terms.offset_bytes();
        sections[Section::Terms as usize] = terms.bytes;
        sections[Section::GroupOffsets as usize] = group_blob.offset_bytes();
        sections[Section::Groups as usize] = group_blob.bytes;
        assemble(&sections)
    }

    /// The member that speaks for a group: not an abbreviation or a number (*1412 sayılı Kanun*),
    /// with an entry of its own, named by most pairs; on a tie the shorter, then the earlier one.
    fn preferred(&self, group: &[u32], postings: &Postings) -> u32 {
        let rank = |&term: &u32| {
            let draft = &self.terms[term as usize];
            let shorthand = draft.senses.iter().any(|s| s.pos == Some(Pos::Abbr))
                || draft.text.starts_with(char::is_numeric);
            let named_by: u32 = postings[term as usize]
                .iter()
                .map(|(_, kind)| u32::from(kind.weight))
                .sum();
            (
                shorthand,
                draft.senses.is_empty(),
                std::cmp::Reverse(named_by),
                draft.text.len(),
                term,
            )
        };
        group.iter().copied().min_by_key(rank).unwrap_or_default()
    }
}

impl TermDraft {
    /// Whether its records call it a name or an abbreviation.
    fn is_proper(&self) -> bool {
        let proper = |sense: &SenseDraft| matches!(sense.pos, Some(Pos::Name | Pos::Abbr));
        self.senses.iter().any(proper)
    }

    /// Several ways of writing one term: printed as its record has it, else as most often
    /// mentioned, else as sorts first (capitals do). `None` for no way at all.
    fn join(ways: impl Iterator<Item = TermDraft>) -> Option<TermDraft> {
        ways.reduce(|mut kept, mut way| {
            let rank = |way: &TermDraft| (way.has_record, way.mentions);
            if rank(&way) > rank(&kept) {
                std::mem::swap(&mut kept, &mut way);
            }
            for sense in way.senses {
                if !kept.senses.contains(&sense) {
                    kept.senses.push(sense);
                }
            }
            kept
        })
    }
}

/// Settles pairs that came more than once; the result is sorted.
fn one_per_pair(
    mut pairs: Vec<(u32, u32, PairDraft)>,
    terms: &[TermDraft],
    report: &mut BuildReport,
) -> Vec<(u32, u32, PairDraft)> {
    // Stable: among equals the one that came first stays.
    pairs.sort_by_key(|&(a, b, _)| (a, b));
    let mut settled: Vec<(u32, u32, PairDraft)> = Vec::with_capacity(pairs.len());
    for (a, b, draft) in pairs {
        let Some((_, _, known)) = settled.last_mut().filter(|last| (last.0, last.1) == (a, b))
        else {
            settled.push((a, b, draft));
            continue;
        };
        let relation = known.relation;
        let direction = known.direction;
        let replace = preference(&draft) > preference(known);
        if replace {
            *known = draft;
        }
        if relation == draft.relation {
            report.duplicates += 1;
            // One way and the other is both ways.
            known.direction = if direction == draft.direction {
                direction
            } else {
                0
            };
        } else {
            let text = |term: u32| terms[term as usize].text.to_string();
            report.conflicts.push(Conflict {
                terms: (text(a), text(b)),
                kept: known.relation,
                dropped: if replace { relation } else { draft.relation },
            });
        }
    }
    settled
}

/// Which of two drafts for one pair stays: the greater one.
fn preference(draft: &PairDraft) -> (bool, u8, Relation) {
    let antonym = draft.relation == Relation::Antonym;
    (antonym, draft.weight, draft.relation)
}
