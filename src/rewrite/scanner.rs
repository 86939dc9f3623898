//! From characters to the tokens of a query. One pass; every look ahead is bounded.

use std::ops::Range;

use super::query::{Bound, Piece};

/// The largest boost that is kept; larger ones mean the same.
const MAX_BOOST: f32 = 1_000.0;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    Plus,
    Minus,
    /// A field name; its value follows.
    Field(String),
    Phrase {
        text: String,
        slop: Option<u32>,
    },
    Word {
        text: String,
        /// Nothing in it was escaped, so it may be an operator.
        literal: bool,
        breaks: bool,
    },
    Wildcard(Vec<Piece>),
    Fuzzy {
        text: String,
        edits: u8,
    },
    Range(Bound, Bound),
    Regex(String),
    All,
    /// `^2`, right behind what it belongs to.
    Boost(f32),
}

#[derive(Clone, Debug)]
pub(super) struct Spanned {
    pub(super) token: Token,
    pub(super) span: Range<usize>,
}

pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// Names that are fields; any name is one if there are none.
    fields: &'a [&'a str],
    /// No quotation mark from here on has a partner.
    pub(super) no_quote_from: usize,
    /// A value must follow: the token before was a field.
    after_field: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, fields: &'a [&'a str]) -> Self {
        Scanner {
            text,
            at: 0,
            fields,
            no_quote_from: usize::MAX,
            after_field: false,
        }
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    /// Whether what stands before the current place separates tokens.
    fn at_start_of_token(&self) -> bool {
        self.text[..self.at]
            .chars()
            .next_back()
            .is_none_or(|c| is_blank(c) || matches!(c, '(' | ')' | ':') || is_quote(c))
    }

    /// The number behind `mark`; NaN-free. Nothing is consumed without a mark; a mark without a
    /// number is consumed and gives zero.
    pub(super) fn number_after(&mut self, mark: char) -> Option<f32> {
        let rest = self.rest().strip_prefix(mark)?;
        let len = rest
            .bytes()
            .take_while(|b| b.is_ascii_digit() || *b == b'.')
            .count();
        self.at += mark.len_utf8() + len;
        Some(rest[..len].parse().unwrap_or(0.0))
    }

    /// A name with a colon and a value right behind it.
    fn field(&mut self) -> Option<Token> {
        let rest = self.rest();
        if let Some(behind) = rest.strip_prefix("*:*") {
            if behind
                .chars()
                .next()
                .is_none_or(|c| is_blank(c) || c == ')')
            {
                self.at += 3;
                return Some(Token::All);
            }
        }
        let first = rest.chars().next()?;
        if self.after_field || !(first.is_alphabetic() || first == '_') {
            return None;
        }
        let window = clip(rest, 128);
        let len = window.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-')))?;
        let name = &rest[..len];
        let value = rest[len..].strip_prefix(':')?;
        let next = value.chars().next()?;
        if is_blank(next)
            || matches!(next, ':' | ')' | '^' | '~')
            || value.starts_with("//")
            || matches!(name, "AND" | "OR" | "NOT" | "TO" | "IN")
            || (!self.fields.is_empty() && !self.fields.contains(&name))
        {
            return None;
        }
        self.at += len + 1;
        Some(Token::Field(name.to_owned()))
    }

    /// A word up to the next blank, parenthesis or quotation mark, with what is attached to it.
    fn word(&mut self) -> Option<Token> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut text = String::new();
        let mut literal = true;
        let mut breaks = false;
        let mut wild = false;
        while let Some(c) = self.peek() {
            match c {
                '\\' => {
                    self.skip(c);
                    literal = false;
                    if let Some(next) = self.peek() {
                        self.skip(next);
                        if is_blank(next) {
                            break;
                        }
                        text.push(next);
                    }
                }
                c if is_blank(c) || is_quote(c) || matches!(c, '(' | ')') => break,
                '[' | ']' | '{' | '}' => {
                    self.skip(c);
                    breaks = true;
                    break;
                }
                '*' | '?' => {
                    // A question mark at the end of a word ends a question.
                    let last = self.rest()[1..]
                        .chars()
                        .next()
                        .is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '?' | '*' | '\\')));
                    self.skip(c);
                    if c == '?' && last && !wild {
                        breaks = true;
                        break;
                    }
                    wild = true;
                    if !text.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut text)));
                    }
                    let piece = if c == '*' { Piece::Many } else { Piece::One };
                    if piece != Piece::Many || pieces.last() != Some(&Piece::Many) {
                        pieces.push(piece);
                    }
                }
                '~' | '^' => break,
                ',' | ';' => {
                    // "1,5" is a number, "kira,tahliye" two words.
                    let next = self.rest()[1..].chars().next();
                    if next.is_some_and(|c| c.is_ascii_digit())
                        && text.ends_with(|c: char| c.is_ascii_digit())
                    {
                        text.push(c);
                        self.skip(c);
                        continue;
                    }
                    self.skip(c);
                    breaks = true;
                    break;
                }
                c => {
                    text.push(c);
                    self.skip(c);
                }
            }
        }
        if wild {
            if !text.is_empty() {
                pieces.push(Piece::Text(text));
            }
            self.number_after('~');
            return Some(match pieces.as_slice() {
                [Piece::Many] => Token::All,
                _ if pieces
                    .iter()
                    .any(|p| matches!(p, Piece::Text(t) if has_letter(t))) =>
                {
                    Token::Wildcard(pieces)
                }
                _ => return None,
            });
        }
        if let Some(number) = self.number_after('~') {
            if has_letter(&text) {
                let edits = match number {
                    n if n >= 1.0 => (n as u8).min(2),
                    _ => 2,
                };
                return Some(Token::Fuzzy { text, edits });
            }
        }
        let trimmed = text.trim_end_matches([':', '!', '…', ',', ';']);
        breaks |= trimmed.len() < text.len();
        if literal {
            text.truncate(trimmed.len());
        }
        (!text.is_empty()).then_some(Token::Word {
            text,
            literal,
            breaks,
        })
    }
}

impl Iterator for Scanner<'_> {
    type Item = Spanned;

    fn next(&mut self) -> Option<Spanned> {
        loop {
            let c = self.peek()?;
            if is_blank(c) {
                self.skip(c);
                self.after_field = false;
                continue;
            }
            let start = self.at;
            let starts_token = self.at_start_of_token();
            let next = self.rest()[c.len_utf8()..].chars().next();
            let before_value = next.is_some_and(|c| !is_blank(c) && c != ')');
            let token = match c {
                '(' | ')' => {
                    self.skip(c);
                    Some(if c == '(' { Token::Open } else { Token::Close })
                }
                c if is_quote(c) => self.phrase(c).or_else(|| {
                    self.skip(c);
                    None
                }),
                '+' | '-' | '!' => {
                    self.skip(c);
                    (starts_token && before_value && !self.after_field && next != Some(c))
                        .then_some(match c {
                            '+' => Token::Plus,
                            '-' => Token::Minus,
                            _ => Token::Not,
                        })
                }
                '^' => self
                    .number_after('^')
                    .filter(|boost| *boost > 0.0 && boost.is_finite())
                    .map(|boost| Token::Boost(boost.clamp(0.001, MAX_BOOST))),
                '~' => {
                    self.number_after('~');
                    None
                }
                '[' | '{' if starts_token => self.range().or_else(|| {
                    self.skip(c);
                    None
                }),
                '[' | '{' | ']' | '}' => {
                    self.skip(c);
                    None
                }
                '<' | '>' if self.after_field => self.comparison().or_else(|| {
                    self.skip(c);
                    None
                }),
                '/' if starts_token => self.regex().or_else(|| {
                    self.skip(c);
                    None
                }),
                _ => self.field().or_else(|| self.word()),
            };
            let Some(token) = token else {
                continue;
            };
            self.after_field = matches!(token, Token::Field(_));
            let token = as_operator(token);
            let mut span = start..self.at;
            if let Token::Word {
                text,
                literal: true,
                ..
            } = &token
            {
                span.end = span.start + text.len();
            }
            return Some(Spanned { token, span });
        }
    }
}

fn as_operator(token: Token) -> Token {
    match &token {
        Token::Word {
            text,
            literal: true,
            ..
        } => match text.as_str() {
            "AND" | "&&" => Token::And,
            "OR" | "||" => Token::Or,
            "NOT" => Token::Not,
            _ => token,
        },
        _ => token,
    }
}

/// White space, and what no engine takes for a letter: control characters, byte order marks.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»')
}

pub(super) fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// At most `len` bytes of `text`, whole characters.
pub(super) fn clip(text: &str, len: usize) -> &str {
    let mut end = text.len().min(len);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
