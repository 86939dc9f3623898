//! `semrel eval`: accuracy on labelled pairs.

use std::path::PathBuf;

use semrel::{Evaluation, Record, RecordReader, Relation, Result};
use serde_json::json;

use crate::input;
use crate::output::{self, Output};
use crate::source::{Knowledge, Source};
use crate::{CommandResult, Outcome};

/// The relations of the published three-class task.
const THREE: [Relation; 3] = [Relation::Synonym, Relation::Antonym, Relation::CoHyponym];

/// Accuracy report on labelled pairs
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Labelled pairs as JSON Lines, or - for standard input
    file: PathBuf,
    /// Decide among these relations alone, and leave pairs with others out
    #[arg(long, value_delimiter = ',', value_name = "RELATION,…")]
    labels: Vec<Relation>,
    #[command(flatten)]
    knowledge: Knowledge,
    /// Report bad lines and go on with the next; the exit status is then 2
    #[arg(long)]
    keep_going: bool,
    /// One JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    source: Source,
}

pub(crate) fn run(args: &Args) -> CommandResult {
    let semrel = args.source.open()?;
    let labels: &[Relation] = if args.labels.is_empty() {
        &Relation::ALL
    } else {
        &args.labels
    };
    let mut evaluation = Evaluation::new();
    let mut skipped = false;
    let shown = args.file.display();
    let mut records = RecordReader::new(input::open(&args.file)?).unchecked();
    while let Some(record) = records.next() {
        let added = record.and_then(|record| match record {
            Record::Pair(pair) if labels.contains(&pair.label) => {
                let knowledge = &args.knowledge;
                let answer = knowledge.relation(&semrel, &pair.sentence1, &pair.sentence2);
                let number = records.line_number();
                let answer = answer.map_err(|e| e.context(format_args!("line {number}")))?;
                let answer = answer.and_then(|answer| answer.scores.best_of(labels));
                evaluation.add(pair.label, answer);
                Ok(())
            }
            Record::Pair(_) | Record::Term(_) => Ok(()),
        });
        match added {
            Ok(()) => {}
            Err(error) if args.keep_going && !output::is_io(&error) => {
                output::report(error.context(&shown));
                skipped = true;
            }
            Err(error) => return Err(error.context(&shown)),
        }
    }
    let mut out = Output::stdout(false);
    print(args, labels, &evaluation, &mut out)?;
    out.finish()?;
    Ok(if skipped {
        Outcome::SkippedInput
    } else {
        Outcome::Done
    })
}

fn print(args: &Args, labels: &[Relation], e: &Evaluation, out: &mut Output) -> Result<()> {
    let coverage = e.answered() as f64 / (e.total().max(1)) as f64;
    let three: Vec<Relation> = THREE.into_iter().filter(|r| labels.contains(r)).collect();
    if args.json {
        let classes: serde_json::Map<_, _> = labels
            .iter()
            .map(|&label| (label.to_string(), json!(e.class(label))))
            .collect();
        let confusion: serde_json::Map<_, _> = labels
            .iter()
            .map(|&given| {
                let mut row: serde_json::Map<_, _> = labels
                    .iter()
                    .map(|&answer| (answer.to_string(), json!(e.count(given, Some(answer)))))
                    .collect();
                row.insert("none".to_owned(), json!(e.count(given, None)));
                (given.to_string(), row.into())
            })
            .collect();
        return out.json(&json!({
            "pairs": e.total(),
            "answered": e.answered(),
            "coverage": coverage,
            "accuracy": e.accuracy(),
            "macro_f1": e.macro_f1(labels),
            "macro_f1_three": e.macro_f1(&three),
            "classes": classes,
            "confusion": confusion,
        }));
    }
    out.line(format_args!(
        "{} pairs, {} answered ({:.1} %)",
        e.total(),
        e.answered(),
        coverage * 100.0
    ))?;
    out.line(format_args!(
        "accuracy {:.4}   macro-F1 {:.4} ({} classes), {:.4} (synonym, antonym, co_hyponym)",
        e.accuracy(),
        e.macro_f1(labels),
        labels.len(),
        e.macro_f1(&three)
    ))?;
    out.line(format_args!(
        "\n{:<12} {:>9} {:>9} {:>9} {:>9}",
        "", "precision", "recall", "F1", "pairs"
    ))?;
    for &label in labels {
        let c = e.class(label);
        out.line(format_args!(
            "{label:<12} {:>9.4} {:>9.4} {:>9.4} {:>9}",
            c.precision, c.recall, c.f1, c.support
        ))?;
    }
    let head: Vec<String> = labels.iter().map(|label| format!("{label:>11}")).collect();
    out.line(format_args!(
        "\n{:<12}{} {:>11}   (columns: answers)",
        "label",
        head.join(" "),
        "none"
    ))?;
    for &given in labels {
        let row: Vec<String> = labels
            .iter()
            .map(|&answer| format!("{:>11}", e.count(given, Some(answer))))
            .collect();
        out.line(format_args!(
            "{given:<12}{} {:>11}",
            row.join(" "),
            e.count(given, None)
        ))?;
    }
    Ok(())
}
