//! What a morpheme says about a word.

use std::fmt;

macro_rules! features {
    ($($(#[$doc:meta])+ $name:ident,)+) => {
        /// One feature of an analysis: a part of speech, an inflection or a derivation.
        ///
        /// The names follow common usage in Turkish morphology; [`Feature::name`] and `Display`
        /// give the short stable spelling. Unmarked values (singular, nominative, third person
        /// singular) have no feature.
        ///
        /// ```
        /// use semrel::morphology::Feature;
        ///
        /// assert_eq!(Feature::P3sg.to_string(), "P3sg");
        /// assert_eq!(Feature::from_name("Gen"), Some(Feature::Gen));
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum Feature {
            $($(#[$doc])+ $name,)+
        }

        impl Feature {
            /// Every feature, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The short stable name.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }
        }
    };
}

features! {
    /// Noun.
    Noun,
    /// Verb.
    Verb,
    /// Adjective (inflects like a noun).
    Adj,
    /// Adverb.
    Adv,
    /// Proper name.
    Name,
    /// Abbreviation.
    Abbr,
    /// Pronoun.
    Pron,
    /// Number.
    Num,
    /// Postposition.
    Postp,
    /// Conjunction or particle.
    Conj,
    /// Interjection.
    Interj,
    /// The question particle *mi*.
    Ques,
    /// What is no Turkish word: digits, other scripts, codes.
    Other,

    /// Plural: `-lAr`.
    Pl,
    /// My: `-(I)m`.
    P1sg,
    /// Thy: `-(I)n`.
    P2sg,
    /// His, her, its: `-(s)I`.
    P3sg,
    /// Our: `-(I)mIz`.
    P1pl,
    /// Your: `-(I)nIz`.
    P2pl,
    /// Their: `-lArI`.
    P3pl,
    /// Accusative: `-(y)I`.
    Acc,
    /// Dative: `-(y)A`.
    Dat,
    /// Locative: `-DA`.
    Loc,
    /// Ablative: `-DAn`.
    Abl,
    /// Genitive: `-(n)In`.
    Gen,
    /// Instrumental: `-(y)lA`.
    Ins,
    /// Equative, "by, according to": `-CA`.
    Equ,
    /// Relative: `-ki`.
    Ki,

    /// First person singular.
    A1sg,
    /// Second person singular.
    A2sg,
    /// Third person singular, where it is marked (imperative).
    A3sg,
    /// First person plural.
    A1pl,
    /// Second person plural.
    A2pl,
    /// Third person plural of a predicate.
    A3pl,
    /// Past copula: `-(y)DI`.
    CopPast,
    /// Evidential copula: `-(y)mIş`.
    CopEvid,
    /// Conditional copula: `-(y)sA`.
    CopCond,
    /// Copula of certainty: `-DIr`.
    Cop,
    /// "While": `-(y)ken`.
    While,
    /// "As if": `-CAsInA`.
    AsIf,

    /// Negation: `-mA`.
    Neg,
    /// Negated ability: `-(y)AmA`.
    Unable,
    /// Ability, possibility: `-(y)Abil`.
    Able,
    /// Haste: `-(y)Iver`.
    Hasten,
    /// Passive: `-Il`, `-(I)n`.
    Pass,
    /// Causative: `-DIr`, `-t`, `-Ir`, `-It`, `-Ar`.
    Caus,
    /// Reciprocal: `-(I)ş`.
    Recip,
    /// Reflexive: `-(I)n`.
    Refl,
    /// Aorist: `-Ar`, `-(I)r`, `-z`.
    Aor,
    /// Progressive: `-Iyor`.
    Prog,
    /// Progressive of written style: `-mAktA`.
    Prog2,
    /// Future: `-(y)AcAk`.
    Fut,
    /// Past: `-DI`.
    Past,
    /// Evidential past: `-mIş`.
    Evid,
    /// Necessity: `-mAlI`.
    Nec,
    /// Condition or wish: `-sA`.
    Cond,
    /// Optative: `-(y)A`.
    Opt,
    /// Imperative.
    Imp,
    /// Participle "who does": `-(y)An`.
    PresPart,
    /// Participle "which was done, that it is": `-DIk`.
    PastPart,
    /// Participle "which will be done": `-(y)AcAk`.
    FutPart,
    /// Participle "which has been done": `-mIş`.
    EvidPart,
    /// Participle of the aorist: `-Ar`, `-(I)r`, `-mAz`.
    AorPart,
    /// Infinitive: `-mAk`.
    Inf,
    /// Verbal noun: `-mA`.
    Act,
    /// Verbal noun of manner: `-(y)Iş`.
    Way,
    /// Converb "and, after doing": `-(y)Ip`.
    AfterDoing,
    /// Converb "by doing": `-(y)ArAk`.
    ByDoing,
    /// Converb "when": `-(y)IncA`.
    When,
    /// Converb "since": `-(y)AlI`.
    Since,
    /// Converb "without doing": `-mAdAn`, `-mAksIzIn`.
    WithoutDoing,
    /// Converb "as long as": `-DIkçA`.
    AsLongAs,
    /// Converb "until": `-(y)IncAyA`.
    Until,

    /// Quality, office, place: `-lIk`.
    Lik,
    /// "With": `-lI`.
    With,
    /// "Without": `-sIz`.
    Without,
    /// "Who deals with": `-CI`.
    Agent,
    /// Diminutive: `-CIk`.
    Dim,
    /// "Pertaining to": `-sAl`.
    Sal,
    /// "Fellow": `-DAş`.
    Mate,
    /// Adverb of an adjective: `-CA`.
    Ly,
    /// Adverb of an Arabic noun: `-en`.
    En,
    /// "To become": `-lAş`.
    Become,
    /// "To acquire": `-lAn`.
    Acquire,
    /// "To make": `-lA`.
    Make,
    /// "Who or which does": `-(y)IcI`.
    Ici,
    /// Ordinal: `-(I)ncI`.
    Ord,
    /// Distributive: `-(ş)Ar`.
    Dist,
}

impl Feature {
    /// The feature of this short name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|f| f.name() == name)
    }

    /// Whether this is a part of speech.
    pub fn is_part_of_speech(self) -> bool {
        self <= Self::Other
    }

    /// Whether this is a possessive suffix.
    pub fn is_possessive(self) -> bool {
        (Self::P1sg..=Self::P3pl).contains(&self)
    }

    /// Whether this says that something is not done: without it a form means the opposite.
    pub fn is_negative(self) -> bool {
        matches!(self, Self::Neg | Self::Unable | Self::WithoutDoing)
    }

    /// Whether this is a case suffix.
    pub fn is_case(self) -> bool {
        (Self::Acc..=Self::Equ).contains(&self)
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Feature;

    #[test]
    fn names_are_distinct_and_read_back() {
        for &feature in Feature::ALL {
            assert_eq!(Feature::from_name(feature.name()), Some(feature));
        }
        assert_eq!(Feature::from_name("Nominative"), None);
    }
}
