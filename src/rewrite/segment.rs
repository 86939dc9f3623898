//! Segmentation: the terms of the lexicon inside running words.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use serde::Serialize;

use super::inflection::{Inflector, lemma};
use super::kept::kinds;
use super::query::WordKind;
use super::scanner::{has_letter, is_blank};
use crate::lexicon::{Direction, Overlay};
use crate::relation::Relation;
use crate::text::normal_form;
use crate::view::View;

/// The most words of a term. The longest in the Turkish pack has nine.
pub(super) const MAX_TERM_WORDS: usize = 12;
/// A longer word is none.
const MAX_WORD_BYTES: usize = 256;
/// How many words are looked at together at most; the cut is made at punctuation if there is any.
const MAX_RUN: usize = 4096;

/// A term or a word of running text; see [`Semrel::segment`](crate::Semrel::segment).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Segment<'a> {
    /// As it stands in the text, without punctuation around it.
    pub text: &'a str,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// How many words it has.
    pub words: usize,
    /// The term of the lexicon, in its right spelling; `None` for other words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    /// What sort of word; a term is [`WordKind::Ordinary`].
    pub kind: WordKind,
}

/// A stretch of words, and the term that they are.
pub(super) struct Span {
    pub(super) words: Range<usize>,
    pub(super) term: Option<String>,
}

/// Finds terms in running words.
#[derive(Clone, Debug)]
pub(crate) struct Segmenter {
    /// What the overlay's terms of several words begin with, in normal form.
    own_beginnings: HashSet<String>,
    pub(super) analyzer: Inflector,
}

impl Segmenter {
    pub(crate) fn new(overlay: &Overlay, analyzer: Inflector) -> Self {
        let mut own_beginnings = HashSet::new();
        for pair in overlay.pairs() {
            for term in [&pair.sentence1, &pair.sentence2] {
                let form = normal_form(term);
                own_beginnings.extend(
                    form.match_indices(' ')
                        .map(|(at, _)| form[..=at].to_owned()),
                );
            }
        }
        Segmenter {
            own_beginnings,
            analyzer,
        }
    }

    /// The best cover of words by terms of at most `max_words`: every word is in one span. `words[i]` and `words[i + 1]`
    /// are never in one term if `breaks(i)`.
    ///
    /// Dynamic programming from the end: a term of n words weighs n (n + 1) / 2, a little less if
    /// it is inflected or nothing may stand for it, so that one long term beats two short ones and
    /// as many words as can be are covered. Linear in the number of words.
    pub(super) fn cover(
        &self,
        view: &View,
        words: &[&str],
        kinds: &[WordKind],
        max_words: usize,
        breaks: impl Fn(usize) -> bool,
    ) -> Vec<Span> {
        let forms: Vec<Cow<'_, str>> = words.iter().map(|word| normal_form(word)).collect();
        let mut best: Vec<(f32, usize, Option<String>)> = vec![(0.0, 0, None); words.len() + 1];
        for start in (0..words.len()).rev() {
            best[start] = (best[start + 1].0, 1, None);
            let mut written = String::new();
            let mut beginning = String::new();
            for end in start + 1..=words.len().min(start + max_words) {
                let last = end - 1;
                if kinds[last] == WordKind::Citation
                    || words[last].len() > MAX_WORD_BYTES
                    || (last > start && breaks(last - 1))
                {
                    break;
                }
                let len = end - start;
                written.push_str(words[last]);
                if len > 1 || kinds[start] == WordKind::Ordinary {
                    if let Some((term, quality)) = find(view, self.analyzer, &written) {
                        let weight = (len * (len + 1)) as f32 / 2.0 * quality;
                        if weight + best[end].0 > best[start].0 {
                            best[start] = (weight + best[end].0, len, Some(term));
                        }
                    }
                }
                written.push(' ');
                beginning.push_str(&forms[last]);
                beginning.push(' ');
                if view.lexicon().first_with_prefix(&beginning).is_none()
                    && !self.own_beginnings.contains(&beginning)
                {
                    break;
                }
            }
        }
        let mut spans = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let (_, len, term) = &mut best[at];
            let next = at + *len;
            spans.push(Span {
                words: at..next,
                term: term.take(),
            });
            at = next;
        }
        spans
    }

    pub(crate) fn segment<'a>(&self, view: &View, text: &'a str) -> Vec<Segment<'a>> {
        let words = split_words(text);
        let mut segments = Vec::new();
        let mut rest = words.as_slice();
        while !rest.is_empty() {
            let most = rest.len().min(MAX_RUN);
            let end = rest[most / 2..most].iter().position(|(_, breaks)| *breaks);
            let (run, behind) = match end {
                Some(end) if most < rest.len() => rest.split_at(most / 2 + end + 1),
                _ => rest.split_at(most),
            };
            rest = behind;
            let texts: Vec<&str> = run.iter().map(|(range, _)| &text[range.clone()]).collect();
            let kinds = kinds(&texts);
            for span in self.cover(view, &texts, &kinds, MAX_TERM_WORDS, |at| run[at].1) {
                let (start, end) = (run[span.words.start].0.start, run[span.words.end - 1].0.end);
                segments.push(Segment {
                    text: &text[start..end],
                    start,
                    end,
                    words: span.words.len(),
                    kind: match span.term {
                        Some(_) => WordKind::Ordinary,
                        None => kinds[span.words.start],
                    },
                    term: span.term,
                });
            }
        }
        segments
    }
}

/// The term that `written` is or is an inflected form of, and how much its words weigh: a little
/// less if they are inflected, and if nothing may stand for the term.
fn find(view: &View, analyzer: Inflector, written: &str) -> Option<(String, f32)> {
    let term = |text: &str, weight: f32| {
        let nodes = view.named(text);
        let node = *nodes.first()?;
        let has_synonym = nodes.iter().flat_map(|&node| view.links(node)).any(|link| {
            link.relation == Relation::Synonym && !link.guarded && link.direction != Direction::In
        });
        let weight = if has_synonym { weight } else { weight * 0.9 };
        Some((view.text(node).to_owned(), weight))
    };
    if let Some(found) = term(written, 1.0) {
        return Some(found);
    }
    let known = |candidate: &str| !view.named(candidate).is_empty();
    let lemma = lemma(analyzer, written, known)?;
    term(&lemma, 0.97)
}

/// The words of a text, and whether punctuation behind one ends a term.
fn split_words(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut words: Vec<(Range<usize>, bool)> = Vec::new();
    let mut push = |start: usize, end: usize, ended: bool| {
        let raw = &text[start..end];
        let core = raw.trim_matches(is_outer);
        if has_letter(core) {
            let begin = start + (raw.len() - raw.trim_start_matches(is_outer).len());
            // The full stop of an abbreviation belongs to it.
            let mut stop = begin + core.len();
            if text[stop..end].starts_with('.') && core.chars().count() <= 2 {
                stop += 1;
            }
            let breaks = text[stop..end].contains(is_break) || ended;
            words.push((begin..stop, breaks));
        } else if let Some(last) = words.last_mut() {
            last.1 = true;
        }
    };
    let mut start = 0;
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        let next_is_digit = || text[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
        let parts = matches!(c, ',' | ';') && !(previous.is_ascii_digit() && next_is_digit());
        if is_blank(c) || parts {
            if at > start {
                push(start, at, parts);
            }
            start = at + c.len_utf8();
        }
        previous = c;
    }
    if start < text.len() {
        push(start, text.len(), false);
    }
    words
}

fn is_outer(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '%' | '§')
}

fn is_break(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | ':' | '!' | '?' | '.' | '…' | '(' | ')' | '[' | ']'
    )
}
