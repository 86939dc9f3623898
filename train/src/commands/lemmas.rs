//! `semrel-train lemmas`: running text as the tokens that word vectors are trained on.

use std::io::{self, BufRead, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use semrel::morphology::Analyzer;
use semrel::rewrite::WordKind;
use semrel::text::normal_form;
use semrel::{Error, Pack, Result, Semrel};

/// Running text on stdin to one line of dictionary forms each on stdout: a term of the lexicon is
/// one token, its words joined by '_'
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The pack whose terms are looked for
    #[arg(long, default_value = "models/tr")]
    pack: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let semrel = Semrel::new(Pack::open(&args.pack)?)?;
    let analyzer = Analyzer::turkish();
    let mut output = BufWriter::new(io::stdout().lock());
    let io_error = |e: io::Error| Error::io("stdin or stdout", e);
    let mut line = String::new();
    for input in io::stdin().lock().lines() {
        let input = input.map_err(io_error)?;
        line.clear();
        for segment in semrel.segment(&input) {
            let term = segment.term.as_deref();
            push(&mut line, &analyzer, term, segment.text, segment.kind);
        }
        line.push('\n');
        output.write_all(line.as_bytes()).map_err(io_error)?;
    }
    output.flush().map_err(io_error)?;
    Ok(ExitCode::SUCCESS)
}

/// Stands for a run of numbers and citations, whose parts say nothing of the words beside them.
const NUMBER: &str = "<sayı>";

fn push(line: &mut String, analyzer: &Analyzer, term: Option<&str>, text: &str, kind: WordKind) {
    let token = match (term, kind) {
        (Some(term), _) => normal_form(term).replace(' ', "_"),
        (None, WordKind::Number | WordKind::Citation) if line.ends_with(NUMBER) => return,
        (None, WordKind::Number | WordKind::Citation) => NUMBER.to_owned(),
        (None, _) => normal_form(&analyzer.lemma(text)).replace(' ', "_"),
    };
    if !line.is_empty() {
        line.push(' ');
    }
    line.push_str(&token);
}
