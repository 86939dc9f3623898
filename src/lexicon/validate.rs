//! The one full check of an image that comes from outside.

use super::format::{Fields, KIND_LEN, Section, entry_count, u32_at};
use super::term::TermId;
use super::{Lexicon, keys};
use crate::error::{Error, Result};
use crate::labels::{MAX_GLOSS_BYTES, Pos};
use crate::relation::Relation;

/// Makes sure that every number, offset and text of the image is in its place. Linear in the
/// size of the image.
pub(super) fn validate(lexicon: &Lexicon) -> Result<()> {
    let at = |what: &'static str| move || Error::corrupt(format!("the lexicon image: {what}"));
    keys::validate(lexicon.section(Section::Keys), lexicon.len())?;
    check_kinds(lexicon).ok_or_else(at("a kind of posting is out of range"))?;
    let words = lexicon.section(Section::Words);
    let words_offsets = (u32_at(words, 0) as usize)
        .checked_add(1)
        .and_then(|n| n.checked_mul(4))
        .and_then(|n| words.get(4..)?.split_at_checked(n))
        .ok_or_else(at("the gloss words are cut off"))?;
    check_offsets(words_offsets.0, words_offsets.1)
        .ok_or_else(at("the gloss words are out of order"))?;
    check_offsets(
        lexicon.section(Section::TermOffsets),
        lexicon.section(Section::Terms),
    )
    .ok_or_else(at("the terms are out of order"))?;
    check_offsets(
        lexicon.section(Section::GroupOffsets),
        lexicon.section(Section::Groups),
    )
    .ok_or_else(at("the groups are out of order"))?;
    for index in 0..entry_count(words_offsets.0) as u32 {
        lexicon
            .word(index)
            .ok_or_else(at("a gloss word is not UTF-8"))?;
    }
    let counts = Counts {
        terms: lexicon.len() as u32,
        groups: lexicon.groups().len() as u32,
        kinds: (lexicon.section(Section::Kinds).len() / KIND_LEN) as u32,
        domains: lexicon.domains().count(),
    };
    for id in 0..counts.terms {
        check_term(lexicon, TermId(id), &counts)
            .ok_or_else(|| Error::corrupt(format!("the lexicon image: term {id} is damaged")))?;
    }
    for id in 0..counts.groups {
        check_group(lexicon, id).ok_or_else(|| {
            Error::corrupt(format!("the lexicon image: synonym group {id} is damaged"))
        })?;
    }
    Ok(())
}

/// How many there are of what records refer to by number.
struct Counts {
    terms: u32,
    groups: u32,
    kinds: u32,
    domains: usize,
}

/// Offsets start at zero, never fall, and end where the blob ends.
fn check_offsets(offsets: &[u8], blob: &[u8]) -> Option<()> {
    if offsets.len() < 4 || offsets.len() % 4 != 0 || u32_at(offsets, 0) != 0 {
        return None;
    }
    let mut previous = 0;
    for at in (0..offsets.len()).step_by(4) {
        let offset = u32_at(offsets, at);
        if offset < previous {
            return None;
        }
        previous = offset;
    }
    (previous as usize == blob.len()).then_some(())
}

fn check_kinds(lexicon: &Lexicon) -> Option<()> {
    let kinds = lexicon.section(Section::Kinds);
    let sources = lexicon.sources().count();
    let domains = lexicon.domains().count();
    let sound = kinds.chunks(KIND_LEN).all(|kind| {
        matches!(kind, &[relation, weight, source, domain, flags]
            if usize::from(relation) < Relation::ALL.len()
                && weight <= 200
                && usize::from(source) <= sources
                && usize::from(domain) <= domains
                && flags < 16)
    });
    sound.then_some(())
}

fn check_term(lexicon: &Lexicon, id: TermId, counts: &Counts) -> Option<()> {
    let term = lexicon.term(id)?;
    if term.text().is_empty()
        || (id.0 + 1 == counts.terms && term.shares_key_with_next())
        || term
            .group()
            .is_some_and(|group| group.id() >= counts.groups)
    {
        return None;
    }
    let mut postings = term.postings();
    let (count, _) = postings.size();
    let mut previous = None;
    for _ in 0..count {
        let (target, kind) = postings.next_raw()?;
        if target.0 >= counts.terms
            || target == id
            || previous.is_some_and(|p| p >= target)
            || kind >= counts.kinds
        {
            return None;
        }
        previous = Some(target);
    }
    let mut fields: Fields<'_> = postings.size().1;
    let count = fields.varint()?;
    for _ in 0..count {
        let pos = fields.byte()?;
        let domain = fields.byte()?;
        let hypernym = fields.varint()?;
        if usize::from(pos) > Pos::ALL.len()
            || usize::from(domain) > counts.domains
            || hypernym > counts.terms
        {
            return None;
        }
        // Long words, named often, would make a gloss far longer than the image.
        let mut gloss_len = 0;
        for _ in 0..fields.varint()? {
            gloss_len += lexicon.word_bytes(fields.varint()?)?.len() + 1;
            (gloss_len <= MAX_GLOSS_BYTES + 1).then_some(())?;
        }
    }
    fields.0.is_empty().then_some(())
}

fn check_group(lexicon: &Lexicon, id: u32) -> Option<()> {
    let mut fields = Fields(lexicon.group_bytes(id)?);
    let preferred = fields.varint()?;
    let count = fields.varint()?;
    let mut member = 0u32;
    let mut has_preferred = false;
    for at in 0..count {
        let step = fields.varint()?;
        if at > 0 && step == 0 {
            return None;
        }
        member = member.checked_add(step)?;
        let term = lexicon.term(TermId(member))?;
        if term.group()?.id() != id {
            return None;
        }
        has_preferred |= member == preferred;
    }
    (count >= 2 && has_preferred && fields.0.is_empty()).then_some(())
}
