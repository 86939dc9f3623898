//! Corrections: every change to the labelled data, one per line, with its reason.
//!
//! Six tab-separated columns, the first line names them:
//!
//! | action | term1 | term2 | from | to | what happens |
//! |---|---|---|---|---|---|
//! | `drop` | term | term | label or `*` | | the pair is not stated |
//! | `relabel` | term | term | label or `*` | label | the pair is stated with another label |
//! | `rename` | spelling | spelling | | | the first spelling becomes the second, everywhere |
//! | `entry-drop` | head | | domain | | the entry is left out |
//! | `hypernym` | head | | hypernym | hypernym or empty | entries of the head get another |
//! | `homograph` | spelling | | | | the spelling is a word of its own |
//! | `no-derive` | term | term | label or `*` | | the pair is not derived |
//!
//! A correction that changes nothing is an error: the data has moved on and the line is stale.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::BufRead;

use semrel::{Error, Lines, Result};

use crate::entries::Entry;
use crate::label::Label;
use crate::neighbours::Neighbours;
use crate::terms::{Pair, Terms};

/// The first line of a corrections file.
pub const HEADER: &str = "action\tterm1\tterm2\tfrom\tto\treason";

#[derive(Debug)]
struct Correction {
    line: u64,
    action: Action,
    used: Cell<bool>,
}

#[derive(Debug)]
enum Action {
    Drop(String, String, Option<Label>),
    Relabel(String, String, Option<Label>, Label),
    NoDerive(String, String, Option<Label>),
    Rename(String, String),
    EntryDrop(String, String),
    Hypernym(String, String, Option<String>),
    Homograph(String),
}

/// A corrections file.
#[derive(Debug, Default)]
pub struct Corrections {
    corrections: Vec<Correction>,
}

impl Corrections {
    /// Reads a corrections file.
    ///
    /// # Errors
    ///
    /// `InvalidInput`, naming the line, if a line is no correction or gives no reason.
    pub fn read(reader: impl BufRead) -> Result<Self> {
        let mut corrections = Vec::new();
        let mut lines = Lines::new(reader);
        while let Some(line) = lines.next_line() {
            let line = line?;
            if line.is_empty() || line == HEADER {
                continue;
            }
            let action = parse(line);
            let line = lines.number();
            let action = action.map_err(|e| e.context(format_args!("line {line}")))?;
            corrections.push(Correction {
                line,
                action,
                used: Cell::new(false),
            });
        }
        Ok(Corrections { corrections })
    }

    /// Applies what concerns whole entries and spellings.
    pub fn apply_to_entries(&self, entries: &mut Vec<Entry>, neighbours: &mut [Neighbours]) {
        for correction in &self.corrections {
            let mut used = false;
            match &correction.action {
                Action::Rename(from, to) => {
                    let pairs = neighbours
                        .iter_mut()
                        .flat_map(|pair| [&mut pair.sentence1, &mut pair.sentence2]);
                    let terms = entries.iter_mut().flat_map(Entry::terms_mut).chain(pairs);
                    for term in terms.filter(|term| *term == from) {
                        term.clone_from(to);
                        used = true;
                    }
                }
                Action::EntryDrop(head, domain) => {
                    let before = entries.len();
                    entries.retain(|e| !(e.term == *head && e.domain == *domain));
                    used = entries.len() < before;
                }
                Action::Hypernym(head, from, to) => {
                    let concerned = |e: &&mut Entry| {
                        e.term == *head && e.hypernym.as_deref() == Some(from.as_str())
                    };
                    for entry in entries.iter_mut().filter(concerned) {
                        entry.hypernym.clone_from(to);
                        used = true;
                    }
                }
                _ => continue,
            }
            correction.used.set(used);
        }
    }

    /// The spellings declared homographs.
    pub fn homographs(&self) -> Vec<String> {
        self.corrections
            .iter()
            .filter_map(|correction| match &correction.action {
                Action::Homograph(spelling) => Some(spelling.clone()),
                _ => None,
            })
            .collect()
    }

    /// Prepares the corrections of single pairs for looking up.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if a correction names a term that the data does not hold, or declares a
    /// homograph that shares its normal form with no other spelling.
    pub fn of_pairs(&self, terms: &Terms) -> Result<PairCorrections<'_>> {
        let mut pairs: HashMap<Pair, Vec<&Correction>> = HashMap::new();
        for correction in &self.corrections {
            let stale = |message: String| {
                Error::invalid(format!(
                    "line {}: {message}: remove the line",
                    correction.line
                ))
            };
            match &correction.action {
                Action::Drop(a, b, _) | Action::Relabel(a, b, ..) | Action::NoDerive(a, b, _) => {
                    let find = |term: &str| {
                        terms
                            .get(term)
                            .ok_or_else(|| stale(format!("{term:?} is no term of the data")))
                    };
                    let pair = Pair::new(find(a)?, find(b)?)
                        .ok_or_else(|| stale(format!("{a:?} and {b:?} are the same term")))?;
                    pairs.entry(pair).or_default().push(correction);
                }
                Action::Homograph(spelling) => {
                    let alone = terms.get(spelling).is_none_or(|id| !terms.shares_form(id));
                    if alone {
                        return Err(stale(format!(
                            "{spelling:?} shares its normal form with no other term"
                        )));
                    }
                    correction.used.set(true);
                }
                _ => {}
            }
        }
        Ok(PairCorrections { pairs })
    }

    /// Checks that every correction changed something.
    ///
    /// # Errors
    ///
    /// `InvalidInput`, naming the first line that did not.
    pub fn check_used(&self) -> Result<()> {
        match self.corrections.iter().find(|c| !c.used.get()) {
            None => Ok(()),
            Some(correction) => Err(Error::invalid(format!(
                "line {}: this correction changes nothing: remove the line",
                correction.line
            ))),
        }
    }

    /// The number of corrections.
    pub fn len(&self) -> usize {
        self.corrections.len()
    }

    /// Whether there is no correction.
    pub fn is_empty(&self) -> bool {
        self.corrections.is_empty()
    }
}

/// Corrections of single pairs.
#[derive(Debug)]
pub struct PairCorrections<'a> {
    pairs: HashMap<Pair, Vec<&'a Correction>>,
}

impl PairCorrections<'_> {
    /// The label to be used where `label` is stated; `None` if the statement is dropped.
    pub fn stated(&self, pair: Pair, label: Label) -> Option<Label> {
        let mut result = Some(label);
        for correction in self.pairs.get(&pair).into_iter().flatten() {
            let (from, to) = match correction.action {
                Action::Drop(_, _, from) => (from, None),
                Action::Relabel(_, _, from, to) => (from, Some(to)),
                _ => continue,
            };
            if from.is_none_or(|from| from == label) {
                correction.used.set(true);
                result = to;
            }
        }
        result
    }

    /// Whether deriving `label` for `pair` is forbidden.
    pub fn forbids(&self, pair: Pair, label: Label) -> bool {
        let mut forbidden = false;
        for correction in self.pairs.get(&pair).into_iter().flatten() {
            if let Action::NoDerive(_, _, from) = correction.action {
                if from.is_none_or(|from| from == label) {
                    correction.used.set(true);
                    forbidden = true;
                }
            }
        }
        forbidden
    }
}

fn parse(line: &str) -> Result<Action> {
    let columns: Vec<&str> = line.split('\t').collect();
    let &[action, term1, term2, from, to, reason] = columns.as_slice() else {
        return Err(Error::invalid(format!(
            "{} columns: a correction has 6: action, term1, term2, from, to, reason",
            columns.len()
        )));
    };
    if reason.is_empty() {
        return Err(Error::invalid("no reason is given"));
    }
    let label = |name: &str| match name {
        "*" => Ok(None),
        name => name.parse().map(Some),
    };
    let (first, second) = (term1.to_owned(), term2.to_owned());
    let filled = |columns: &[&str], empty: &[&str]| {
        if columns.iter().all(|c| !c.is_empty()) && empty.iter().all(|c| c.is_empty()) {
            Ok(())
        } else {
            Err(Error::invalid(format!(
                "{action:?}: a column that it needs is empty, or one that it has no use for is not"
            )))
        }
    };
    match action {
        "drop" | "no-derive" => {
            filled(&[term1, term2, from], &[to])?;
            Ok(match action {
                "drop" => Action::Drop(first, second, label(from)?),
                _ => Action::NoDerive(first, second, label(from)?),
            })
        }
        "relabel" => {
            filled(&[term1, term2, from, to], &[])?;
            Ok(Action::Relabel(first, second, label(from)?, to.parse()?))
        }
        "rename" => {
            filled(&[term1, term2], &[from, to])?;
            Ok(Action::Rename(first, second))
        }
        "entry-drop" => {
            filled(&[term1, from], &[term2, to])?;
            Ok(Action::EntryDrop(first, from.to_owned()))
        }
        "hypernym" => {
            filled(&[term1, from], &[term2])?;
            let to = Some(to.to_owned()).filter(|to| !to.is_empty());
            Ok(Action::Hypernym(first, from.to_owned(), to))
        }
        "homograph" => {
            filled(&[term1], &[term2, from, to])?;
            Ok(Action::Homograph(first))
        }
        _ => Err(Error::invalid(format!(
            "unknown action {action:?}: use drop, relabel, rename, entry-drop, hypernym, homograph or no-derive"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corrections(lines: &str) -> Result<Corrections> {
        Corrections::read(lines.as_bytes())
    }

    #[test]
    fn statements_are_dropped_and_relabelled() {
        let terms = Terms::new(["nakdi", "nakit", "ayni"], []);
        let corrections = corrections(
            "relabel\tnakit\tnakdi\tsynonym\tco_hyponym\tnoun and adjective\n\
             drop\tayni\tnakdi\t*\t\ttwo senses\n",
        )
        .unwrap();
        let of_pairs = corrections.of_pairs(&terms).unwrap();
        let pair = |a, b| Pair::new(terms.get(a).unwrap(), terms.get(b).unwrap()).unwrap();
        let nakit = pair("nakdi", "nakit");
        assert_eq!(
            of_pairs.stated(nakit, Label::Synonym),
            Some(Label::CoHyponym)
        );
        assert_eq!(of_pairs.stated(nakit, Label::Antonym), Some(Label::Antonym));
        assert!(corrections.check_used().is_err());
        assert_eq!(of_pairs.stated(pair("ayni", "nakdi"), Label::Antonym), None);
        assert!(corrections.check_used().is_ok());
    }

    #[test]
    fn stale_corrections_are_named() {
        let terms = Terms::new(["kâr"], ["kâr".to_owned()]);
        for (line, reason) in [
            ("drop\tkâr\tzarar\t*\t\tx", "line 1: \"zarar\" is no term"),
            ("homograph\tkâr\t\t\t\tx", "line 1: \"kâr\" shares"),
            (
                "drop\tkâr\tkâr\t*\t\tx",
                "line 1: \"kâr\" and \"kâr\" are the same",
            ),
        ] {
            let error = corrections(line).unwrap().of_pairs(&terms).unwrap_err();
            assert!(error.to_string().starts_with(reason), "{error}");
        }
        let rename = corrections("rename\tkar\tkâr\t\t\tx").unwrap();
        rename.apply_to_entries(&mut Vec::new(), &mut []);
        let error = rename.check_used().unwrap_err().to_string();
        assert_eq!(
            error,
            "line 1: this correction changes nothing: remove the line"
        );
    }

    #[test]
    fn malformed_corrections_are_named() {
        for (line, reason) in [
            ("drop\ta\tb", "line 1: 3 columns"),
            ("drop\ta\tb\t*\t\t", "line 1: no reason"),
            ("drop\ta\t\t*\t\tx", "line 1: \"drop\": a column"),
            ("drop\ta\tb\tsame\t\tx", "line 1: unknown label"),
            ("delete\ta\tb\t*\t\tx", "line 1: unknown action"),
        ] {
            let error = corrections(line).unwrap_err().to_string();
            assert!(error.starts_with(reason), "{error}");
        }
    }
}
