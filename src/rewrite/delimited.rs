//! What ends at a mark of its own: phrases, ranges, regular expressions.

use super::pattern::is_sound_regex;
use super::query::Bound;
use super::scanner::{Scanner, Token, clip, is_blank, is_quote};

/// How far a range or a regular expression may reach.
const LOOK_AHEAD: usize = 512;
/// The largest slop that is kept; larger ones mean the same.
const MAX_SLOP: u32 = 1_000;

impl Scanner<'_> {
    pub(super) fn phrase(&mut self, quote: char) -> Option<Token> {
        let start = self.at + quote.len_utf8();
        if start >= self.no_quote_from {
            return None;
        }
        let mut text = String::new();
        let mut escaped = false;
        for (offset, c) in self.text[start..].char_indices() {
            if escaped {
                text.push(c);
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if is_quote(c) {
                self.at = start + offset + c.len_utf8();
                let slop = self.number_after('~').map(|n| (n as u32).min(MAX_SLOP));
                return Some(Token::Phrase { text, slop });
            } else {
                text.push(if is_blank(c) { ' ' } else { c });
            }
        }
        // Nobody closes it; every later quotation mark before the last is part of a pair.
        self.no_quote_from = start;
        None
    }

    pub(super) fn range(&mut self) -> Option<Token> {
        let open = self.peek()?;
        let window = clip(self.rest(), LOOK_AHEAD);
        let end = window.find([']', '}'])?;
        let (inner, close) = (&window[1..end], window.as_bytes()[end]);
        let (low, high) = inner.split_once(" TO ")?;
        let bound = |text: &str, excluded: bool| {
            let text = text.trim();
            let text = text
                .strip_prefix('"')
                .and_then(|t| t.strip_suffix('"'))
                .unwrap_or(text);
            let sound = !text.is_empty()
                && text.chars().count() <= 64
                && text
                    .chars()
                    .all(|c| !is_blank(c) && !is_quote(c) && !matches!(c, '\\' | '[' | '{'));
            match text {
                "*" => Some(Bound::Open),
                _ if !sound => None,
                _ if excluded => Some(Bound::Excluded(text.to_owned())),
                _ => Some(Bound::Included(text.to_owned())),
            }
        };
        let token = Token::Range(bound(low, open == '{')?, bound(high, close == b'}')?);
        self.at += end + 1;
        Some(token)
    }

    /// `>5`, `<=2020-01-01`, after a field.
    pub(super) fn comparison(&mut self) -> Option<Token> {
        let rest = self.rest();
        let sign_len = if rest[1..].starts_with('=') { 2 } else { 1 };
        let value_len = rest[sign_len..]
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-')))
            .unwrap_or(rest.len() - sign_len);
        if value_len == 0 || value_len > 64 {
            return None;
        }
        let value = rest[sign_len..sign_len + value_len].to_owned();
        let bound = match sign_len {
            2 => Bound::Included(value),
            _ => Bound::Excluded(value),
        };
        self.at += sign_len + value_len;
        Some(if rest.starts_with('>') {
            Token::Range(bound, Bound::Open)
        } else {
            Token::Range(Bound::Open, bound)
        })
    }

    pub(super) fn regex(&mut self) -> Option<Token> {
        let window = clip(&self.rest()[1..], LOOK_AHEAD);
        let mut escaped = false;
        for (at, c) in window.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                c if c.is_control() => return None,
                '/' => {
                    let ends = window[at + 1..]
                        .chars()
                        .next()
                        .is_none_or(|c| is_blank(c) || matches!(c, ')' | '^'));
                    let pattern = &window[..at];
                    if !ends || !is_sound_regex(pattern) {
                        return None;
                    }
                    self.at += at + 2;
                    return Some(Token::Regex(pattern.to_owned()));
                }
                _ => {}
            }
        }
        None
    }
}
