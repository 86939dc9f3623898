//! From letters to parses: the walk through stems and suffixes.

use super::allomorph::softens_by_rule;
use super::automaton::{Automaton, Context, Next};
use super::feature::Feature;
use super::grammar::{ROWS, State, class};
use super::letters::{G_SOFT, Harmony, K, Letters, code_of, is_vowel};
use super::parse::{Mend, Parse, Parses, StemKind};
use super::reading::{after_abbreviation, after_number, looks_like_abbreviation};
use super::stems::{Stems, plausible};

/// How many suffixes are tried at most for one word. Real words need a few hundred; the bound
/// keeps made-up ones ("lıklıklık...") linear.
const MAX_STEPS: u32 = 6_000;

/// More stems than begin any word.
const MAX_HITS: usize = 48;

/// What a guessed stem costs, so that known ones win.
const GUESS: u16 = 40;

/// How the suffixes must fit a known stem.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// By all rules.
    Word,
    /// Behind an apostrophe: no consonant softens.
    Name,
    /// Behind the apostrophe of an abbreviation that others read differently: *TBK'nun*.
    Loose,
}

/// The search for the parses of one word.
pub(super) struct Search<'a> {
    stems: &'a Stems,
    automaton: &'static Automaton,
    letters: &'a Letters,
    parses: &'a mut Parses,
    steps: u32,
}

impl<'a> Search<'a> {
    /// Fills `parses` with the best parses of `word`, which `letters` holds.
    pub(super) fn run(stems: &'a Stems, word: &str, letters: &'a Letters, parses: &'a mut Parses) {
        parses.clear();
        let mut search = Self {
            stems,
            automaton: Automaton::get(),
            letters,
            parses,
            steps: 0,
        };
        match letters.apostrophe {
            Some(at) => search.split_at(at, word),
            None if letters.opaque => {}
            None => search.whole(),
        }
        if search.parses.as_slice().is_empty() && letters.apostrophe.is_some() && !letters.opaque {
            // "def'i", "Kur'an": the apostrophe belongs to the word.
            search.whole();
        }
        if search.parses.as_slice().is_empty() {
            let mut parse = Parse::new(StemKind::Opaque, letters.codes().len());
            parse.cost = u16::MAX;
            search.offer(parse);
        }
    }

    fn whole(&mut self) {
        self.known(None);
        if self.parses.as_slice().is_empty() {
            self.steps = 0;
            self.guess();
        }
    }

    /// Parses that begin with a stem of the list, ending at `at` if given.
    fn known(&mut self, at: Option<usize>) {
        match at {
            Some(at) => self.known_between(at, at, Fit::Name),
            None => self.known_between(1, self.letters.codes().len(), Fit::Word),
        }
    }

    /// Parses whose stem and possessive, or plural, end at the apostrophe.
    fn inflected_name(&mut self, at: usize) {
        if at < 5 || self.letters.opaque {
            return;
        }
        self.known_between(4, at - 1, Fit::Word);
        self.parses.retain(|parse| {
            let before = parse.ends().iter().position(|&end| end as usize == at);
            before.is_some_and(|row| {
                matches!(
                    ROWS[parse.rows()[row] as usize].to,
                    State::Possessed3 | State::Plural
                )
            })
        });
    }

    /// Parses that begin with a stem of the list that has `from` to `to` letters.
    fn known_between(&mut self, from: usize, to: usize, fit: Fit) {
        let codes = self.letters.codes();
        let stems = self.stems;
        let mut hits = [(0, 0); MAX_HITS];
        let mut count = 0;
        stems.prefixes(&codes[..to], |len, index| {
            if len >= from && count < MAX_HITS {
                hits[count] = (len, index);
                count += 1;
            }
        });
        // Long stems first: they need few suffixes and soon show how much is too much.
        for same_len in hits[..count].chunk_by(|a, b| a.0 == b.0).rev() {
            for &(len, index) in same_len {
                self.known_stem(len, index, fit);
            }
        }
    }

    fn known_stem(&mut self, len: usize, index: u32, fit: Fit) {
        let entry = self.stems.entry(index);
        let mut parse = Parse::new(StemKind::Known(index), len);
        let written = self.letters.circumflex & ((1 << len) - 1);
        parse.cost = u16::from(entry.cost)
            + u16::from(written != entry.circumflex)
            + u16::from(entry.apostrophe > 0);
        if entry.pos == Feature::Abbr && self.letters.capitals < 2 {
            // "yaşını" is no form of "YAŞ".
            parse.cost += 12;
        }
        let mut context = entry.context;
        if fit != Fit::Word {
            // Names keep their spelling before an apostrophe: Zonguldak'ı.
            match context.next {
                Next::Anything | Next::NoVowel if entry.pos != Feature::Verb => {
                    context.next = Next::Anything;
                }
                _ => return,
            }
        }
        if fit == Fit::Loose {
            if !matches!(entry.pos, Feature::Abbr | Feature::Name) {
                return;
            }
            context = Context::ANY;
            parse.cost += 4;
        }
        self.walk(&mut parse, len, entry.state, context, entry.class);
    }

    /// Parses of a name and its inflection, with an apostrophe after `at` letters.
    fn split_at(&mut self, at: usize, word: &str) {
        let codes = self.letters.codes();
        // "mer'i": the apostrophe belongs to the word.
        let stems = self.stems;
        if !self.letters.opaque {
            self.known(None);
            self.parses.retain(|parse| match parse.stem {
                StemKind::Known(index) => usize::from(stems.entry(index).apostrophe) == at,
                _ => false,
            });
            if !self.parses.as_slice().is_empty() {
                return;
            }
        }
        self.known(Some(at));
        if !self.parses.as_slice().is_empty() {
            return;
        }
        // "KHK'nin": readings differ.
        self.known_between(at, at, Fit::Loose);
        if !self.parses.as_slice().is_empty() {
            return;
        }
        // "Mahkemesi'nin": a name that itself is inflected.
        self.inflected_name(at);
        if !self.parses.as_slice().is_empty() {
            return;
        }
        let stem = &codes[..at];
        let name = &word[..self.letters.apostrophe_byte];
        let read = if looks_like_abbreviation(stem) {
            after_abbreviation(name)
        } else {
            after_number(name).unwrap_or(Context::after(stem))
        };
        // Suffixes follow the reading, and readings differ: TBK'nin, VUK'nun.
        for (context, cost) in [(read, GUESS), (Context::ANY, GUESS + 10)] {
            let mut parse = Parse::new(StemKind::Name, at);
            parse.cost = cost;
            let number = stem.iter().all(|&code| code >= 32);
            let class = if number { class::NUM } else { 0 };
            self.walk(&mut parse, at, State::Noun, context, class);
            if !self.parses.as_slice().is_empty() {
                return;
            }
        }
    }

    /// Parses that begin with a stem nobody has listed: the longer and likelier the suffixes
    /// that fit it, the better.
    fn guess(&mut self) {
        let codes = self.letters.codes();
        for len in 1..=codes.len() {
            let stem = &codes[..len];
            if !plausible(stem) && len < codes.len() {
                continue;
            }
            let vowels = stem.iter().filter(|&&code| is_vowel(code)).count();
            let short = if vowels < 2 && len < codes.len() {
                5
            } else {
                0
            };
            let cost = GUESS + 2 * len as u16 + short;
            self.guess_noun(len, cost + self.bare_vowel(len));
            if len >= 2 && len < codes.len() {
                self.guess_verb(len, cost + 9);
            }
        }
    }

    /// A last high vowel of an unknown word more often is a suffix than not.
    fn bare_vowel(&self, len: usize) -> u16 {
        let codes = self.letters.codes();
        let high = codes[..len].last().is_some_and(|&last| {
            is_vowel(last) && Harmony::ALL.iter().any(|h| h.high_vowel() == last)
        });
        u16::from(len == codes.len() && len > 4 && high)
    }

    fn guess_noun(&mut self, len: usize, cost: u16) {
        let codes = self.letters.codes();
        let stem = &codes[..len];
        let last = stem[len - 1];
        let mut context = Context::after(stem);
        let mut voiceless = None;
        let before_vowel = codes.get(len).is_some_and(|&next| is_vowel(next));
        let mut cost = cost;
        if before_vowel {
            let vowels = stem.iter().filter(|&&code| is_vowel(code)).count();
            if last == G_SOFT && vowels > 1 {
                voiceless = Some(K);
            } else if last == code_of('b') && vowels > 1 {
                voiceless = Some(code_of('p'));
            } else if last == code_of('c') && vowels > 1 {
                voiceless = Some(code_of('ç'));
            } else if last == code_of('d') && vowels > 1 {
                voiceless = Some(code_of('t'));
            } else if softens_by_rule(stem) {
                cost += 3;
            }
            if voiceless.is_some() {
                context.next = Next::Vowel;
            }
        }
        let mut parse = Parse::new(StemKind::Noun(voiceless), len);
        parse.cost = cost;
        self.walk(&mut parse, len, State::Noun, context, 0);
    }

    fn guess_verb(&mut self, len: usize, cost: u16) {
        let stem = &self.letters.codes()[..len];
        let last = stem[len - 1];
        let vowels = stem.iter().filter(|&&code| is_vowel(code)).count();
        let mut class = if vowels > 1 || is_vowel(last) {
            class::AOR_I
        } else {
            class::AOR_A
        };
        class |= if is_vowel(last) || last == code_of('l') {
            class::PASS_N
        } else {
            class::PASS_IL
        };
        class |= if is_vowel(last) {
            class::CAUS_T
        } else {
            class::CAUS_DIR
        };
        let mut parse = Parse::new(StemKind::Verb, len);
        parse.cost = cost;
        self.walk(&mut parse, len, State::Verb, Context::after(stem), class);
    }

    /// Follows every suffix that fits from letter `at` on.
    fn walk(&mut self, parse: &mut Parse, at: usize, state: State, context: Context, class: u16) {
        let codes = self.letters.codes();
        if at == codes.len() {
            if !context.may_end() {
                return;
            }
            if state.is_final() {
                self.offer(*parse);
            }
            if let Some(row) = self.automaton.silent(state).filter(|_| parse.has_room()) {
                let cost = parse.cost;
                parse.push(row, at);
                parse.cost += u16::from(ROWS[row as usize].cost);
                self.offer(*parse);
                parse.cost = cost;
                parse.pop();
            }
            return;
        }
        if !parse.has_room() {
            return;
        }
        let rest = &codes[at..];
        for surface in self.automaton.starting(state, rest[0]) {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return;
            }
            let letters = surface.letters();
            if surface.needs & class != surface.needs
                || !rest.starts_with(letters)
                || !surface.fits(context)
            {
                continue;
            }
            let before = (parse.cost, parse.derived, parse.mend);
            parse.cost = parse.cost.saturating_add(u16::from(surface.cost));
            if self.parses.refuses(parse.cost) {
                parse.cost = before.0;
                continue;
            }
            let end = at + letters.len();
            parse.push(surface.row, end);
            if surface.derives {
                parse.derived = parse.rows().len() as u8;
                parse.mend = match surface.next {
                    Next::Vowel => Mend::Hard,
                    Next::Iyor => Mend::Vowel,
                    _ => Mend::Nothing,
                };
            }
            let class = if surface.class_after == 0 {
                class
            } else {
                surface.class_after
            };
            self.walk(parse, end, surface.to, surface.after(context), class);
            parse.pop();
            (parse.cost, parse.derived, parse.mend) = before;
        }
    }

    fn offer(&mut self, parse: Parse) {
        let stems = self.stems;
        self.parses.offer(parse, |a, b| {
            a.rows() == b.rows()
                && match (a.stem, b.stem) {
                    (StemKind::Known(a), StemKind::Known(b)) => {
                        let (a, b) = (stems.entry(a), stems.entry(b));
                        a.pos == b.pos && a.given == b.given && stems.lemma(a) == stems.lemma(b)
                    }
                    (a_stem, b_stem) => a_stem == b_stem && a.stem_len == b.stem_len,
                }
        });
    }
}
