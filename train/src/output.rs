//! Files that a command makes: written whole or not at all, or compared with what is there.

use std::fs;
use std::path::Path;

use semrel::{Error, Result};
use serde::Serialize;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Path below the output folder.
    pub name: String,
    /// The whole content.
    pub content: Vec<u8>,
}

impl OutputFile {
    /// A file with its content.
    pub fn new(name: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        OutputFile {
            name: name.into(),
            content: content.into(),
        }
    }
}

/// One JSON object per line.
///
/// # Errors
///
/// `InvalidInput` if a record has no JSON form.
pub fn json_lines<T: Serialize>(records: &[T]) -> Result<String> {
    let mut text = String::new();
    for record in records {
        let line = serde_json::to_string(record)
            .map_err(|e| Error::invalid(format!("a record has no JSON form: {e}")))?;
        text.push_str(&line);
        text.push('\n');
    }
    Ok(text)
}

/// Writes files below `folder`, each under a passing name first, so that a reader sees the old
/// content or the new, never a part.
///
/// # Errors
///
/// `Io`, naming the file.
pub fn write(folder: &Path, files: &[OutputFile]) -> Result<()> {
    for file in files {
        let path = folder.join(&file.name);
        let fail = |e| Error::io(format_args!("cannot write {}", path.display()), e);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(fail)?;
        }
        let mut passing = path.clone().into_os_string();
        passing.push(".tmp");
        fs::write(&passing, &file.content).map_err(fail)?;
        fs::rename(&passing, &path).map_err(fail)?;
    }
    Ok(())
}

/// The names of the files whose content below `folder` is not the given one.
///
/// # Errors
///
/// `Io` if a file that is there cannot be read.
pub fn outdated<'a>(folder: &Path, files: &'a [OutputFile]) -> Result<Vec<&'a str>> {
    let mut outdated = Vec::new();
    for file in files {
        let path = folder.join(&file.name);
        match fs::read(&path) {
            Ok(content) if content == file.content => {}
            Ok(_) => outdated.push(file.name.as_str()),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => outdated.push(&file.name),
            Err(e) => return Err(Error::io(format_args!("cannot read {}", path.display()), e)),
        }
    }
    Ok(outdated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_up_to_date() {
        let folder = std::env::temp_dir().join(format!("semrel-output-{}", std::process::id()));
        let files = [OutputFile::new("splits/dev.jsonl", "{}\n")];
        assert_eq!(outdated(&folder, &files).unwrap(), ["splits/dev.jsonl"]);
        write(&folder, &files).unwrap();
        assert!(outdated(&folder, &files).unwrap().is_empty());
        fs::write(folder.join("splits/dev.jsonl"), "{").unwrap();
        assert_eq!(outdated(&folder, &files).unwrap(), ["splits/dev.jsonl"]);
        fs::remove_dir_all(&folder).unwrap();
    }
}
