//! Options structs: they begin with their size, so that later versions can add fields.
//!
//! A caller that was compiled with an older header passes a shorter struct: what it lacks has its
//! default. A caller with a newer header may pass a longer one, if what this library does not know is
//! zero.

use semrel_core::rewrite::{DefaultOperator, Forms};
use semrel_core::{ExpandOptions, ModelUse, Relation, RewriteOptions};

use crate::boundary::{guard, slice, text};
use crate::engine::SemrelEngineOptions;
use crate::names::{SemrelForms, SemrelModelUse, SemrelOperator, SemrelRelation};
use crate::overlay::SemrelOverlayEntry;
use crate::results::SemrelString;
use crate::status::{Failure, SemrelStatus};

/// A larger struct than this is none of any version.
const MAX_SIZE: usize = 4096;

/// A set of relations: bit `n` is the relation with the number `n`.
/// `1 << SEMREL_RELATION_SYNONYM | 1 << SEMREL_RELATION_CO_HYPONYM`.
pub type SemrelRelationSet = u32;

/// What `semrel_expand` returns, and how much of it. `semrel_expand_options_init` fills it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SemrelExpandOptions {
    /// The size of the struct, in bytes.
    pub size: usize,
    /// At most this many expansions. Default 10; 5 for each term of a query.
    pub limit: usize,
    /// Only expansions with at least this score, 0 to 1. Default 0.5.
    pub min_score: f32,
    /// The relations that may stand for the term. Default: synonyms alone. Antonyms are an error.
    pub relations: SemrelRelationSet,
    /// Steps in the synonym graph: 1 for labelled pairs alone, 2 (the default) for synonyms of
    /// synonyms on which all agree too.
    pub max_distance: u32,
    /// For which terms the models propose expansions too, a `semrel_model_use`. Default: unknown
    /// ones.
    pub models: i32,
    /// Only relations that hold in this field, or in none in particular. Default: none, any field.
    pub domain: SemrelString,
}

/// How `semrel_rewrite` widens a query. `semrel_rewrite_options_init` fills it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SemrelRewriteOptions {
    /// The size of the struct, in bytes.
    pub size: usize,
    /// What may stand for a term; NULL (the default) for the defaults of rewriting.
    pub expand: *const SemrelExpandOptions,
    /// At most this many words, phrases and patterns in all. Default 256, at most 1024.
    pub max_clauses: usize,
    /// In which form a term is added, a `semrel_forms`. Default: both.
    pub forms: i32,
    /// What words side by side mean in the engine, a `semrel_operator`. Default: all must match.
    pub default_operator: i32,
    /// Not 0: expand phrases in quotation marks too. Default 0.
    pub phrases: i32,
    /// Not 0: expand the words inside a term of several words too. Default 1.
    pub parts: i32,
    /// Not 0: expand the name of the statute or court in a citation. Default 0.
    pub citations: i32,
    /// Not 0: write words in Turkish lower case. Default 0.
    pub fold_case: i32,
    /// The fields of the index that are searched. If there are any, other names with a colon are
    /// words. Default: none, which leaves it to the engine.
    pub fields: *const SemrelString,
    /// How many there are.
    pub field_count: usize,
    /// Further fields that a query may name, whose content is never expanded. Default: none.
    pub fixed_fields: *const SemrelString,
    /// How many there are.
    pub fixed_field_count: usize,
}

/// Fills options with the defaults. `size`: `sizeof *options`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_expand_options_init(
    options: *mut SemrelExpandOptions,
    size: usize,
) -> SemrelStatus {
    // SAFETY: the promise of `boundary`.
    guard(|| unsafe { init(options, size) })
}

/// Fills options with the defaults. `size`: `sizeof *options`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_rewrite_options_init(
    options: *mut SemrelRewriteOptions,
    size: usize,
) -> SemrelStatus {
    // SAFETY: the promise of `boundary`.
    guard(|| unsafe { init(options, size) })
}

/// Structs that grow.
///
/// # Safety
///
/// `repr(C)`, the first field is `size: usize`, and every pattern of bits is a sound value: numbers
/// and pointers alone.
pub(crate) unsafe trait Options: Copy {
    /// The name in C.
    const NAME: &str;
    /// The size of the first version: what every caller has.
    ///
    /// NOTE: write the number here when a field is added at the end.
    const FIRST_SIZE: usize;

    /// Every field at its default, `size` too.
    fn defaults() -> Self;
}

/// Fills a caller's struct of `size` bytes with the defaults, as far as it reaches.
pub(crate) unsafe fn init<T: Options>(options: *mut T, size: usize) -> Result<(), Failure> {
    if options.is_null() {
        return Err(Failure::null("options"));
    }
    check_size::<T>(size)?;
    let defaults = T::defaults();
    // SAFETY: `options` has `size` bytes, which is what the caller passes; what is written is as long
    // as the shorter of both.
    unsafe {
        options.cast::<u8>().write_bytes(0, size);
        let known = size.min(size_of::<T>());
        (&raw const defaults)
            .cast::<u8>()
            .copy_to_nonoverlapping(options.cast(), known);
        options.cast::<usize>().write_unaligned(size);
    }
    Ok(())
}

/// Reads a caller's struct; `None` if there is none.
pub(crate) unsafe fn read<T: Options>(options: *const T) -> Result<Option<T>, Failure> {
    if options.is_null() {
        return Ok(None);
    }
    // SAFETY: every version begins with its size.
    let size = unsafe { options.cast::<usize>().read_unaligned() };
    check_size::<T>(size)?;
    let mut read = T::defaults();
    let known = size.min(size_of::<T>());
    // SAFETY: the caller's struct has `size` bytes; `T` may be made of any bytes.
    let unknown = unsafe {
        options
            .cast::<u8>()
            .copy_to_nonoverlapping((&raw mut read).cast(), known);
        std::slice::from_raw_parts(options.cast::<u8>().add(known), size - known)
    };
    if unknown.iter().any(|&byte| byte != 0) {
        return Err(Failure::options(format!(
            "{} is of a newer version than the library and uses what that added: link a newer library",
            T::NAME
        )));
    }
    Ok(Some(read))
}

fn check_size<T: Options>(size: usize) -> Result<(), Failure> {
    if (T::FIRST_SIZE..=MAX_SIZE).contains(&size) {
        return Ok(());
    }
    Err(Failure::options(format!(
        "{} cannot have {size} bytes: set its size with {0}_init",
        T::NAME
    )))
}

// SAFETY: numbers and pointers, `size` first.
unsafe impl Options for SemrelExpandOptions {
    const NAME: &str = "semrel_expand_options";
    const FIRST_SIZE: usize = size_of::<Self>();

    fn defaults() -> Self {
        // Those of the core, which would allocate; `tests/defaults.rs` compares.
        SemrelExpandOptions {
            size: size_of::<Self>(),
            limit: 10,
            min_score: 0.5,
            relations: 1 << SemrelRelation::Synonym as u32,
            max_distance: 2,
            models: SemrelModelUse::UnknownTerms as i32,
            domain: SemrelString::NONE,
        }
    }
}

// SAFETY: numbers and pointers, `size` first.
unsafe impl Options for SemrelRewriteOptions {
    const NAME: &str = "semrel_rewrite_options";
    const FIRST_SIZE: usize = size_of::<Self>();

    fn defaults() -> Self {
        let defaults = RewriteOptions::default();
        SemrelRewriteOptions {
            size: size_of::<Self>(),
            expand: std::ptr::null(),
            max_clauses: defaults.max_clauses,
            forms: SemrelForms::Both as i32,
            default_operator: SemrelOperator::And as i32,
            phrases: i32::from(defaults.phrases),
            parts: i32::from(defaults.parts),
            citations: i32::from(defaults.citations),
            fold_case: i32::from(defaults.fold_case),
            fields: std::ptr::null(),
            field_count: 0,
            fixed_fields: std::ptr::null(),
            fixed_field_count: 0,
        }
    }
}

// SAFETY: numbers and pointers, `size` first.
unsafe impl Options for SemrelEngineOptions {
    const NAME: &str = "semrel_engine_options";
    const FIRST_SIZE: usize = size_of::<Self>();

    fn defaults() -> Self {
        SemrelEngineOptions {
            size: size_of::<Self>(),
            overlay: std::ptr::null(),
        }
    }
}

// SAFETY: numbers and pointers, `size` first.
unsafe impl Options for SemrelOverlayEntry {
    const NAME: &str = "semrel_overlay_entry";
    const FIRST_SIZE: usize = size_of::<Self>();

    fn defaults() -> Self {
        SemrelOverlayEntry {
            size: size_of::<Self>(),
            relation: SemrelRelation::Synonym as i32,
            one_way: 0,
            weight: 1.0,
            domain: SemrelString::NONE,
        }
    }
}

impl SemrelExpandOptions {
    /// Puts the options in the place of `target`, whose memory is used again; `spare` is that of a
    /// domain which is not needed now.
    pub(crate) unsafe fn fill(
        &self,
        target: &mut ExpandOptions,
        spare: &mut String,
    ) -> Result<(), Failure> {
        target.limit = self.limit;
        target.min_score = self.min_score;
        target.relations.clear();
        for relation in Relation::ALL {
            if self.relations & 1 << SemrelRelation::from(relation) as u32 != 0 {
                target.relations.push(relation);
            }
        }
        if self.relations >> SemrelRelation::COUNT != 0 || self.relations & 1 != 0 {
            return Err(Failure::options(format!(
                "relations is {:#x}: it has bits of 1 << SEMREL_RELATION_SYNONYM and the like alone",
                self.relations
            )));
        }
        target.max_distance = u8::try_from(self.max_distance).unwrap_or(u8::MAX);
        target.models = match self.models {
            x if x == SemrelModelUse::Never as i32 => ModelUse::Never,
            x if x == SemrelModelUse::UnknownTerms as i32 => ModelUse::UnknownTerms,
            x if x == SemrelModelUse::Always as i32 => ModelUse::Always,
            x => {
                return Err(Failure::options(format!(
                    "models is {x}: no semrel_model_use"
                )));
            }
        };
        // SAFETY: the promise of `boundary`.
        match unsafe { optional_text(self.domain, "domain") }? {
            None => {
                if let Some(unused) = target.domain.take() {
                    *spare = unused;
                }
            }
            Some(domain) => {
                let mut text = target
                    .domain
                    .take()
                    .unwrap_or_else(|| std::mem::take(spare));
                text.clear();
                text.push_str(domain);
                target.domain = Some(text);
            }
        }
        target.check().map_err(|error| out_of_range(&error))
    }
}

impl SemrelRewriteOptions {
    pub(crate) unsafe fn into_core(self) -> Result<RewriteOptions, Failure> {
        let mut options = RewriteOptions::default();
        // SAFETY: the promise of `boundary`, here and below.
        if let Some(expand) = unsafe { read(self.expand) }? {
            unsafe { expand.fill(&mut options.expand, &mut String::new()) }?;
        }
        options.max_clauses = self.max_clauses;
        options.forms = match self.forms {
            x if x == SemrelForms::Both as i32 => Forms::Both,
            x if x == SemrelForms::Lemma as i32 => Forms::Lemma,
            x if x == SemrelForms::Surface as i32 => Forms::Surface,
            x => return Err(Failure::options(format!("forms is {x}: no semrel_forms"))),
        };
        options.default_operator = match self.default_operator {
            x if x == SemrelOperator::And as i32 => DefaultOperator::And,
            x if x == SemrelOperator::Or as i32 => DefaultOperator::Or,
            x => {
                let message = format!("default_operator is {x}: no semrel_operator");
                return Err(Failure::options(message));
            }
        };
        options.phrases = self.phrases != 0;
        options.parts = self.parts != 0;
        options.citations = self.citations != 0;
        options.fold_case = self.fold_case != 0;
        options.fields = unsafe { texts(self.fields, self.field_count, "fields") }?;
        options.fixed_fields =
            unsafe { texts(self.fixed_fields, self.fixed_field_count, "fixed_fields") }?;
        options.check().map_err(|error| out_of_range(&error))?;
        Ok(options)
    }
}

/// What the core says of options is about options, whatever kind of error it is.
fn out_of_range(error: &semrel_core::Error) -> Failure {
    Failure::options(error.to_string())
}

/// A text that may be missing.
pub(crate) unsafe fn optional_text<'a>(
    string: SemrelString,
    what: &str,
) -> Result<Option<&'a str>, Failure> {
    if string.data.is_null() && string.len == 0 {
        return Ok(None);
    }
    // SAFETY: the promise of `boundary`.
    unsafe { text(string.data, string.len, what) }.map(Some)
}

unsafe fn texts(
    strings: *const SemrelString,
    count: usize,
    what: &str,
) -> Result<Vec<String>, Failure> {
    // SAFETY: the promise of `boundary`.
    let strings = unsafe { slice(strings, count, what) }?;
    let owned = |string: &SemrelString| {
        // SAFETY: as above.
        unsafe { text(string.data, string.len, what) }.map(str::to_owned)
    };
    strings.iter().map(owned).collect()
}
