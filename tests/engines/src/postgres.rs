//! PostgreSQL, through `psql`: no driver needed for a handful of statements.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::Failure;

/// A table in the server that `with-postgres` has started.
pub struct Postgres {
    server: String,
    config: String,
    table: String,
}

impl Postgres {
    /// Indexes documents under a text search configuration (`simple`, `turkish`). `None`, with a
    /// word on standard error, if no server was started for the tests.
    ///
    /// # Errors
    ///
    /// What PostgreSQL says.
    pub fn new<'a>(
        documents: impl IntoIterator<Item = &'a str>,
        config: &str,
        table: &str,
    ) -> Result<Option<Self>, Failure> {
        let Ok(server) = std::env::var("SEMREL_TEST_POSTGRES") else {
            eprintln!(
                "skipped: no PostgreSQL; run these tests by tests/engines/with-postgres cargo test …"
            );
            return Ok(None);
        };
        let this = Postgres {
            server,
            config: config.to_owned(),
            table: table.to_owned(),
        };
        let mut script = format!(
            "DROP TABLE IF EXISTS {table};\nCREATE TABLE {table}(id int, body text, words tsvector);\n"
        );
        for (number, text) in documents.into_iter().enumerate() {
            let text = literal(&semrel::text::fold_case(text));
            script += &format!(
                "INSERT INTO {table} VALUES ({number}, {text}, to_tsvector('{config}', {text}));\n"
            );
        }
        this.run(&script)?;
        Ok(Some(this))
    }

    /// For each query the documents that match, best first.
    ///
    /// # Errors
    ///
    /// What PostgreSQL says of the first query that it refuses.
    pub fn search(&self, queries: &[String]) -> Result<Vec<Vec<usize>>, Failure> {
        let (table, config) = (&self.table, &self.config);
        let mut script = String::new();
        for query in queries {
            let query = literal(query);
            script += &format!(
                "SELECT coalesce(string_agg(id::text, ' ' ORDER BY ts_rank(words, q) DESC, id), '') \
                 FROM {table}, to_tsquery('{config}', {query}) q WHERE words @@ q;\n"
            );
        }
        let found = self.run(&script)?;
        found
            .lines()
            .map(|line| line.split_whitespace().map(|id| Ok(id.parse()?)).collect())
            .collect()
    }

    fn run(&self, script: &str) -> Result<String, Failure> {
        let mut psql = Command::new("psql")
            .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"])
            .args(["--set=ON_ERROR_STOP=1", "--dbname", &self.server])
            .env("PGCLIENTENCODING", "UTF8")
            .env("PGOPTIONS", "-c client_min_messages=error")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut stdin = psql.stdin.take().ok_or("psql has no standard input")?;
        let script = script.to_owned();
        let writer = std::thread::spawn(move || stdin.write_all(script.as_bytes()));
        let output = psql.wait_with_output()?;
        let written = writer.join().map_err(|_| "the writer panicked")?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        written?;
        Ok(String::from_utf8(output.stdout)?)
    }
}

/// A string constant of SQL.
fn literal(text: &str) -> String {
    format!(
        "E'{}'",
        text.replace('\\', "\\\\")
            .replace('\'', "\\'")
            .replace('\n', "\\n")
    )
}
