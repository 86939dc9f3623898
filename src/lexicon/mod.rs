//! The lexicon: labelled relations in one immutable byte image, read in place.
//!
//! [`LexiconBuilder`] writes the image, [`Lexicon`] reads it from any bytes (embedded, mapped,
//! fetched) without copying. What follows from the labels, the synonyms of synonyms on which all
//! agree, the candidates that some path makes an antonym, and the synonym groups, is worked out
//! once, by the builder.

mod builder;
mod format;
mod graph;
mod keys;
mod overlay;
mod suggest;
mod tables;
mod term;
mod validate;
mod writer;

use std::fmt;

use bytes::Bytes;

pub use self::builder::{BuildReport, Conflict, LexiconBuilder};
pub use self::overlay::Overlay;
pub use self::suggest::Suggestion;
pub use self::term::{Direction, Group, Posting, Postings, Sense, Senses, Term, TermId};

use self::format::{Fields, KIND_LEN, Layout, Section, entry, entry_count};
use crate::error::{Error, Result};
use crate::text::{normal_form, spelling_form};

/// An immutable index of terms and their relations over one byte image.
///
/// Cheap to clone; `Send` and `Sync`; never allocates for a lookup, except for a query that is
/// not in normal form. Looking a term up takes time proportional to its length, not to the size
/// of the lexicon.
#[derive(Clone)]
pub struct Lexicon {
    image: Bytes,
    layout: Layout,
    keys: fst::Map<Bytes>,
    sources: Names,
    domains: Names,
}

impl Lexicon {
    /// Opens an image from bytes of any owner: a `Vec<u8>`, a memory map, `include_bytes!`.
    ///
    /// Checks everything once, in time proportional to the image (milliseconds), so that no
    /// later call can fail: checksum, offsets, numbers, text, and the structure of the `fst`.
    ///
    /// # Errors
    ///
    /// `Corrupt` if the bytes are no image or were damaged, `Version` if another version of this
    /// crate wrote them.
    pub fn from_bytes<D>(image: D) -> Result<Self>
    where
        D: AsRef<[u8]> + Send + 'static,
    {
        let lexicon = Self::open(Bytes::from_owner(image), true)?;
        validate::validate(&lexicon)?;
        Ok(lexicon)
    }

    /// Opens an image whose structure is known to be sound: one that was compiled into this
    /// program and that the tests check. Only the header is looked at.
    #[cfg(feature = "tr")]
    pub(crate) fn from_trusted(image: Bytes) -> Result<Self> {
        Self::open(image, false)
    }

    fn open(image: Bytes, verify_checksum: bool) -> Result<Self> {
        let layout = Layout::read(&image, verify_checksum)?;
        let keys_bytes = image.slice(layout.range(Section::Keys));
        keys::check_header(&keys_bytes)?;
        let keys = fst::Map::new(keys_bytes)
            .map_err(|e| Error::corrupt(format!("the keys of the lexicon image: {e}")))?;
        let mut names = Fields(&image[layout.range(Section::Names)]);
        let missing = || Error::corrupt("the names of the lexicon image are cut off");
        let sources = Names::read(&mut names).ok_or_else(missing)?;
        let domains = Names::read(&mut names).ok_or_else(missing)?;
        if !names.0.is_empty() {
            return Err(Error::corrupt(
                "bytes follow the names of the lexicon image",
            ));
        }
        Ok(Lexicon {
            image,
            layout,
            keys,
            sources,
            domains,
        })
    }

    /// The terms that `text` names, nothing if it is not in the lexicon.
    ///
    /// If the exact spelling is there, that term, and those that differ from it in circumflex or
    /// case alone and are labelled its synonyms (*hakim*: *hakim*, *hâkim*). Otherwise all
    /// terms with the same normal form (*kâr* and *kar* if only *KAR'IN* were asked for).
    ///
    /// ```
    /// # use semrel::{LabelledPair, Lexicon, LexiconBuilder, Relation};
    /// # let mut builder = LexiconBuilder::new();
    /// # builder.add_pair(&LabelledPair::new("TBK", "Türk Borçlar Kanunu", Relation::Synonym))?;
    /// # let lexicon = Lexicon::from_bytes(builder.build()?.0)?;
    /// let term = lexicon.lookup("tbk'nın").next().unwrap();
    /// assert_eq!(term.text(), "TBK");
    /// assert!(lexicon.lookup("TTK").next().is_none());
    /// # Ok::<(), semrel::Error>(())
    /// ```
    pub fn lookup(&self, text: &str) -> Lookup<'_> {
        self.lookup_form(&normal_form(text), text)
    }

    /// [`lookup`](Self::lookup) of a text whose normal form is at hand.
    pub(crate) fn lookup_form(&self, form: &str, text: &str) -> Lookup<'_> {
        let first = self.first_homograph(form);
        if !first.is_some_and(Term::shares_key_with_next) {
            return Lookup(LookupTerms::One(first));
        }
        // The rare case: several terms share a normal form.
        let mut terms: Vec<Term<'_>> = self.homographs(form).collect();
        let spelling = spelling_form(text);
        // Of two terms that differ in case (*Çek*, *çek*), the one that is written so, else the
        // one in small letters.
        let rank = |term: &&Term<'_>| (term.text() == text, term.text() == spelling);
        if let Some(exact) = terms
            .iter()
            .filter(|term| spelling_form(term.text()) == spelling)
            .max_by_key(rank)
            .copied()
        {
            terms.retain(|term| {
                term.id() == exact.id()
                    || exact
                        .posting(term.id())
                        .is_some_and(|p| p.relation == crate::Relation::Synonym)
            });
            // The exact spelling comes first.
            terms.sort_by_key(|term| term.id() != exact.id());
        }
        Lookup(LookupTerms::Many(terms.into_iter()))
    }

    /// The first of the terms with a normal form.
    fn first_homograph(&self, form: &str) -> Option<Term<'_>> {
        let first = self.keys.get(form.as_bytes())?;
        self.term(TermId(u32::try_from(first).ok()?))
    }

    /// All terms with a normal form.
    fn homographs(&self, form: &str) -> impl Iterator<Item = Term<'_>> {
        std::iter::successors(self.first_homograph(form), |term| {
            term.shares_key_with_next()
                .then(|| self.term(TermId(term.id().0 + 1)))
                .flatten()
        })
    }

    /// Whether `text` names a term of the lexicon.
    pub fn contains(&self, text: &str) -> bool {
        self.keys.contains_key(normal_form(text).as_bytes())
    }

    /// The term with a number, `None` if there is no such number.
    pub fn term(&self, id: TermId) -> Option<Term<'_>> {
        Term::read(self, id)
    }

    /// All terms, in the order of their normal forms.
    pub fn terms(&self) -> impl ExactSizeIterator<Item = Term<'_>> {
        let count = entry_count(self.section(Section::TermOffsets));
        (0..count as u32).map(|id| Term::read_or_empty(self, TermId(id)))
    }

    /// How many terms there are.
    pub fn len(&self) -> usize {
        entry_count(self.section(Section::TermOffsets))
    }

    /// Whether there is no term at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Synonym groups: sets of two or more terms in which every two are synonyms. A term is in
    /// one group at most.
    pub fn groups(&self) -> impl ExactSizeIterator<Item = Group<'_>> {
        let count = entry_count(self.section(Section::GroupOffsets));
        (0..count as u32).map(|id| Group { lexicon: self, id })
    }

    /// The size of the image in bytes.
    pub fn image_len(&self) -> usize {
        self.image.len()
    }

    /// The names of the label sources.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.sources.0.iter().map(|name| &**name)
    }

    /// The names of the domains.
    pub fn domains(&self) -> impl Iterator<Item = &str> {
        self.domains.0.iter().map(|name| &**name)
    }

    fn section(&self, section: Section) -> &[u8] {
        self.image.get(self.layout.range(section)).unwrap_or(&[])
    }

    fn term_bytes(&self, id: TermId) -> Option<&[u8]> {
        entry(
            self.section(Section::TermOffsets),
            self.section(Section::Terms),
            id.0 as usize,
        )
    }

    fn group_bytes(&self, id: u32) -> Option<&[u8]> {
        entry(
            self.section(Section::GroupOffsets),
            self.section(Section::Groups),
            id as usize,
        )
    }

    fn kind(&self, index: u32) -> Option<&[u8]> {
        let at = (index as usize).checked_mul(KIND_LEN)?;
        self.section(Section::Kinds)
            .get(at..at.checked_add(KIND_LEN)?)
    }

    fn word(&self, index: u32) -> Option<&str> {
        std::str::from_utf8(self.word_bytes(index)?).ok()
    }

    fn word_bytes(&self, index: u32) -> Option<&[u8]> {
        let section = self.section(Section::Words);
        let count = format::u32_at(section, 0) as usize;
        let (offsets, words) = section
            .get(4..)?
            .split_at_checked(count.checked_add(1)?.checked_mul(4)?)?;
        entry(offsets, words, index as usize)
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon")
            .field("terms", &self.len())
            .field("image_len", &self.image_len())
            .finish_non_exhaustive()
    }
}

/// Short names, numbered from one.
#[derive(Clone, Debug)]
struct Names(std::sync::Arc<[Box<str>]>);

impl Names {
    fn read(fields: &mut Fields<'_>) -> Option<Names> {
        let count = fields.byte()?;
        (0..count)
            .map(|_| {
                let len = fields.byte()?;
                Some(fields.text(usize::from(len))?.into())
            })
            .collect::<Option<Vec<Box<str>>>>()
            .map(|names| Names(names.into()))
    }

    fn get(&self, number: u8) -> Option<&str> {
        let at = usize::from(number).checked_sub(1)?;
        self.0.get(at).map(|name| &**name)
    }
}

/// The terms that a text names; see [`Lexicon::lookup`].
#[derive(Clone, Debug)]
pub struct Lookup<'a>(LookupTerms<'a>);

#[derive(Clone, Debug)]
enum LookupTerms<'a> {
    One(Option<Term<'a>>),
    Many(std::vec::IntoIter<Term<'a>>),
}

impl<'a> Iterator for Lookup<'a> {
    type Item = Term<'a>;

    fn next(&mut self) -> Option<Term<'a>> {
        match &mut self.0 {
            LookupTerms::One(term) => term.take(),
            LookupTerms::Many(terms) => terms.next(),
        }
    }
}
