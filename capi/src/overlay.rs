//! The user's own entries, put on top of a pack when an engine is made.

use std::ffi::c_char;

use semrel_core::{LabelledPair, Overlay};

use crate::boundary::{free, give, guard, handle_mut, text};
use crate::names::SemrelRelation;
use crate::options::{init, optional_text, read};
use crate::results::SemrelString;
use crate::status::{Failure, SemrelStatus};

/// Entries of the user: pairs that the lexicon lacks or gets wrong for their collection, one-way
/// rules, and pairs that must never be expanded. Engines copy it; it may change or be freed after.
#[derive(Debug)]
pub struct SemrelOverlay(pub(crate) Overlay);

/// What is said of two terms. `semrel_overlay_entry_init` fills it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SemrelOverlayEntry {
    /// The size of the struct, in bytes.
    pub size: usize,
    /// How the two relate, a `semrel_relation_kind`. Default: synonyms.
    pub relation: i32,
    /// Not 0: the second term may stand for the first, but not the other way round. Synonyms only.
    /// Default 0.
    pub one_way: i32,
    /// Probability that it is right, over 0 and at most 1. Default 1.
    pub weight: f32,
    /// The field in which it holds. Default: none in particular.
    pub domain: SemrelString,
}

/// Fills an entry with the defaults. `size`: `sizeof *entry`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_overlay_entry_init(
    entry: *mut SemrelOverlayEntry,
    size: usize,
) -> SemrelStatus {
    // SAFETY: the promise of `boundary`.
    guard(|| unsafe { init(entry, size) })
}

/// An overlay without entries. Free it with `semrel_overlay_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_overlay_new(out: *mut *mut SemrelOverlay) -> SemrelStatus {
    // SAFETY: the promise of `boundary`.
    guard(|| unsafe { give(out, || Ok(SemrelOverlay(Overlay::new()))) })
}

/// An overlay from JSON Lines: labelled pairs, and forbidden ones as `{"forbid":["hak","hukuk"]}`.
/// The error text names the first bad line. Free it with `semrel_overlay_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_overlay_read(
    json_lines: *const c_char,
    len: usize,
    out: *mut *mut SemrelOverlay,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        unsafe {
            give(out, || {
                let json_lines = text(json_lines, len, "json_lines")?;
                Ok(SemrelOverlay(Overlay::read(json_lines.as_bytes())?))
            })
        }
    })
}

/// Adds a pair; a later one for the same two terms takes the place of an earlier one.
///
/// `entry`: NULL for plain synonyms.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_overlay_add(
    overlay: *mut SemrelOverlay,
    first: *const c_char,
    first_len: usize,
    second: *const c_char,
    second_len: usize,
    entry: *const SemrelOverlayEntry,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        let overlay = unsafe { handle_mut(overlay, "overlay") }?;
        let first = unsafe { text(first, first_len, "first") }?;
        let second = unsafe { text(second, second_len, "second") }?;
        let mut pair = LabelledPair::new(first, second, semrel_core::Relation::Synonym);
        if let Some(entry) = unsafe { read(entry) }? {
            pair.label = SemrelRelation::to_core(entry.relation).ok_or_else(|| {
                let message = format!("relation is {}: no relation of a pair", entry.relation);
                Failure::options(message)
            })?;
            pair.one_way = entry.one_way != 0;
            pair.weight = Some(entry.weight);
            pair.domain = unsafe { optional_text(entry.domain, "domain") }?.map(str::to_owned);
        }
        Ok(overlay.0.add(pair)?)
    })
}

/// Keeps each of two terms out of the expansions of the other.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_overlay_forbid(
    overlay: *mut SemrelOverlay,
    first: *const c_char,
    first_len: usize,
    second: *const c_char,
    second_len: usize,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        let overlay = unsafe { handle_mut(overlay, "overlay") }?;
        let first = unsafe { text(first, first_len, "first") }?;
        let second = unsafe { text(second, second_len, "second") }?;
        Ok(overlay.0.forbid(first, second)?)
    })
}

/// Frees an overlay; nothing if it is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_overlay_free(overlay: *mut SemrelOverlay) {
    // SAFETY: the promise of `boundary`.
    unsafe { free(overlay) };
}
