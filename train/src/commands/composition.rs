//! `semrel-train composition`: how far the forms of terms alone tell their relation.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use semrel::{Error, Evidence, LabelledPair, Pack, Relation, Result, Semrel};
use semrel_train::pairs_file;

/// Measure precision and coverage of variants and composition on the stated pairs
///
/// The lexicon is asked for the parts of terms, never for the pair itself. Weights were set on
/// the training part of the random split; development and test part are held out.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folder of the corpus
    #[arg(long, default_value = "train/data/tr")]
    corpus: PathBuf,
    /// The pack whose lexicon relates the parts
    #[arg(long, default_value = "models/tr")]
    pack: PathBuf,
    /// Print the wrong answers of the held-out parts
    #[arg(long)]
    wrong: bool,
}

/// Whether a pair is in the training part.
type Trains = bool;

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let semrel = Semrel::new(Pack::open(&args.pack)?)?;
    let pairs = pairs_file::read(&args.corpus.join("pairs.jsonl"))?;
    let part_file = args.corpus.join("splits/random/pairs.part");
    let parts = std::fs::read_to_string(&part_file)
        .map_err(|e| Error::io(format_args!("cannot read {}", part_file.display()), e))?;
    let mut out = io::stdout().lock();
    let mut all: BTreeMap<(Trains, Relation), usize> = BTreeMap::new();
    let mut found: BTreeMap<(Kind, Trains), (usize, usize)> = BTreeMap::new();
    for (pair, part) in pairs.iter().zip(parts.lines()) {
        let trains = match part {
            "train" => true,
            "dev" | "test" => false,
            _ => continue,
        };
        *all.entry((trains, pair.label)).or_default() += 1;
        let Some(answer) = semrel.relation_by_form(&pair.sentence1, &pair.sentence2) else {
            continue;
        };
        let right = answer.relation == pair.label;
        let kind = Kind {
            evidence: answer.evidence.as_str(),
            relation: answer.relation,
            percent: (answer.scores.get(answer.relation) * 100.0).round() as u8,
        };
        let counts = found.entry((kind, trains)).or_default();
        counts.0 += 1;
        counts.1 += usize::from(right);
        if args.wrong && !trains && !right {
            print_wrong(&mut out, pair, answer.relation, answer.evidence)?;
        }
    }
    print(&mut out, &all, &found).map_err(cannot_print)?;
    Ok(ExitCode::SUCCESS)
}

/// Answers of one kind: with the same evidence, relation and score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    evidence: &'static str,
    relation: Relation,
    percent: u8,
}

fn print_wrong(
    out: &mut impl Write,
    pair: &LabelledPair,
    answer: Relation,
    evidence: Evidence,
) -> Result<()> {
    let (a, b, label) = (&pair.sentence1, &pair.sentence2, pair.label);
    writeln!(out, "{a}\t{b}\t{label}\t{answer}\t{evidence}").map_err(cannot_print)
}

fn print(
    out: &mut impl Write,
    all: &BTreeMap<(Trains, Relation), usize>,
    found: &BTreeMap<(Kind, Trains), (usize, usize)>,
) -> io::Result<()> {
    writeln!(
        out,
        "| evidence | answer | score | train | precision | held out | precision |\n\
         |---|---|---:|---:|---:|---:|---:|"
    )?;
    let mut kinds: Vec<Kind> = found.keys().map(|(kind, _)| *kind).collect();
    kinds.dedup();
    for kind in kinds {
        let cell = |trains| {
            let (count, right) = found.get(&(kind, trains)).copied().unwrap_or_default();
            (count, right as f64 / (count.max(1) as f64))
        };
        let ((train, train_precision), (held, held_precision)) = (cell(true), cell(false));
        writeln!(
            out,
            "| {} | {} | {:.2} | {train} | {train_precision:.3} | {held} | {held_precision:.3} |",
            kind.evidence,
            kind.relation,
            f32::from(kind.percent) / 100.0,
        )?;
    }
    for (trains, name) in [(true, "training part"), (false, "held-out parts")] {
        let mut line = format!("\nCoverage, {name}:");
        for relation in Relation::ALL {
            let total = all.get(&(trains, relation)).copied().unwrap_or(0);
            let right: usize = found
                .iter()
                .filter(|((kind, t), _)| *t == trains && kind.relation == relation)
                .map(|(_, (_, right))| right)
                .sum();
            let share = 100.0 * right as f64 / total.max(1) as f64;
            line += &format!(" {relation} {right} of {total} ({share:.1} %)");
        }
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn cannot_print(error: io::Error) -> Error {
    Error::io("cannot write the table", error)
}
