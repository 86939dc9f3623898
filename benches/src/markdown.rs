//! Numbers as Markdown tables, and their place in a README.

use std::path::Path;

use semrel::{Error, Result};

const BEGIN: &str = "<!-- report: begin -->\n";
const END: &str = "<!-- report: end -->\n";

/// A heading, what the numbers are, and a table; the first column is text.
pub fn section(title: &str, note: &str, columns: &[&str], rows: &[Vec<String>]) -> String {
    let mut out = format!("### {title}\n\n{note}\n\n");
    out += &format!("| {} |\n", columns.join(" | "));
    out += &format!("|---{}|\n", "|---:".repeat(columns.len() - 1));
    for row in rows {
        out += &format!("| {} |\n", row.join(" | "));
    }
    out
}

/// Three digits and a unit.
pub fn time(seconds: f64) -> String {
    let (value, unit) = match seconds {
        s if s < 1e-6 => (s * 1e9, "ns"),
        s if s < 1e-3 => (s * 1e6, "us"),
        s if s < 1.0 => (s * 1e3, "ms"),
        s => (s, "s"),
    };
    let digits = match value {
        v if v < 10.0 => 2,
        v if v < 100.0 => 1,
        _ => 0,
    };
    format!("{value:.digits$} {unit}")
}

/// A whole number, its thousands set apart.
pub fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Bytes in millions.
pub fn megabytes(bytes: usize) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// Puts a report between the two markers of a file.
///
/// # Errors
///
/// If the file cannot be read or written or has no markers.
pub fn update(file: &Path, report: &str) -> Result<()> {
    let text = std::fs::read_to_string(file)
        .map_err(|e| Error::io(format_args!("cannot read {}", file.display()), e))?;
    let (Some((before, _)), Some((_, after))) = (text.split_once(BEGIN), text.split_once(END))
    else {
        return Err(Error::invalid(format!(
            "{} lacks the lines {} and {}",
            file.display(),
            BEGIN.trim(),
            END.trim()
        )));
    };
    let text = format!("{before}{BEGIN}\n{report}\n{END}{after}");
    std::fs::write(file, text)
        .map_err(|e| Error::io(format_args!("cannot write {}", file.display()), e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!(time(0.000_000_123_4), "123 ns");
        assert_eq!(time(0.001_5), "1.50 ms");
        assert_eq!(thousands(1_234_567.0), "1,234,567");
        assert_eq!(megabytes(2_345_678), "2.3 MB");
    }
}
