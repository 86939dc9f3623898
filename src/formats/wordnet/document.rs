//! A wordnet in memory: senses of terms, grouped into synsets.

use std::collections::HashMap;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::labels::Pos;
use crate::relation::Relation;
use crate::text::{spelling_form, term_form};

/// The most senses that a synset may have. Every two are a pair of synonyms.
pub(super) const MAX_MEMBERS: usize = 1000;

/// A wordnet whose references are resolved: senses and synsets name one another by position.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) terms: Terms,
    pub(super) senses: Vec<Sense>,
    pub(super) synsets: Vec<Synset>,
    pub(super) sense_links: Vec<Link>,
    pub(super) synset_links: Vec<Link>,
}

#[derive(Debug)]
pub(super) struct Sense {
    pub(super) term: u32,
    pub(super) pos: Option<Pos>,
    pub(super) gloss: Option<Box<str>>,
    pub(super) domain: Option<Box<str>>,
    pub(super) synset: u32,
    /// The numbers of its own id and that of its entry.
    pub(super) id: u32,
    pub(super) entry: u32,
}

#[derive(Debug, Default)]
pub(super) struct Synset {
    /// The senses in it, one per term, the leading one first.
    pub(super) members: Vec<u32>,
    pub(super) gloss: Option<Box<str>>,
    pub(super) domain: Option<Box<str>>,
    pub(super) hypernyms: Vec<u32>,
}

/// A relation between two senses or two synsets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) relation: Relation,
    pub(super) weight: Option<f32>,
    pub(super) one_way: bool,
}

/// Terms, each once whatever its case.
#[derive(Debug, Default)]
pub(super) struct Terms {
    texts: Vec<Box<str>>,
    by_spelling: HashMap<Box<str>, u32>,
}

impl Terms {
    /// # Errors
    ///
    /// Those of [`term_form`].
    pub(super) fn intern(&mut self, text: &str) -> Result<u32> {
        term_form(text)?;
        let next = self.texts.len() as u32;
        let spelling = spelling_form(text).into();
        let id = *self.by_spelling.entry(spelling).or_insert(next);
        if id == next {
            self.texts.push(text.into());
        }
        Ok(id)
    }

    pub(super) fn text(&self, id: u32) -> &str {
        &self.texts[id as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }
}

/// The ids of a file, numbered as they are first named, and what they turn out to define.
#[derive(Debug, Default)]
pub(super) struct Ids {
    numbers: HashMap<Arc<str>, u32>,
    names: Vec<(Arc<str>, Defined)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Defined {
    Nothing,
    /// A lexical entry.
    Entry,
    Sense(u32),
    Synset(u32),
    /// A sense that is passed over: of another language, or of a lemma that is no term.
    Passed,
}

impl Ids {
    pub(super) fn number(&mut self, id: &str) -> u32 {
        if let Some(&number) = self.numbers.get(id) {
            return number;
        }
        let number = self.names.len() as u32;
        let id: Arc<str> = id.into();
        self.names.push((Arc::clone(&id), Defined::Nothing));
        self.numbers.insert(id, number);
        number
    }

    pub(super) fn define(&mut self, id: &str, what: Defined) -> Result<u32> {
        let number = self.number(id);
        let (_, defined) = &mut self.names[number as usize];
        if *defined != Defined::Nothing {
            return Err(Error::invalid(format!("the id {id:?} is taken already")));
        }
        *defined = what;
        Ok(number)
    }

    pub(super) fn defined(&self, number: u32) -> Defined {
        self.names[number as usize].1
    }

    pub(super) fn name(&self, number: u32) -> &str {
        &self.names[number as usize].0
    }
}
