//! The order of Turkish suffixes, declared as one table.
//!
//! A row reads: in one of these states, this suffix may follow; it leads to that state and adds
//! these features. Sources: Göksel and Kerslake, *Turkish: A Comprehensive Grammar* (2005),
//! chapters 7 to 12; Oflazer, "Two-level Description of Turkish Morphology" (1994).
//!
//! Shapes: `A` is a or e, `I` is ı, i, u or ü, `D` is d or t, `C` is c or ç, `K` is k and becomes ğ
//! before a vowel, a letter in brackets stands after a vowel (`(y)`, `(s)`, `(n)`, `(ş)`) or after
//! a consonant (`(I)`), and a last vowel before `~` falls out before -Iyor (and narrows before y in
//! the older spelling: *olmıyan*).

use super::feature::Feature as F;

/// Where in a word the suffixes so far have led.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum State {
    // Nominals.
    Noun,
    Plural,
    Possessed,
    Possessed3,
    CompoundBase,
    Case,
    Locative,
    Genitive,
    Ki,
    Pronoun,
    Participle,
    Dik,
    Infinitive,
    Adverb,
    // Verbs.
    Verb,
    Passive,
    CausedDir,
    CausedT,
    Voiced,
    Making,
    Able,
    Negated,
    // Predicates.
    TenseZ,
    TenseK,
    CopulaZ,
    CopulaK,
    PersonPl,
    Finite,
    Certain,
    Question,
    Defective,
    // A word that takes no suffix.
    Fixed,
}

impl State {
    pub(super) const ALL: &'static [Self] = &[
        Noun,
        Plural,
        Possessed,
        Possessed3,
        CompoundBase,
        Case,
        Locative,
        Genitive,
        Ki,
        Pronoun,
        Participle,
        Dik,
        Infinitive,
        Adverb,
        Verb,
        Passive,
        CausedDir,
        CausedT,
        Voiced,
        Making,
        Able,
        Negated,
        TenseZ,
        TenseK,
        CopulaZ,
        CopulaK,
        PersonPl,
        Finite,
        Certain,
        Question,
        Defective,
        Fixed,
    ];

    /// Whether a word may end here.
    pub(super) fn is_final(self) -> bool {
        !self.is_verb() && !matches!(self, CompoundBase | Dik | Defective | Pronoun)
    }

    /// Whether a verb stem ends here: its citation form adds -mAk.
    pub(super) fn is_verb(self) -> bool {
        VERBS.contains(&self) || self == Negated || self == Defective
    }

    /// What a stem of this kind that ends here is allowed: see [`class`].
    pub(super) fn class(self) -> u16 {
        match self {
            Passive | Able => class::AOR_I,
            CausedDir => class::AOR_I | class::CAUS_T | class::PASS_IL,
            CausedT | Voiced => class::AOR_I | class::CAUS_DIR | class::PASS_IL,
            Making => class::AOR_I | class::CAUS_T | class::PASS_N,
            _ => 0,
        }
    }
}

/// Classes of stems: what a row may ask for.
pub(super) mod class {
    pub(crate) const AOR_A: u16 = 1;
    pub(crate) const AOR_I: u16 = 1 << 1;
    pub(crate) const PASS_IL: u16 = 1 << 2;
    pub(crate) const PASS_N: u16 = 1 << 3;
    pub(crate) const CAUS_DIR: u16 = 1 << 4;
    pub(crate) const CAUS_T: u16 = 1 << 5;
    pub(crate) const CAUS_IR: u16 = 1 << 6;
    pub(crate) const CAUS_IT: u16 = 1 << 7;
    pub(crate) const CAUS_AR: u16 = 1 << 8;
    pub(crate) const RECIP: u16 = 1 << 9;
    pub(crate) const REFL: u16 = 1 << 10;
    /// Adjectives.
    pub(crate) const ADJ: u16 = 1 << 11;
    /// Numbers.
    pub(crate) const NUM: u16 = 1 << 12;
    /// Nouns of time and place that take -ki as they are.
    pub(crate) const KI: u16 = 1 << 13;
    /// Known stems (guessed ones get no rare suffixes).
    pub(crate) const KNOWN: u16 = 1 << 14;
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) from: &'static [State],
    pub(super) shape: &'static str,
    pub(super) to: State,
    pub(super) adds: &'static [F],
    /// How much less likely the suffix makes an analysis.
    pub(super) cost: u8,
    /// Classes of which the stem must be.
    pub(super) needs: u16,
    /// Whether what stands here has its own dictionary entry.
    pub(super) derives: bool,
}

const fn row(
    from: &'static [State],
    shape: &'static str,
    to: State,
    adds: &'static [F],
    cost: u8,
) -> Row {
    Row {
        from,
        shape,
        to,
        adds,
        cost,
        needs: 0,
        derives: false,
    }
}

impl Row {
    const fn needs(mut self, class: u16) -> Self {
        self.needs = class;
        self
    }

    const fn derives(mut self) -> Self {
        self.derives = true;
        self
    }
}

#[allow(clippy::enum_glob_use)]
use State::*;

/// Bases of nominal inflection.
const NOMINALS: &[State] = &[Noun, Participle];
/// What takes the case suffixes of a bare noun.
const CASELESS: &[State] = &[Noun, Participle, Plural, Possessed];
/// What takes the case suffixes with n: belgesi-n-i, evdeki-n-i.
const WITH_N: &[State] = &[Possessed3, Ki];
/// What the copula follows.
const NOMINAL_PREDICATES: &[State] = &[
    Noun, Participle, Plural, Possessed, Possessed3, Case, Locative, Genitive, Ki, Pronoun,
    Infinitive, Question,
];
/// Stems of verbs.
const VERBS: &[State] = &[Verb, Passive, CausedDir, CausedT, Voiced, Making, Able];
/// Stems of verbs that voice may still change.
const VOICES: &[State] = &[Verb, CausedDir, CausedT, Voiced, Making];
/// Stems of verbs, negated or not.
const VERBAL: &[State] = &[
    Verb, Passive, CausedDir, CausedT, Voiced, Making, Able, Negated,
];

/// The table.
#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    // Number.
    row(&[Noun, Participle, Dik, Ki, Pronoun], "lAr", Plural, &[F::Pl], 2),
    // Possession.
    row(&[Noun, Participle, Dik, Plural], "(s)I", Possessed3, &[F::P3sg], 2),
    row(&[Noun, Participle, Dik], "lArI", Possessed3, &[F::P3pl], 5),
    row(&[Noun, Participle, Dik, Plural], "(I)m", Possessed, &[F::P1sg], 7),
    row(&[Noun, Participle, Dik, Plural], "(I)n", Possessed, &[F::P2sg], 10),
    row(&[Noun, Participle, Dik, Plural], "(I)mIz", Possessed, &[F::P1pl], 5),
    row(&[Noun, Participle, Dik, Plural], "(I)nIz", Possessed, &[F::P2pl], 7),
    // A compound's own possessive gives way: cezaevi, cezaevleri, cezaevimiz.
    row(&[CompoundBase], "lArI", Possessed3, &[F::Pl], 2),
    row(&[CompoundBase], "(I)m", Possessed, &[F::P1sg], 7),
    row(&[CompoundBase], "(I)mIz", Possessed, &[F::P1pl], 5),
    row(&[CompoundBase], "(I)nIz", Possessed, &[F::P2pl], 7),
    row(&[CompoundBase], "lArImIz", Possessed, &[F::Pl, F::P1pl], 6),
    row(&[CompoundBase], "lArInIz", Possessed, &[F::Pl, F::P2pl], 8),
    row(&[CompoundBase], "lIK", Noun, &[F::Lik], 5).derives(),
    // Case.
    row(CASELESS, "(y)I", Case, &[F::Acc], 3),
    row(&[Noun, Participle, Plural, Possessed, Infinitive], "(y)A", Case, &[F::Dat], 2),
    row(&[Noun, Participle, Plural, Possessed, Infinitive], "DA", Locative, &[F::Loc], 2),
    row(&[Noun, Participle, Plural, Possessed, Infinitive, Dik], "DAn", Case, &[F::Abl], 3),
    row(CASELESS, "(n)In", Genitive, &[F::Gen], 2),
    row(&[Noun, Participle, Plural, Possessed, Possessed3, Ki, Infinitive], "(y)lA", Case, &[F::Ins], 4),
    row(&[Noun, Plural, Possessed], "CA", Case, &[F::Equ], 5),
    // "şartiyle", "maksadiyle": the older spelling of statutes.
    row(NOMINALS, "(s)iyle", Case, &[F::P3sg, F::Ins], 8),
    row(WITH_N, "nI", Case, &[F::Acc], 3),
    row(WITH_N, "nA", Case, &[F::Dat], 2),
    row(WITH_N, "nDA", Locative, &[F::Loc], 2),
    row(WITH_N, "nDAn", Case, &[F::Abl], 3),
    row(WITH_N, "nIn", Genitive, &[F::Gen], 2),
    row(&[Possessed3], "ncA", Case, &[F::Equ], 1),
    row(&[Pronoun], "I", Case, &[F::Acc], 3),
    row(&[Pronoun], "A", Case, &[F::Dat], 2),
    row(&[Pronoun], "DA", Locative, &[F::Loc], 2),
    row(&[Pronoun], "DAn", Case, &[F::Abl], 3),
    row(&[Pronoun], "In", Genitive, &[F::Gen], 2),
    row(&[Pronoun], "InlA", Case, &[F::Ins], 4),
    row(&[Pronoun], "CA", Case, &[F::Equ], 5),
    row(&[Locative, Genitive], "ki", Ki, &[F::Ki], 2),
    row(&[Noun], "ki", Ki, &[F::Ki], 2).needs(class::KI),
    // The copula on nominals.
    row(NOMINAL_PREDICATES, "DIr", Certain, &[F::Cop], 3),
    row(NOMINAL_PREDICATES, "(y)DI", CopulaK, &[F::CopPast], 5),
    row(NOMINAL_PREDICATES, "(y)mIş", CopulaZ, &[F::CopEvid], 7),
    row(NOMINAL_PREDICATES, "(y)sA", CopulaK, &[F::CopCond], 6),
    row(NOMINAL_PREDICATES, "(y)ken", Adverb, &[F::While], 5),
    row(NOMINAL_PREDICATES, "(y)Im", Finite, &[F::A1sg], 10),
    row(NOMINAL_PREDICATES, "sIn", Finite, &[F::A2sg], 12),
    row(NOMINAL_PREDICATES, "(y)Iz", Finite, &[F::A1pl], 8),
    row(NOMINAL_PREDICATES, "sInIz", Finite, &[F::A2pl], 9),
    row(&[Case, Locative, Genitive, Possessed3], "lAr", PersonPl, &[F::A3pl], 9),
    row(&[Defective], "DI", CopulaK, &[F::CopPast], 2),
    row(&[Defective], "mIş", CopulaZ, &[F::CopEvid], 2),
    row(&[Defective], "sA", CopulaK, &[F::CopCond], 2),
    row(&[Defective], "ken", Adverb, &[F::While], 2),
    // Voice.
    row(VOICES, "Il", Passive, &[F::Pass], 2).needs(class::PASS_IL).derives(),
    row(VOICES, "(I)n", Passive, &[F::Pass], 2).needs(class::PASS_N).derives(),
    row(VOICES, "(I)nIl", Passive, &[F::Pass], 5).needs(class::PASS_N).derives(),
    row(VOICES, "DIr", CausedDir, &[F::Caus], 3).needs(class::CAUS_DIR).derives(),
    row(VOICES, "t", CausedT, &[F::Caus], 3).needs(class::CAUS_T).derives(),
    row(&[Verb], "Ir", CausedDir, &[F::Caus], 3).needs(class::CAUS_IR).derives(),
    row(&[Verb], "It", CausedT, &[F::Caus], 3).needs(class::CAUS_IT).derives(),
    row(&[Verb], "Ar", CausedDir, &[F::Caus], 3).needs(class::CAUS_AR).derives(),
    row(&[Verb], "(I)ş", Voiced, &[F::Recip], 4).needs(class::RECIP).derives(),
    row(&[Verb], "(I)n", Voiced, &[F::Refl], 4).needs(class::REFL).derives(),
    // Negation and ability.
    row(VERBS, "mA~", Negated, &[F::Neg], 3),
    row(VERBS, "(y)AmA~", Negated, &[F::Unable], 3),
    row(VERBAL, "(y)Abil", Able, &[F::Able], 3),
    row(VERBAL, "(y)Iver", Able, &[F::Hasten], 7),
    // Tense and mood.
    row(VERBAL, "Iyor", TenseZ, &[F::Prog], 2),
    row(VERBS, "Ar", TenseZ, &[F::Aor], 3).needs(class::AOR_A),
    row(VERBS, "(I)r", TenseZ, &[F::Aor], 3).needs(class::AOR_I),
    row(&[Negated], "z", TenseZ, &[F::Aor], 1),
    row(&[Negated], "m", Finite, &[F::Aor, F::A1sg], 6),
    row(&[Negated], "yIz", Finite, &[F::Aor, F::A1pl], 6),
    row(VERBAL, "(y)AcAK", TenseZ, &[F::Fut], 3),
    row(VERBAL, "DI", TenseK, &[F::Past], 2),
    row(VERBAL, "mIş", TenseZ, &[F::Evid], 2),
    row(VERBAL, "mAlI", TenseZ, &[F::Nec], 3),
    row(VERBAL, "mAktA", TenseZ, &[F::Prog2], 2),
    row(VERBAL, "sA", TenseK, &[F::Cond], 6),
    row(VERBAL, "(y)A", TenseZ, &[F::Opt], 9),
    row(VERBAL, "(y)AyIm", Finite, &[F::Opt, F::A1sg], 6),
    row(VERBAL, "(y)AlIm", Finite, &[F::Opt, F::A1pl], 6),
    row(VERBAL, "", Finite, &[F::Imp], 9),
    row(VERBAL, "sIn", Finite, &[F::Imp, F::A3sg], 5),
    row(VERBAL, "sInlAr", Finite, &[F::Imp, F::A3pl], 5),
    row(VERBAL, "(y)In", Finite, &[F::Imp, F::A2pl], 9),
    row(VERBAL, "(y)InIz", Finite, &[F::Imp, F::A2pl], 9),
    // Persons and the copula on verbs.
    row(&[TenseZ, CopulaZ], "(y)Im", Finite, &[F::A1sg], 4),
    row(&[TenseZ, CopulaZ], "sIn", Finite, &[F::A2sg], 6),
    row(&[TenseZ, CopulaZ], "(y)Iz", Finite, &[F::A1pl], 4),
    row(&[TenseZ, CopulaZ], "sInIz", Finite, &[F::A2pl], 5),
    row(&[TenseZ, TenseK, CopulaZ, CopulaK, Certain], "lAr", PersonPl, &[F::A3pl], 3),
    row(&[TenseK, CopulaK], "m", Finite, &[F::A1sg], 4),
    row(&[TenseK, CopulaK], "n", Finite, &[F::A2sg], 8),
    row(&[TenseK, CopulaK], "k", Finite, &[F::A1pl], 4),
    row(&[TenseK, CopulaK], "nIz", Finite, &[F::A2pl], 5),
    row(&[TenseZ, TenseK, PersonPl], "(y)DI", CopulaK, &[F::CopPast], 3),
    row(&[TenseZ, PersonPl], "(y)mIş", CopulaZ, &[F::CopEvid], 4),
    row(&[TenseZ, TenseK, PersonPl, CopulaZ, CopulaK], "(y)sA", CopulaK, &[F::CopCond], 3),
    row(&[TenseZ, CopulaZ, PersonPl, Finite], "DIr", Certain, &[F::Cop], 2),
    row(&[TenseZ, CopulaZ], "(y)ken", Adverb, &[F::While], 1),
    row(&[TenseZ, CopulaZ], "CAsInA", Adverb, &[F::AsIf], 4),
    // Participles.
    row(VERBAL, "(y)An", Participle, &[F::PresPart], 2),
    row(VERBAL, "DIK", Dik, &[F::PastPart], 2),
    row(&[Negated], "DIK", Participle, &[F::PastPart], 7),
    row(VERBAL, "(y)AcAK", Participle, &[F::FutPart], 4),
    row(VERBAL, "mIş", Participle, &[F::EvidPart], 3),
    row(VERBS, "Ar", Participle, &[F::AorPart], 8).needs(class::AOR_A),
    row(VERBS, "(I)r", Participle, &[F::AorPart], 8).needs(class::AOR_I),
    row(&[Negated], "z", Participle, &[F::AorPart], 5),
    // Verbal nouns.
    row(VERBAL, "mAK", Infinitive, &[F::Inf], 2),
    row(VERBAL, "mA", Participle, &[F::Act], 2),
    row(VERBAL, "(y)Iş", Participle, &[F::Way], 5),
    row(&[Infinitive, Participle], "lIK", Noun, &[F::Lik], 6).derives(),
    // Converbs.
    row(VERBAL, "(y)Ip", Adverb, &[F::AfterDoing], 2),
    row(VERBAL, "(y)ArAk", Adverb, &[F::ByDoing], 2),
    row(VERBAL, "(y)IncA", Adverb, &[F::When], 3),
    row(VERBAL, "(y)AlI", Adverb, &[F::Since], 6),
    row(VERBS, "mAdAn", Adverb, &[F::WithoutDoing], 3),
    row(&[Negated], "dAn", Adverb, &[F::WithoutDoing], 3),
    row(VERBAL, "mAksIzIn", Adverb, &[F::WithoutDoing], 2),
    row(VERBAL, "DIkçA", Adverb, &[F::AsLongAs], 2),
    row(VERBAL, "(y)IncAyA", Adverb, &[F::Until], 4),
    row(VERBAL, "(y)AsIyA", Adverb, &[F::Until], 6),
    row(&[Adverb], "DIr", Certain, &[F::Cop], 4),
    // Derivation of nominals.
    row(&[Noun], "lIK", Noun, &[F::Lik], 5).derives(),
    row(&[Noun], "lI", Noun, &[F::With], 5).derives(),
    row(&[Noun], "sIz", Noun, &[F::Without], 5).derives(),
    row(&[Noun], "CI", Noun, &[F::Agent], 6).derives(),
    row(&[Noun], "sAl", Noun, &[F::Sal], 7).derives(),
    row(&[Noun], "DAş", Noun, &[F::Mate], 11).needs(class::KNOWN).derives(),
    row(&[Noun], "CIK", Noun, &[F::Dim], 11).needs(class::KNOWN).derives(),
    row(&[Noun], "CA", Adverb, &[F::Ly], 4).needs(class::ADJ).derives(),
    row(&[Noun], "en", Adverb, &[F::En], 8).needs(class::KNOWN).derives(),
    row(&[Noun], "(I)ncI", Noun, &[F::Ord], 2).needs(class::NUM),
    row(&[Noun], "(ş)Ar", Noun, &[F::Dist], 4).needs(class::NUM),
    row(VERBS, "(y)IcI", Noun, &[F::Ici], 5).derives(),
    // Derivation of verbs.
    row(NOMINALS, "lAş", Voiced, &[F::Become], 6).derives(),
    row(&[Noun], "lAn", Voiced, &[F::Acquire], 8).derives(),
    row(&[Noun], "lA~", Making, &[F::Make], 9).derives(),
];
