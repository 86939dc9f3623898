//! Bodies for the synonyms API of Elasticsearch.

use std::io::Write;

use super::out::Out;
use super::solr::for_each_rule;
use super::source::Source;
use crate::error::{Error, Result};

/// The most rules in one synonyms set: what every Elasticsearch takes; later versions take more.
pub const MAX_RULES_PER_SET: usize = 10_000;

/// Writes the synonyms of `source` as bodies for `PUT _synonyms/NAME`, one JSON object per line.
///
/// The rules are those of [`write_solr`](super::write_solr). A synonyms set holds at most
/// [`MAX_RULES_PER_SET`] rules; a larger source fills several lines, each to be put as a set of
/// its own and named by a token filter of its own.
///
/// # Errors
///
/// `Io` if writing failed, `InvalidInput` if `source` names a term that it does not have.
///
/// ```
/// use semrel::formats::{MemorySource, write_elasticsearch};
///
/// let mut source = MemorySource::new("sozluk", "1.0", "tr", "CC0-1.0");
/// source.add_group(["saklı pay", "mahfuz hisse"])?;
/// let mut body = Vec::new();
/// write_elasticsearch(&source, &mut body)?;
/// assert_eq!(
///     String::from_utf8_lossy(&body),
///     "{\"synonyms_set\":[{\"id\":\"1\",\"synonyms\":\"saklı pay, mahfuz hisse\"}]}\n"
/// );
/// # Ok::<(), semrel::Error>(())
/// ```
pub fn write_elasticsearch<S: Source + ?Sized, W: Write>(source: &S, out: W) -> Result<()> {
    let mut out = Out::new(out);
    let mut rules = 0;
    for_each_rule(source, |rule| {
        let opening = match rules % MAX_RULES_PER_SET {
            0 if rules == 0 => "{\"synonyms_set\":[",
            0 => "]}\n{\"synonyms_set\":[",
            _ => ",",
        };
        rules += 1;
        let rule = serde_json::to_string(rule)
            .map_err(|e| Error::invalid(format!("a rule cannot be written as JSON: {e}")))?;
        out.put(format_args!(
            "{opening}{{\"id\":\"{rules}\",\"synonyms\":{rule}}}"
        ))
    })?;
    if rules == 0 {
        out.put(format_args!("{{\"synonyms_set\":["))?;
    }
    out.put(format_args!("]}}\n"))?;
    out.finish()
}
