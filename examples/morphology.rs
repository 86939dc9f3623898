//! Analyses the words of standard input, or measures the speed of it.
//!
//!     echo "kiracının tahliyesine ilişkin davalarda" | cargo run --example morphology
//!     cargo run --release --example morphology -- --speed < words.txt
//!     cargo run --release --example morphology -- --lemmas < words.txt

use std::io::{self, Read, Write};
use std::time::Instant;

use semrel::morphology::{Analyzer, Scratch};

fn main() -> io::Result<()> {
    let mode = std::env::args().nth(1).unwrap_or_default();
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    let started = Instant::now();
    let analyzer = Analyzer::turkish();
    let ready = started.elapsed();
    let mut out = io::BufWriter::new(io::stdout().lock());
    match mode.as_str() {
        "--speed" => measure(&analyzer, &words, &mut out, ready.as_secs_f64()),
        "--lemmas" => {
            for word in &words {
                writeln!(out, "{word}\t{}", analyzer.lemma(word))?;
            }
            Ok(())
        }
        _ => {
            for word in &words {
                writeln!(out, "{word}")?;
                for analysis in analyzer.analyze(word) {
                    let mark = if analysis.guessed { " ?" } else { "" };
                    writeln!(out, "    {analysis}  < {}{mark}", analysis.root)?;
                }
            }
            Ok(())
        }
    }
}

/// Five rounds over all words on one core; the best counts.
fn measure(
    analyzer: &Analyzer,
    words: &[&str],
    out: &mut impl Write,
    ready: f64,
) -> io::Result<()> {
    let mut scratch = Scratch::new();
    let mut lemma = String::new();
    let mut best = f64::INFINITY;
    let mut letters = 0;
    let mut guessed = 0;
    for _ in 0..5 {
        letters = 0;
        guessed = 0;
        let started = Instant::now();
        for word in words {
            let analyses = analyzer.analyze_into(&mut scratch, word);
            lemma.clear();
            let reading = analyses.best();
            reading.push_lemma(&mut lemma);
            letters += lemma.len();
            guessed += usize::from(reading.is_guessed());
        }
        best = best.min(started.elapsed().as_secs_f64());
    }
    writeln!(
        out,
        "stems: {}, ready in {:.1} ms\ntokens: {}, lemma bytes: {letters}, guessed: {:.2} %\n\
         {:.0} tokens/s, {:.0} ns per token",
        analyzer.stem_count(),
        ready * 1e3,
        words.len(),
        100.0 * guessed as f64 / words.len().max(1) as f64,
        words.len() as f64 / best,
        best * 1e9 / words.len().max(1) as f64,
    )
}
