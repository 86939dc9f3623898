//! What the lexicon has of a term: meanings and relations.

use std::ffi::c_char;

use semrel_core::{Direction, Pos, Term};

use crate::boundary::{guard, guard_or, handle, handle_mut, text, write};
use crate::names::SemrelRelation;
use crate::results::{Results, SemrelString};
use crate::status::SemrelStatus;
use crate::worker::SemrelWorker;

/// A term of the lexicon. It is the worker's and stays until its next question of this kind. Later
/// versions may add fields at the end.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SemrelTerm {
    /// The term, in its right spelling.
    pub text: SemrelString,
    /// The member that speaks for its synonym group, if it is in one.
    pub preferred: SemrelString,
    /// How many meanings it has.
    pub senses: usize,
    /// How many relations it has.
    pub postings: usize,
}

/// One meaning of a term.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SemrelSense {
    /// The meaning in a few words, if it is stated.
    pub gloss: SemrelString,
    /// Part of speech, if it is stated: `noun`, `verb`, `adj`, `adv`, `abbr`, `name`, `other`.
    pub pos: SemrelString,
    /// The field in which the term has this meaning, if it is one in particular.
    pub domain: SemrelString,
    /// The nearest broader term, if it is stated.
    pub hypernym: SemrelString,
}

/// One relation of a term.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SemrelPosting {
    /// The other term.
    pub term: SemrelString,
    /// How the two relate.
    pub relation: SemrelRelation,
    /// Probability that the label is right, 0 to 1.
    pub weight: f32,
    /// Whether the other may stand for the term.
    pub other_for_term: bool,
    /// Whether the term may stand for the other.
    pub term_for_other: bool,
    /// Whether it is kept out of every expansion.
    pub guarded: bool,
    /// Whether it is a synonym of synonyms on which all agree, not a labelled pair.
    pub transitive: bool,
    /// Where the label comes from, if it has a source.
    pub source: SemrelString,
    /// The field in which the relation holds, if it is one in particular.
    pub domain: SemrelString,
}

/// The terms of the lexicon that a text names, the exact spelling first; `semrel_term_at`,
/// `semrel_sense_at` and `semrel_posting_at` have them. Entries of an overlay are not among them.
///
/// `count`: where the number of terms is put, or NULL. A text that names none is no error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_lookup(
    worker: *mut SemrelWorker,
    term: *const c_char,
    len: usize,
    count: *mut usize,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        unsafe { write(count, 0) };
        let SemrelWorker { semrel, terms, .. } = unsafe { handle_mut(worker, "worker") }?;
        terms.clear();
        let lexicon = semrel.lexicon();
        for term in lexicon.lookup(unsafe { text(term, len, "term") }?) {
            terms.push(term, |id| lexicon.term(id).map_or("", Term::text));
        }
        unsafe { write(count, terms.terms.len()) };
        Ok(())
    })
}

/// The term with a number, from 0; NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_term_at(
    worker: *const SemrelWorker,
    index: usize,
) -> *const SemrelTerm {
    guard_or(std::ptr::null(), || {
        // SAFETY: the promise of `boundary`.
        let worker = unsafe { handle(worker, "worker") };
        worker.map_or(std::ptr::null(), |worker| worker.terms.terms.at(index))
    })
}

/// A meaning of the term with a number, both from 0, the main one first; NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_sense_at(
    worker: *const SemrelWorker,
    term: usize,
    index: usize,
) -> *const SemrelSense {
    guard_or(std::ptr::null(), || {
        // SAFETY: the promise of `boundary`.
        let Ok(worker) = (unsafe { handle(worker, "worker") }) else {
            return std::ptr::null();
        };
        let terms = &worker.terms;
        terms
            .senses
            .at(terms.place(term, index, |term| term.senses, |first| first.0))
    })
}

/// A relation of the term with a number, both from 0; NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_posting_at(
    worker: *const SemrelWorker,
    term: usize,
    index: usize,
) -> *const SemrelPosting {
    guard_or(std::ptr::null(), || {
        // SAFETY: the promise of `boundary`.
        let Ok(worker) = (unsafe { handle(worker, "worker") }) else {
            return std::ptr::null();
        };
        let terms = &worker.terms;
        terms
            .postings
            .at(terms.place(term, index, |term| term.postings, |first| first.1))
    })
}

/// Terms with their meanings and relations, all in one row each.
#[derive(Debug)]
pub(crate) struct Terms {
    terms: Results<SemrelTerm>,
    senses: Results<SemrelSense>,
    postings: Results<SemrelPosting>,
    /// Where the senses and postings of a term begin.
    first: Vec<(usize, usize)>,
}

impl Terms {
    pub(crate) fn new() -> Self {
        Terms {
            terms: Results::new(),
            senses: Results::new(),
            postings: Results::new(),
            first: Vec::new(),
        }
    }

    fn clear(&mut self) {
        self.terms.clear();
        self.senses.clear();
        self.postings.clear();
        self.first.clear();
    }

    fn push<'a>(&mut self, term: Term<'a>, text_of: impl Fn(semrel_core::TermId) -> &'a str) {
        let Terms {
            terms,
            senses,
            postings,
            first,
        } = self;
        first.push((senses.len(), postings.len()));
        for sense in term.senses() {
            senses.push(SemrelSense {
                gloss: senses.optional(sense.gloss().as_deref()),
                pos: senses.optional(sense.pos().map(Pos::as_str)),
                domain: senses.optional(sense.domain()),
                hypernym: senses.optional(sense.hypernym().map(Term::text)),
            });
        }
        for posting in term.postings() {
            postings.push(SemrelPosting {
                term: postings.string(text_of(posting.target)),
                relation: posting.relation.into(),
                weight: posting.weight,
                other_for_term: posting.direction != Direction::In,
                term_for_other: posting.direction != Direction::Out,
                guarded: posting.guarded,
                transitive: posting.transitive,
                source: postings.optional(posting.source),
                domain: postings.optional(posting.domain),
            });
        }
        let (sense, posting) = first.last().copied().unwrap_or_default();
        terms.push(SemrelTerm {
            text: terms.string(term.text()),
            preferred: terms.optional(
                term.group()
                    .and_then(semrel_core::Group::preferred)
                    .map(Term::text),
            ),
            senses: senses.len() - sense,
            postings: postings.len() - posting,
        });
    }

    /// Where something of a term lies in its row; beyond every row if the term has no such thing.
    fn place(
        &self,
        term: usize,
        index: usize,
        count: impl Fn(&SemrelTerm) -> usize,
        first: impl Fn((usize, usize)) -> usize,
    ) -> usize {
        let known = self.terms.get(term).is_some_and(|term| index < count(term));
        match self.first.get(term) {
            Some(&place) if known => first(place) + index,
            _ => usize::MAX,
        }
    }
}
