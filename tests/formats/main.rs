//! Synonym data in other formats: reading, writing, and back.

#![allow(clippy::unwrap_used)]

mod skos;
mod solr;
mod source;
#[cfg(feature = "wordnet")]
mod wordnet;

use std::collections::BTreeSet;

use semrel::formats::MemorySource;
use semrel::{LabelledPair, Pos, Record, Relation, TermRecord};

/// A pair without its direction, unless it is one-way.
type Told = (String, String, Relation, bool, String);

fn told(pair: &LabelledPair) -> Told {
    let (mut a, mut b) = (pair.sentence1.clone(), pair.sentence2.clone());
    if !pair.one_way && a > b {
        std::mem::swap(&mut a, &mut b);
    }
    let weight = pair.weight.unwrap_or(1.0).to_string();
    (a, b, pair.label, pair.one_way, weight)
}

fn told_by(records: impl IntoIterator<Item = Record>) -> BTreeSet<Told> {
    let mut all = BTreeSet::new();
    for record in records {
        if let Record::Pair(pair) = record {
            assert!(all.insert(told(&pair)), "{pair:?} comes twice");
        }
    }
    all
}

fn term(term: &str, pos: Option<Pos>, gloss: &str, domain: &str, hypernym: Option<&str>) -> Record {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Record::Term(TermRecord {
        term: term.to_owned(),
        pos,
        gloss: text(gloss),
        domain: text(domain),
        hypernym: hypernym.map(str::to_owned),
    })
}

fn pair(a: &str, b: &str, label: Relation, weight: f32) -> Record {
    let mut pair = LabelledPair::new(a, b, label);
    pair.weight = (weight < 1.0).then_some(weight);
    Record::Pair(pair)
}

/// A small legal lexicon that has one of everything.
fn law() -> MemorySource {
    let mut source = MemorySource::new("hukuk", "1.0", "tr", "CC-BY-4.0");
    let noun = Some(Pos::Noun);
    for record in [
        term(
            "saklı pay",
            noun,
            "yasal miras payının dokunulamaz bölümü",
            "inheritance",
            Some("miras payı"),
        ),
        term("saklı pay", noun, "gizli tutulan hisse", "", None),
        term(
            "mahfuz hisse",
            noun,
            "saklı payın eski adı",
            "inheritance",
            Some("miras payı"),
        ),
        term(
            "kira sözleşmesi",
            noun,
            "\"kiralayan\" & <kiracı> arasındaki sözleşme",
            "contract",
            Some("sözleşme"),
        ),
        term("satış sözleşmesi", noun, "", "contract", Some("sözleşme")),
        term("AYM", Some(Pos::Abbr), "", "", Some("mahkeme")),
        term("Sayıştay", Some(Pos::Name), "", "", None),
        term("temyiz etmek", Some(Pos::Verb), "", "procedure", None),
    ] {
        source.add(record).unwrap();
    }
    for group in [
        &["saklı pay", "mahfuz hisse"][..],
        &["Sayıştay", "Divan-ı Muhasebat"],
        &["Anayasa Mahkemesi", "AYM"],
    ] {
        source.add_group(group.iter().copied()).unwrap();
    }
    let mut one_way = LabelledPair::new("yüksek mahkeme", "AYM", Relation::Synonym);
    one_way.one_way = true;
    one_way.weight = Some(0.6);
    source.add(Record::Pair(one_way)).unwrap();
    for record in [
        pair("alacaklı", "borçlu", Relation::Antonym, 0.97),
        pair("kiracı", "kiraya veren", Relation::Antonym, 1.0),
        pair("mahfuz hisse", "mahfuz pay", Relation::Synonym, 0.9),
        pair(
            "kira sözleşmesi",
            "satış sözleşmesi",
            Relation::CoHyponym,
            1.0,
        ),
        pair("Sayıştay", "AYM", Relation::CoHyponym, 0.85),
        pair("vasi", "tapu", Relation::Unrelated, 1.0),
    ] {
        source.add(record).unwrap();
    }
    source
}
