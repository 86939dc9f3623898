//! Terms, postings, senses and groups, decoded from the image as they are asked for.

use super::Lexicon;
use super::format::{
    Fields, KIND_GUARDED, KIND_IN, KIND_OUT, KIND_TRANSITIVE, TERM_SHARES_KEY, WEIGHT_STEPS,
};
use crate::labels::Pos;
use crate::relation::Relation;

/// The number of a term in one lexicon image. Numbers follow the order of normal forms and
/// change when the lexicon is built again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TermId(pub u32);

/// A term of the lexicon.
#[derive(Clone, Copy)]
pub struct Term<'a> {
    lexicon: &'a Lexicon,
    id: TermId,
    flags: u8,
    text: &'a [u8],
    group: u32,
    posting_count: u32,
    postings: &'a [u8],
}

impl<'a> Term<'a> {
    pub(super) fn read(lexicon: &'a Lexicon, id: TermId) -> Option<Self> {
        let mut fields = Fields(lexicon.term_bytes(id)?);
        let flags = fields.byte()?;
        let len = fields.varint()?;
        Some(Term {
            lexicon,
            id,
            flags,
            text: fields.bytes(len as usize)?,
            group: fields.varint()?,
            posting_count: fields.varint()?,
            postings: fields.0,
        })
    }

    /// For numbers that are known to exist; the image was checked when it was opened.
    pub(super) fn read_or_empty(lexicon: &'a Lexicon, id: TermId) -> Self {
        Self::read(lexicon, id).unwrap_or(Term {
            lexicon,
            id,
            flags: 0,
            text: &[],
            group: 0,
            posting_count: 0,
            postings: &[],
        })
    }

    pub(super) fn shares_key_with_next(self) -> bool {
        self.flags & TERM_SHARES_KEY != 0
    }

    /// The number of the term.
    pub fn id(self) -> TermId {
        self.id
    }

    /// The term in its right spelling.
    pub fn text(self) -> &'a str {
        // Checked when the image was opened, and again here where it costs least: most terms are
        // passed on the way to others.
        std::str::from_utf8(self.text).unwrap_or_default()
    }

    /// The synonym group it belongs to.
    pub fn group(self) -> Option<Group<'a>> {
        let id = self.group.checked_sub(1)?;
        Some(Group {
            lexicon: self.lexicon,
            id,
        })
    }

    /// Its relations, in the order of the other terms' numbers.
    pub fn postings(self) -> Postings<'a> {
        Postings {
            lexicon: self.lexicon,
            fields: Fields(self.postings),
            left: self.posting_count,
            previous: 0,
        }
    }

    /// Its relation to one other term. Linear in the number of its relations.
    pub fn posting(self, other: TermId) -> Option<Posting<'a>> {
        let mut postings = self.postings();
        while let Some((target, kind)) = postings.next_raw() {
            if target >= other {
                return (target == other)
                    .then(|| postings.decode(target, kind))
                    .flatten();
            }
        }
        None
    }

    /// What it means, one sense per field; the main sense first.
    pub fn senses(self) -> Senses<'a> {
        let mut postings = self.postings();
        while postings.next_raw().is_some() {}
        let mut fields = postings.fields;
        Senses {
            lexicon: self.lexicon,
            left: fields.varint().unwrap_or(0),
            fields,
        }
    }

    /// The gloss of its main sense.
    pub fn gloss(self) -> Option<String> {
        self.senses().find_map(Sense::gloss)
    }
}

impl std::fmt::Debug for Term<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Term")
            .field(&self.id.0)
            .field(&self.text())
            .finish()
    }
}

/// In which direction a synonym may stand for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Each may stand for the other.
    Both,
    /// The target may stand for the term, not the other way round.
    Out,
    /// The term may stand for the target, not the other way round.
    In,
}

/// One relation of a term.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Posting<'a> {
    /// The number of the other term.
    pub target: TermId,
    /// How the two relate.
    pub relation: Relation,
    /// Probability that the label is right, `0.0..=1.0`.
    pub weight: f32,
    /// Where the label comes from.
    pub source: Option<&'a str>,
    /// The field in which the relation holds.
    pub domain: Option<&'a str>,
    /// Which of the two may stand for the other.
    pub direction: Direction,
    /// It is kept out of every expansion: no synonym or co-hyponym, or one that some path makes
    /// an antonym.
    pub guarded: bool,
    /// A synonym of synonyms on which all agree, not a labelled pair.
    pub transitive: bool,
}

/// Iterates over the relations of a term.
#[derive(Clone, Debug)]
pub struct Postings<'a> {
    lexicon: &'a Lexicon,
    fields: Fields<'a>,
    left: u32,
    previous: u32,
}

impl<'a> Postings<'a> {
    #[inline]
    pub(super) fn next_raw(&mut self) -> Option<(TermId, u32)> {
        self.left = self.left.checked_sub(1)?;
        let step = self.fields.varint()?;
        let kind = self.fields.varint()?;
        self.previous = self.previous.checked_add(step)?;
        Some((TermId(self.previous), kind))
    }

    /// How many postings are left, and the bytes from the next one on.
    pub(super) fn size(&self) -> (u32, Fields<'a>) {
        (self.left, self.fields)
    }

    pub(super) fn decode(&self, target: TermId, kind: u32) -> Option<Posting<'a>> {
        let &[relation, weight, source, domain, flags] = self.lexicon.kind(kind)? else {
            return None;
        };
        Some(Posting {
            target,
            relation: *Relation::ALL.get(usize::from(relation))?,
            weight: f32::from(weight) / WEIGHT_STEPS,
            source: self.lexicon.sources.get(source),
            domain: self.lexicon.domains.get(domain),
            direction: match flags & (KIND_OUT | KIND_IN) {
                KIND_OUT => Direction::Out,
                KIND_IN => Direction::In,
                _ => Direction::Both,
            },
            guarded: flags & KIND_GUARDED != 0,
            transitive: flags & KIND_TRANSITIVE != 0,
        })
    }
}

impl<'a> Iterator for Postings<'a> {
    type Item = Posting<'a>;

    fn next(&mut self) -> Option<Posting<'a>> {
        let (target, kind) = self.next_raw()?;
        self.decode(target, kind)
    }
}

/// One meaning of a term.
#[derive(Clone, Copy, Debug)]
pub struct Sense<'a> {
    lexicon: &'a Lexicon,
    pos: u8,
    domain: u8,
    hypernym: u32,
    gloss_len: u32,
    gloss: Fields<'a>,
}

impl<'a> Sense<'a> {
    /// Part of speech.
    pub fn pos(self) -> Option<Pos> {
        let at = usize::from(self.pos).checked_sub(1)?;
        Pos::ALL.get(at).copied()
    }

    /// The field in which the term has this meaning.
    pub fn domain(self) -> Option<&'a str> {
        self.lexicon.domains.get(self.domain)
    }

    /// The nearest broader term.
    pub fn hypernym(self) -> Option<Term<'a>> {
        let id = self.hypernym.checked_sub(1)?;
        self.lexicon.term(TermId(id))
    }

    /// The meaning in a few words, put together from the word table.
    pub fn gloss(self) -> Option<String> {
        let mut fields = self.gloss;
        let mut gloss = String::new();
        for _ in 0..self.gloss_len {
            let word = self.lexicon.word(fields.varint()?)?;
            if !gloss.is_empty() {
                gloss.push(' ');
            }
            gloss.push_str(word);
        }
        (!gloss.is_empty()).then_some(gloss)
    }
}

/// Iterates over the meanings of a term.
#[derive(Clone, Debug)]
pub struct Senses<'a> {
    lexicon: &'a Lexicon,
    fields: Fields<'a>,
    left: u32,
}

impl<'a> Iterator for Senses<'a> {
    type Item = Sense<'a>;

    fn next(&mut self) -> Option<Sense<'a>> {
        self.left = self.left.checked_sub(1)?;
        let sense = Sense {
            lexicon: self.lexicon,
            pos: self.fields.byte()?,
            domain: self.fields.byte()?,
            hypernym: self.fields.varint()?,
            gloss_len: self.fields.varint()?,
            gloss: self.fields,
        };
        for _ in 0..sense.gloss_len {
            self.fields.varint()?;
        }
        Some(sense)
    }
}

/// Terms of which every two are synonyms.
#[derive(Clone, Copy, Debug)]
pub struct Group<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) id: u32,
}

impl<'a> Group<'a> {
    /// The number of the group.
    pub fn id(self) -> u32 {
        self.id
    }

    /// The member that speaks for the group.
    pub fn preferred(self) -> Option<Term<'a>> {
        let mut fields = Fields(self.lexicon.group_bytes(self.id)?);
        self.lexicon.term(TermId(fields.varint()?))
    }

    /// All members, the preferred one included.
    pub fn members(self) -> impl Iterator<Item = Term<'a>> {
        let mut fields = Fields(self.lexicon.group_bytes(self.id).unwrap_or(&[]));
        let _preferred = fields.varint();
        let count = fields.varint().unwrap_or(0);
        let mut previous = 0u32;
        let lexicon = self.lexicon;
        (0..count).map_while(move |_| {
            previous = previous.checked_add(fields.varint()?)?;
            lexicon.term(TermId(previous))
        })
    }
}
