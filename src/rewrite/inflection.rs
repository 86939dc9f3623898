//! The seam to morphology: the dictionary form of an inflected term, and a term in another's
//! inflection.

/// The dictionary form that the inflected term `written` has in a lexicon, if any.
pub(super) fn lemma(_written: &str, _known: impl FnMut(&str) -> bool) -> Option<String> {
    None
}

/// `term` inflected as `written` is, whose dictionary form is `lemma` (*kiracının*, *kiracı*,
/// *müstecir*: *müstecirin*). `None` if `written` is not inflected or the inflection is unknown.
pub(super) fn transfer(_written: &str, _lemma: &str, _term: &str) -> Option<String> {
    None
}
