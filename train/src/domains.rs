//! The domains of entries, and which of them speaks first for a term.
//!
//! Most domains are branches of law. Some are no field of meaning but name the list that an entry
//! was written for (old and new words, opposites, verbs); `general` is everyday vocabulary.

/// What kind of domain it is, in the order in which they speak for a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DomainKind {
    /// A branch of law (*inheritance*, *tax*).
    Branch,
    /// A list of legal vocabulary across branches (*old-new*, *legal-verbs*).
    List,
    /// Everyday vocabulary.
    General,
}

impl DomainKind {
    /// The kind of `domain`. A name that is not known here is a branch.
    pub fn of(domain: &str) -> Self {
        match domain {
            "general" => DomainKind::General,
            "abbr" | "families" | "glossary" | "lay-legal" | "legal-antonyms" | "legal-phrases"
            | "legal-verbs" | "old-new" => DomainKind::List,
            _ => DomainKind::Branch,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DomainKind;

    #[test]
    fn law_speaks_before_everyday_vocabulary() {
        assert!(DomainKind::of("inheritance") < DomainKind::of("glossary"));
        assert!(DomainKind::of("glossary") < DomainKind::of("general"));
    }
}
