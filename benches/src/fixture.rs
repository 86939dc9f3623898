//! The files that everything is measured over.

use std::fs;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use semrel::{
    BuildReport, Error, ExpandOptions, Manifest, Pack, PackBuilder, Record, Result, Semrel,
};

use crate::peers::{Database, HashMapPeer, SqlitePeer, write_sqlite};
use crate::questions::Questions;
use crate::{corpus, facts};

/// A folder with one lexicon in every form, and the questions to it.
#[derive(Clone, Debug)]
pub struct Fixture(PathBuf);

impl Fixture {
    /// A folder that [`prepare`](Self::prepare) has filled.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Fixture(folder.into())
    }

    /// Fills a folder from the records of the corpus.
    ///
    /// # Errors
    ///
    /// `Io` if something cannot be written; those of the builder.
    pub fn prepare(folder: &Path, records: &[Record]) -> Result<(Self, BuildReport)> {
        let place = Fixture::new(folder);
        let (image, report) = corpus::build(records)?;
        let pack = PackBuilder::new(Manifest::new("benchmark", "tr", "1"), image, &report);
        place.write("pack", &pack.to_bytes()?)?;
        let semrel = place.semrel()?;
        let mut lines = Vec::new();
        facts::write(facts::facts(semrel.lexicon()), &mut lines)
            .map_err(|e| Error::io("cannot list the facts", e))?;
        place.write("facts", &lines)?;
        write_sqlite(&place.sqlite_path(), facts::facts(semrel.lexicon()))?;
        let questions = Questions::draw(semrel.lexicon());
        place.write("questions", questions.to_tsv().as_bytes())?;
        Ok((place, report))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// The pack.
    pub fn pack_path(&self) -> PathBuf {
        self.0.join("pack")
    }

    /// The database.
    pub fn sqlite_path(&self) -> PathBuf {
        self.0.join("sqlite")
    }

    /// The facts, as [`facts::read`] reads them.
    pub fn facts_path(&self) -> PathBuf {
        self.0.join("facts")
    }

    /// Opens the pack.
    ///
    /// # Errors
    ///
    /// As [`Pack::open`].
    pub fn semrel(&self) -> Result<Semrel> {
        Semrel::new(Pack::open(self.pack_path())?)
    }

    /// Fills the map, line by line.
    ///
    /// # Errors
    ///
    /// `Io` if the facts cannot be read.
    pub fn hash_map(&self) -> Result<HashMapPeer> {
        let file =
            fs::File::open(self.facts_path()).map_err(|e| Error::io("cannot open the facts", e))?;
        HashMapPeer::new(facts::read(BufReader::new(file)))
    }

    /// Copies the database into memory.
    ///
    /// # Errors
    ///
    /// That of SQLite.
    pub fn sqlite(&self) -> Result<Database> {
        Database::open_in_memory(&self.sqlite_path())
    }

    /// What is asked.
    ///
    /// # Errors
    ///
    /// `Io` if the questions cannot be read.
    pub fn questions(&self) -> Result<Questions> {
        fs::read_to_string(self.0.join("questions"))
            .map(|text| Questions::from_tsv(&text))
            .map_err(|e| Error::io("cannot read the questions", e))
    }

    fn write(&self, name: &str, content: &[u8]) -> Result<()> {
        let path = self.0.join(name);
        fs::File::create(&path)
            .map(BufWriter::new)
            .and_then(|mut out| out.write_all(content).and_then(|()| out.flush()))
            .map_err(|e| Error::io(format_args!("cannot write {}", path.display()), e))
    }

    /// Makes sure that all three give the same answers to the questions.
    ///
    /// # Errors
    ///
    /// `InvalidInput` with the first question on which they differ.
    pub fn compare_answers(&self) -> Result<()> {
        let (semrel, hash_map, database) = (self.semrel()?, self.hash_map()?, self.sqlite()?);
        let sqlite = SqlitePeer::new(&database)?;
        let questions = self.questions()?;
        let differ = |what: &str| Err(Error::invalid(format!("the answers to {what:?} differ")));
        let kinds = [&questions.known, &questions.unrelated, &questions.unknown];
        for (a, b) in kinds.into_iter().flatten() {
            // A nearest broader term is no pair of the lexicon.
            let ours = semrel
                .relation(a, b)?
                .filter(|answer| answer.broader.is_none())
                .map(|answer| answer.relation);
            let map = hash_map.relation(a, b).map(|known| known.relation);
            let database = sqlite.relation(a, b)?.map(|found| found.0);
            if ours != map || ours != database {
                return differ(&format!("{a}, {b}"));
            }
        }
        for (plain, typed) in questions.known.iter().zip(&questions.typed) {
            if semrel.relation(&plain.0, &plain.1)? != semrel.relation(&typed.0, &typed.1)? {
                return differ(&format!("{}, {}", typed.0, typed.1));
            }
        }
        for term in &questions.terms {
            let ours = semrel.expand(term, &ExpandOptions::default())?;
            let (map, database) = (hash_map.expand(term), sqlite.expand(term)?);
            let same = ours.iter().map(|o| o.score).eq(map.iter().map(|m| m.score))
                && map
                    .iter()
                    .map(|m| m.term)
                    .eq(database.iter().map(|d| &*d.term));
            if !same {
                return differ(term);
            }
        }
        Ok(())
    }
}
