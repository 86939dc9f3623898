//! The shapes a stem takes before suffixes, by rule.
//!
//! *kitap* is *kitab-* before a vowel, *ağız* is *ağz-*, *hak* is *hakk-*, *öde-* is *öd-* before
//! -Iyor. What the rules do not give is said by the attributes in the stem list.

use super::attributes::Attributes;
use super::automaton::{Context, Next};
use super::feature::Feature;
use super::grammar::{State, class};
use super::letters::{Ending, Harmony, code_of, codes_of, is_vowel};

/// One shape of a stem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Allomorph {
    /// Seen in texts, but not what the generator writes.
    pub(super) variant: bool,
    pub(super) codes: Vec<u8>,
    pub(super) state: State,
    pub(super) context: Context,
    pub(super) class: u16,
}

/// All shapes of a stem, in the order in which the generator tries them. Empty if `lemma` is not spelled with letters.
pub(super) fn allomorphs(lemma: &str, pos: Feature, attributes: Attributes) -> Vec<Allomorph> {
    if pos == Feature::Verb {
        return verb(lemma, attributes);
    }
    let mut shapes = nominal(lemma, pos, attributes);
    if attributes.has(Attributes::FRONT) {
        // "müracaatı" beside "müracaati".
        for at in 0..shapes.len() {
            let mut shape = shapes[at].clone();
            shape.context.harmony = Context::after(&shape.codes).harmony;
            shape.variant = true;
            shapes.push(shape);
        }
    }
    shapes
}

fn vowels(codes: &[u8]) -> usize {
    codes.iter().filter(|&&code| is_vowel(code)).count()
}

fn is(code: u8, letter: char) -> bool {
    code == code_of(letter)
}

/// The voiced partner of a last p, ç, t, k or g.
fn softened(codes: &[u8]) -> Option<u8> {
    let (&last, before) = codes.split_last()?;
    let after_n = before.last().is_some_and(|&code| is(code, 'n'));
    match super::letters::ALPHABET.get(last as usize)? {
        'p' => Some(code_of('b')),
        'ç' => Some(code_of('c')),
        't' => Some(code_of('d')),
        'k' if after_n => Some(code_of('g')),
        'k' | 'g' => Some(code_of('ğ')),
        _ => None,
    }
}

/// Whether the last consonant softens in a word of more than one syllable, as a rule.
pub(super) fn softens_by_rule(codes: &[u8]) -> bool {
    let [.., before, last] = codes else {
        return false;
    };
    if vowels(codes) < 2 {
        return false;
    }
    match super::letters::ALPHABET.get(*last as usize) {
        Some('p' | 'ç') => true,
        Some('k') => is_vowel(*before),
        Some('g') => is(*before, 'o'),
        _ => false,
    }
}

fn nominal(lemma: &str, pos: Feature, attributes: Attributes) -> Vec<Allomorph> {
    let Some(codes) = codes_of(lemma) else {
        return Vec::new();
    };
    let fixed = attributes.has(Attributes::FIXED)
        || matches!(pos, Feature::Postp | Feature::Conj | Feature::Interj);
    let mut class = class::KNOWN;
    match pos {
        Feature::Adj => class |= class::ADJ,
        Feature::Num => class |= class::NUM,
        _ => {}
    }
    if attributes.has(Attributes::KI) {
        class |= class::KI;
    }
    let mut context = Context::after(&codes);
    if attributes.has(Attributes::FRONT) {
        context.harmony =
            Harmony::of_word(&codes).map_or(context.harmony, |class| class.fronted() as u8);
    }
    if pos == Feature::Abbr {
        context = super::reading::after_abbreviation(lemma);
    }
    let state = if fixed {
        State::Fixed
    } else if pos == Feature::Ques {
        State::Question
    } else if attributes.has(Attributes::COMPOUND) {
        State::Possessed3
    } else {
        State::Noun
    };
    let mut shapes = vec![Allomorph {
        codes: codes.clone(),
        state,
        context,
        class,
        variant: false,
    }];
    if fixed {
        return shapes;
    }
    if attributes.has(Attributes::COMPOUND) {
        shapes.extend(compound_base(&codes, class));
        return shapes;
    }
    if attributes.has(Attributes::AYN) {
        let mut shape = shapes[0].clone();
        shape.context.ending = Ending::Voiced as u8;
        shape.context.next = Next::Vowel;
        shapes.insert(0, shape);
        return shapes;
    }
    if lemma == "su" {
        shapes[0].context.next = Next::NoVowel;
        let before = before_vowel(codes_of("suy").unwrap_or_default(), state, context, class);
        shapes.insert(0, before);
        return shapes;
    }
    let soft = attributes.has(Attributes::SOFT)
        || (softens_by_rule(&codes)
            && !attributes.has(Attributes::HARD)
            && !matches!(pos, Feature::Abbr));
    let drop = attributes.has(Attributes::DROP);
    let double = attributes.has(Attributes::DOUBLE);
    if !(soft || drop || double) {
        return shapes;
    }
    let mut changed = codes.clone();
    if drop && changed.len() > 2 {
        changed.remove(changed.len() - 2);
    }
    if soft {
        if let (Some(voiced), Some(last)) = (softened(&changed), changed.last_mut()) {
            *last = voiced;
        }
    }
    if double {
        changed.extend(changed.last().copied());
    }
    shapes[0].context.next = Next::NoVowel;
    shapes.push(before_vowel(changed, state, context, class));
    shapes
}

fn before_vowel(codes: Vec<u8>, state: State, citation: Context, class: u16) -> Allomorph {
    let context = Context {
        ending: Ending::Voiced as u8,
        next: Next::Vowel,
        ..citation
    };
    Allomorph {
        codes,
        state,
        context,
        class,
        variant: false,
    }
}

/// *cezaev* of *cezaevi*: what plural and other possessives attach to.
fn compound_base(codes: &[u8], class: u16) -> Option<Allomorph> {
    let mut base = codes.to_vec();
    base.pop()?;
    let last = *base.last()?;
    let before = base.len().checked_sub(2).map(|at| base[at]);
    if is(last, 's') && before.is_some_and(is_vowel) {
        base.pop();
    } else if is(last, 'ğ') {
        base.pop();
        base.push(code_of('k'));
    } else if is(last, 'b') || is(last, 'c') {
        base.pop();
        base.push(code_of(if is(last, 'b') { 'p' } else { 'ç' }));
    }
    Some(Allomorph {
        context: Context::after(&base),
        codes: base,
        state: State::CompoundBase,
        class,
        variant: false,
    })
}

fn verb(lemma: &str, attributes: Attributes) -> Vec<Allomorph> {
    let Some(mut codes) = codes_of(lemma) else {
        return Vec::new();
    };
    let ends_in_infinitive = matches!(codes.as_slice(), [.., m, a, k]
        if is(*m, 'm') && (is(*a, 'a') || is(*a, 'e')) && is(*k, 'k'));
    if !ends_in_infinitive || codes.len() < 4 {
        return Vec::new();
    }
    codes.truncate(codes.len() - 3);
    let last = codes[codes.len() - 1];
    // "saymak", but "affetmek": front suffixes whatever the root's vowels.
    let context = Context::after(&codes);
    let mut class = class::KNOWN;
    let of_etmek = matches!(codes.as_slice(), [.., e, t] if is(*e, 'e') && is(*t, 't'))
        && (codes.len() == 2 || attributes.has(Attributes::AOR_A));
    let aorist = attributes.has(Attributes::AOR_A) || attributes.has(Attributes::AOR_I);
    if attributes.has(Attributes::AOR_A) || (!aorist && !is_vowel(last) && vowels(&codes) < 2) {
        class |= class::AOR_A;
    }
    if attributes.has(Attributes::AOR_I) || (!aorist && (is_vowel(last) || vowels(&codes) > 1)) {
        class |= class::AOR_I;
    }
    class |= if is_vowel(last) || is(last, 'l') {
        class::PASS_N
    } else {
        class::PASS_IL
    };
    class |= if attributes.has(Attributes::CAUS_IR) {
        class::CAUS_IR
    } else if attributes.has(Attributes::CAUS_IT) {
        class::CAUS_IT
    } else if attributes.has(Attributes::CAUS_AR) {
        class::CAUS_AR
    } else if is_vowel(last) || (vowels(&codes) > 1 && (is(last, 'l') || is(last, 'r'))) {
        class::CAUS_T
    } else {
        class::CAUS_DIR
    };
    if attributes.has(Attributes::RECIP) {
        class |= class::RECIP;
    }
    if attributes.has(Attributes::REFL) {
        class |= class::REFL;
    }
    let mut shapes = vec![Allomorph {
        codes: codes.clone(),
        state: State::Verb,
        context,
        class,
        variant: false,
    }];
    if is_vowel(last) {
        let short = codes[..codes.len() - 1].to_vec();
        // "di-yor", "yi-yor": nothing is left to harmonise with but the vowel that fell out.
        let harmony = Harmony::of_word(&short).map_or(context.harmony, |class| class as u8);
        shapes.push(Allomorph {
            context: Context {
                harmony,
                ending: Ending::Voiced as u8,
                next: Next::Iyor,
            },
            codes: short,
            state: State::Verb,
            class,
            variant: false,
        });
        if is(last, 'a') || is(last, 'e') {
            // "diyen", "yiyecek"; and "başlıyan" in older texts.
            let mut narrow = codes[..codes.len() - 1].to_vec();
            narrow.push(code_of(if is(last, 'a') { 'ı' } else { 'i' }));
            let at = if vowels(&codes) > 1 { shapes.len() } else { 0 };
            let narrow = Allomorph {
                context: Context {
                    next: Next::Glide,
                    ..Context::after(&narrow)
                },
                codes: narrow,
                state: State::Verb,
                class,
                variant: vowels(&codes) > 1,
            };
            shapes.insert(at, narrow);
        }
    } else if of_etmek || attributes.has(Attributes::SOFT) {
        let mut soft = codes.clone();
        soft.pop();
        soft.push(code_of('d'));
        shapes[0].context.next = Next::NoVowel;
        shapes.push(before_vowel(soft, State::Verb, context, class));
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::morphology::letters::spell;

    fn shapes(lemma: &str, pos: Feature, words: &[&str]) -> Vec<String> {
        let mut attributes = Attributes::default();
        for word in words {
            attributes.insert(Attributes::from_word(word).unwrap());
        }
        allomorphs(lemma, pos, attributes)
            .iter()
            .map(|shape| {
                let mut out = String::new();
                spell(&shape.codes, &mut out);
                out
            })
            .collect()
    }

    #[test]
    fn nouns_change_before_vowels() {
        for (lemma, attributes, expected) in [
            ("kitap", &[][..], &["kitap", "kitab"][..]),
            ("ortak", &[], &["ortak", "ortağ"]),
            ("malik", &["hard"], &["malik"]),
            ("hak", &["double"], &["hak", "hakk"]),
            ("ret", &["double", "soft"], &["ret", "redd"]),
            ("akit", &["drop", "soft"], &["akit", "akd"]),
            ("fesih", &["drop"], &["fesih", "fesh"]),
            ("renk", &["soft"], &["renk", "reng"]),
            ("kanun", &[], &["kanun"]),
            ("cezaevi", &["comp"], &["cezaevi", "cezaev"]),
            ("suçüstü", &[], &["suçüstü"]),
        ] {
            assert_eq!(shapes(lemma, Feature::Noun, attributes), expected);
        }
    }

    #[test]
    fn verbs_change_before_suffixes() {
        assert_eq!(shapes("ödemek", Feature::Verb, &[]), ["öde", "öd", "ödi"]);
        assert_eq!(shapes("demek", Feature::Verb, &[]), ["di", "de", "d"]);
        assert_eq!(shapes("etmek", Feature::Verb, &[]), ["et", "ed"]);
        assert_eq!(
            shapes("feshetmek", Feature::Verb, &["ar"]),
            ["feshet", "feshed"]
        );
        assert_eq!(shapes("atmak", Feature::Verb, &[]), ["at"]);
    }
}
