//! Conflicts: one pair, several labels, and the rule that decides.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::domains::DomainKind;
use crate::entries::Entry;
use crate::label::Label;
use crate::statements::{Origin, Statement};

/// The rule that gave a pair its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// All statements agree.
    Agreed,
    /// An antonym beats synonyms, since to call opposites synonyms is the worst mistake, and
    /// everything that has no more statements: opposites often are members of one category.
    Antonym,
    /// More statements say so.
    Majority,
    /// More statements in entries of a branch of law say so.
    Branch,
    /// The label that promises least: hypernym, then co-hyponym, then synonym.
    Caution,
}

impl Rule {
    /// The name used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Rule::Agreed => "agreed",
            Rule::Antonym => "antonym",
            Rule::Majority => "majority",
            Rule::Branch => "branch",
            Rule::Caution => "caution",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The label of a pair, and the rule that chose it. `statements` must not be empty.
pub fn resolve(statements: &BTreeSet<Statement>, entries: &[Entry]) -> (Label, Rule) {
    let mut counts: BTreeMap<Label, (usize, usize)> = BTreeMap::new();
    for statement in statements {
        let (all, branch) = counts.entry(statement.label).or_default();
        *all += 1;
        *branch += usize::from(is_branch(statement.origin, entries));
    }
    if counts.len() == 1 {
        return (
            statements
                .iter()
                .next()
                .map_or(Label::Unrelated, |s| s.label),
            Rule::Agreed,
        );
    }
    let most = counts.values().map(|&(all, _)| all).max();
    let antonyms = counts.get(&Label::Antonym).map(|&(all, _)| all);
    if antonyms.is_some() && (antonyms == most || counts.contains_key(&Label::Synonym)) {
        return (Label::Antonym, Rule::Antonym);
    }
    let winner = |score: &dyn Fn(&(usize, usize)) -> usize| {
        let best = counts.values().map(score).max();
        let mut winners = counts
            .iter()
            .filter(|(_, count)| Some(score(count)) == best);
        match (winners.next(), winners.next()) {
            (Some((&label, _)), None) => Some(label),
            _ => None,
        }
    };
    if let Some(label) = winner(&|&(all, _)| all) {
        return (label, Rule::Majority);
    }
    if let Some(label) = winner(&|&(all, branch)| all * 100 + branch) {
        return (label, Rule::Branch);
    }
    let cautious = [Label::Hypernym, Label::CoHyponym, Label::Synonym];
    let label = cautious
        .into_iter()
        .find(|label| counts.get(label).map(|&(all, _)| all) == most)
        .unwrap_or(Label::Unrelated);
    (label, Rule::Caution)
}

fn is_branch(origin: Origin, entries: &[Entry]) -> bool {
    match origin {
        Origin::Entry(index) => DomainKind::of(&entries[index].domain) == DomainKind::Branch,
        Origin::Neighbours => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Label::{Antonym, CoHyponym, Hypernym, Synonym};

    fn resolved(statements: &[(Label, &str)]) -> (Label, Rule) {
        let line = |domain: &str| format!("butlan\tnoun\t\t\t\t\t\t{domain}");
        let entries: Vec<Entry> = statements
            .iter()
            .map(|(_, domain)| Entry::from_line("t", &line(domain)).unwrap())
            .collect();
        let statements = statements
            .iter()
            .enumerate()
            .map(|(index, &(label, _))| Statement {
                label,
                origin: Origin::Entry(index),
            })
            .collect();
        resolve(&statements, &entries)
    }

    #[test]
    fn antonym_beats_any_number_of_synonyms() {
        let statements = [(Synonym, "tax"), (Synonym, "family"), (Antonym, "general")];
        assert_eq!(resolved(&statements), (Antonym, Rule::Antonym));
    }

    #[test]
    fn opposites_may_also_be_members_of_one_category() {
        let statements = [(CoHyponym, "tax"), (CoHyponym, "finance"), (Antonym, "tax")];
        assert_eq!(resolved(&statements), (CoHyponym, Rule::Majority));
        let statements = [(CoHyponym, "tax"), (Antonym, "general")];
        assert_eq!(resolved(&statements), (Antonym, Rule::Antonym));
    }

    #[test]
    fn more_statements_win() {
        let statements = [
            (CoHyponym, "tax"),
            (Synonym, "general"),
            (Synonym, "glossary"),
        ];
        assert_eq!(resolved(&statements), (Synonym, Rule::Majority));
    }

    #[test]
    fn a_branch_of_law_wins_over_a_list() {
        let statements = [(CoHyponym, "general"), (Synonym, "obligations")];
        assert_eq!(resolved(&statements), (Synonym, Rule::Branch));
    }

    #[test]
    fn else_the_label_that_promises_least_wins() {
        let statements = [(CoHyponym, "tax"), (Synonym, "obligations")];
        assert_eq!(resolved(&statements), (CoHyponym, Rule::Caution));
        let statements = [(Hypernym, "tax"), (CoHyponym, "tax"), (Synonym, "tax")];
        assert_eq!(resolved(&statements), (Hypernym, Rule::Caution));
    }

    #[test]
    fn agreement_is_no_conflict() {
        let statements = [(Synonym, "tax"), (Synonym, "general")];
        assert_eq!(resolved(&statements), (Synonym, Rule::Agreed));
    }
}
