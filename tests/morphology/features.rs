//! Lemma and features, and forms that can be read in more than one way.

use semrel::morphology::{Analyzer, Feature};

/// `form lemma Feature+Feature` per line; the best analysis must be this one.
fn assert_best(table: &str) {
    let analyzer = Analyzer::turkish();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (form, expected) = line.split_once(' ').expect("form lemma features");
        assert_eq!(analyzer.analyze(form)[0].to_string(), expected, "{form}");
    }
}

/// The same, but any analysis may be it.
fn assert_among(table: &str) {
    let analyzer = Analyzer::turkish();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (form, expected) = line.split_once(' ').expect("form lemma features");
        let all: Vec<String> = analyzer
            .analyze(form)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert!(all.iter().any(|one| one == expected), "{form}: {all:?}");
    }
}

#[test]
fn nominal_inflection() {
    assert_best(
        "
        sözleşmesinin sözleşme Noun+P3sg+Gen
        tazminatlarının tazminat Noun+Pl+P3sg+Gen
        kiracılarımızdan kiracı Noun+Pl+P1pl+Abl
        tahliyesine tahliye Noun+P3sg+Dat
        davalarda dava Noun+Pl+Loc
        mahkemesince mahkeme Noun+P3sg+Equ
        maddesindeki madde Noun+P3sg+Loc+Ki
        maddelerindekilerden madde Noun+Pl+P3sg+Loc+Ki+Pl+Abl
        hükmünce hüküm Noun+P3sg+Equ
        kiracıysa kiracı Noun+CopCond
        geçerlidir geçerli Adj+Cop
        cezaevlerinin cezaevi Noun+Pl+Gen
        haksızlığa haksızlık Noun+Dat
        bana ben Pron+Dat
        onunla o Pron+Ins
        TBK'nın TBK Abbr+Gen
        344'üncü 344 Num+Ord
        ",
    );
}

#[test]
fn verbal_inflection() {
    assert_best(
        "
        feshedilmesinden feshedilmek Verb+Act+P3sg+Abl
        ödenmediğinden ödenmek Verb+Neg+PastPart+P3sg+Abl
        ödeyemeyeceğini ödemek Verb+Unable+FutPart+P3sg+Acc
        ödeyebilirdi ödemek Verb+Able+Aor+CopPast
        bulunmaktadır bulunmak Verb+Prog2+Cop
        bozulmuştur bozulmak Verb+Evid+Cop
        gelmişlerdi gelmek Verb+Evid+A3pl+CopPast
        ediyorum etmek Verb+Prog+A1sg
        söylemiyorsa söylemek Verb+Neg+Prog+CopCond
        yapmadan yapmak Verb+WithoutDoing
        yapmaksızın yapmak Verb+WithoutDoing
        çıkınca çıkmak Verb+When
        çıkıncaya çıkmak Verb+Until
        alırken almak Verb+Aor+While
        görmüşçesine görmek Verb+Evid+AsIf
        bilmem bilmek Verb+Neg+Aor+A1sg
        görüşelim görüşmek Verb+Opt+A1pl
        versinler vermek Verb+Imp+A3pl
        ödeseydi ödemek Verb+Cond+CopPast
        ",
    );
}

#[test]
fn derivations_lead_from_the_root() {
    let analyzer = Analyzer::turkish();
    for (form, lemma, root, derivation) in [
        (
            "feshedilmesi",
            "feshedilmek",
            "feshetmek",
            &[Feature::Pass][..],
        ),
        (
            "kiracısızlığın",
            "kiracısızlık",
            "kiracı",
            &[Feature::Without, Feature::Lik],
        ),
        ("yaptırılması", "yaptırılmak", "yaptırmak", &[Feature::Pass]),
        ("içirilen", "içirilmek", "içirmek", &[Feature::Pass]),
        (
            "dilekçesizdir",
            "dilekçesiz",
            "dilekçe",
            &[Feature::Without],
        ),
    ] {
        let best = &analyzer.analyze(form)[0];
        assert_eq!(best.lemma, lemma);
        assert_eq!(best.root, root, "{form}");
        assert_eq!(best.derivation, derivation, "{form}");
    }
}

#[test]
fn ambiguous_forms_keep_their_other_readings() {
    assert_among(
        "
        alacak alacak Noun
        alacak almak Verb+Fut
        gelir gelir Noun
        gelir gelmek Verb+Aor
        karın karın Noun
        karın kar Noun+Gen
        karın kâr Noun+Gen
        yasa yas Noun+Dat
        feshi fesih Noun+P3sg
        feshi fesih Noun+Acc
        davaları dava Noun+Pl+P3sg
        davaları dava Noun+P3pl
        davaları dava Noun+Pl+Acc
        kiracının kiracı Noun+Gen
        kiracının kiracı Noun+P2sg+Gen
        ödeme ödeme Noun
        ödeme ödemek Verb+Act
        ödeme ödemek Verb+Neg+Imp
        yazar yazar Noun
        yazar yazmak Verb+Aor
        hakim hâkim Noun
        kar kar Noun
        kar kâr Noun
        ",
    );
}

#[test]
fn the_circumflex_decides_where_it_is_written() {
    let analyzer = Analyzer::turkish();
    assert_eq!(analyzer.lemma("kârın"), "kâr");
    assert_eq!(analyzer.lemma("hâkimler"), "hâkim");
}

#[test]
fn unknown_stems_are_guessed_and_say_so() {
    let analyzer = Analyzer::turkish();
    for (form, lemma) in [
        ("blokzincirlerinin", "blokzincir"),
        ("tokenizasyonundan", "tokenizasyon"),
        ("metaverselerdeki", "metaverse"),
        ("podkastlarına", "podkast"),
        ("Yılmazcan'ın", "Yılmazcan"),
        ("KRTX'nin", "KRTX"),
        ("drodukluğa", "drodukluk"),
    ] {
        let best = &analyzer.analyze(form)[0];
        assert_eq!(best.lemma, lemma, "{form}");
        assert!(best.guessed, "{form}");
    }
    assert!(!analyzer.analyze("sözleşmenin")[0].guessed);
}

#[test]
fn what_is_no_word_is_its_own_lemma() {
    let analyzer = Analyzer::turkish();
    for text in ["6098", "§", "договор", "3/a", "", "--", "a1b2"] {
        assert_eq!(analyzer.lemma(text), text.to_lowercase());
    }
    let page = "sözleşme ".repeat(10_000);
    assert_eq!(analyzer.analyze(&page).len(), 1);
}
