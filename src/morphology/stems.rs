//! The stem list: which stems there are, and a trie over all their shapes.

use super::allomorph::{Allomorph, allomorphs};
use super::attributes::Attributes;
use super::automaton::Context;
use super::feature::Feature;
use super::grammar::{State, class};
use super::letters::{Letters, codes_of, is_vowel};
use crate::error::{Error, Result};
use crate::text::fold_case;

/// The stem list of the project: dictionary form, part of speech, attributes.
static TURKISH: &str = include_str!("../../models/tr/stems.tsv");
/// Forms that no rule gives: form, dictionary form, part of speech, state, features.
static IRREGULAR: &str = include_str!("../../models/tr/irregular.tsv");

/// One shape of one stem.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    stem: u32,
    pub(super) pos: Feature,
    pub(super) state: State,
    pub(super) context: Context,
    pub(super) class: u16,
    pub(super) cost: u8,
    /// Bit `i`: letter `i` of the dictionary form has a circumflex.
    pub(super) circumflex: u64,
    /// Letters before an apostrophe that belongs to the word (*mer'i*); 0 if there is none.
    pub(super) apostrophe: u8,
    /// A feature that the form itself carries: *bana* is a dative.
    pub(super) given: Option<Feature>,
}

/// A node of the trie: the letters that go on, and the shapes that end here.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    letters: u32,
    children: u32,
    entries: u32,
    ending: u16,
}

/// The stems of an analyser.
#[derive(Debug)]
pub(super) struct Stems {
    nodes: Vec<Node>,
    entries: Vec<Entry>,
    stems: Vec<Stem>,
    irregular: Vec<(Vec<u8>, Entry)>,
}

/// A stem as the list has it.
#[derive(Clone, Debug)]
pub(super) struct Stem {
    pub(super) lemma: Box<str>,
    pub(super) pos: Feature,
    pub(super) attributes: Attributes,
}

struct Draft {
    codes: Vec<u8>,
    entry: Entry,
}

/// Reads stem lists and builds [`Stems`].
#[derive(Default)]
pub(super) struct StemsBuilder {
    drafts: Vec<Draft>,
    stems: Vec<Stem>,
    irregular: Vec<(Vec<u8>, Entry)>,
}

impl StemsBuilder {
    /// The stems of the project.
    pub(super) fn turkish() -> Self {
        let mut builder = Self::default();
        for line in lines(TURKISH) {
            let read = builder.add_line(line);
            debug_assert!(read.is_ok(), "{line}: {read:?}");
        }
        for line in lines(IRREGULAR) {
            let read = builder.add_irregular(line);
            debug_assert!(read.is_some(), "{line}");
        }
        builder
    }

    /// Adds a line of a stem list.
    pub(super) fn add_line(&mut self, line: &str) -> Result<()> {
        let mut columns = line.split('\t');
        let lemma = columns.next().unwrap_or_default().trim();
        let pos = columns.next().unwrap_or_default().trim();
        let mut attributes = Attributes::default();
        for word in columns.next().unwrap_or_default().split_ascii_whitespace() {
            attributes.insert(Attributes::from_word(word).ok_or_else(|| {
                Error::invalid(format!(
                    "the stem {lemma:?} has the unknown attribute {word:?}"
                ))
            })?);
        }
        let pos = pos_of(pos).ok_or_else(|| {
            Error::invalid(format!(
                "the stem {lemma:?} has no part of speech; write noun, verb, adj, adv, name, \
                 abbr, pron, num, postp, conj, interj or ques in the second column"
            ))
        })?;
        self.add(lemma, pos, attributes)
    }

    /// Adds a stem with all its shapes.
    pub(super) fn add(&mut self, lemma: &str, pos: Feature, attributes: Attributes) -> Result<()> {
        let shapes = allomorphs(lemma, pos, attributes);
        if shapes.is_empty() {
            return Err(Error::invalid(format!(
                "{lemma:?} is no stem: it must be one word of letters, and a verb must end in \
                 -mek or -mak"
            )));
        }
        // Costs settle ties: rare words lose, nouns win over adjectives and adverbs, and
        // the shortest abbreviations, which are found in everything by chance, lose.
        let letters = codes_of(lemma).map_or(0, |codes| codes.len());
        let cost = match pos {
            _ if attributes.has(Attributes::RARE) => 8,
            Feature::Abbr if letters < 3 => 4,
            Feature::Adj | Feature::Adv | Feature::Abbr | Feature::Name | Feature::Interj => 1,
            _ => 0,
        };
        let at = self.stem(lemma, pos, attributes);
        for shape in shapes {
            let entry = self.entry(at, cost + u8::from(shape.variant), None, &shape);
            self.drafts.push(Draft {
                codes: shape.codes,
                entry,
            });
        }
        Ok(())
    }

    fn add_irregular(&mut self, line: &str) -> Option<()> {
        let mut columns = line.split('\t');
        let codes = codes_of(columns.next()?)?;
        let lemma = columns.next()?;
        let pos = pos_of(columns.next()?)?;
        let state = match columns.next()? {
            "noun" => State::Noun,
            "pronoun" => State::Pronoun,
            "case" => State::Case,
            "genitive" => State::Genitive,
            "locative" => State::Locative,
            "possessed" => State::Possessed,
            "possessed3" => State::Possessed3,
            "plural" => State::Plural,
            "defective" => State::Defective,
            "fixed" => State::Fixed,
            _ => return None,
        };
        let given = columns.next().and_then(Feature::from_name);
        let at = self.stem(lemma, pos, Attributes::default());
        let context = Context::after(&codes);
        let shape = Allomorph {
            codes,
            state,
            context,
            class: class::KNOWN,
            variant: false,
        };
        let entry = self.entry(at, 0, given, &shape);
        self.irregular.push((shape.codes.clone(), entry));
        self.drafts.push(Draft {
            codes: shape.codes,
            entry,
        });
        Some(())
    }

    fn stem(&mut self, lemma: &str, pos: Feature, attributes: Attributes) -> u32 {
        self.stems.push(Stem {
            lemma: lemma.into(),
            pos,
            attributes,
        });
        (self.stems.len() - 1) as u32
    }

    fn entry(&self, stem: u32, cost: u8, given: Option<Feature>, shape: &Allomorph) -> Entry {
        let Stem { lemma, pos, .. } = &self.stems[stem as usize];
        let mut letters = Letters::EMPTY;
        letters.read(lemma);
        Entry {
            stem,
            pos: *pos,
            state: shape.state,
            context: shape.context,
            class: shape.class,
            cost,
            circumflex: letters.circumflex,
            apostrophe: letters.apostrophe.unwrap_or(0) as u8,
            given,
        }
    }

    /// Builds the trie, breadth first, so that the children of a node lie side by side.
    pub(super) fn build(mut self) -> Stems {
        self.drafts.sort_by(|a, b| a.codes.cmp(&b.codes));
        let mut nodes = vec![Node::default()];
        // The drafts below each node.
        let mut spans = vec![(0, self.drafts.len(), 0)];
        let mut at = 0;
        while at < nodes.len() {
            let (from, to, depth) = spans[at];
            let ending = self.drafts[from..to]
                .iter()
                .take_while(|draft| draft.codes.len() == depth)
                .count();
            nodes[at].entries = from as u32;
            nodes[at].ending = ending as u16;
            nodes[at].children = nodes.len() as u32;
            let mut start = from + ending;
            while start < to {
                let letter = self.drafts[start].codes[depth];
                let end = start
                    + self.drafts[start..to]
                        .iter()
                        .take_while(|draft| draft.codes[depth] == letter)
                        .count();
                nodes[at].letters |= 1 << letter;
                nodes.push(Node::default());
                spans.push((start, end, depth + 1));
                start = end;
            }
            at += 1;
        }
        Stems {
            nodes,
            entries: self.drafts.iter().map(|draft| draft.entry).collect(),
            stems: self.stems,
            irregular: self.irregular,
        }
    }
}

impl Stems {
    /// The dictionary form of an entry.
    pub(super) fn lemma(&self, entry: &Entry) -> &str {
        &self.stem(entry).lemma
    }

    pub(super) fn entry(&self, at: u32) -> &Entry {
        &self.entries[at as usize]
    }

    /// Calls `found` with the length and index of every entry that begins `codes`.
    pub(super) fn prefixes(&self, codes: &[u8], mut found: impl FnMut(usize, u32)) {
        let mut node = &self.nodes[0];
        for (at, &letter) in codes.iter().enumerate() {
            if letter >= 32 || node.letters >> letter & 1 == 0 {
                return;
            }
            let before = (node.letters & ((1_u32 << letter) - 1)).count_ones();
            node = &self.nodes[(node.children + before) as usize];
            for entry in node.entries..node.entries + u32::from(node.ending) {
                found(at + 1, entry);
            }
        }
    }

    /// The entries whose shape is exactly `codes`.
    pub(super) fn exact(&self, codes: &[u8]) -> impl Iterator<Item = u32> + use<> {
        let mut span = 0..0;
        self.prefixes(codes, |len, entry| {
            if len == codes.len() {
                if span.is_empty() {
                    span = entry..entry + 1;
                } else {
                    span.end = entry + 1;
                }
            }
        });
        span
    }

    /// The stem of an entry.
    pub(super) fn stem(&self, entry: &Entry) -> &Stem {
        &self.stems[entry.stem as usize]
    }

    /// The stems whose dictionary form is spelled `lemma`, circumflex or not; exact spelling
    /// first, then the order of the list.
    pub(super) fn find(&self, lemma: &str) -> Vec<&Stem> {
        let Some(mut codes) = codes_of(lemma) else {
            return Vec::new();
        };
        let folded = fold_case(lemma);
        let mut found: Vec<&Stem> = Vec::new();
        for _ in 0..2 {
            for at in self.exact(&codes) {
                let stem = self.stem(self.entry(at));
                let same = codes_of(&stem.lemma) == codes_of(lemma);
                if same && !found.iter().any(|known| std::ptr::eq(*known, stem)) {
                    found.push(stem);
                }
            }
            // Verbs stand under their stem.
            if codes.len() < 5 || !folded.ends_with('k') {
                break;
            }
            codes.truncate(codes.len() - 3);
        }
        found.sort_by_key(|stem| fold_case(&stem.lemma) != folded);
        found
    }

    /// The irregular forms of a stem.
    pub(super) fn irregular(&self, stem: &Stem) -> impl Iterator<Item = &(Vec<u8>, Entry)> {
        self.irregular
            .iter()
            .filter(move |(_, entry)| self.stem(entry).lemma == stem.lemma)
    }

    /// How many stems there are.
    pub(super) fn len(&self) -> usize {
        self.stems.len()
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn pos_of(word: &str) -> Option<Feature> {
    Some(match word {
        "noun" => Feature::Noun,
        "verb" => Feature::Verb,
        "adj" => Feature::Adj,
        "adv" => Feature::Adv,
        "name" => Feature::Name,
        "abbr" => Feature::Abbr,
        "pron" => Feature::Pron,
        "num" => Feature::Num,
        "postp" => Feature::Postp,
        "conj" => Feature::Conj,
        "interj" => Feature::Interj,
        "ques" => Feature::Ques,
        _ => return None,
    })
}

/// Whether a guessed stem could be one: two letters, one of them a vowel.
pub(super) fn plausible(codes: &[u8]) -> bool {
    codes.len() > 1 && codes.iter().any(|&code| is_vowel(code))
}
