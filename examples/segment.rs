//! Prints the terms of the lexicon in a text, as often as they occur, the most frequent first:
//! `cargo run --release --example segment < judgment.txt`

use std::collections::HashMap;
use std::io::{Read, Write};

use semrel::Semrel;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let semrel = Semrel::turkish()?;
    let mut counts: HashMap<String, usize> = HashMap::new();
    for segment in semrel.segment(&text) {
        if let Some(term) = segment.term {
            *counts.entry(term).or_default() += 1;
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut out = std::io::stdout().lock();
    for (term, count) in counts {
        writeln!(out, "{count:>7}  {term}")?;
    }
    Ok(())
}
