//! Writing a wordnet.

use std::fmt::{self, Write as _};
use std::io::Write;

use super::{CO_HYPONYM, ONE_WAY_SYNONYM, SYNONYM};
use crate::error::Result;
use crate::formats::concepts::{Concepts, Member};
use crate::formats::out::Out;
use crate::formats::source::{Index, Source};
use crate::labels::Pos;
use crate::relation::Relation;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE LexicalResource SYSTEM "http://globalwordnet.github.io/schemas/WN-LMF-1.3.dtd">
<LexicalResource xmlns:dc="https://globalwordnet.github.io/schemas/dc/">
"#;

/// Writes `source` as a wordnet in WN-LMF 1.3, the XML format of the Global Wordnet Association.
///
/// A synonym group is a synset, a term outside of all groups is one too, and so is each further
/// sense of a term. Definitions and hypernyms come from the senses. Antonyms are `antonym`
/// relations; synonyms of different synsets are `similar`, one-way synonyms and co-hyponyms are
/// `other`, all marked with a `dc:type` by which `WnLmfReader` (feature `wordnet`) knows them.
/// Weights are `confidenceScore`s; those of pairs inside a group have no place in a wordnet, nor
/// have the sources and domains of pairs, the pairs labelled unrelated, and pairs of different
/// synsets that follow from others.
///
/// Characters that XML cannot hold become spaces. Ids follow the order of the terms: they are not
/// the same in two versions of a lexicon. Memory is proportional to the source.
///
/// # Errors
///
/// `Io` if writing failed, `InvalidInput` if `source` names a term that it does not have.
///
/// ```
/// use semrel::formats::{MemorySource, write_wordnet};
///
/// let mut source = MemorySource::new("sozluk", "1.0", "tr", "CC0-1.0");
/// source.add_group(["saklı pay", "mahfuz hisse"])?;
/// let mut file = Vec::new();
/// write_wordnet(&source, &mut file)?;
/// let file = String::from_utf8_lossy(&file);
/// assert!(file.contains("<Lemma writtenForm=\"mahfuz hisse\" partOfSpeech=\"u\"/>"));
/// # Ok::<(), semrel::Error>(())
/// ```
pub fn write_wordnet<S: Source + ?Sized, W: Write>(source: &S, out: W) -> Result<()> {
    let wordnet = Wordnet {
        id: identifier(source.name()),
        concepts: Concepts::new(source)?,
        edges: edges(source)?,
    };
    let mut out = Out::new(out);
    out.put(format_args!("{HEAD}"))?;
    out.put(format_args!(
        "  <Lexicon id=\"{}\" label=\"{}\" language=\"{}\" email=\"{}\" license=\"{}\" version=\"{}\">\n",
        wordnet.id,
        Xml(source.name()),
        Xml(source.language()),
        Xml(source.contact()),
        Xml(source.licence()),
        Xml(source.version()),
    ))?;
    for term in 0..wordnet.concepts.terms().len() as u32 {
        wordnet.put_entries(term, &mut out)?;
    }
    let broader = wordnet.concepts.broader()?;
    let mut narrower = vec![Vec::new(); broader.len()];
    for (concept, above) in (0u32..).zip(&broader) {
        for &above in above {
            narrower[above as usize].push(concept);
        }
    }
    for (concept, (above, below)) in (0u32..).zip(broader.iter().zip(&narrower)) {
        wordnet.put_synset(concept, above, below, &mut out)?;
    }
    out.put(format_args!("  </Lexicon>\n</LexicalResource>\n"))?;
    out.finish()
}

struct Wordnet<'a> {
    id: String,
    concepts: Concepts<'a>,
    /// Per term, its relations to others.
    edges: Vec<Vec<Edge>>,
}

struct Edge {
    to: u32,
    relation: Relation,
    one_way: bool,
    weight: f32,
}

fn edges<S: Source + ?Sized>(source: &S) -> Result<Vec<Vec<Edge>>> {
    let index = Index::new(source)?;
    let mut edges: Vec<Vec<Edge>> = index.terms.iter().map(|_| Vec::new()).collect();
    for pair in source.pairs() {
        index.term(pair.a)?;
        index.term(pair.b)?;
        let in_synset = index.group_of(pair.a).is_some()
            && index.group_of(pair.a) == index.group_of(pair.b)
            && pair.relation == Relation::Synonym;
        if in_synset || pair.derived || pair.relation == Relation::Unrelated {
            continue;
        }
        let mut push = |from: u32, to| {
            edges[from as usize].push(Edge {
                to,
                relation: pair.relation,
                one_way: pair.one_way,
                weight: pair.weight,
            });
        };
        push(pair.a, pair.b);
        if !pair.one_way {
            push(pair.b, pair.a);
        }
    }
    Ok(edges)
}

impl Wordnet<'_> {
    /// One entry per part of speech of the term, each with the senses of that part of speech.
    fn put_entries<W: Write>(&self, term: u32, out: &mut Out<W>) -> Result<()> {
        let count = self.concepts.terms()[term as usize].senses.len().max(1);
        let senses: Vec<Member> = (0..count).map(|sense| Member { term, sense }).collect();
        let mut written: Vec<Option<Pos>> = Vec::new();
        for &sense in &senses {
            let pos = self.pos(sense);
            if written.contains(&pos) {
                continue;
            }
            written.push(pos);
            let mark = match pos {
                Some(Pos::Abbr | Pos::Name) => format!(" dc:type=\"{}\"", name_of(pos)),
                _ => String::new(),
            };
            out.put(format_args!(
                "    <LexicalEntry id=\"{}-t{term}-{}\"{mark}>\n      \
                 <Lemma writtenForm=\"{}\" partOfSpeech=\"{}\"/>\n",
                self.id,
                name_of(pos),
                Xml(self.concepts.text(sense)),
                letter(pos),
            ))?;
            for &sense in senses.iter().filter(|&&sense| self.pos(sense) == pos) {
                self.put_sense(sense, out)?;
            }
            out.put(format_args!("    </LexicalEntry>\n"))?;
        }
        Ok(())
    }

    fn put_sense<W: Write>(&self, member: Member, out: &mut Out<W>) -> Result<()> {
        let id = self.sense_id(member);
        let synset = self.synset_id(self.concepts.of_sense(member));
        out.put(format_args!("      <Sense id=\"{id}\" synset=\"{synset}\""))?;
        let domain = self
            .concepts
            .sense(member)
            .and_then(|s| s.domain.as_deref());
        if let Some(domain) = domain {
            out.put(format_args!(" dc:subject=\"{}\"", Xml(domain)))?;
        }
        // Pairs are about the first sense.
        let edges = match member.sense {
            0 => &*self.edges[member.term as usize],
            _ => &[],
        };
        if edges.is_empty() {
            return out.put(format_args!("/>\n"));
        }
        out.put(format_args!(">\n"))?;
        for edge in edges {
            let (kind, mark) = match edge.relation {
                Relation::Synonym if edge.one_way => ("other", Some(ONE_WAY_SYNONYM)),
                Relation::Synonym => ("similar", Some(SYNONYM)),
                Relation::Antonym => ("antonym", None),
                Relation::CoHyponym | Relation::Unrelated => ("other", Some(CO_HYPONYM)),
            };
            let target = self.sense_id(Member {
                term: edge.to,
                sense: 0,
            });
            out.put(format_args!("        <SenseRelation relType=\"{kind}\""))?;
            if let Some(mark) = mark {
                out.put(format_args!(" dc:type=\"{mark}\""))?;
            }
            out.put(format_args!(" target=\"{target}\""))?;
            if edge.weight != 1.0 {
                out.put(format_args!(" confidenceScore=\"{}\"", edge.weight))?;
            }
            out.put(format_args!("/>\n"))?;
        }
        out.put(format_args!("      </Sense>\n"))
    }

    fn put_synset<W: Write>(
        &self,
        concept: u32,
        broader: &[u32],
        narrower: &[u32],
        out: &mut Out<W>,
    ) -> Result<()> {
        let members = self.concepts.members(concept);
        let mut ids = String::new();
        for &member in members {
            let gap = if ids.is_empty() { "" } else { " " };
            let _ = write!(ids, "{gap}{}", self.sense_id(member));
        }
        let pos = members.iter().find_map(|&member| self.pos(member));
        out.put(format_args!(
            "    <Synset id=\"{}\" ili=\"\" partOfSpeech=\"{}\" members=\"{ids}\"",
            self.synset_id(concept),
            letter(pos),
        ))?;
        let glosses = self.concepts.glosses(concept);
        if glosses.is_empty() && broader.is_empty() && narrower.is_empty() {
            return out.put(format_args!("/>\n"));
        }
        out.put(format_args!(">\n"))?;
        for (at, &(member, gloss)) in glosses.iter().enumerate() {
            let source = match at {
                0 => String::new(),
                _ => format!(" sourceSense=\"{}\"", self.sense_id(member)),
            };
            let gloss = Xml(gloss);
            out.put(format_args!(
                "      <Definition{source}>{gloss}</Definition>\n"
            ))?;
        }
        for (kind, targets) in [("hypernym", broader), ("hyponym", narrower)] {
            for &target in targets {
                let target = self.synset_id(target);
                out.put(format_args!(
                    "      <SynsetRelation relType=\"{kind}\" target=\"{target}\"/>\n"
                ))?;
            }
        }
        out.put(format_args!("    </Synset>\n"))
    }

    fn pos(&self, member: Member) -> Option<Pos> {
        self.concepts.sense(member).and_then(|sense| sense.pos)
    }

    fn sense_id(&self, member: Member) -> String {
        format!("{}-t{}-s{}", self.id, member.term, member.sense + 1)
    }

    fn synset_id(&self, concept: u32) -> String {
        format!("{}-c{concept}", self.id)
    }
}

fn name_of(pos: Option<Pos>) -> &'static str {
    pos.map_or("unknown", Pos::as_str)
}

fn letter(pos: Option<Pos>) -> &'static str {
    match pos {
        Some(Pos::Noun | Pos::Abbr | Pos::Name) => "n",
        Some(Pos::Verb) => "v",
        Some(Pos::Adj) => "a",
        Some(Pos::Adv) => "r",
        Some(Pos::Other) => "x",
        None => "u",
    }
}

/// `name` as an XML id.
fn identifier(name: &str) -> String {
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || c == '-' {
            c
        } else {
            '_'
        }
    };
    let id: String = name.chars().map(safe).collect();
    match id.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => id,
        _ => format!("wn{id}"),
    }
}

/// Text for an attribute or an element.
struct Xml<'a>(&'a str);

impl fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\u{fffe}' | '\u{ffff}' => f.write_char(' ')?,
                c if c.is_control() => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
