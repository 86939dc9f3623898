//! Statistics as Markdown tables, and as a part of a document that is kept current.

use std::fmt::Write as _;

use semrel::{Error, Relation, Result};

use crate::sources::Source;
use crate::stats::{ByRelation, Stats};

const BEGIN: &str = "<!-- statistics: made by `semrel-train stats`, do not edit -->";
const END: &str = "<!-- end of statistics -->";

/// The statistics as Markdown.
pub fn markdown(stats: &Stats) -> String {
    let mut text = String::new();
    let total = sum(&stats.stated);
    table(
        &mut text,
        "Stated and derived pairs by relation",
        &["relation", "stated", "share", "derived"],
        Relation::ALL
            .map(|relation| {
                let stated = of(&stats.stated, relation);
                vec![
                    relation.to_string(),
                    number(stated),
                    percent(stated, total),
                    number(of(&stats.derived, relation)),
                ]
            })
            .into_iter()
            .chain([vec![
                "all".to_owned(),
                number(total),
                percent(total, total),
                number(sum(&stats.derived)),
            ]]),
    );
    let sources = Source::ALL.iter().filter_map(|source| {
        let counts = stats.sources.get(source.as_str())?;
        Some(row(source.as_str(), counts))
    });
    table(&mut text, "Pairs by source", &relations("source"), sources);
    let mut domains: Vec<_> = stats.domains.iter().collect();
    domains.sort_by_key(|(_, counts)| std::cmp::Reverse(sum(counts)));
    let domains = domains.into_iter().map(|(name, counts)| row(name, counts));
    table(
        &mut text,
        "Stated pairs by domain",
        &relations("domain"),
        domains,
    );
    terms(&mut text, stats);
    let parts = stats.splits.iter().flat_map(|(name, parts)| {
        parts
            .iter()
            .map(move |(part, counts)| row(&format!("{name} {part}"), counts))
    });
    table(
        &mut text,
        "Splits of the stated pairs",
        &relations("part"),
        parts,
    );
    let weights = Relation::ALL.into_iter().filter_map(|relation| {
        let weights = stats.weights.get(relation.as_str())?;
        let weights: Vec<String> = weights
            .iter()
            .rev()
            .map(|(weight, &count)| format!("{:.2}: {}", f64::from(*weight) / 100.0, number(count)))
            .collect();
        Some(vec![relation.to_string(), weights.join(", ")])
    });
    table(
        &mut text,
        "Weights of the stated pairs",
        &["relation", "weight: pairs"],
        weights,
    );
    text
}

fn terms(text: &mut String, stats: &Stats) {
    let terms = &stats.terms;
    let by_words: Vec<String> = terms
        .by_words
        .iter()
        .map(|(words, &count)| format!("{words}: {}", number(count)))
        .collect();
    let longest = format!(
        "{} ({} characters)",
        terms.longest,
        terms.longest.chars().count()
    );
    let rows = [
        ("terms", number(terms.terms)),
        ("words per term", format!("{:.2}", terms.words_per_term)),
        (
            "characters per term",
            format!("{:.1}", terms.characters_per_term),
        ),
        ("terms by number of words", by_words.join(", ")),
        ("words in all pairs (tokens)", number(terms.tokens)),
        ("different words (types)", number(terms.types)),
        ("type/token ratio", format!("{:.3}", terms.type_token_ratio)),
        ("longest term", longest),
    ];
    let rows = rows
        .into_iter()
        .map(|(what, value)| vec![what.to_owned(), value]);
    table(text, "Terms of the stated pairs", &["", ""], rows);
}

/// The document with the statistics between its two marks replaced.
///
/// # Errors
///
/// `InvalidInput` if the document has not both marks.
pub fn embed(document: &str, stats: &Stats) -> Result<String> {
    let parts = document
        .split_once(BEGIN)
        .and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let Some((before, after)) = parts else {
        return Err(Error::invalid(format!(
            "the document has no place for statistics: add the lines {BEGIN:?} and {END:?}"
        )));
    };
    Ok(format!(
        "{before}{BEGIN}\n\n{}{END}{after}",
        markdown(stats)
    ))
}

fn table(
    text: &mut String,
    title: &str,
    columns: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "### {title}\n\n| {} |", columns.join(" | "));
    let rules: Vec<&str> = (0..columns.len())
        .map(|i| if i == 0 { "---" } else { "---:" })
        .collect();
    let _ = writeln!(text, "| {} |", rules.join(" | "));
    for row in rows {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text.push('\n');
}

fn relations(first: &str) -> Vec<&str> {
    let names = Relation::ALL.map(Relation::as_str);
    [first].into_iter().chain(names).chain(["all"]).collect()
}

fn row(name: &str, counts: &ByRelation) -> Vec<String> {
    let cells = Relation::ALL.map(|relation| number(of(counts, relation)));
    [name.to_owned()]
        .into_iter()
        .chain(cells)
        .chain([number(sum(counts))])
        .collect()
}

fn of(counts: &ByRelation, relation: Relation) -> usize {
    counts.get(relation.as_str()).copied().unwrap_or_default()
}

fn sum(counts: &ByRelation) -> usize {
    counts.values().sum()
}

fn percent(part: usize, all: usize) -> String {
    format!("{:.1} %", 100.0 * part as f64 / all.max(1) as f64)
}

/// With commas between thousands.
fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use semrel::LabelledPair;

    fn stats() -> Stats {
        let pair = LabelledPair::new("alıcı", "satıcı", Relation::Antonym);
        Stats::new(&[pair], &[])
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(7), "7");
        assert_eq!(number(1_234_567), "1,234,567");
    }

    #[test]
    fn statistics_replace_what_is_between_the_marks() {
        let document = format!("# Data\n\n{BEGIN}\nold\n{END}\n\nend\n");
        let new = embed(&document, &stats()).unwrap();
        assert!(new.starts_with("# Data\n\n<!-- statistics"));
        assert!(new.contains("| antonym | 1 | 100.0 % | 0 |"));
        assert!(new.ends_with("\n\nend\n") && !new.contains("old"));
        assert_eq!(embed(&new, &stats()).unwrap(), new);
        assert!(embed("# Data", &stats()).is_err());
    }
}
