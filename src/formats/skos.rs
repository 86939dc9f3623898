//! A thesaurus in SKOS, as Turtle.

use std::collections::{HashMap, HashSet};
use std::fmt::{self, Write as _};
use std::io::Write;

use super::concepts::Concepts;
use super::out::Out;
use super::source::Source;
use crate::error::{Error, Result};
use crate::relation::Relation;

const HEAD: &str = "\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix semrel: <urn:semrel:relation:> .

semrel:synonym a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:subPropertyOf skos:related .
semrel:antonym a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:subPropertyOf skos:related .
semrel:coHyponym a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:subPropertyOf skos:related .
semrel:substitute a owl:ObjectProperty ; rdfs:subPropertyOf skos:related .
";

/// Writes `source` as a SKOS thesaurus in Turtle.
///
/// A synonym group is a concept, a term outside of all groups is one too, and so is each further
/// sense of a term. The preferred term is its `skos:prefLabel`, the others are `skos:altLabel`s.
/// Relations between concepts are sub-properties of `skos:related`: `semrel:antonym`,
/// `semrel:coHyponym`, and for synonyms of different groups `semrel:synonym`, or
/// `semrel:substitute` if the object may stand for the subject only. A symmetric relation is
/// stated once, one that follows from others not at all. SKOS forbids that one of two concepts is both right above the other and related
/// to it: the hierarchy goes first.
///
/// The IRI of a concept is `base` and the percent-encoded preferred term: the same in every
/// version of a lexicon as long as the term stays preferred. Further concepts of one preferred
/// term end in `~2`, `~3`. `base` is `urn:semrel:LANGUAGE:` if `None`.
///
/// # Errors
///
/// `InvalidInput` if `base` is no absolute IRI, if the language of `source` is no language tag, or
/// if `source` names a term that it does not have. `Io` if writing failed.
///
/// ```
/// use semrel::formats::{MemorySource, write_skos};
///
/// let mut source = MemorySource::new("sozluk", "1.0", "tr", "CC0-1.0");
/// source.add_group(["saklı pay", "mahfuz hisse"])?;
/// let mut turtle = Vec::new();
/// write_skos(&source, None, &mut turtle)?;
/// assert!(String::from_utf8_lossy(&turtle).contains(
///     "<urn:semrel:tr:sakl%C4%B1%20pay> a skos:Concept ; skos:inScheme <urn:semrel:tr> ;
///     skos:prefLabel \"saklı pay\"@tr ;
///     skos:altLabel \"mahfuz hisse\"@tr ."
/// ));
/// # Ok::<(), semrel::Error>(())
/// ```
pub fn write_skos<S: Source + ?Sized, W: Write>(
    source: &S,
    base: Option<&str>,
    out: W,
) -> Result<()> {
    let language = source.language();
    check_language(language)?;
    let default = format!("urn:semrel:{language}:");
    let base = base.unwrap_or(&default);
    check_base(base)?;

    let concepts = Concepts::new(source)?;
    let thesaurus = Thesaurus {
        scheme: base.trim_end_matches([':', '/', '#']),
        iris: iris(&concepts, base),
        language,
        concepts,
    };
    let mut out = Out::new(out);
    thesaurus.put_scheme(source, &mut out)?;
    let broader = thesaurus.concepts.broader()?;
    let mut has_narrower = vec![false; broader.len()];
    for &above in broader.iter().flatten() {
        has_narrower[above as usize] = true;
    }
    for (concept, above) in (0u32..).zip(&broader) {
        let is_top = above.is_empty() && has_narrower[concept as usize];
        thesaurus.put_concept(concept, above, is_top, &mut out)?;
    }
    thesaurus.put_relations(source, &broader, &mut out)?;
    out.finish()
}

struct Thesaurus<'a> {
    scheme: &'a str,
    /// Per concept, without angle brackets.
    iris: Vec<String>,
    language: &'a str,
    concepts: Concepts<'a>,
}

impl Thesaurus<'_> {
    fn put_scheme<S: Source + ?Sized, W: Write>(&self, source: &S, out: &mut Out<W>) -> Result<()> {
        let Thesaurus {
            scheme, language, ..
        } = self;
        out.put(format_args!(
            "{HEAD}\n<{scheme}> a skos:ConceptScheme ;\n    dct:title {} ;\n    \
             dct:language {} ;\n    owl:versionInfo {} ;\n    dct:rights {} .\n",
            Literal(source.name()),
            Literal(language),
            Literal(source.version()),
            Literal(source.licence()),
        ))
    }

    fn put_concept<W: Write>(
        &self,
        concept: u32,
        broader: &[u32],
        is_top: bool,
        out: &mut Out<W>,
    ) -> Result<()> {
        let Thesaurus {
            scheme, language, ..
        } = self;
        let iri = &self.iris[concept as usize];
        out.put(format_args!(
            "\n<{iri}> a skos:Concept ; skos:inScheme <{scheme}>"
        ))?;
        if is_top {
            out.put(format_args!(" ;\n    skos:topConceptOf <{scheme}>"))?;
        }
        let mut domains: Vec<&str> = Vec::new();
        for (at, &member) in self.concepts.members(concept).iter().enumerate() {
            let property = if at == 0 { "prefLabel" } else { "altLabel" };
            let label = Literal(self.concepts.text(member));
            out.put(format_args!(" ;\n    skos:{property} {label}@{language}"))?;
            let sense = self.concepts.sense(member);
            if let Some(domain) = sense.and_then(|sense| sense.domain.as_deref()) {
                if !domains.contains(&domain) {
                    domains.push(domain);
                }
            }
        }
        for (_, gloss) in self.concepts.glosses(concept) {
            let gloss = Literal(gloss);
            out.put(format_args!(" ;\n    skos:definition {gloss}@{language}"))?;
        }
        for domain in domains {
            out.put(format_args!(" ;\n    dc:subject {}", Literal(domain)))?;
        }
        for &above in broader {
            let above = &self.iris[above as usize];
            out.put(format_args!(" ;\n    skos:broader <{above}>"))?;
        }
        out.put(format_args!(" .\n"))
    }

    fn put_relations<S: Source + ?Sized, W: Write>(
        &self,
        source: &S,
        broader: &[Vec<u32>],
        out: &mut Out<W>,
    ) -> Result<()> {
        let is_under = |a: u32, b: u32| broader[a as usize].contains(&b);
        let mut stated = HashSet::new();
        for pair in source.pairs().filter(|pair| !pair.derived) {
            let (a, b) = (
                self.concepts.of_term(pair.a)?,
                self.concepts.of_term(pair.b)?,
            );
            let property = match pair.relation {
                Relation::Synonym if pair.one_way => "substitute",
                Relation::Synonym => "synonym",
                Relation::Antonym => "antonym",
                Relation::CoHyponym => "coHyponym",
                Relation::Unrelated => continue,
            };
            let ends = if pair.one_way {
                (a, b)
            } else {
                (a.min(b), a.max(b))
            };
            let in_hierarchy = is_under(a, b) || is_under(b, a);
            if a != b && !in_hierarchy && stated.insert((ends, property)) {
                let (a, b) = (&self.iris[a as usize], &self.iris[b as usize]);
                out.put(format_args!("\n<{a}> semrel:{property} <{b}> ."))?;
            }
        }
        out.put(format_args!("\n"))
    }
}

fn iris(concepts: &Concepts<'_>, base: &str) -> Vec<String> {
    let mut named: HashMap<&str, usize> = HashMap::new();
    let mut iris = Vec::with_capacity(concepts.len());
    for concept in 0..concepts.len() as u32 {
        let preferred = concepts.text(concepts.members(concept)[0]);
        let count = named.entry(preferred).or_default();
        *count += 1;
        let mut iri = format!("{base}{}", PercentEncoded(preferred));
        if *count > 1 {
            let _ = write!(iri, "~{count}");
        }
        iris.push(iri);
    }
    iris
}

/// All but letters, digits, `-`, `.` and `_`; `~` sets numbers apart.
struct PercentEncoded<'a>(&'a str);

impl fmt::Display for PercentEncoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                    f.write_char(byte.into())?;
                }
                byte => write!(f, "%{byte:02X}")?,
            }
        }
        Ok(())
    }
}

/// A quoted string of Turtle.
struct Literal<'a>(&'a str);

impl fmt::Display for Literal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                c if c.is_control() => write!(f, "\\u{:04X}", u32::from(c))?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}

fn check_language(tag: &str) -> Result<()> {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let good = !first.is_empty()
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if good {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "{tag:?} is no language tag: use one like \"tr\" or \"tr-TR\""
    )))
}

fn check_base(base: &str) -> Result<()> {
    let scheme = base.split_once(':').map_or("", |(scheme, _)| scheme);
    let good = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        && !base
            .chars()
            .any(|c| c <= ' ' || c.is_control() || "<>\"{}|^`\\".contains(c))
        && base.trim_end_matches([':', '/', '#']).contains(':');
    if good {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "{base:?} is no absolute IRI to begin the names of concepts with: use one like \
         \"https://example.org/hukuk/\" or \"urn:example:hukuk:\""
    )))
}
