//! Answers for people and for programs, and messages on standard error.

use std::io::{self, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use semrel::{Error, ErrorKind, Relation, Result, Suggestion};
use serde::Serialize;

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    Always,
    Never,
}

impl Color {
    pub(crate) fn choose(self) {
        match self {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

pub(crate) const FAINT: Style = Style::new().dimmed();
pub(crate) const BOLD: Style = Style::new().bold();

pub(crate) fn style_of(relation: Relation) -> Style {
    let color = match relation {
        Relation::Synonym => AnsiColor::Green,
        Relation::Antonym => AnsiColor::Red,
        Relation::CoHyponym => AnsiColor::Yellow,
        Relation::Unrelated => return FAINT,
    };
    color.on_default()
}

/// Standard output. Styles are taken out where colours are off.
pub(crate) struct Output {
    writer: Box<dyn Write>,
    flush_lines: bool,
}

impl Output {
    /// `interactive`: whoever asks on standard input may wait for each answer.
    pub(crate) fn stdout(interactive: bool) -> Self {
        Output {
            writer: Box::new(io::BufWriter::new(anstream::stdout())),
            flush_lines: interactive,
        }
    }

    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<()> {
        serde_json::to_writer(&mut self.writer, value).map_err(|e| cannot_write(e.into()))?;
        self.line(format_args!(""))
    }

    pub(crate) fn line(&mut self, text: std::fmt::Arguments<'_>) -> Result<()> {
        writeln!(self.writer, "{text}").map_err(cannot_write)?;
        if self.flush_lines {
            self.finish()?;
        }
        Ok(())
    }

    pub(crate) fn finish(&mut self) -> Result<()> {
        self.writer.flush().map_err(cannot_write)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Writes all of a file or nothing: into a temporary file beside it, which then takes its place.
pub(crate) fn write_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    let cannot = |e: io::Error| Error::io(format_args!("cannot write {}", path.display()), e);
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the process's umask takes away what it must.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = io::BufWriter::new(builder.tempfile_in(folder).map_err(cannot)?);
    write(&mut file)?;
    let file = file.into_inner().map_err(|e| cannot(e.into_error()))?;
    file.as_file().sync_all().map_err(cannot)?;
    file.persist(path).map_err(|e| cannot(e.error))?;
    Ok(())
}

fn cannot_write(error: io::Error) -> Error {
    Error::io("cannot write to standard output", error)
}

pub(crate) fn is_io(error: &Error) -> bool {
    error.kind() == ErrorKind::Io
}

pub(crate) fn is_broken_pipe(error: &Error) -> bool {
    std::error::Error::source(error)
        .and_then(|source| source.downcast_ref::<io::Error>())
        .is_some_and(|source| source.kind() == io::ErrorKind::BrokenPipe)
}

/// One line on standard error.
pub(crate) fn report(message: impl std::fmt::Display) {
    let red = AnsiColor::Red.on_default().bold();
    anstream::eprintln!("{red}error:{red:#} {message}");
}

pub(crate) fn warn(message: impl std::fmt::Display) {
    let yellow = AnsiColor::Yellow.on_default().bold();
    anstream::eprintln!("{yellow}warning:{yellow:#} {message}");
}

/// Says that a term is unknown, and what may have been meant.
pub(crate) fn not_in_lexicon(term: &str, suggestions: &[Suggestion<'_>]) {
    anstream::eprintln!("{term:?} is not in the lexicon");
    did_you_mean(suggestions);
}

pub(crate) fn did_you_mean(suggestions: &[Suggestion<'_>]) {
    if !suggestions.is_empty() {
        anstream::eprintln!("did you mean {}?", texts(suggestions).join(", "));
    }
}

/// The terms of suggestions, for JSON.
pub(crate) fn texts<'a>(suggestions: &[Suggestion<'a>]) -> Vec<&'a str> {
    suggestions.iter().map(|s| s.term.text()).collect()
}
