//! A small lexicon of real Turkish, written for the tests.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::unwrap_used)]

use semrel::{
    ExpandOptions, LabelledPair, Lexicon, LexiconBuilder, Manifest, Pack, PackBuilder, Pos,
    Relation, Semrel, TermRecord,
};

/// `a ~ b` synonym, `a ! b` antonym, `a & b` co-hyponym, `a > b` b may stand for a only.
pub const PAIRS: &[&str] = &[
    "saklı pay ~ mahfuz hisse",
    "saklı pay ! tasarruf edilebilir kısım",
    "saklı pay & yasal miras payı",
    "alacaklı ~ dain",
    "borçlu ~ medyun",
    "alacaklı ! borçlu",
    "alıcı ! satıcı",
    "alıcı ~ müşteri",
    "satıcı ~ bayi",
    "TBK ~ Türk Borçlar Kanunu",
    "TBK ~ 6098 sayılı Kanun",
    "TBK & TTK",
    "hâkim ~ yargıç",
    "hâkim ~ hakim",
    "kâr ~ kazanç",
    "kar & yağmur",
    "geçerli ~ muteber",
    "geçersiz ~ hükümsüz",
    "geçerli ! geçersiz",
    "sıcak ~ acı",
    "acı ~ ağrı",
    "ileri sürmek ~ iddia etmek",
    "öne sürmek ~ iddia etmek",
    "ileri sürmek ~ serdetmek",
    "öne sürmek ~ serdetmek",
    "kira sözleşmesi & satış sözleşmesi",
    "hukuk > medeni hukuk",
    "def'i ~ def'i hakkı",
];

pub fn pair(text: &str) -> LabelledPair {
    let (a, sign, b) = [" ~ ", " ! ", " & ", " > "]
        .iter()
        .find_map(|sign| text.split_once(sign).map(|(a, b)| (a, sign.trim(), b)))
        .unwrap();
    let relation = match sign {
        "!" => Relation::Antonym,
        "&" => Relation::CoHyponym,
        _ => Relation::Synonym,
    };
    let mut pair = LabelledPair::new(a, b, relation);
    pair.one_way = sign == ">";
    pair.source = Some("entry".to_owned());
    pair.weight = Some(0.95);
    pair
}

pub fn pack_builder(pairs: &[&str]) -> PackBuilder {
    let mut builder = LexiconBuilder::new();
    builder
        .add_term(&TermRecord {
            term: "saklı pay".to_owned(),
            pos: Some(Pos::Noun),
            gloss: Some("yasal miras payının dokunulamaz bölümü".to_owned()),
            domain: Some("inheritance".to_owned()),
            hypernym: Some("miras payı".to_owned()),
        })
        .unwrap();
    for text in pairs {
        builder.add_pair(&pair(text)).unwrap();
    }
    let (image, report) = builder.build().unwrap();
    PackBuilder::new(Manifest::new("test", "tr", "1"), image, &report)
}

pub fn pack(pairs: &[&str]) -> Pack {
    Pack::from_bytes(pack_builder(pairs).to_bytes().unwrap()).unwrap()
}

pub fn semrel(pairs: &[&str]) -> Semrel {
    Semrel::new(pack(pairs)).unwrap()
}

/// Whatever may stand for a term, by any relation and however unsure.
pub fn all_expansions() -> ExpandOptions {
    let mut options = ExpandOptions::default();
    options.relations = vec![Relation::Synonym, Relation::CoHyponym];
    options.limit = usize::MAX;
    options.min_score = 0.0;
    options
}

/// The bytes of the lexicon image of a pack.
pub fn image(pairs: &[&str]) -> Vec<u8> {
    let files = pack_builder(pairs).to_files().unwrap();
    files
        .into_iter()
        .find(|(name, _)| name == semrel::LEXICON_FILE)
        .unwrap()
        .1
}

/// Asks a lexicon everything that can be asked.
pub fn use_everything(lexicon: &Lexicon) {
    for term in lexicon.terms() {
        assert!(!term.text().is_empty());
        for posting in term.postings() {
            let other = lexicon.term(posting.target).unwrap();
            other.posting(term.id());
        }
        for sense in term.senses() {
            sense.gloss();
            sense.hypernym();
            sense.domain();
            sense.pos();
        }
        if let Some(group) = term.group() {
            assert!(group.members().count() >= 2);
            group.preferred().unwrap();
        }
    }
    for text in ["saklı pay", "TBK", "hakim", "", "x", "kâr"] {
        lexicon.lookup(text).count();
        lexicon.prefix(text).take(100).count();
        lexicon.suggest(text, 3);
    }
    lexicon.groups().for_each(|group| {
        group.members().count();
    });
}
