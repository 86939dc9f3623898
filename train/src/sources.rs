//! Where a pair of the corpus comes from.

use std::fmt;

/// The `source` of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// Stated by an entry.
    Entry,
    /// Stated by the pairs that were labelled one by one, and by no entry.
    NeighbourPairs,
    /// Two spellings of one term, stated by an entry.
    Spelling,
    /// Derived: synonyms listed in one entry are synonyms of each other.
    Colisted,
    /// Derived: an antonym holds for the synonyms as well.
    CarriedAntonym,
    /// Derived: heads under one specific hypernym are co-hyponyms.
    Sibling,
}

impl Source {
    /// All sources, in the order of reports.
    pub const ALL: [Source; 6] = [
        Source::Entry,
        Source::NeighbourPairs,
        Source::Spelling,
        Source::Colisted,
        Source::CarriedAntonym,
        Source::Sibling,
    ];

    /// The name used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Source::Entry => "entry",
            Source::NeighbourPairs => "neighbour-pairs",
            Source::Spelling => "spelling",
            Source::Colisted => "derived-colisted",
            Source::CarriedAntonym => "derived-antonym",
            Source::Sibling => "derived-sibling",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
