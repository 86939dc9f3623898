//! `semrel info`: what the pack is.

use semrel::Manifest;
use serde::Serialize;

use crate::output::{BOLD, Output};
use crate::source::Source;
use crate::{CommandResult, Outcome};

/// Pack version, sizes, counts, licences, checksums
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// One JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    source: Source,
}

#[derive(Serialize)]
struct Info<'a> {
    program: &'static str,
    #[serde(flatten)]
    manifest: &'a Manifest,
    sources: Vec<&'a str>,
    domains: Vec<&'a str>,
}

pub(crate) fn run(args: &Args) -> CommandResult {
    let pack = args.source.open_pack()?;
    let manifest = pack.manifest();
    let info = Info {
        program: concat!("semrel ", env!("CARGO_PKG_VERSION")),
        manifest,
        sources: pack.lexicon().sources().collect(),
        domains: pack.lexicon().domains().collect(),
    };
    let mut out = Output::stdout(false);
    if args.json {
        out.json(&info)?;
        out.finish()?;
        return Ok(Outcome::Done);
    }
    let counts = &manifest.counts;
    let mut rows = vec![
        ("program", info.program.to_owned()),
        ("pack", format!("{} {}", manifest.name, manifest.version)),
        ("format", manifest.format.to_string()),
        ("language", manifest.language.clone()),
        ("licence", manifest.licence.clone()),
        ("attribution", manifest.attribution.clone()),
        ("terms", counts.terms.to_string()),
        ("synonym pairs", counts.synonym.to_string()),
        ("antonym pairs", counts.antonym.to_string()),
        ("co-hyponym pairs", counts.co_hyponym.to_string()),
        ("unrelated pairs", counts.unrelated.to_string()),
        ("synonyms that follow", counts.transitive.to_string()),
        ("pairs kept back", counts.guarded.to_string()),
        ("synonym groups", counts.groups.to_string()),
        ("sources", info.sources.join(", ")),
        ("domains", info.domains.join(", ")),
    ];
    if let Some(model) = &manifest.model {
        rows.extend([
            ("model dimensions", model.dimensions.to_string()),
            ("model tokens", model.max_tokens.to_string()),
            ("model features", model.features.to_string()),
            ("model threshold", model.expand_threshold.to_string()),
            ("model licence", model.licence.clone()),
            ("model training", model.trained.clone()),
        ]);
    }
    for (name, value) in rows {
        out.line(format_args!("{BOLD}{name:<22}{BOLD:#}{value}"))?;
    }
    for (name, file) in &manifest.files {
        out.line(format_args!(
            "{BOLD}{name:<22}{BOLD:#}{} bytes, crc32 {:08x}",
            file.bytes, file.crc32
        ))?;
    }
    out.finish()?;
    Ok(Outcome::Done)
}
