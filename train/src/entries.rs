//! Lexicon entries: tab-separated files of eight columns, one head term in one sense per line.
//!
//! ```text
//! term  pos  gloss  synonyms  antonyms  co_hyponyms  hypernym  domain
//! ```
//!
//! Lists are separated by `;`. How the columns are filled is told in `data/tr/README.md`.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use semrel::text::{spelling_form, term_form};
use semrel::{Error, Lines, Pos, Result};

const COLUMNS: usize = 8;

/// One head term in one sense, with everything stated of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// File the entry comes from, without folder and extension.
    pub file: String,
    /// The head term, as written.
    pub term: String,
    /// Part of speech of the head and of everything it lists.
    pub pos: Pos,
    /// Meaning in a few words; may be empty.
    pub gloss: String,
    /// Terms of the same meaning.
    pub synonyms: Vec<String>,
    /// Terms of opposite meaning.
    pub antonyms: Vec<String>,
    /// Other members of the same category.
    pub co_hyponyms: Vec<String>,
    /// The nearest broader term.
    pub hypernym: Option<String>,
    /// Field in which the head has this sense.
    pub domain: String,
}

impl Entry {
    /// Reads one line.
    ///
    /// # Errors
    ///
    /// `InvalidInput` or `Limit`, saying which column is wrong and how.
    pub fn from_line(file: &str, line: &str) -> Result<Self> {
        let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        let &[
            term,
            pos,
            gloss,
            synonyms,
            antonyms,
            co_hyponyms,
            hypernym,
            domain,
        ] = columns.as_slice()
        else {
            return Err(Error::invalid(format!(
                "{} columns: an entry has {COLUMNS}, separated by tabs",
                columns.len()
            )));
        };
        term_form(term).map_err(|e| e.context("term"))?;
        if domain.is_empty() {
            return Err(Error::invalid("the domain is empty"));
        }
        let hypernym = match hypernym {
            "" => None,
            _ => Some(item(hypernym).map_err(|e| e.context("hypernym"))?),
        };
        Ok(Entry {
            file: file.to_owned(),
            term: term.to_owned(),
            pos: pos.parse()?,
            gloss: gloss.to_owned(),
            synonyms: list(synonyms).map_err(|e| e.context("synonyms"))?,
            antonyms: list(antonyms).map_err(|e| e.context("antonyms"))?,
            co_hyponyms: list(co_hyponyms).map_err(|e| e.context("co_hyponyms"))?,
            hypernym,
            domain: domain.to_owned(),
        })
    }

    /// Every term the entry mentions, the head first.
    pub fn terms(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.term)
            .chain(&self.synonyms)
            .chain(&self.antonyms)
            .chain(&self.co_hyponyms)
            .chain(&self.hypernym)
    }

    /// Every term the entry mentions, for changing it.
    pub fn terms_mut(&mut self) -> impl Iterator<Item = &mut String> {
        std::iter::once(&mut self.term)
            .chain(&mut self.synonyms)
            .chain(&mut self.antonyms)
            .chain(&mut self.co_hyponyms)
            .chain(&mut self.hypernym)
    }
}

fn list(column: &str) -> Result<Vec<String>> {
    column
        .split(';')
        .map(str::trim)
        .filter(|term| !term.is_empty())
        .map(item)
        .collect()
}

fn item(term: &str) -> Result<String> {
    term_form(term)?;
    match term.find([',', '(', ')', '[', ']', '|', '"']) {
        None => Ok(term.to_owned()),
        Some(_) => Err(Error::invalid(format!(
            "{term:?} holds punctuation: one item is one term"
        ))),
    }
}

/// What reading found: the good entries, and one error for every bad line.
#[derive(Debug, Default)]
pub struct Entries {
    /// Entries in the order of files and lines.
    pub entries: Vec<Entry>,
    /// One error per bad line, naming file and line.
    pub problems: Vec<Error>,
}

impl Entries {
    /// Reads all `*.tsv` files of folders, in the order of their names. A path may also be a file.
    ///
    /// # Errors
    ///
    /// `Io` if a folder or file cannot be opened, `InvalidInput` if a folder holds no `*.tsv`.
    /// Bad lines are no error here but go to [`Entries::problems`].
    pub fn open(paths: &[PathBuf]) -> Result<Self> {
        let mut all = Entries::default();
        for path in paths {
            for file in tsv_files(path)? {
                let reader = File::open(&file)
                    .map_err(|e| Error::io(format_args!("cannot read {}", file.display()), e))?;
                let name = file.file_stem().unwrap_or_default().to_string_lossy();
                all.read(&name, BufReader::new(reader));
            }
        }
        Ok(all)
    }

    /// Adds the entries of one file.
    pub fn read(&mut self, file: &str, reader: impl BufRead) {
        let mut heads: HashMap<String, u64> = HashMap::new();
        let mut lines = Lines::new(reader);
        while let Some(line) = lines.next_line() {
            let entry = match line {
                Ok(line) if line.trim().is_empty() => continue,
                Ok(line) => Entry::from_line(file, line),
                Err(error) => {
                    self.problems.push(error.context(file));
                    continue;
                }
            };
            let number = lines.number();
            let entry = entry.and_then(|entry| {
                match heads.insert(spelling_form(&entry.term).into_owned(), number) {
                    None => Ok(entry),
                    Some(first) => Err(Error::invalid(format!(
                        "{:?} already has an entry in this file, in line {first}",
                        entry.term
                    ))),
                }
            });
            match entry {
                Ok(entry) => self.entries.push(entry),
                Err(error) => {
                    let place = format!("{file}: line {number}");
                    self.problems.push(error.context(place));
                }
            }
        }
    }
}

fn tsv_files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let fail = |e| Error::io(format_args!("cannot read {}", path.display()), e);
    let mut files = Vec::new();
    for item in fs::read_dir(path).map_err(fail)? {
        let file = item.map_err(fail)?.path();
        if file.extension().is_some_and(|extension| extension == "tsv") {
            files.push(file);
        }
    }
    if files.is_empty() {
        return Err(Error::invalid(format!(
            "{} holds no *.tsv file with entries",
            path.display()
        )));
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "feshetmek\tverb\tsözleşmeyi ileriye etkili sona erdirmek\tbozmak ; fesih beyanında bulunmak\tyürürlüğe koymak\tdönmek ; iptal etmek\tsona erdirmek\tobligations";

    #[test]
    fn an_entry_has_eight_columns() {
        let entry = Entry::from_line("L05", LINE).unwrap();
        assert_eq!(entry.term, "feshetmek");
        assert_eq!(entry.pos, Pos::Verb);
        assert_eq!(entry.synonyms, ["bozmak", "fesih beyanında bulunmak"]);
        assert_eq!(entry.hypernym.as_deref(), Some("sona erdirmek"));
        assert_eq!(entry.terms().count(), 7);
    }

    #[test]
    fn a_bad_line_is_named_and_the_others_are_read() {
        let mut text = Vec::new();
        text.extend_from_slice(LINE.as_bytes());
        text.extend_from_slice(b"\n\nkefil\tnoun\n\xff\xfe\n");
        text.extend_from_slice("vazgeçmek\tfiil\t\t\t\t\t\tgeneral\n".as_bytes());
        text.extend_from_slice("rehin\tnoun\t\tteminat (ayni)\t\t\t\tproperty\n".as_bytes());
        text.extend_from_slice("FESHETMEK\tverb\t\t\t\t\t\tgeneral\n".as_bytes());
        text.extend_from_slice("ipotek\tnoun\t\t\t\t\t\t\n".as_bytes());
        text.extend_from_slice("cayma\tnoun\t\t\t\t\t\tcontracts\r\n".as_bytes());
        let mut all = Entries::default();
        all.read("L05", text.as_slice());
        let heads: Vec<_> = all.entries.iter().map(|e| e.term.as_str()).collect();
        assert_eq!(heads, ["feshetmek", "cayma"]);
        let problems: Vec<_> = all.problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems.len(), 6);
        for (problem, reason) in problems.iter().zip([
            "L05: line 3: 2 columns: an entry has 8",
            "L05: line 4: not UTF-8",
            "L05: line 5: unknown part of speech \"fiil\"",
            "L05: line 6: synonyms: \"teminat (ayni)\" holds punctuation",
            "L05: line 7: \"FESHETMEK\" already has an entry in this file, in line 1",
            "L05: line 8: the domain is empty",
        ]) {
            assert!(problem.starts_with(reason), "{problem}");
        }
    }
}
