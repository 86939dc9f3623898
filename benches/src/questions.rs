//! What is asked: terms and pairs of the lexicon, drawn once, the same in every run.

use std::collections::HashMap;

use semrel::Lexicon;
use semrel::text::normal_form;

use crate::random::Random;

/// How many questions of a kind.
pub const COUNT: usize = 4096;
/// How many misspelt terms: each costs a thousand times more.
pub const MISSPELT_COUNT: usize = 128;

/// Two terms.
pub type Pair = (String, String);

/// Questions, by kind. Only terms that share their normal form with no other are asked for, so
/// that every peer has the same answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Questions {
    /// Related pairs in normal form.
    pub known: Vec<Pair>,
    /// The same pairs as people type them: the first in capitals, the second inflected after an
    /// apostrophe.
    pub typed: Vec<Pair>,
    /// Pairs of known terms without a relation, in normal form.
    pub unrelated: Vec<Pair>,
    /// Pairs of which the second term is not known.
    pub unknown: Vec<Pair>,
    /// Terms with synonyms, in normal form.
    pub terms: Vec<String>,
    /// The same terms in capitals.
    pub capitals: Vec<String>,
    /// Terms with one letter exchanged.
    pub misspelt: Vec<String>,
}

impl Questions {
    /// Draws questions.
    pub fn draw(lexicon: &Lexicon) -> Self {
        let mut sharing: HashMap<String, usize> = HashMap::new();
        for term in lexicon.terms() {
            *sharing
                .entry(normal_form(term.text()).into_owned())
                .or_default() += 1;
        }
        let forms: Vec<_> = lexicon
            .terms()
            .map(|term| normal_form(term.text()).into_owned())
            .collect();
        let alone = |id: usize| sharing[&forms[id]] == 1;
        let asked: Vec<_> = lexicon
            .terms()
            .filter(|t| alone(t.id().0 as usize))
            .collect();
        let with_relations: Vec<_> = asked
            .iter()
            .copied()
            .filter(|term| term.postings().any(|p| alone(p.target.0 as usize)))
            .collect();
        let with_synonyms: Vec<_> = asked
            .iter()
            .copied()
            .filter(|term| {
                term.postings()
                    .any(|p| p.relation == semrel::Relation::Synonym && alone(p.target.0 as usize))
            })
            .collect();
        let form = |term: semrel::Term<'_>| forms[term.id().0 as usize].clone();

        let mut random = Random::new(1926);
        let mut questions = Questions::default();
        for at in 0..COUNT {
            let term = random.pick(&with_relations);
            let others: Vec<_> = term
                .postings()
                .map(|p| p.target.0 as usize)
                .filter(|&other| alone(other))
                .collect();
            let other = &forms[random.pick(&others)];
            questions.known.push((form(term), other.clone()));
            questions
                .typed
                .push((capitals(&form(term)), inflected(other)));

            let (a, b) = (random.pick(&asked), random.pick(&asked));
            if a.posting(b.id()).is_none() {
                questions.unrelated.push((form(a), form(b)));
            }
            questions
                .unknown
                .push((form(a), format!("{} yok", form(b))));

            let term = form(random.pick(&with_synonyms));
            questions.capitals.push(capitals(&term));
            if at < MISSPELT_COUNT {
                questions.misspelt.push(misspelt(&term, &mut random));
            }
            questions.terms.push(term);
        }
        questions
    }

    /// All questions as tab-separated lines: the kind, then one or two terms.
    pub fn to_tsv(&self) -> String {
        let mut out = String::new();
        let mut line = |kind: &str, a: &str, b: &str| {
            out.extend([kind, "\t", a, "\t", b, "\n"]);
        };
        for (kind, pairs) in [
            ("known", &self.known),
            ("typed", &self.typed),
            ("unrelated", &self.unrelated),
            ("unknown", &self.unknown),
        ] {
            pairs.iter().for_each(|(a, b)| line(kind, a, b));
        }
        for (kind, terms) in [
            ("terms", &self.terms),
            ("capitals", &self.capitals),
            ("misspelt", &self.misspelt),
        ] {
            terms.iter().for_each(|term| line(kind, term, ""));
        }
        out
    }

    /// Reads what [`to_tsv`](Self::to_tsv) wrote; other lines are passed over.
    pub fn from_tsv(text: &str) -> Self {
        let mut questions = Questions::default();
        for line in text.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let &[kind, a, b] = fields.as_slice() else {
                continue;
            };
            let pair = || (a.to_owned(), b.to_owned());
            match kind {
                "known" => questions.known.push(pair()),
                "typed" => questions.typed.push(pair()),
                "unrelated" => questions.unrelated.push(pair()),
                "unknown" => questions.unknown.push(pair()),
                "terms" => questions.terms.push(a.to_owned()),
                "capitals" => questions.capitals.push(a.to_owned()),
                "misspelt" => questions.misspelt.push(a.to_owned()),
                _ => {}
            }
        }
        questions
    }
}

fn capitals(text: &str) -> String {
    text.chars()
        .flat_map(|c| match c {
            'i' => 'İ'.to_uppercase(),
            c => c.to_uppercase(),
        })
        .collect()
}

fn inflected(text: &str) -> String {
    format!("{text}'nın")
}

/// Exchanges one letter.
fn misspelt(text: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = random.below(letters.len());
    letters[at] = if letters[at] == 'z' { 'k' } else { 'z' };
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_survive_the_file() {
        let pair = ("KİRA".to_owned(), "icar'nın".to_owned());
        let questions = Questions {
            known: vec![pair.clone()],
            typed: vec![pair],
            misspelt: vec!["kzra".to_owned()],
            ..Questions::default()
        };
        assert_eq!(Questions::from_tsv(&questions.to_tsv()), questions);
    }

    #[test]
    fn typed_text_meets_its_term() {
        assert_eq!(capitals("iflas idaresi"), "İFLAS İDARESİ");
        assert_eq!(normal_form(&capitals("ışık çini")), "ışık çini");
        assert_eq!(normal_form(&inflected("kira")), "kira");
    }
}
