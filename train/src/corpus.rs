//! The corpus: everything made from entries, labelled pairs and corrections.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use semrel::{LabelledPair, Result, TermRecord};
use serde::Serialize;

use crate::conflicts::Rule;
use crate::consistency::{Opposed, Oppositions};
use crate::corrections::Corrections;
use crate::derive::{DerivedPair, Knowledge, NotDerived, derive};
use crate::entries::Entry;
use crate::hypernyms::{self, HypernymPair};
use crate::neighbours::Neighbours;
use crate::output::{OutputFile, json_lines};
use crate::senses;
use crate::sources::Source;
use crate::stated::{Stated, StatedPair};
use crate::statements::{Origin, Statement, Statements};
use crate::terms::{Pair, TermId, Terms};
use crate::weights::weight;

/// The corpus of one language.
#[derive(Debug)]
pub struct Corpus {
    /// Stated pairs, each once.
    pub pairs: Vec<LabelledPair>,
    /// Derived pairs.
    pub derived: Vec<LabelledPair>,
    /// What is known of each term.
    pub terms: Vec<TermRecord>,
    /// Terms and their broader terms.
    pub hypernyms: Vec<HypernymPair>,
    /// Every conflict, as the lines of a table.
    pub conflicts: String,
    /// Counts of all that was kept, dropped, derived and in conflict.
    pub report: Report,
}

/// The counts in `report.json`.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Entries read, without those that a correction dropped.
    pub entries: usize,
    /// Corrections applied.
    pub corrections: usize,
    /// Terms, spellings of one term counted once.
    pub terms: usize,
    /// Stated pairs by source and label.
    pub stated: BTreeMap<String, BTreeMap<String, usize>>,
    /// Derived pairs by source and label.
    pub derived: BTreeMap<String, BTreeMap<String, usize>>,
    /// Hypernym pairs.
    pub hypernyms: usize,
    /// Hypernym statements left out because the reverse is stated as well.
    pub circular_hypernyms: usize,
    /// Conflicts by the rule that resolved them.
    pub conflicts: BTreeMap<String, usize>,
    /// Statements of a term about itself, left out.
    pub self_pairs: usize,
    /// Statements dropped by corrections.
    pub dropped_statements: usize,
    /// Statements relabelled by corrections.
    pub relabelled_statements: usize,
    /// Pairs that a rule would have derived.
    pub not_derived: NotDerived,
    /// Synonyms, and the antonyms that oppose them through one synonym step on either side.
    pub opposed_synonyms: Vec<[String; 4]>,
}

impl Corpus {
    /// Makes the corpus.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if a correction is stale.
    pub fn new(
        mut entries: Vec<Entry>,
        mut neighbours: Vec<Neighbours>,
        corrections: &Corrections,
    ) -> Result<Self> {
        corrections.apply_to_entries(&mut entries, &mut neighbours);
        let mentions = entries.iter().flat_map(Entry::terms).map(String::as_str);
        let paired = neighbours
            .iter()
            .flat_map(|pair| [pair.sentence1.as_str(), pair.sentence2.as_str()]);
        let terms = Terms::new(mentions.chain(paired), corrections.homographs());
        let of_pairs = corrections.of_pairs(&terms)?;
        let statements = Statements::gather(&entries, &neighbours, &terms, &of_pairs);
        let stated = Stated::new(&statements, &entries);
        let knowledge = Knowledge {
            entries: &entries,
            terms: &terms,
            stated: &stated,
        };
        let (derived, not_derived) = derive(knowledge, &of_pairs);
        corrections.check_used()?;
        let (hypernyms, circular_hypernyms) =
            hypernyms::pairs(&statements, &stated, &entries, &terms);
        let mut report = Report {
            entries: entries.len(),
            corrections: corrections.len(),
            terms: terms.len(),
            hypernyms: hypernyms.len(),
            circular_hypernyms,
            self_pairs: statements.self_pairs,
            dropped_statements: statements.dropped,
            relabelled_statements: statements.relabelled,
            not_derived,
            opposed_synonyms: opposed_synonyms(&stated, &derived, &terms),
            ..Report::default()
        };

        let mut pairs: Vec<((TermId, TermId), LabelledPair)> = Vec::new();
        for (&pair, stated) in &stated.pairs {
            if let Some(line) = stated_line(pair, stated, &terms) {
                pairs.push(((pair.first(), pair.second()), line));
            }
        }
        for ((term, a, b), origin) in &statements.spellings {
            pairs.push(((*term, *term), spelling_line(a, b, *origin, &entries)));
        }
        pairs.sort_by_key(|(key, _)| *key);
        let pairs: Vec<LabelledPair> = pairs.into_iter().map(|(_, line)| line).collect();
        let derived: Vec<LabelledPair> = derived
            .into_iter()
            .map(|(pair, derived)| {
                let entry = &entries[derived.entry];
                let mut line = LabelledPair::new(
                    terms.surface(pair.first()),
                    terms.surface(pair.second()),
                    derived.relation,
                );
                line.source = Some(derived.source.as_str().to_owned());
                line.weight = Some(weight(derived.relation, derived.source, 1, false));
                line.domain = Some(entry.domain.clone());
                line.pos = Some(entry.pos);
                line
            })
            .collect();
        count(&pairs, &mut report.stated);
        count(&derived, &mut report.derived);
        for stated in stated.pairs.values().filter(|s| s.rule != Rule::Agreed) {
            *report.conflicts.entry(stated.rule.to_string()).or_default() += 1;
        }
        Ok(Corpus {
            pairs,
            derived,
            terms: senses::records(&entries, &terms),
            hypernyms,
            conflicts: conflict_table(&stated, &statements, &entries, &terms),
            report,
        })
    }

    /// The files of the corpus.
    ///
    /// # Errors
    ///
    /// If a record cannot be written as JSON.
    pub fn files(&self) -> Result<Vec<OutputFile>> {
        let mut report = serde_json::to_string_pretty(&self.report)
            .map_err(|e| semrel::Error::invalid(format!("report.json: {e}")))?;
        report.push('\n');
        Ok(vec![
            OutputFile::new("pairs.jsonl", json_lines(&self.pairs)?),
            OutputFile::new("derived.jsonl", json_lines(&self.derived)?),
            OutputFile::new("terms.jsonl", json_lines(&self.terms)?),
            OutputFile::new("hypernyms.jsonl", json_lines(&self.hypernyms)?),
            OutputFile::new("conflicts.tsv", self.conflicts.clone()),
            OutputFile::new("report.json", report),
        ])
    }
}

fn stated_line(pair: Pair, stated: &StatedPair, terms: &Terms) -> Option<LabelledPair> {
    let relation = stated.label.relation()?;
    let mut line = LabelledPair::new(
        terms.surface(pair.first()),
        terms.surface(pair.second()),
        relation,
    );
    let contested = stated.rule != Rule::Agreed;
    line.source = Some(stated.source.as_str().to_owned());
    line.weight = Some(weight(
        relation,
        stated.source,
        stated.statements,
        contested,
    ));
    line.domain.clone_from(&stated.domain);
    line.pos = stated.pos;
    Some(line)
}

fn spelling_line(a: &str, b: &str, origin: Origin, entries: &[Entry]) -> LabelledPair {
    let relation = semrel::Relation::Synonym;
    let mut line = LabelledPair::new(a, b, relation);
    line.source = Some(Source::Spelling.as_str().to_owned());
    line.weight = Some(weight(relation, Source::Spelling, 1, false));
    if let Origin::Entry(index) = origin {
        line.domain = Some(entries[index].domain.clone());
        line.pos = Some(entries[index].pos);
    }
    line
}

fn count(pairs: &[LabelledPair], counts: &mut BTreeMap<String, BTreeMap<String, usize>>) {
    for pair in pairs {
        let source = pair.source.clone().unwrap_or_default();
        let labels = counts.entry(source).or_default();
        *labels.entry(pair.label.to_string()).or_default() += 1;
    }
}

fn opposed_synonyms(
    stated: &Stated,
    derived: &BTreeMap<Pair, DerivedPair>,
    terms: &Terms,
) -> Vec<[String; 4]> {
    let derived = derived.iter().map(|(&pair, d)| (pair, d.relation));
    Oppositions::new(stated.relations().chain(derived))
        .opposed()
        .map(|Opposed { synonyms, antonyms }| {
            let all = [
                synonyms.first(),
                synonyms.second(),
                antonyms.first(),
                antonyms.second(),
            ];
            all.map(|term| terms.surface(term).to_owned())
        })
        .collect()
}

fn conflict_table(
    stated: &Stated,
    statements: &Statements,
    entries: &[Entry],
    terms: &Terms,
) -> String {
    let mut table = "term1\tterm2\tlabel\trule\tstatements\n".to_owned();
    let by = |statement: &Statement| match statement.origin {
        Origin::Entry(index) => {
            let entry = &entries[index];
            format!("{} ({}, {})", statement.label, entry.term, entry.domain)
        }
        Origin::Neighbours => format!("{} (neighbour-pairs)", statement.label),
    };
    for (pair, of_pair) in &statements.of_pairs {
        let Some(stated) = stated.pairs.get(pair).filter(|s| s.rule != Rule::Agreed) else {
            continue;
        };
        let by: Vec<String> = of_pair.iter().map(by).collect();
        let (first, second) = (terms.surface(pair.first()), terms.surface(pair.second()));
        // Writing to a String cannot fail.
        let _ = writeln!(
            table,
            "{first}\t{second}\t{}\t{}\t{}",
            stated.label,
            stated.rule,
            by.join("; ")
        );
    }
    table
}
