//! The way back: inflecting lemmas.

use semrel::morphology::{Analyzer, Apostrophe, Feature, Feature::*};

#[test]
fn nouns_inflect() {
    let analyzer = Analyzer::turkish();
    for (lemma, features, form) in [
        ("akit", &[Gen][..], "akdin"),
        ("akit", &[P3sg, Abl], "akdinden"),
        ("sözleşme", &[Pl, P3sg, Gen], "sözleşmelerinin"),
        ("hak", &[P3sg, Acc], "hakkını"),
        ("ret", &[P3sg, Dat], "reddine"),
        ("fesih", &[P3sg], "feshi"),
        ("kitap", &[Acc], "kitabı"),
        ("malik", &[Gen], "malikin"),
        ("saat", &[Acc], "saati"),
        ("rol", &[Pl], "roller"),
        ("kabul", &[P3sg], "kabulü"),
        ("su", &[Gen], "suyun"),
        ("su", &[P3sg, Loc], "suyunda"),
        ("mevzu", &[P3sg], "mevzuu"),
        ("cezaevi", &[Pl, Loc], "cezaevlerinde"),
        ("cezaevi", &[Gen], "cezaevinin"),
        ("ben", &[Dat], "bana"),
        ("o", &[Acc], "onu"),
        ("mahkeme", &[P3sg, Equ], "mahkemesince"),
        ("kanun", &[Loc, Ki, Pl], "kanundakiler"),
        ("kâr", &[P3sg], "kârı"),
        ("mahkûm", &[Pl], "mahkûmlar"),
        ("renk", &[P3sg], "rengi"),
        ("taahhüt", &[P3sg], "taahhüdü"),
        ("geçerli", &[Cop], "geçerlidir"),
        ("blokzinciri", &[Gen], "blokzincirinin"),
        ("tokenizasyon", &[Pl, Dat], "tokenizasyonlara"),
    ] {
        assert_eq!(analyzer.inflect(lemma, features).as_deref(), Some(form));
    }
}

#[test]
fn verbs_inflect() {
    let analyzer = Analyzer::turkish();
    for (lemma, features, form) in [
        ("ödemek", &[Prog][..], "ödüyor"),
        ("ödemek", &[Neg, Prog, A1sg], "ödemiyorum"),
        (
            "ödemek",
            &[Pass, Neg, PastPart, P3sg, Abl],
            "ödenmediğinden",
        ),
        ("feshetmek", &[Pass, Act, P3sg], "feshedilmesi"),
        ("vermek", &[Aor], "verir"),
        ("yapmak", &[Aor], "yapar"),
        ("almak", &[Pass, PresPart], "alınan"),
        ("demek", &[PresPart], "diyen"),
        ("gitmek", &[Prog], "gidiyor"),
        ("içmek", &[Caus, Past], "içirdi"),
        ("anlamak", &[Unable, Aor], "anlayamaz"),
        ("gelmek", &[Evid, A3pl, CopPast], "gelmişlerdi"),
        ("okumak", &[Inf, Ins], "okumakla"),
        ("bozmak", &[Able, Aor], "bozabilir"),
    ] {
        assert_eq!(analyzer.inflect(lemma, features).as_deref(), Some(form));
    }
}

#[test]
fn names_numbers_and_abbreviations_take_an_apostrophe() {
    let analyzer = Analyzer::turkish();
    for (lemma, features, form) in [
        ("TBK", &[Gen][..], "TBK'nın"),
        ("AYM", &[Dat], "AYM'ye"),
        ("VUK", &[Gen], "VUK'un"),
        ("TÜİK", &[Gen], "TÜİK'in"),
        ("TBMM", &[Loc], "TBMM'de"),
        ("AB", &[Gen], "AB'nin"),
        ("Ankara", &[Loc, Ki], "Ankara'daki"),
        ("Zonguldak", &[Dat], "Zonguldak'a"),
        ("344", &[Ord], "344'üncü"),
        ("2004", &[Abl], "2004'ten"),
        ("6098", &[Gen], "6098'in"),
        ("1000", &[Dat], "1000'e"),
        ("A.Ş.", &[Gen], "A.Ş.'nin"),
    ] {
        assert_eq!(analyzer.inflect(lemma, features).as_deref(), Some(form));
    }
    let bare = analyzer.inflect_with("TBK", &[Gen], Apostrophe::Omit);
    assert_eq!(bare.as_deref(), Some("TBKnın"));
}

#[test]
fn forms_that_do_not_exist() {
    let analyzer = Analyzer::turkish();
    for (lemma, features) in [
        ("kira", &[Past][..]),
        ("ödemek", &[P3sg]),
        ("ve", &[Pl]),
        ("dava", &[Gen, Pl]),
        ("dava", &[Noun, Noun]),
        ("", &[Gen]),
    ] {
        assert_eq!(
            analyzer.inflect(lemma, features),
            None,
            "{lemma} {features:?}"
        );
    }
    let endless: Vec<Feature> = [With, Lik].repeat(10_000);
    assert_eq!(analyzer.inflect("dava", &endless), None);
}

/// The stems of the project, as the analyser ships them.
fn stems() -> impl Iterator<Item = (&'static str, Feature)> {
    include_str!("../../models/tr/stems.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let lemma = columns.next()?;
            let pos = match columns.next()? {
                "noun" => Noun,
                "adj" => Adj,
                "verb" => Verb,
                "name" => Name,
                _ => return None,
            };
            Some((lemma, pos))
        })
}

fn assert_round_trip(pos: &[Feature], paradigm: &[&[Feature]], step: usize) {
    let analyzer = Analyzer::turkish();
    let mut made = 0;
    for (at, (lemma, of)) in stems().filter(|(_, of)| pos.contains(of)).enumerate() {
        // Each stem meets a part of the paradigm; together they meet all of it.
        for features in paradigm.iter().skip(at % step).step_by(step) {
            let wanted: Vec<Feature> = std::iter::once(of)
                .chain(features.iter().copied())
                .collect();
            let Some(form) = analyzer.inflect(lemma, &wanted) else {
                continue;
            };
            made += 1;
            let all = analyzer.analyze(&form);
            let found = all.iter().any(|one| {
                one.features[1..] == **features
                    && one.lemma.to_lowercase().replace('\'', "")
                        == lemma.to_lowercase().replace('\'', "")
            });
            assert!(found, "{lemma} {features:?}: {form}: {all:?}");
        }
    }
    assert!(made > 5_000, "{made} forms");
}

#[test]
fn nominal_forms_are_analysed_back() {
    let paradigm: &[&[Feature]] = &[
        &[Pl],
        &[P3sg],
        &[Acc],
        &[Dat],
        &[Loc],
        &[Abl],
        &[Gen],
        &[Ins],
        &[P3sg, Acc],
        &[P3sg, Dat],
        &[P3sg, Loc],
        &[P3sg, Abl],
        &[P3sg, Gen],
        &[P3sg, Ins],
        &[P3sg, Equ],
        &[Pl, P3sg],
        &[Pl, Gen],
        &[Pl, P3sg, Gen],
        &[Pl, P3sg, Abl],
        &[Loc, Ki],
        &[P1pl],
        &[P1pl, Dat],
        &[P3sg, Loc, Ki],
        &[Cop],
        &[Pl, P1pl, Gen],
    ];
    assert_round_trip(&[Noun, Adj, Name], paradigm, 5);
}

#[test]
fn verbal_forms_are_analysed_back() {
    let paradigm: &[&[Feature]] = &[
        &[Past],
        &[Prog],
        &[Aor],
        &[Fut],
        &[Evid],
        &[Neg, Prog],
        &[Neg, Aor],
        &[PresPart],
        &[PastPart, P3sg],
        &[FutPart, P3sg, Acc],
        &[Act, P3sg],
        &[Inf, Ins],
        &[AfterDoing],
        &[ByDoing],
        &[When],
        &[WithoutDoing],
        &[Able, Aor],
        &[Unable, Aor],
        &[Nec, Cop],
        &[Neg, PastPart, P3sg, Abl],
    ];
    assert_round_trip(&[Verb], paradigm, 2);
}
