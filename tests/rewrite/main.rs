//! Queries: what is read, what is added, what engines get.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod hostile;
mod parsing;
#[cfg(feature = "cli")]
mod program;
mod rendering;
mod segmentation;
mod widening;

use semrel::Semrel;
use semrel::rewrite::{Bound, Clause, Node, Occur, Operator, Piece};

/// A small lexicon of law, for tests that must not change with the Turkish pack.
pub(crate) const LAW: &[&str] = &[
    "kiracı ~ müstecir",
    "kiracı ! kiraya veren",
    "kiraya veren ~ mucir",
    "kira sözleşmesi ~ kira akdi",
    "sözleşme ~ akit",
    "sözleşme ~ kontrat",
    "tahliye ~ boşaltma",
    "fesih ~ fesih beyanı",
    "saklı pay ~ mahfuz hisse",
    "pay ~ hisse",
    "haklı neden ~ haklı sebep",
    "haklı neden ! haksız neden",
    "neden ~ sebep",
    "haklı ~ yerinde",
    "haksız neden ~ haksız sebep",
    "TBK ~ Türk Borçlar Kanunu",
    "dava > husumet",
    "kiracının tahliyesi ~ kiralananın tahliyesi",
    "kiracının tahliyesi ~ tahliye",
    "kusur ! kusursuzluk",
    "kusur ~ kabahat",
    "mirasçılık belgesi ~ veraset ilamı",
];

pub(crate) fn law() -> Semrel {
    common::semrel(LAW)
}

/// A tree in short: `&[a b]` for AND, `|[a b]` for OR, `[a b]` for words side by side.
pub(crate) fn short(clause: &Clause) -> String {
    let mut out = String::from(match clause.occur {
        Occur::Plain => "",
        Occur::Must => "+",
        Occur::MustNot => "-",
    });
    if let Some(field) = &clause.field {
        out += &format!("{field}:");
    }
    out += &match &clause.node {
        Node::Word(word) => word.text.clone(),
        Node::Phrase { text, slop } => match slop {
            Some(slop) => format!("\"{text}\"~{slop}"),
            None => format!("\"{text}\""),
        },
        Node::Wildcard(pieces) => pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.as_str(),
                Piece::Many => "*",
                Piece::One => "?",
            })
            .collect(),
        Node::Fuzzy { text, edits } => format!("{text}~{edits}"),
        Node::Range { lower, upper } => format!("{}..{}", bound(lower), bound(upper)),
        Node::Regex(pattern) => format!("/{pattern}/"),
        Node::All => "ALL".to_owned(),
        Node::Group { operator, clauses } => {
            let sign = match operator {
                Operator::And => "&",
                Operator::Or => "|",
                Operator::Implicit => "",
            };
            let clauses: Vec<String> = clauses.iter().map(short).collect();
            format!("{sign}[{}]", clauses.join(" "))
        }
        Node::Widened {
            original,
            alternatives,
        } => {
            let texts: Vec<&str> = alternatives.iter().map(|a| a.text.as_str()).collect();
            format!("<{} = {}>", short(original), texts.join(", "))
        }
        _ => unreachable!(),
    };
    if let Some(boost) = clause.boost {
        out += &format!("^{boost}");
    }
    out
}

fn bound(bound: &Bound) -> String {
    match bound {
        Bound::Open => "*".to_owned(),
        Bound::Included(value) => value.clone(),
        Bound::Excluded(value) => format!("!{value}"),
    }
}
