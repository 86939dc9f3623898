//! `semrel build`: a pack from the user's own labelled data.

use std::fs;
use std::path::{Path, PathBuf};

use semrel::formats::{SolrReader, WnLmfReader};
use semrel::model::ModelFiles;
use semrel::{
    BuildReport, Error, LexiconBuilder, Manifest, PackBuilder, Record, RecordReader, Result,
};

use crate::input;
use crate::output;
use crate::{CommandResult, Outcome};

/// Conflicts and bad lines beyond this many are counted only.
const SHOWN: usize = 20;

/// A pack from labelled pairs and terms
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Labelled data: JSON Lines, Solr synonyms, or WN-LMF XML; - for standard input
    #[arg(required = true, value_name = "LABELS")]
    inputs: Vec<PathBuf>,
    /// Where to write the pack
    #[arg(short, long, value_name = "PACK")]
    output: PathBuf,
    /// Write a folder instead of one file
    #[arg(long)]
    folder: bool,
    /// Format of the input; by its name ending if not given
    #[arg(long, value_name = "FORMAT")]
    from: Option<Format>,
    /// Name of the pack
    #[arg(long, default_value = "lexicon")]
    name: String,
    /// Language of the pack, a BCP 47 tag
    #[arg(long, default_value = "tr")]
    language: String,
    /// Version of the pack's content
    #[arg(long, default_value = "1")]
    pack_version: String,
    /// Licence of the content
    #[arg(long, default_value = "")]
    licence: String,
    /// Whom to name when the content is used
    #[arg(long, default_value = "")]
    attribution: String,
    /// Models for the pack: a folder with tokenizer.json, embedder.onnx, classifier.onnx,
    /// vectors.bin and model.json, which describes them
    #[arg(long, value_name = "FOLDER")]
    model: Option<PathBuf>,
    /// Report bad lines and go on with the next; the exit status is then 2
    #[arg(long)]
    keep_going: bool,
    /// Say nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Labelled pairs and terms, one JSON object per line
    Jsonl,
    /// synonyms.txt of Solr, Lucene, Elasticsearch, OpenSearch
    Solr,
    /// WN-LMF, the wordnet exchange format
    Wordnet,
}

impl Format {
    fn of(path: &Path) -> Result<Self> {
        let ending = path.extension().and_then(|ending| ending.to_str());
        match ending {
            Some("jsonl" | "json" | "ndjson") => Ok(Format::Jsonl),
            Some("txt" | "syn") => Ok(Format::Solr),
            Some("xml") => Ok(Format::Wordnet),
            _ if input::is_stdin(path) => Ok(Format::Jsonl),
            _ => Err(Error::invalid(format!(
                "cannot tell the format of {} by its name: say --from jsonl, solr or wordnet",
                path.display()
            ))),
        }
    }
}

pub(crate) fn run(args: &Args) -> CommandResult {
    let model = args.model.as_ref().map(ModelFiles::read).transpose()?;
    let mut builder = LexiconBuilder::new();
    let mut skipped = 0usize;
    for path in &args.inputs {
        let format = args.from.map_or_else(|| Format::of(path), Ok)?;
        let shown = path.display();
        for record in records(path, format, &args.language)? {
            let added = record.and_then(|record| builder.add(&record));
            match added {
                Ok(()) => {}
                Err(error) if args.keep_going && !output::is_io(&error) => {
                    skipped += 1;
                    if skipped <= SHOWN {
                        output::report(error.context(&shown));
                    }
                }
                Err(error) => return Err(error.context(&shown)),
            }
        }
    }
    if skipped > SHOWN {
        output::report(format_args!("{} more bad lines", skipped - SHOWN));
    }
    let (image, report) = builder.build()?;
    if report.terms == 0 {
        return Err(Error::invalid(
            "the input holds no term: nothing was written",
        ));
    }
    let mut manifest = Manifest::new(&args.name, &args.language, &args.pack_version);
    manifest.licence.clone_from(&args.licence);
    manifest.attribution.clone_from(&args.attribution);
    let mut pack = PackBuilder::new(manifest, image, &report);
    if let Some(model) = model {
        pack = pack.model(model)?;
    }
    write(args, &pack)?;
    if !args.quiet {
        summarise(args, &report);
    }
    Ok(if skipped > 0 {
        Outcome::SkippedInput
    } else {
        Outcome::Done
    })
}

fn records(
    path: &Path,
    format: Format,
    language: &str,
) -> Result<Box<dyn Iterator<Item = Result<Record>>>> {
    let reader = input::open(path)?;
    Ok(match format {
        Format::Jsonl => Box::new(RecordReader::new(reader)),
        Format::Solr => Box::new(SolrReader::new(reader)),
        Format::Wordnet => Box::new(WnLmfReader::new(reader).language(language)),
    })
}

/// Every file is written whole or not at all; the manifest of a folder comes last.
fn write(args: &Args, pack: &PackBuilder) -> Result<()> {
    let write_file = |path: &Path, content: &[u8]| {
        output::write_file(path, |file| {
            file.write_all(content)
                .map_err(|e| Error::io(format_args!("cannot write {}", path.display()), e))
        })
    };
    if !args.folder {
        return write_file(&args.output, &pack.to_bytes()?);
    }
    fs::create_dir_all(&args.output)
        .map_err(|e| Error::io(format_args!("cannot make {}", args.output.display()), e))?;
    for (name, content) in pack.to_files()? {
        write_file(&args.output.join(name), &content)?;
    }
    Ok(())
}

fn summarise(args: &Args, report: &BuildReport) {
    for conflict in report.conflicts.iter().take(SHOWN) {
        output::warn(format_args!(
            "{} and {} came as {} and as {}: kept {}",
            conflict.terms.0, conflict.terms.1, conflict.kept, conflict.dropped, conflict.kept
        ));
    }
    if report.conflicts.len() > SHOWN {
        output::warn(format_args!(
            "{} more conflicts",
            report.conflicts.len() - SHOWN
        ));
    }
    let [synonym, antonym, co_hyponym, unrelated] = report.pairs_by_relation;
    anstream::eprintln!(
        "{}: {} terms, {} pairs ({synonym} synonym, {antonym} antonym, {co_hyponym} co-hyponym, \
         {unrelated} unrelated), {} synonyms that follow, {} pairs kept back, {} groups",
        args.output.display(),
        report.terms,
        report.pairs(),
        report.transitive,
        report.guarded,
        report.groups
    );
}
