//! What the stem list says of a stem beyond its part of speech.

/// Attributes of a stem that the rules do not foresee.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Attributes(u32);

macro_rules! attributes {
    ($($(#[$doc:meta])+ $name:ident = $word:literal $bit:literal,)+) => {
        impl Attributes {
            $($(#[$doc])+ pub(super) const $name: Self = Self(1 << $bit);)+

            /// The attribute of this name in the stem list.
            pub(super) fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$name),)+
                    _ => None,
                }
            }
        }
    };
}

attributes! {
    /// The last consonant softens: yurt, yurdu.
    SOFT = "soft" 0,
    /// It does not: malik, maliki.
    HARD = "hard" 1,
    /// The last vowel falls out: ağız, ağzı.
    DROP = "drop" 2,
    /// The last consonant doubles: hak, hakkı.
    DOUBLE = "double" 3,
    /// Front suffixes after a back vowel: saat, saati.
    FRONT = "front" 4,
    /// A last vowel that counts as a consonant: mevzu, mevzuu.
    AYN = "ayn" 5,
    /// A compound in the possessive: cezaevi, cezaevleri.
    COMPOUND = "comp" 6,
    /// Takes -ki as it is: önce, önceki.
    KI = "ki" 7,
    /// Rare: another reading wins.
    RARE = "rare" 8,
    /// Aorist -Ar.
    AOR_A = "ar" 9,
    /// Aorist -Ir.
    AOR_I = "ir" 10,
    /// Causative -Ir: içmek, içirmek.
    CAUS_IR = "caus-ir" 11,
    /// Causative -It: korkmak, korkutmak.
    CAUS_IT = "caus-it" 12,
    /// Causative -Ar: çıkmak, çıkarmak.
    CAUS_AR = "caus-ar" 13,
    /// Reciprocal in use: görmek, görüşmek.
    RECIP = "recip" 14,
    /// Reflexive in use: yıkamak, yıkanmak.
    REFL = "refl" 15,
    /// Takes no suffix.
    FIXED = "fixed" 16,
}

impl Attributes {
    pub(super) fn insert(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}
