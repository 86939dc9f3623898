//! The synonyms file of Solr: reading, writing, and back.

use std::collections::BTreeSet;

use proptest::prelude::*;
use semrel::formats::{
    MAX_RULES_PER_SET, MAX_TERMS_PER_RULE, MemorySource, SolrReader, write_elasticsearch,
    write_solr,
};
use semrel::text::spelling_form;
use semrel::{LabelledPair, Record, Relation};

fn pairs(text: &str) -> Vec<(String, String, bool)> {
    SolrReader::new(text.as_bytes())
        .map(|record| match record.unwrap() {
            Record::Pair(pair) => {
                assert_eq!(pair.label, Relation::Synonym);
                (pair.sentence1, pair.sentence2, pair.one_way)
            }
            Record::Term(term) => panic!("{term:?}"),
        })
        .collect()
}

fn told(pairs: &[(&str, &str, bool)]) -> Vec<(String, String, bool)> {
    pairs
        .iter()
        .map(|&(a, b, one_way)| (a.to_owned(), b.to_owned(), one_way))
        .collect()
}

fn solr(source: &MemorySource) -> String {
    let mut file = Vec::new();
    write_solr(source, &mut file).unwrap();
    String::from_utf8(file).unwrap()
}

fn source() -> MemorySource {
    MemorySource::new("sozluk", "1.0", "tr", "CC0-1.0")
}

#[test]
fn equivalents_are_paired_and_lines_are_not_chained() {
    assert_eq!(
        pairs(
            "saklı pay, mahfuz hisse,  yasal pay\n\n# mahkemeler\r\nSayıştay, Divan-ı Muhasebat\r\n"
        ),
        told(&[
            ("saklı pay", "mahfuz hisse", false),
            ("saklı pay", "yasal pay", false),
            ("mahfuz hisse", "yasal pay", false),
            ("Sayıştay", "Divan-ı Muhasebat", false),
        ])
    );
    assert_eq!(
        pairs("hibe, bağış\nbağış, bağışlama"),
        told(&[("hibe", "bağış", false), ("bağış", "bağışlama", false)])
    );
}

#[test]
fn a_mapping_goes_one_way_and_keeps_what_stands_on_both_sides() {
    assert_eq!(
        pairs("divan-ı muhasebat => sayıştay"),
        told(&[("divan-ı muhasebat", "sayıştay", true)])
    );
    assert_eq!(
        pairs("taşınmaz, gayrimenkul => taşınmaz, emlak"),
        told(&[
            ("gayrimenkul", "taşınmaz", true),
            ("taşınmaz", "emlak", true),
            ("gayrimenkul", "emlak", true),
        ])
    );
    assert_eq!(
        pairs("hibe, bağış => bağış, hibe"),
        told(&[("hibe", "bağış", false)])
    );
}

#[test]
fn a_backslash_makes_a_letter_of_any_character() {
    assert_eq!(
        pairs(r"madde 1\, fıkra 2, m. 1/2"),
        told(&[("madde 1, fıkra 2", "m. 1/2", false)])
    );
    assert_eq!(
        pairs(r"a \=> b, \#c\\d, e=\>f, g = h => i\"),
        told(&[
            ("a => b", r"i\", true),
            (r"#c\d", r"i\", true),
            ("e=>f", r"i\", true),
            ("g = h", r"i\", true),
        ])
    );
    assert_eq!(
        pairs("\\ hak\\ , hukuk"),
        told(&[(" hak ", "hukuk", false)])
    );
}

#[test]
fn a_term_counts_once_per_line() {
    assert_eq!(
        pairs("borçlu, BORÇLU, medyun, borçlu"),
        told(&[("borçlu", "medyun", false)])
    );
    assert_eq!(pairs("borçlu, Borçlu\nvesayet\n"), []);
}

#[test]
fn every_mistake_names_its_line_and_costs_only_it() {
    let many = (0..=MAX_TERMS_PER_RULE)
        .map(|n| format!("terim {n}"))
        .collect::<Vec<_>>()
        .join(", ");
    for (line, reason) in [
        ("a => b => c", "more than one \"=>\""),
        ("a => => c", "more than one \"=>\""),
        ("=> b", "nothing stands left"),
        ("a =>", "nothing stands right"),
        ("=>", "nothing stands left"),
        ("a, b => c,", "an empty term"),
        ("a,, b", "an empty term"),
        ("a, => b", "an empty term"),
        (", a", "an empty term"),
        ("a,", "an empty term"),
        (",", "an empty term"),
        ("a, -", "is no term"),
        (&many, "more than 1000 terms"),
    ] {
        let text = format!("hibe, bağış\n{line}\nkefil, garantör");
        let records: Vec<_> = SolrReader::new(text.as_bytes()).collect();
        assert_eq!(records.len(), 3, "{line}: {records:?}");
        let error = records[1].as_ref().unwrap_err().to_string();
        assert!(
            error.starts_with("line 2: ") && error.contains(reason),
            "{line}: {error}"
        );
        assert!(records[2].is_ok());
    }
}

#[test]
fn a_wordnet_in_prolog_is_refused_once() {
    let text = "s(100001740,1,'entity',n,1,11).\ns(100002137,1,'abstraction',n,6,0).\n";
    let records: Vec<_> = SolrReader::new(text.as_bytes()).collect();
    assert_eq!(records.len(), 1);
    let error = records[0].as_ref().unwrap_err().to_string();
    assert!(error.contains("Prolog"), "{error}");
}

#[test]
fn the_largest_rule_is_told_pair_by_pair() {
    let text = (0..MAX_TERMS_PER_RULE)
        .map(|n| format!("terim {n}"))
        .collect::<Vec<_>>()
        .join(",");
    assert_eq!(SolrReader::new(text.as_bytes()).count(), 499_500);
}

#[test]
fn groups_are_lines_and_other_pairs_too() {
    let mut source = source();
    source
        .add_group(["saklı pay", "mahfuz hisse", "yasal pay"])
        .unwrap();
    let mut one_way = LabelledPair::new("miras payı", "saklı pay", Relation::Synonym);
    one_way.one_way = true;
    for pair in [
        LabelledPair::new("saklı pay", "dokunulmaz pay", Relation::Synonym),
        one_way,
        LabelledPair::new("alacaklı", "borçlu", Relation::Antonym),
    ] {
        source.add(Record::Pair(pair)).unwrap();
    }
    assert_eq!(
        solr(&source),
        "# sozluk 1.0, tr\n# licence: CC0-1.0\n\
         saklı pay, mahfuz hisse, yasal pay\n\
         saklı pay, dokunulmaz pay\n\
         miras payı => miras payı, saklı pay\n"
    );
}

#[test]
fn a_group_over_the_limit_is_written_pair_by_pair() {
    let names: Vec<_> = (0..=MAX_TERMS_PER_RULE)
        .map(|n| format!("terim {n}"))
        .collect();
    let mut source = source();
    source.add_group(names.iter().map(String::as_str)).unwrap();
    let file = solr(&source);
    assert_eq!(pairs(&file).len(), 1001 * 1000 / 2);
}

#[test]
fn a_large_lexicon_fills_several_synonyms_sets() {
    let mut source = source();
    for n in 0..=MAX_RULES_PER_SET {
        source
            .add_group([
                format!("terim {n}").as_str(),
                format!("\"söz\" {n}").as_str(),
            ])
            .unwrap();
    }
    let mut bodies = Vec::new();
    write_elasticsearch(&source, &mut bodies).unwrap();
    let rules: Vec<usize> = String::from_utf8(bodies)
        .unwrap()
        .lines()
        .map(|line| {
            let body: serde_json::Value = serde_json::from_str(line).unwrap();
            let set = body["synonyms_set"].as_array().unwrap();
            assert!(set[0]["synonyms"].as_str().unwrap().contains("\"söz\" "));
            set.len()
        })
        .collect();
    assert_eq!(rules, [MAX_RULES_PER_SET, 1]);

    let mut empty = Vec::new();
    write_elasticsearch(&MemorySource::new("boş", "1", "tr", "CC0-1.0"), &mut empty).unwrap();
    assert_eq!(empty, b"{\"synonyms_set\":[]}\n");
}

prop_compose! {
    /// Terms that differ in spelling, full of what the format gives a meaning to.
    fn terms()(
        texts in prop::collection::vec("[ #=>,\\\\\t]{0,3}[abçı][ #=>,\\\\a-zğ]{0,5}[ #\\\\]{0,2}", 2..12)
    ) -> Vec<String> {
        let mut seen = BTreeSet::new();
        texts
            .into_iter()
            .filter(|text| seen.insert(spelling_form(text).into_owned()))
            .collect()
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        terms in terms(),
        grouped in 0usize..6,
        links in prop::collection::vec((0usize..12, 0usize..12, any::<bool>()), 0..12),
    ) {
        let mut source = source();
        let grouped = grouped.min(terms.len());
        if grouped > 1 {
            source.add_group(terms[..grouped].iter().map(String::as_str)).unwrap();
        }
        let mut linked = BTreeSet::new();
        let mut expected = BTreeSet::new();
        for (i, a) in terms[..grouped].iter().enumerate() {
            for b in &terms[i + 1..grouped] {
                expected.insert((a.clone(), b.clone(), false));
            }
        }
        for (a, b, one_way) in links {
            let (a, b) = (a % terms.len(), b % terms.len());
            if a == b || (a < grouped && b < grouped) || !linked.insert((a.min(b), a.max(b))) {
                continue;
            }
            let mut pair = LabelledPair::new(&*terms[a], &*terms[b], Relation::Synonym);
            pair.one_way = one_way;
            source.add(Record::Pair(pair)).unwrap();
            expected.insert((terms[a].clone(), terms[b].clone(), one_way));
        }
        let expected: BTreeSet<_> = expected
            .into_iter()
            .map(|(a, b, one_way)| (a.replace('\t', " "), b.replace('\t', " "), one_way))
            .collect();
        let read: Vec<_> = pairs(&solr(&source));
        prop_assert_eq!(read.len(), expected.len());
        prop_assert_eq!(read.into_iter().collect::<BTreeSet<_>>(), expected);
    }

    #[test]
    fn any_text_is_read_without_panic(text in any::<String>(), rule in "[ab,=>\\\\ #\n]{0,40}") {
        for text in [&text, &rule] {
            for record in SolrReader::new(text.as_bytes()).flatten() {
                let Record::Pair(pair) = record else { panic!() };
                prop_assert!(pair.check().is_ok());
            }
        }
    }
}
