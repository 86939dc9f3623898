//! Pairs that were labelled one by one: terms close in an embedding space that no entry relates.
//!
//! A pair labelled `hypernym` does not tell which term is the broader one; `orientations.tsv`
//! does: two columns, the narrower term first.

use std::collections::HashMap;
use std::io::BufRead;

use semrel::text::{spelling_form, term_form};
use semrel::{Error, Lines, Result};
use serde::Deserialize;

use crate::label::Label;

/// Two terms and the label given to them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Neighbours {
    /// The first term; of a hypernym pair, once oriented, the narrower one.
    pub sentence1: String,
    /// The second term.
    pub sentence2: String,
    /// What was read in them.
    pub label: Label,
}

/// Reads labelled pairs from JSON Lines: the good ones, and one error for every bad line.
pub fn read(reader: impl BufRead) -> (Vec<Neighbours>, Vec<Error>) {
    let mut pairs = Vec::new();
    let mut problems = Vec::new();
    let mut lines = Lines::new(reader);
    while let Some(line) = lines.next_line() {
        let pair = match line {
            Ok(line) if line.trim().is_empty() => continue,
            Ok(line) => parse(line),
            Err(error) => {
                problems.push(error);
                continue;
            }
        };
        match pair {
            Ok(pair) => pairs.push(pair),
            Err(error) => problems.push(error.context(format_args!("line {}", lines.number()))),
        }
    }
    (pairs, problems)
}

fn parse(line: &str) -> Result<Neighbours> {
    let pair: Neighbours =
        serde_json::from_str(line).map_err(|e| Error::invalid(format!("malformed JSON: {e}")))?;
    term_form(&pair.sentence1).map_err(|e| e.context("sentence1"))?;
    term_form(&pair.sentence2).map_err(|e| e.context("sentence2"))?;
    Ok(pair)
}

/// Puts the narrower term of every hypernym pair first, as `orientations` (two columns: narrower,
/// broader) tells.
///
/// # Errors
///
/// `InvalidInput` if a line has not two columns, if it orients no hypernym pair, or if a hypernym
/// pair stays without orientation.
pub fn orient(pairs: &mut [Neighbours], orientations: impl BufRead) -> Result<()> {
    let key = |a: &str, b: &str| (spelling_form(a).into_owned(), spelling_form(b).into_owned());
    let mut narrower_first = HashMap::new();
    let mut lines = Lines::new(orientations);
    while let Some(line) = lines.next_line() {
        let line = line?;
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((narrower, broader)) = line.split_once('\t') else {
            return Err(Error::invalid(format!(
                "line {}: two columns are wanted: narrower term, broader term",
                lines.number()
            )));
        };
        let key = key(narrower, broader);
        narrower_first.insert(key, lines.number());
    }
    for pair in pairs.iter_mut().filter(|p| p.label == Label::Hypernym) {
        let forward = key(&pair.sentence1, &pair.sentence2);
        let backward = key(&pair.sentence2, &pair.sentence1);
        if narrower_first.remove(&forward).is_some() {
            continue;
        }
        if narrower_first.remove(&backward).is_none() {
            return Err(Error::invalid(format!(
                "no line orients the hypernym pair {:?}, {:?}",
                pair.sentence1, pair.sentence2
            )));
        }
        std::mem::swap(&mut pair.sentence1, &mut pair.sentence2);
    }
    match narrower_first.into_iter().min_by_key(|(_, line)| *line) {
        None => Ok(()),
        Some(((narrower, broader), line)) => Err(Error::invalid(format!(
            "line {line}: {narrower:?}, {broader:?} is no hypernym pair: remove the line"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = r#"{"sentence1":"kaldırma","sentence2":"içerik kaldırma","label":"hypernym","source":"neighbour-pairs"}
{"sentence1":"çeyiz","label":"unrelated"}

{"sentence1":"çeyiz","sentence2":"yedek","label":"unrelated"}"#;

    #[test]
    fn a_bad_pair_is_named_and_the_others_are_read() {
        let (pairs, problems) = read(LINES.as_bytes());
        assert_eq!(pairs.len(), 2);
        assert_eq!(problems.len(), 1);
        let problem = problems[0].to_string();
        assert!(
            problem.starts_with("line 2: malformed JSON: missing field `sentence2`"),
            "{problem}"
        );
    }

    #[test]
    fn the_narrower_term_comes_first() {
        let (mut pairs, _) = read(LINES.as_bytes());
        orient(&mut pairs, "içerik kaldırma\tkaldırma\n".as_bytes()).unwrap();
        assert_eq!(pairs[0].sentence1, "içerik kaldırma");
    }

    #[test]
    fn every_hypernym_pair_is_oriented_and_nothing_else() {
        let (mut pairs, _) = read(LINES.as_bytes());
        let error = orient(&mut pairs, &b""[..]).unwrap_err().to_string();
        assert!(error.contains("no line orients"), "{error}");
        let stale = "içerik kaldırma\tkaldırma\nçeyiz\tyedek";
        let error = orient(&mut pairs, stale.as_bytes()).unwrap_err();
        assert!(error.to_string().starts_with("line 2:"), "{error}");
    }
}
