//! The report: all measurements as Markdown.

use semrel_benches::markdown::{megabytes, section, thousands, time};

use crate::cases::{self, Case, LENGTHS};
use crate::engines::{Engine, Kind, kernel, load_library};
use crate::models::Model;
use crate::timing::{Times, measure};
use crate::{Failure, child, instructions, machine, mass};

/// Vectors of one sequence by two engines must have at least this cosine.
const SAME: f32 = 0.999;

/// Measures everything.
pub(crate) fn report() -> Result<String, Failure> {
    load_library()?;
    let mut sections = vec![format!(
        "{}, one thread, semrel's kernel {}, ONNX Runtime 1.31.1, tract 0.23.9.\n",
        machine::describe(),
        kernel()
    )];
    for model in Model::ALL {
        sections.push(format!("### Vectors: {}\n", model.description()));
        sections.push(times(model)?);
    }
    for model in Model::ALL {
        eprintln!("{}: opening, memory, instructions", model.as_str());
        sections.push(processes(model)?);
        sections.extend(counts(model)?);
    }
    eprintln!("one term against many");
    sections.push(pairs()?);
    Ok(sections.join("\n"))
}

/// A row per case: medians, least times, and ratios of the least, which other work on the machine
/// disturbs least.
fn times(model: Model) -> Result<String, Failure> {
    let file = model.file()?;
    let open = |kind: Kind| kind.open(model, &file);
    let [mut ours, mut padded, mut singly, mut tract] = match Kind::ALL.map(open) {
        [Ok(a), Ok(b), Ok(c), Ok(d)] => [a, b, c, d],
        all => {
            return Err(all
                .into_iter()
                .find_map(Result::err)
                .unwrap_or("no engine".into()));
        }
    };
    let mut rows = Vec::new();
    for case in cases::all()? {
        eprintln!(
            "{}: {} of {} tokens",
            model.as_str(),
            case.sequences.len(),
            case.tokens
        );
        compare(&mut *ours, &mut *singly, &case, model)?;
        let sequences = case.sequences();
        let mut outs = [(); 4].map(|()| vec![0.0; sequences.len() * model.dimensions()]);
        let [a, b, c, d] = &mut outs;
        let found = measure(&mut [
            &mut || ours.encode(&sequences, a),
            &mut || padded.encode(&sequences, b),
            &mut || singly.encode(&sequences, c),
            &mut || tract.encode(&sequences, d),
        ])?;
        let both = |times: Times| format!("{} ({})", time(times.median), time(times.least));
        let ratio = |other: usize| format!("{:.2}", found[0].least / found[other].least);
        let mut row = vec![sequences.len().to_string(), case.tokens.clone()];
        row.extend(found.iter().map(|&times| both(times)));
        row.extend([ratio(1), ratio(2), ratio(3)]);
        rows.push(row);
    }
    let columns: Vec<&str> = ["batch", "tokens"]
        .into_iter()
        .chain(Kind::ALL.map(Kind::as_str))
        .chain(["semrel / ONNX Runtime", "/ one by one", "/ tract"])
        .collect();
    Ok(section(
        "Time",
        "Median of a call (least); ratios of the least.",
        &columns,
        &rows,
    )
    .replacen("### ", "#### ", 1))
}

/// That semrel gives the vectors that ONNX Runtime gives for each sequence alone.
fn compare(
    ours: &mut dyn Engine,
    theirs: &mut dyn Engine,
    case: &Case,
    model: Model,
) -> Result<(), Failure> {
    let sequences = case.sequences();
    let mut x = vec![0.0; sequences.len() * model.dimensions()];
    let mut y = x.clone();
    ours.encode(&sequences, &mut x)?;
    theirs.encode(&sequences, &mut y)?;
    let rows = x
        .chunks(model.dimensions())
        .zip(y.chunks(model.dimensions()));
    let cosine = |(x, y): (&[f32], &[f32])| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
    let least = rows.map(cosine).fold(f32::INFINITY, f32::min);
    if least < SAME {
        return Err(format!(
            "{} tokens: the vectors have a cosine of {least}",
            case.tokens
        )
        .into());
    }
    Ok(())
}

fn processes(model: Model) -> Result<String, Failure> {
    let mut rows = Vec::new();
    let kinds = Kind::LIBRARIES.map(Some).into_iter().chain([None]);
    for kind in kinds {
        let measured = child::measure(kind, model)?;
        let first = |seconds: f64| kind.map_or_else(String::new, |_| time(seconds));
        rows.push(vec![
            kind.map_or("nothing", Kind::as_str).to_owned(),
            first(measured.first_answer.median),
            first(measured.first_answer.least),
            megabytes(measured.peak * 1024),
        ]);
    }
    Ok(section(
        &format!("Opening and memory: {}", model.as_str()),
        "Each in processes of its own: from the file to the first vector (16 tokens), the shared \
         library loaded before; most memory of the process after vectors of all lengths.",
        &["", "first vector", "least", "peak of the process"],
        &rows,
    ))
}

fn counts(model: Model) -> Result<Option<String>, Failure> {
    let mut rows = Vec::new();
    for kind in Kind::LIBRARIES {
        let Some(counts) = instructions::count(kind, model)? else {
            return Ok(None);
        };
        let counts = counts.map(|count| thousands(count / 1000.0));
        rows.push(
            [kind.as_str().to_owned()]
                .into_iter()
                .chain(counts)
                .collect(),
        );
    }
    let lengths = LENGTHS.map(|tokens| format!("{tokens} tokens"));
    let columns: Vec<&str> = [""]
        .into_iter()
        .chain(lengths.iter().map(String::as_str))
        .collect();
    Ok(Some(section(
        &format!("Instructions: {}", model.as_str()),
        "Thousands for one sequence, counted by callgrind, which has AVX2 and no AVX-512.",
        &columns,
        &rows,
    )))
}

fn pairs() -> Result<String, Failure> {
    let mut rows = mass::head()?;
    rows.extend(mass::library()?);
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|(name, times)| vec![name.to_owned(), time(times.median), time(times.least)])
        .collect();
    Ok(section(
        "One term against 10,000",
        "All 10,000 pairs. \"Head alone\" is given vectors and features, the library text. Unknown \
         terms: measured on 1,000, times ten.",
        &["", "median", "least"],
        &rows,
    ))
}
