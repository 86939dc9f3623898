//! What the models are asked: vectors, neighbours, relations.

use std::sync::Arc;

use semrel::{ErrorKind, Evidence, Relation, Semrel};

use super::{expected, pack_builder, semrel};

fn length(vector: &[f32]) -> f32 {
    vector.iter().map(|x| x * x).sum::<f32>().sqrt()
}

#[test]
fn vectors_have_unit_length_and_good_beginnings() {
    let semrel = semrel();
    let terms = [
        "kiracı",
        "daha önce görülmemiş",
        "Ş",
        "İCRA TAKİBİNİN DURDURULMASI",
    ];
    for (term, vector) in terms.iter().zip(semrel.embed_all(terms).unwrap()) {
        assert_eq!(vector.dimensions(), 8);
        assert!((length(vector.as_slice()) - 1.0).abs() < 1e-5, "{term}");
        let beginning = vector.truncated(4).unwrap();
        assert!((length(beginning.as_slice()) - 1.0).abs() < 1e-5, "{term}");
        assert_eq!(vector, semrel.embed(term).unwrap());
    }
}

#[test]
fn a_term_has_one_vector_whatever_its_case_and_inflection() {
    let semrel = semrel();
    let vector = semrel.embed("kira sözleşmesi").unwrap();
    assert_eq!(semrel.embed("KİRA SÖZLEŞMESİ").unwrap(), vector);
    assert_eq!(semrel.embed("kira sözleşmelerinden").unwrap(), vector);
}

#[test]
fn what_is_no_term_has_no_vector() {
    for text in ["", " ,;", &"uzun ".repeat(1000)] {
        let error = semrel().embed(text).unwrap_err();
        assert!(matches!(
            error.kind(),
            ErrorKind::InvalidInput | ErrorKind::Limit
        ));
    }
}

#[test]
fn similar_terms_come_nearest_first_without_the_term_itself() {
    let semrel = semrel();
    let terms = expected().terms;
    for question in ["kiracı", "müteselsil kefil"] {
        let similar = semrel.similar(question, 5).unwrap();
        assert_eq!(similar.len(), 5);
        assert!(similar.is_sorted_by(|x, y| x.score >= y.score));
        assert!(similar.iter().all(|near| near.term != question));
        let vector = semrel.embed(question).unwrap();
        let cosine = |term: &str| semrel.embed(term).unwrap().cosine(&vector);
        for near in &similar {
            assert!(
                (near.score - cosine(near.term)).abs() < 0.02,
                "{}",
                near.term
            );
        }
        let nearer = terms
            .iter()
            .filter(|term| term.text != question)
            .filter(|term| cosine(&term.text) > similar[4].score + 0.02);
        assert!(nearer.count() <= 4, "{question}");
    }
    assert_eq!(semrel.similar("kiracı", 0).unwrap(), []);
    let all = semrel.similar("kiracı", usize::MAX).unwrap();
    assert_eq!(all.len(), terms.len() - 1);
}

#[test]
fn the_lexicon_speaks_first_and_the_models_last() {
    let semrel = semrel();
    let evidence = |a, b| semrel.relation(a, b).unwrap().unwrap().evidence;
    assert_eq!(evidence("kiracı", "kiraya veren"), Evidence::Lexicon);
    assert_eq!(evidence("kiracının", "kiraya verenler"), Evidence::Variant);
    assert_eq!(
        evidence("haklı istifa", "haksız istifa"),
        Evidence::Composition
    );
    let answer = semrel.relation("kiracı", "depremzede").unwrap().unwrap();
    assert_eq!(answer.evidence, Evidence::Model);
    let sum: f32 = Relation::ALL.iter().map(|&r| answer.scores.get(r)).sum();
    assert!((sum - 1.0).abs() < 1e-5);
    assert_eq!(answer.relation, answer.scores.best());
}

#[test]
fn the_models_alone_answer_for_stated_pairs_too() {
    let semrel = semrel();
    let answer = semrel.relation_by_model("alıcı", "satıcı").unwrap();
    assert_eq!(answer.evidence, Evidence::Model);
    let back = semrel.relation_by_model("satıcı", "alıcı").unwrap();
    for relation in Relation::ALL {
        assert!((answer.scores.get(relation) - back.scores.get(relation)).abs() < 1e-6);
    }
}

#[test]
fn many_pairs_get_the_answers_that_each_would_get() {
    let semrel = semrel();
    let terms: Vec<String> = expected().embeddings.into_iter().map(|e| e.text).collect();
    let mut pairs = vec![
        ("kiracı", "kiraya veren"),
        ("haklı istifa", "haksız istifa"),
    ];
    for a in &terms {
        pairs.extend(terms.iter().map(|b| (a.as_str(), b.as_str())));
    }
    let answers = semrel.relations(pairs.clone()).unwrap();
    assert_eq!(answers.len(), pairs.len());
    for ((a, b), answer) in pairs.into_iter().zip(answers) {
        let (answer, alone) = (answer.unwrap(), semrel.relation(a, b).unwrap().unwrap());
        assert_eq!(answer.evidence, alone.evidence, "{a}, {b}");
        for relation in Relation::ALL {
            let difference = answer.scores.get(relation) - alone.scores.get(relation);
            assert!(difference.abs() < 1e-5, "{a}, {b}");
        }
    }
}

#[test]
fn threads_share_one_handle() {
    let semrel = semrel();
    let alone = semrel.embed("gecikme faizi").unwrap();
    let shared = Arc::new(semrel_again());
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || {
                let vector = shared.embed("gecikme faizi").unwrap();
                shared.relation("kiracı", "gecikme faizi").unwrap().unwrap();
                shared.similar("temerrüt", 3).unwrap();
                vector
            })
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), alone);
    }
}

/// A handle that nobody has asked yet.
fn semrel_again() -> Semrel {
    semrel()
}

#[test]
fn a_pack_without_models_says_so() {
    let pack = pack_builder().to_bytes().unwrap();
    let semrel = Semrel::new(semrel::Pack::from_bytes(pack).unwrap()).unwrap();
    assert_eq!(semrel.relation("kiracı", "depremzede").unwrap(), None);
    for error in [
        semrel.embed("kiracı").unwrap_err(),
        semrel.similar("kiracı", 3).unwrap_err(),
        semrel.relation_by_model("kiracı", "alıcı").unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Unavailable);
        assert!(
            error.to_string().contains("the pack has no models"),
            "{error}"
        );
    }
}
