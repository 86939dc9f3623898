//! A language pack as a source.

use std::borrow::Cow;

use super::source::{PairView, SenseView, Source, TermView};
use crate::lexicon::{Direction, Posting, Term};
use crate::pack::Pack;

/// The lexicon of the pack, under the name, version, language and licence of its manifest.
impl Source for Pack {
    fn name(&self) -> &str {
        &self.manifest().name
    }

    fn version(&self) -> &str {
        &self.manifest().version
    }

    fn language(&self) -> &str {
        &self.manifest().language
    }

    fn licence(&self) -> &str {
        &self.manifest().licence
    }

    fn terms(&self) -> Box<dyn Iterator<Item = TermView<'_>> + '_> {
        Box::new(self.lexicon().terms().map(|term| {
            TermView {
                text: Cow::Borrowed(term.text()),
                senses: term
                    .senses()
                    .map(|sense| SenseView {
                        pos: sense.pos(),
                        gloss: sense.gloss().map(Cow::Owned),
                        domain: sense.domain().map(Cow::Borrowed),
                        hypernym: sense.hypernym().map(|term| term.id().0),
                    })
                    .collect(),
            }
        }))
    }

    fn groups(&self) -> Box<dyn Iterator<Item = Vec<u32>> + '_> {
        Box::new(self.lexicon().groups().map(|group| {
            let preferred = group.preferred().map(|term| term.id().0);
            let members = group.members().map(|term| term.id().0);
            let others = members.filter(|&id| Some(id) != preferred);
            preferred.into_iter().chain(others).collect()
        }))
    }

    fn pairs(&self) -> Box<dyn Iterator<Item = PairView<'_>> + '_> {
        Box::new(self.lexicon().terms().flat_map(|term| {
            // Both terms have the posting; the smaller one tells it.
            term.postings()
                .filter(move |posting| posting.target > term.id())
                .map(move |posting| pair(term, posting))
        }))
    }
}

fn pair<'a>(term: Term<'a>, posting: Posting<'a>) -> PairView<'a> {
    let (a, b) = match posting.direction {
        Direction::Both | Direction::Out => (term.id().0, posting.target.0),
        Direction::In => (posting.target.0, term.id().0),
    };
    PairView {
        a,
        b,
        relation: posting.relation,
        weight: posting.weight,
        one_way: posting.direction != Direction::Both,
        derived: posting.transitive,
        guarded: posting.guarded,
        source: posting.source.map(Cow::Borrowed),
        domain: posting.domain.map(Cow::Borrowed),
    }
}
