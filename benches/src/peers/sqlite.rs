//! The pairs in SQLite: one table clustered by the two terms, prepared statements.

use std::cell::RefCell;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, Statement, params};
use semrel::{Error, Relation, Result};

use super::{Found, LIMIT, MIN_SCORE, some};
use crate::facts::Fact;

const SCHEMA: &str = "
    CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
    CREATE TABLE pair (
        term TEXT NOT NULL,
        other TEXT NOT NULL,
        text TEXT NOT NULL,
        relation INTEGER NOT NULL,
        weight REAL NOT NULL,
        source INTEGER NOT NULL,
        domain INTEGER NOT NULL,
        expands INTEGER NOT NULL,
        transitive INTEGER NOT NULL,
        PRIMARY KEY (term, other)
    ) WITHOUT ROWID;
";
const RELATION: &str =
    "SELECT relation, weight, source, domain FROM pair WHERE term = ?1 AND other = ?2";
const EXPAND: &str = "
    SELECT text, relation, weight, source, domain FROM pair
    WHERE term = ?1 AND expands AND weight >= ?2
    ORDER BY transitive, weight DESC, other LIMIT ?3";

/// A database, from which [`SqlitePeer`] asks.
#[derive(Debug)]
pub struct Database(Connection);

/// The two statements, prepared once.
#[derive(Debug)]
pub struct SqlitePeer<'d> {
    relation: RefCell<Statement<'d>>,
    expand: RefCell<Statement<'d>>,
    names: Vec<String>,
}

fn failed(error: rusqlite::Error) -> Error {
    Error::io("SQLite", std::io::Error::other(error))
}

/// Writes facts as a database file.
///
/// # Errors
///
/// That of the first fact that cannot be read, or of SQLite.
pub(crate) fn write(path: &Path, facts: impl Iterator<Item = Fact>) -> Result<()> {
    let mut database = Connection::open(path).map_err(failed)?;
    let fill = |database: &mut Connection| {
        database.execute_batch(SCHEMA)?;
        let transaction = database.transaction()?;
        {
            let mut name = transaction.prepare("INSERT OR IGNORE INTO name (text) VALUES (?1)")?;
            let mut pair = transaction.prepare(
                "INSERT OR REPLACE INTO pair VALUES (?1, ?2, ?3, ?4, ?5,
                 (SELECT id FROM name WHERE text = ?6), (SELECT id FROM name WHERE text = ?7),
                 ?8, ?9)",
            )?;
            for fact in facts {
                name.execute([&fact.source])?;
                name.execute([&fact.domain])?;
                pair.execute(params![
                    fact.from,
                    fact.to,
                    fact.text,
                    fact.relation as u8,
                    fact.weight,
                    fact.source,
                    fact.domain,
                    fact.expands,
                    fact.transitive
                ])?;
            }
        }
        transaction.commit()?;
        database.execute_batch("VACUUM; ANALYZE")
    };
    fill(&mut database).map_err(failed)
}

impl Database {
    /// Opens a database file.
    ///
    /// # Errors
    ///
    /// That of SQLite.
    pub fn open(path: &Path) -> Result<Self> {
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map(Database)
            .map_err(failed)
    }

    /// Copies a database file into memory.
    ///
    /// # Errors
    ///
    /// That of SQLite.
    pub fn open_in_memory(path: &Path) -> Result<Self> {
        let copy = || {
            let memory = Connection::open_in_memory()?;
            memory.execute("ATTACH ?1 AS file", [path.to_string_lossy()])?;
            memory.execute_batch(SCHEMA)?;
            memory.execute_batch(
                "INSERT INTO name SELECT * FROM file.name;
                 INSERT INTO pair SELECT * FROM file.pair;
                 DETACH file; ANALYZE",
            )?;
            Ok(memory)
        };
        copy().map(Database).map_err(failed)
    }
}

impl<'d> SqlitePeer<'d> {
    /// Prepares the statements.
    ///
    /// # Errors
    ///
    /// That of SQLite.
    pub fn new(database: &'d Database) -> Result<Self> {
        let Database(database) = database;
        let prepare = || {
            let mut names = vec![String::new()];
            let mut statement = database.prepare("SELECT text FROM name ORDER BY id")?;
            for name in statement.query_map([], |row| row.get(0))? {
                names.push(name?);
            }
            Ok(SqlitePeer {
                relation: RefCell::new(database.prepare(RELATION)?),
                expand: RefCell::new(database.prepare(EXPAND)?),
                names,
            })
        };
        prepare().map_err(failed)
    }

    /// How two terms in normal form relate, how surely, by which source and in which field.
    ///
    /// # Errors
    ///
    /// That of SQLite.
    pub fn relation(&self, a: &str, b: &str) -> Result<Option<(Relation, f32, &str, &str)>> {
        self.relation
            .borrow_mut()
            .query_row([a, b], |row| {
                Ok((
                    relation(row, 0)?,
                    row.get(1)?,
                    self.name(row, 2)?,
                    self.name(row, 3)?,
                ))
            })
            .optional()
            .map_err(failed)
    }

    /// What may stand for a term in normal form, best first.
    ///
    /// # Errors
    ///
    /// That of SQLite.
    pub fn expand(&self, term: &str) -> Result<Vec<Found<'_, String>>> {
        let mut statement = self.expand.borrow_mut();
        let found = statement
            .query_map(params![term, MIN_SCORE, LIMIT as u32], |row| {
                Ok(Found {
                    term: row.get(0)?,
                    relation: relation(row, 1)?,
                    score: row.get(2)?,
                    source: some(self.name(row, 3)?),
                    domain: some(self.name(row, 4)?),
                })
            })
            .map_err(failed)?;
        found.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    fn name(&self, row: &Row<'_>, column: usize) -> rusqlite::Result<&str> {
        let id: u32 = row.get(column)?;
        Ok(self.names.get(id as usize).map_or("", String::as_str))
    }
}

fn relation(row: &Row<'_>, column: usize) -> rusqlite::Result<Relation> {
    let number: u8 = row.get(column)?;
    Ok(Relation::ALL[usize::from(number) % Relation::ALL.len()])
}
