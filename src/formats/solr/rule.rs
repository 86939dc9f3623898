//! One line of a synonyms file.

use std::collections::HashMap;

use super::MAX_TERMS_PER_RULE;
use crate::error::{Error, Result};
use crate::labels::LabelledPair;
use crate::relation::Relation;
use crate::text::{spelling_form, term_form};

/// The terms of a line and how far its pairs were told.
///
/// `a, b` says as much as `a, b => a, b`, so a line of either kind is a list of terms, each with
/// the sides it stands on: `b` may stand for `a` if `a` is on the left and `b` on the right.
#[derive(Debug, Default)]
pub(super) struct Rule {
    terms: Vec<Member>,
    next: (usize, usize),
}

#[derive(Debug, PartialEq)]
struct Member {
    text: String,
    left: bool,
    right: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
}

impl Rule {
    pub(super) fn parse(line: &str) -> Result<Rule> {
        let (terms, mapping) = split(line)?;
        let mut members: Vec<Member> = Vec::new();
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (side, text) in terms {
            term_form(&text)?;
            let left = side == Side::Left;
            let right = side == Side::Right || !mapping;
            let at = *seen
                .entry(spelling_form(&text).into_owned())
                .or_insert(members.len());
            match members.get_mut(at) {
                Some(member) => {
                    member.left |= left;
                    member.right |= right;
                }
                None => members.push(Member { text, left, right }),
            }
            if members.len() > MAX_TERMS_PER_RULE {
                return Err(Error::limit(format!(
                    "more than {MAX_TERMS_PER_RULE} terms in one rule: split it"
                )));
            }
        }
        Ok(Rule {
            terms: members,
            next: (0, 1),
        })
    }

    pub(super) fn next_pair(&mut self) -> Option<LabelledPair> {
        loop {
            let (i, j) = self.next;
            if j >= self.terms.len() {
                if i + 2 >= self.terms.len() {
                    return None;
                }
                self.next = (i + 1, i + 2);
                continue;
            }
            self.next = (i, j + 1);
            let (a, b) = (&self.terms[i], &self.terms[j]);
            let (from, to, one_way) = match (a.left && b.right, b.left && a.right) {
                (true, true) => (a, b, false),
                (true, false) => (a, b, true),
                (false, true) => (b, a, true),
                (false, false) => continue,
            };
            let mut pair = LabelledPair::new(&*from.text, &*to.text, Relation::Synonym);
            pair.one_way = one_way;
            return Some(pair);
        }
    }
}

enum Token {
    Letter(char),
    Escaped(char),
    Comma,
    Arrow,
}

/// A backslash takes its meaning from the next character; at the end of the line it is itself.
fn tokens(line: &str) -> impl Iterator<Item = Token> + '_ {
    let mut chars = line.chars().peekable();
    std::iter::from_fn(move || {
        Some(match chars.next()? {
            '\\' => Token::Escaped(chars.next().unwrap_or('\\')),
            ',' => Token::Comma,
            '=' if chars.next_if_eq(&'>').is_some() => Token::Arrow,
            c => Token::Letter(c),
        })
    })
}

/// The terms of a line, unescaped and trimmed, and whether `=>` was there.
fn split(line: &str) -> Result<(Vec<(Side, String)>, bool)> {
    let mut terms = Vec::new();
    let mut side = Side::Left;
    let mut side_begins = 0;
    let mut text = String::new();
    // What follows the last letter or escaped character is white space to be trimmed.
    let mut trimmed = 0;
    for token in tokens(line).map(Some).chain([None]) {
        match token {
            Some(Token::Letter(c)) if c.is_whitespace() => {
                if !text.is_empty() {
                    text.push(c);
                }
                continue;
            }
            Some(Token::Letter(c) | Token::Escaped(c)) => {
                text.push(c);
                trimmed = text.len();
                continue;
            }
            Some(Token::Arrow) if side == Side::Right => {
                return Err(Error::invalid(
                    "more than one \"=>\" in a rule: write one rule per line, or \"\\=>\" if it is \
                     part of a term",
                ));
            }
            _ => {}
        }
        text.truncate(trimmed);
        if text.is_empty() {
            let side_is_empty = terms.len() == side_begins;
            return Err(Error::invalid(match token {
                Some(Token::Arrow) if side_is_empty => "nothing stands left of \"=>\"",
                None if side_is_empty => "nothing stands right of \"=>\"",
                _ => {
                    "an empty term: a comma stands beside another or at an end; write \"\\,\" if \
                     it is part of a term"
                }
            }));
        }
        terms.push((side, std::mem::take(&mut text)));
        trimmed = 0;
        if let Some(Token::Arrow) = token {
            side = Side::Right;
            side_begins = terms.len();
        }
    }
    Ok((terms, side == Side::Right))
}
