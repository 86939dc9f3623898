//! The way back: from a dictionary form and features to the word form.

use super::allomorph::{Allomorph, allomorphs};
use super::analyzer::Analyzer;
use super::attributes::Attributes;
use super::automaton::{Automaton, Context, Next, Surface};
use super::feature::Feature;
use super::grammar::{ROWS, State, class};
use super::letters::{codes_of, spell};
use super::reading::{after_abbreviation, after_number};
use super::stems::Stem;
use crate::text::fold_case;

/// Whether a name and its inflection are parted by an apostrophe.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Apostrophe {
    /// As official spelling has it: *Türk Borçlar Kanunu'nun*, *TBK'nın*.
    #[default]
    Write,
    /// For search engines that do not split at it: *Türk Borçlar Kanununun*, `TBKnın`.
    Omit,
}

/// More features than any word form has.
const MAX_FEATURES: usize = 16;

impl Analyzer {
    /// The form of `lemma` with the inflection `features`, the inverse of
    /// [`analyze`](Self::analyze): `None` if that word has no such form.
    ///
    /// `features` may begin with a part of speech; it then picks among stems of the same
    /// spelling. A lemma that is not in the stem list is inflected by rule. A capitalised lemma
    /// is a name and gets an apostrophe.
    ///
    /// ```
    /// use semrel::morphology::{Analyzer, Feature::*};
    ///
    /// let analyzer = Analyzer::turkish();
    /// assert_eq!(analyzer.inflect("akit", &[P3sg, Gen]).as_deref(), Some("akdinin"));
    /// assert_eq!(analyzer.inflect("müstecir", &[Pl, Dat]).as_deref(), Some("müstecirlere"));
    /// assert_eq!(analyzer.inflect("feshetmek", &[Pass, Prog]).as_deref(), Some("feshediliyor"));
    /// assert_eq!(analyzer.inflect("TBK", &[Gen]).as_deref(), Some("TBK'nın"));
    /// assert_eq!(analyzer.inflect("kira", &[Past]), None);
    /// ```
    pub fn inflect(&self, lemma: &str, features: &[Feature]) -> Option<String> {
        self.inflect_with(lemma, features, Apostrophe::Write)
    }

    /// Like [`inflect`](Self::inflect), with a choice of apostrophe.
    pub fn inflect_with(
        &self,
        lemma: &str,
        features: &[Feature],
        apostrophe: Apostrophe,
    ) -> Option<String> {
        let (pos, features) = match features.split_first() {
            Some((first, rest)) if first.is_part_of_speech() => (Some(*first), rest),
            _ => (None, features),
        };
        if features.len() > MAX_FEATURES || lemma.is_empty() {
            return None;
        }
        if codes_of(lemma).is_none() {
            return inflect_unspelled(lemma, features, apostrophe);
        }
        let known = self.stems().find(lemma);
        let mut stems: Vec<Stem> = known
            .into_iter()
            .filter(|stem| pos.is_none_or(|pos| stem.pos == pos))
            .cloned()
            .collect();
        if stems.is_empty() {
            stems = by_rule(lemma, pos);
        }
        stems
            .iter()
            .find_map(|stem| self.inflect_stem(stem, lemma, features, apostrophe))
    }

    fn inflect_stem(
        &self,
        stem: &Stem,
        lemma: &str,
        features: &[Feature],
        apostrophe: Apostrophe,
    ) -> Option<String> {
        if features.is_empty() {
            return Some(lemma.to_owned());
        }
        for (codes, entry) in self.stems().irregular(stem) {
            let rest = match entry.given {
                Some(given) if features.first() == Some(&given) => &features[1..],
                Some(_) => continue,
                None => features,
            };
            let mut form = codes.clone();
            if follow(entry.state, entry.class, entry.context, rest, &mut form) {
                let mut out = String::new();
                spell(&form, &mut out);
                return Some(out);
            }
        }
        let shapes = allomorphs(&stem.lemma, stem.pos, stem.attributes);
        let name = is_name(lemma, stem.pos);
        for (at, shape) in shapes
            .iter()
            .enumerate()
            .filter(|(_, shape)| !shape.variant)
        {
            if name && at > 0 && shape.context.next != Next::Iyor {
                // Names keep their spelling: Zonguldak'ı.
                break;
            }
            let mut context = shape.context;
            if name {
                context.next = Next::Anything;
            }
            let mut form = shape.codes.clone();
            if follow(shape.state, shape.class, context, features, &mut form) {
                return Some(written(lemma, stem, shape, &form, apostrophe));
            }
        }
        None
    }
}

/// "344'üncü", "A.Ş.'nin", "e-postanın": what is not only letters.
fn inflect_unspelled(lemma: &str, features: &[Feature], apostrophe: Apostrophe) -> Option<String> {
    let ends_in_word = lemma
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .is_some_and(|tail| tail.len() > 2 && tail.starts_with(char::is_lowercase));
    let context = after_number(lemma).unwrap_or_else(|| after_abbreviation(lemma));
    let class = if after_number(lemma).is_some() {
        class::NUM
    } else {
        0
    };
    let mut suffix = Vec::new();
    if !follow(State::Noun, class, context, features, &mut suffix) {
        return None;
    }
    let mut out = lemma.to_owned();
    if apostrophe == Apostrophe::Write && !ends_in_word && !suffix.is_empty() {
        out.push('\'');
    }
    spell(&suffix, &mut out);
    Some(out)
}

/// Whether the inflection of `lemma` follows an apostrophe.
fn is_name(lemma: &str, pos: Feature) -> bool {
    matches!(pos, Feature::Name | Feature::Abbr)
        || lemma.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// The spelling of an inflected form: the lemma's own letters as far as they go.
fn written(
    lemma: &str,
    stem: &Stem,
    shape: &Allomorph,
    form: &[u8],
    apostrophe: Apostrophe,
) -> String {
    let mut out = String::new();
    let suffix = &form[shape.codes.len()..];
    if is_name(lemma, stem.pos) {
        out.push_str(lemma);
        if apostrophe == Apostrophe::Write && lemma.starts_with(|c: char| !c.is_lowercase()) {
            out.push('\'');
        }
        spell(suffix, &mut out);
        return out;
    }
    // Letters that the shape shares with the lemma keep the lemma's circumflex and apostrophe.
    let mut same = 0;
    for c in lemma.chars() {
        if same >= shape.codes.len() {
            break;
        }
        match codes_of(c.encode_utf8(&mut [0; 4])).as_deref() {
            Some([code]) if *code == shape.codes[same] => {
                out.push(c);
                same += 1;
            }
            Some(_) => break,
            None => out.push(c),
        }
    }
    spell(&form[same..], &mut out);
    out
}

/// Stems for a lemma that is not in the list.
fn by_rule(lemma: &str, pos: Option<Feature>) -> Vec<Stem> {
    let folded = fold_case(lemma);
    let verb = folded.ends_with("mek") || folded.ends_with("mak");
    let guess = match pos {
        Some(pos) => pos,
        None if lemma.chars().filter(|c| c.is_uppercase()).count() > 1 => Feature::Abbr,
        None if lemma.starts_with(char::is_uppercase) => Feature::Name,
        None if verb => Feature::Verb,
        None => Feature::Noun,
    };
    let mut attributes = Attributes::default();
    if guess == Feature::Verb && folded.chars().count() > 5 && folded.ends_with("etmek") {
        attributes.insert(Attributes::AOR_A);
    }
    vec![Stem {
        lemma: lemma.into(),
        pos: guess,
        attributes,
    }]
}

/// Appends the suffixes that add exactly `features`; whether there are any.
fn follow(
    state: State,
    class: u16,
    context: Context,
    features: &[Feature],
    form: &mut Vec<u8>,
) -> bool {
    let automaton = Automaton::get();
    if features.is_empty() {
        return context.may_end() && state.is_final();
    }
    if features == [Feature::Imp] && automaton.silent(state).is_some() && context.may_end() {
        return true;
    }
    // Rows in the order of the table; the plain surface of a row before its changed ones.
    let mut candidates: Vec<&Surface> = automaton
        .following(state)
        .iter()
        .filter(|surface| {
            features.starts_with(ROWS[surface.row as usize].adds)
                && surface.needs & class == surface.needs
                && surface.fits(context)
        })
        .collect();
    candidates.sort_by_key(|surface| (surface.row, surface.next == Next::Glide));
    for surface in candidates {
        let len = form.len();
        form.extend(surface.letters());
        let class = if surface.class_after == 0 {
            class
        } else {
            surface.class_after
        };
        let rest = &features[ROWS[surface.row as usize].adds.len()..];
        if follow(surface.to, class, surface.after(context), rest, form) {
            return true;
        }
        form.truncate(len);
    }
    false
}
