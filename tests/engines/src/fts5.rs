//! SQLite FTS5.

use rusqlite::Connection;

use crate::Failure;

/// An FTS5 table in memory with the `unicode61` tokenizer, which has no stemmer for Turkish.
pub struct Fts5 {
    connection: Connection,
}

impl Fts5 {
    /// Indexes documents in a column `body`.
    ///
    /// # Errors
    ///
    /// What SQLite says.
    pub fn new<'a>(documents: impl IntoIterator<Item = &'a str>) -> Result<Self, Failure> {
        let connection = Connection::open_in_memory()?;
        // Diacritics tell Turkish words apart: keep them.
        connection.execute_batch(
            "CREATE VIRTUAL TABLE doc USING fts5(body, tokenize = 'unicode61 remove_diacritics 0')",
        )?;
        for (number, text) in documents.into_iter().enumerate() {
            connection.execute(
                "INSERT INTO doc(rowid, body) VALUES (?1, ?2)",
                (number as i64, semrel::text::fold_case(text)),
            )?;
        }
        Ok(Fts5 { connection })
    }

    /// The documents that match, best first.
    ///
    /// # Errors
    ///
    /// What SQLite says.
    pub fn search(&self, query: &str) -> Result<Vec<usize>, Failure> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT rowid FROM doc WHERE doc MATCH ?1 ORDER BY rank, rowid")?;
        let rows = statement.query_map([query], |row| row.get::<_, i64>(0))?;
        rows.map(|row| Ok(row? as usize)).collect()
    }
}
