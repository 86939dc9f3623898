//! From XML to a draft of a wordnet, in which references are still ids.

use std::io::BufRead;

use super::document::Defined;
use super::resolve::{Definition, Draft, Reference, SenseDraft, Subject, SynsetDraft};
use super::xml::{Event, Tag, Xml};
use super::{CO_HYPONYM, ONE_WAY_SYNONYM, SYNONYM};
use crate::error::{Error, Result};
use crate::labels::Pos;
use crate::relation::Relation;

/// The longest definition, in bytes.
const MAX_GLOSS_BYTES: usize = 1 << 16;

/// Reads a whole file.
///
/// # Errors
///
/// What makes the file unreadable: malformed XML, another format, an element out of place, an id
/// that is there twice, no lexicon in `language`. What spoils only a part of it is a problem in
/// the draft.
pub(super) fn parse<R: BufRead>(reader: R, language: Option<&str>) -> Result<Draft> {
    let mut xml = Xml::new(reader);
    let mut parser = Parser {
        language: language.map(str::to_owned),
        ..Parser::default()
    };
    loop {
        match xml.next()? {
            Event::Start(tag) => parser.start(&tag)?,
            Event::End(name) => parser.end(&name),
            Event::Text(text) => parser.text(&text)?,
            Event::Other => {}
            Event::Done => return parser.finish(),
        }
    }
}

#[derive(Debug, Default)]
struct Parser {
    /// The language asked for.
    language: Option<String>,
    languages: Vec<String>,
    draft: Draft,
    seen_root: bool,
    lexicon: Option<Lexicon>,
    entry: Option<Entry>,
    sense: Option<Current>,
    in_synset: bool,
    definition: Option<Definition>,
}

#[derive(Debug)]
struct Lexicon {
    language: String,
    selected: bool,
}

#[derive(Debug)]
struct Entry {
    id: u32,
    mark: Option<Pos>,
    lemma: Option<Lemma>,
}

#[derive(Clone, Copy, Debug)]
struct Lemma {
    /// `None`: what is written is no term.
    term: Option<u32>,
    pos: Option<Pos>,
}

/// The sense whose relations are being read; `None` if it is passed over.
#[derive(Debug)]
struct Current(Option<u32>);

impl Parser {
    fn start(&mut self, tag: &Tag) -> Result<()> {
        if !self.seen_root {
            self.seen_root = true;
            return check_root(tag);
        }
        match &*tag.name {
            "Lexicon" => self.lexicon(tag),
            "LexiconExtension" => {
                Err(tag
                    .error("adds to a lexicon of another file: merge the two and read the result"))
            }
            "LexicalEntry" => self.entry(tag),
            "Lemma" => self.lemma(tag),
            "Sense" => self.sense(tag),
            "SenseRelation" => self.sense_relation(tag),
            "Synset" => self.synset(tag),
            "SynsetRelation" => self.synset_relation(tag),
            "Definition" => {
                self.definition(tag);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Lexicon" => self.lexicon = None,
            "LexicalEntry" => self.entry = None,
            "Sense" => self.sense = None,
            "Synset" => self.in_synset = false,
            "Definition" => {
                if let Some(mut definition) = self.definition.take() {
                    let words: Vec<_> = definition.text.split_whitespace().collect();
                    definition.text = words.join(" ");
                    if !definition.text.is_empty() {
                        self.draft.definitions.push(definition);
                    }
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) -> Result<()> {
        if let Some(definition) = &mut self.definition {
            definition.text.push_str(text);
            if definition.text.len() > MAX_GLOSS_BYTES {
                return Err(Error::limit(format!(
                    "line {}: a definition of more than {MAX_GLOSS_BYTES} bytes",
                    definition.line
                )));
            }
        }
        Ok(())
    }

    fn lexicon(&mut self, tag: &Tag) -> Result<()> {
        let language = tag.require("language")?;
        let selected = match &self.language {
            Some(wanted) => is_in(language, wanted),
            None => true,
        };
        if !self.languages.iter().any(|known| known == language) {
            self.languages.push(language.to_owned());
        }
        self.lexicon = Some(Lexicon {
            language: language.to_owned(),
            selected,
        });
        Ok(())
    }

    fn entry(&mut self, tag: &Tag) -> Result<()> {
        if self.lexicon.is_none() {
            return Err(tag.error("stands outside of a <Lexicon>"));
        }
        let ids = &mut self.draft.ids;
        let id = ids.define(tag.require("id")?, Defined::Entry);
        self.entry = Some(Entry {
            id: id.map_err(|e| e.context(format_args!("line {}", tag.line)))?,
            mark: match tag.get("dc:type") {
                Some("abbr") => Some(Pos::Abbr),
                Some("name") => Some(Pos::Name),
                _ => None,
            },
            lemma: None,
        });
        Ok(())
    }

    fn lemma(&mut self, tag: &Tag) -> Result<()> {
        let (Some(entry), Some(lexicon)) = (&mut self.entry, &self.lexicon) else {
            return Err(tag.error("stands outside of a <LexicalEntry>"));
        };
        let written = tag.require("writtenForm")?;
        let mut term = None;
        if lexicon.selected {
            match self.draft.terms.intern(written) {
                Ok(id) => term = Some(id),
                Err(e) => self
                    .draft
                    .problems
                    .push(e.context(format_args!("line {}: writtenForm", tag.line))),
            }
        }
        let pos = tag.get("partOfSpeech").and_then(part_of_speech);
        entry.lemma = Some(Lemma {
            term,
            pos: entry.mark.or(pos),
        });
        Ok(())
    }

    fn sense(&mut self, tag: &Tag) -> Result<()> {
        let Some(entry) = &self.entry else {
            return Err(tag.error("stands outside of a <LexicalEntry>"));
        };
        let Some(lemma) = entry.lemma else {
            return Err(tag.error("stands before the <Lemma> of its entry"));
        };
        let id = tag.require("id")?;
        let synset = tag.require("synset")?;
        let draft = &mut self.draft;
        let number = draft.senses.len() as u32;
        let (what, current) = match lemma.term {
            Some(_) => (Defined::Sense(number), Some(number)),
            None => (Defined::Passed, None),
        };
        let id = draft.ids.define(id, what);
        let id = id.map_err(|e| e.context(format_args!("line {}", tag.line)))?;
        if let Some(term) = lemma.term {
            draft.senses.push(SenseDraft {
                id,
                entry: entry.id,
                term,
                pos: lemma.pos,
                domain: tag.get("dc:subject").map(Into::into),
                synset: draft.ids.number(synset),
                line: tag.line,
            });
        }
        self.sense = Some(Current(current));
        Ok(())
    }

    fn sense_relation(&mut self, tag: &Tag) -> Result<()> {
        let Some(Current(sense)) = self.sense else {
            return Err(tag.error("stands outside of a <Sense>"));
        };
        let mark = tag.get("dc:type");
        let subject = match (tag.require("relType")?, mark) {
            ("antonym" | "anto_gradable" | "anto_simple" | "anto_converse", _) => {
                Subject::Pair(Relation::Antonym)
            }
            ("similar", Some(SYNONYM)) => Subject::Pair(Relation::Synonym),
            ("other", Some(ONE_WAY_SYNONYM)) => Subject::OneWay,
            ("other", Some(CO_HYPONYM)) => Subject::Pair(Relation::CoHyponym),
            _ => return Ok(()),
        };
        if let Some(from) = sense {
            self.relation(tag, from, subject, |draft| &mut draft.sense_relations)?;
        }
        Ok(())
    }

    fn synset(&mut self, tag: &Tag) -> Result<()> {
        if self.lexicon.is_none() {
            return Err(tag.error("stands outside of a <Lexicon>"));
        }
        let draft = &mut self.draft;
        let number = draft.synsets.len() as u32;
        let id = draft
            .ids
            .define(tag.require("id")?, Defined::Synset(number));
        id.map_err(|e| e.context(format_args!("line {}", tag.line)))?;
        let leader = tag
            .get("members")
            .and_then(|ids| ids.split_whitespace().next());
        draft.synsets.push(SynsetDraft {
            leader: leader.map(|id| draft.ids.number(id)),
            domain: tag.get("dc:subject").or(tag.get("lexfile")).map(Into::into),
            line: tag.line,
        });
        self.in_synset = true;
        Ok(())
    }

    fn synset_relation(&mut self, tag: &Tag) -> Result<()> {
        if !self.in_synset {
            return Err(tag.error("stands outside of a <Synset>"));
        }
        let subject = match tag.require("relType")? {
            "hypernym" | "instance_hypernym" => Subject::Hypernym,
            "hyponym" | "instance_hyponym" => Subject::Hyponym,
            "antonym" | "anto_gradable" | "anto_simple" | "anto_converse" => {
                Subject::Pair(Relation::Antonym)
            }
            "eq_synonym" | "ir_synonym" => Subject::Pair(Relation::Synonym),
            _ => return Ok(()),
        };
        let from = self.draft.synsets.len() as u32 - 1;
        self.relation(tag, from, subject, |draft| &mut draft.synset_relations)
    }

    fn relation(
        &mut self,
        tag: &Tag,
        from: u32,
        subject: Subject,
        list: impl Fn(&mut Draft) -> &mut Vec<Reference>,
    ) -> Result<()> {
        let to = self.draft.ids.number(tag.require("target")?);
        match weight(tag) {
            Ok(weight) => list(&mut self.draft).push(Reference {
                from,
                to,
                subject,
                weight,
                line: tag.line,
            }),
            Err(problem) => self.draft.problems.push(problem),
        }
        Ok(())
    }

    /// Definitions are read in the language of the terms only.
    fn definition(&mut self, tag: &Tag) {
        let (Some(lexicon), true) = (&self.lexicon, self.in_synset) else {
            return;
        };
        let language = tag.get("language").unwrap_or(&lexicon.language);
        let wanted = self.language.as_deref().unwrap_or(&lexicon.language);
        if is_in(language, wanted) {
            let source = tag.get("sourceSense");
            self.definition = Some(Definition {
                synset: self.draft.synsets.len() as u32 - 1,
                sense: source.map(|id| self.draft.ids.number(id)),
                text: String::new(),
                line: tag.line,
            });
        }
    }

    fn finish(self) -> Result<Draft> {
        if !self.seen_root {
            return Err(Error::invalid(
                "an empty file: no <LexicalResource> is there",
            ));
        }
        let languages = self.languages.join(", ");
        match &self.language {
            Some(wanted) if !self.languages.iter().any(|tag| is_in(tag, wanted)) => {
                Err(Error::invalid(format!(
                    "no lexicon in the language {wanted:?}: the file holds {languages:?}"
                )))
            }
            None if self.languages.len() > 1 => Err(Error::invalid(format!(
                "lexicons in several languages ({languages}): choose one"
            ))),
            _ => Ok(self.draft),
        }
    }
}

fn check_root(tag: &Tag) -> Result<()> {
    if tag.name == "LexicalResource" {
        return Ok(());
    }
    Err(tag.error("is the root element, not <LexicalResource>: this is no WN-LMF wordnet"))
}

/// Whether the language `tag` is `wanted` or a variety of it (*tr-TR* of *tr*).
fn is_in(tag: &str, wanted: &str) -> bool {
    let (tag, wanted) = (tag.as_bytes(), wanted.as_bytes());
    tag.len() >= wanted.len()
        && tag[..wanted.len()].eq_ignore_ascii_case(wanted)
        && tag.get(wanted.len()).is_none_or(|&next| next == b'-')
}

fn part_of_speech(letter: &str) -> Option<Pos> {
    match letter {
        "n" => Some(Pos::Noun),
        "v" => Some(Pos::Verb),
        "a" | "s" => Some(Pos::Adj),
        "r" => Some(Pos::Adv),
        "c" | "p" | "x" => Some(Pos::Other),
        _ => None,
    }
}

fn weight(tag: &Tag) -> Result<Option<f32>> {
    let Some(score) = tag.get("confidenceScore") else {
        return Ok(None);
    };
    match score.trim().parse::<f32>() {
        Ok(weight) if weight > 0.0 && weight <= 1.0 => Ok((weight < 1.0).then_some(weight)),
        _ => Err(tag.error(format_args!(
            "has the confidenceScore {score:?}, which is not a probability over 0 and at most 1"
        ))),
    }
}
