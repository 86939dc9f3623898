//! What several fuzz targets do: use every accessor of what was opened.

use semrel::{ExpandOptions, Lexicon, Pack, Relation, Semrel, TermId};

/// Asks a lexicon everything that it can be asked.
pub fn use_lexicon(lexicon: &Lexicon) {
    for term in lexicon.terms() {
        assert_eq!(lexicon.term(term.id()).map(|t| t.text()), Some(term.text()));
        assert!(!term.text().is_empty());
        let mut previous = None;
        for posting in term.postings() {
            assert!(lexicon.term(posting.target).is_some());
            assert!((0.0..=1.0).contains(&posting.weight));
            assert!(previous.is_none_or(|p| p < posting.target));
            assert!(term.posting(posting.target).is_some());
            previous = Some(posting.target);
        }
        for sense in term.senses() {
            let _ = (sense.pos(), sense.domain(), sense.hypernym());
            let _ = sense.gloss();
        }
        if let Some(group) = term.group() {
            assert!(group.preferred().is_some());
        }
        lexicon.lookup(term.text()).for_each(drop);
        lexicon.prefix(term.text()).take(3).for_each(drop);
    }
    for group in lexicon.groups() {
        assert!(group.members().count() >= 2);
    }
    assert!(lexicon.term(TermId(lexicon.len() as u32)).is_none());
    assert!(lexicon.prefix("").count() <= lexicon.len());
    for text in ["kira", "TBK'nın", "ş", ""] {
        lexicon.lookup(text).for_each(drop);
        lexicon.fuzzy(text, 2);
        lexicon.suggest(text, 3);
    }
    let _ = (lexicon.sources().count(), lexicon.domains().count());
}

/// Asks a pack everything that it can be asked.
pub fn use_pack(pack: Pack) {
    use_lexicon(pack.lexicon());
    let Ok(semrel) = Semrel::new(pack) else {
        return;
    };
    let mut both = ExpandOptions::default();
    both.relations.push(Relation::CoHyponym);
    both.min_score = 0.0;
    let terms: Vec<_> = semrel.lexicon().terms().take(20).collect();
    for a in &terms {
        if let Ok(found) = semrel.expand(a.text(), &both) {
            assert!(found.len() <= both.limit);
        }
        for b in &terms {
            let _ = semrel.relation(a.text(), b.text());
        }
    }
}
