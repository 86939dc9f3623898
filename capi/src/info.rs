//! What an engine says of its pack.

use semrel_core::{Manifest, Semrel};

use crate::boundary::{guard_or, handle};
use crate::engine::SemrelEngine;
use crate::results::{Results, SemrelString};

/// What a pack says of itself. It is the engine's and stays as long as that. Later versions may add
/// fields at the end.
#[repr(C)]
#[derive(Debug)]
pub struct SemrelInfo {
    /// Name of the pack.
    pub name: SemrelString,
    /// Language as a BCP 47 tag: `tr`.
    pub language: SemrelString,
    /// Version of the content.
    pub version: SemrelString,
    /// Licence of the content.
    pub licence: SemrelString,
    /// Whom to name when the content is used.
    pub attribution: SemrelString,
    /// All that the pack says of itself, as JSON: files with sizes and checksums, models, counts.
    pub manifest: SemrelString,
    /// Terms.
    pub terms: usize,
    /// Labelled synonym pairs.
    pub synonyms: usize,
    /// Labelled antonym pairs.
    pub antonyms: usize,
    /// Labelled co-hyponym pairs.
    pub co_hyponyms: usize,
    /// Pairs labelled unrelated.
    pub unrelated: usize,
    /// Synonym pairs that follow from labelled ones.
    pub transitive: usize,
    /// Pairs kept out of every expansion because some path makes them antonyms.
    pub guarded: usize,
    /// Synonym groups.
    pub groups: usize,
    /// Numbers in the vector of a term; 0 if the pack has no models.
    pub dimensions: usize,
    /// Version of the pack format.
    pub format: u32,
    /// Whether models judge what lexicon and forms do not know: the pack has some, and the library
    /// was built to run them.
    pub runs_models: bool,
}

/// What the pack of an engine says of itself; NULL if `engine` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_engine_info(engine: *const SemrelEngine) -> *const SemrelInfo {
    guard_or(std::ptr::null(), || {
        // SAFETY: the promise of `boundary`.
        let Ok(engine) = (unsafe { handle(engine, "engine") }) else {
            return std::ptr::null();
        };
        engine.info.get_or_init(|| Info::of(&engine.semrel)).0.at(0)
    })
}

/// A [`SemrelInfo`] with its strings.
#[derive(Debug)]
pub(crate) struct Info(Results<SemrelInfo>);

// SAFETY: it is never changed after it was made; its pointers lead to its own strings.
unsafe impl Send for Info {}
// SAFETY: as above.
unsafe impl Sync for Info {}

impl Info {
    fn of(semrel: &Semrel) -> Self {
        let manifest: &Manifest = semrel.manifest();
        let json = serde_json::to_string(manifest).unwrap_or_default();
        let counts = &manifest.counts;
        let mut info = Results::new();
        info.push(SemrelInfo {
            name: info.string(&manifest.name),
            language: info.string(&manifest.language),
            version: info.string(&manifest.version),
            licence: info.string(&manifest.licence),
            attribution: info.string(&manifest.attribution),
            manifest: info.string(&json),
            terms: counts.terms,
            synonyms: counts.synonym,
            antonyms: counts.antonym,
            co_hyponyms: counts.co_hyponym,
            unrelated: counts.unrelated,
            transitive: counts.transitive,
            guarded: counts.guarded,
            groups: counts.groups,
            dimensions: manifest.model.as_ref().map_or(0, |model| model.dimensions),
            format: manifest.format,
            runs_models: manifest.model.is_some() && cfg!(feature = "models"),
        });
        Info(info)
    }
}
