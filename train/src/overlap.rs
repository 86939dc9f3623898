//! The check that no evaluation pair is in training data.
//!
//! Two pairs are the same if they hold the same terms in either order, spelt in any way that
//! [`normal_form`] unites, whatever their labels.

use std::collections::BTreeSet;

use semrel::text::normal_form;

/// What two pairs have in common if they are the same: their normal forms in order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PairKey(String, String);

impl PairKey {
    /// The key of two terms, in either order.
    pub fn new(a: &str, b: &str) -> Self {
        let (a, b) = (normal_form(a).into_owned(), normal_form(b).into_owned());
        if a <= b { PairKey(a, b) } else { PairKey(b, a) }
    }

    /// The normal forms, the lower one first.
    pub fn forms(&self) -> (&str, &str) {
        (&self.0, &self.1)
    }
}

/// The pairs that are in both, in order.
///
/// ```
/// use semrel_train::overlap::overlap;
///
/// let train = [("alıcı", "satıcı"), ("hâkim", "yargıç")];
/// let eval = [("Yargıç", "hakim"), ("dain", "alacaklı")];
/// let both = overlap(train, eval);
/// assert_eq!(both.len(), 1);
/// assert_eq!(both.first().map(|key| key.forms()), Some(("hakim", "yargıç")));
/// ```
pub fn overlap<'a>(
    train: impl IntoIterator<Item = (&'a str, &'a str)>,
    eval: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> BTreeSet<PairKey> {
    let keys = |(a, b)| PairKey::new(a, b);
    let train: BTreeSet<PairKey> = train.into_iter().map(keys).collect();
    eval.into_iter()
        .map(keys)
        .filter(|key| train.contains(key))
        .collect()
}
