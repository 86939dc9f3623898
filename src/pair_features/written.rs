//! How two terms are written: words and letters they share, endings, marks of opposition.

use smallvec::SmallVec;

use super::flag;

/// How many features these are.
pub(super) const COUNT: usize = 20 + 2 * ENDINGS.len();

/// Endings that tell word classes and productive derivations apart.
const ENDINGS: [&[&str]; 12] = [
    &["mak", "mek"],
    &["lık", "lik", "luk", "lük"],
    &["cı", "ci", "cu", "cü", "çı", "çi", "çu", "çü"],
    &["lı", "li", "lu", "lü"],
    &["sız", "siz", "suz", "süz"],
    &["sal", "sel", "i"],
    &["ca", "ce", "ça", "çe", "en", "an"],
    &["ma", "me", "iş", "ış", "uş", "üş"],
    &[
        "laşmak", "leşmek", "lanmak", "lenmek", "ılmak", "ilmek", "ulmak", "ülmek",
    ],
    &[
        "tırmak", "tirmek", "turmak", "türmek", "dırmak", "dirmek", "durmak", "dürmek",
    ],
    &["etmek", "olmak", "yapmak", "vermek", "almak"],
    &["sı", "si", "su", "sü"],
];
const WITH: [&str; 4] = ["lı", "li", "lu", "lü"];
const WITHOUT: [&str; 4] = ["sız", "siz", "suz", "süz"];
const NEGATING_PREFIXES: [&str; 6] = ["gayri", "gayrı", "na", "anti", "bi", "a"];
const NEGATING_WORDS: [&str; 6] = ["değil", "olmayan", "olmama", "yok", "dışı", "hariç"];
/// Longer terms are cut off for the edit distance.
const MAX_LETTERS: usize = 64;

/// Fills in the features of two normal forms.
pub(super) fn written_features(a: &str, b: &str, out: &mut [f32]) {
    let words = |term| -> SmallVec<[&str; 8]> { str::split(term, ' ').collect() };
    let (x, y) = (words(a), words(b));
    let shared = x.iter().filter(|word| y.contains(word)).count() as f32;
    let (fewer, more) = (x.len().min(y.len()) as f32, x.len().max(y.len()) as f32);
    let (s, t): (Vec<char>, Vec<char>) = (
        a.chars().take(MAX_LETTERS).collect(),
        b.chars().take(MAX_LETTERS).collect(),
    );
    let (shorter, longer) = (
        s.len().min(t.len()).max(1) as f32,
        s.len().max(t.len()).max(1) as f32,
    );
    let before = s.iter().zip(&t).take_while(|(p, q)| p == q).count() as f32;
    let after = s
        .iter()
        .rev()
        .zip(t.iter().rev())
        .take_while(|(p, q)| p == q)
        .count() as f32;
    let (left_x, left_y) = (x.len() as f32 - shared, y.len() as f32 - shared);
    let head = [
        shared / more,
        shared / fewer,
        flag(x.first() == y.first()),
        flag(x.last() == y.last()),
        flag(shared == fewer && fewer < more),
        ((more - fewer) / 4.0).min(1.0),
        flag(more == 1.0),
        more.ln(),
        shared_trigrams(&s, &t),
        before / shorter,
        after / shorter,
        before / longer,
        1.0 - edit_distance(&s, &t) as f32 / longer,
        shorter / longer,
        flag(with_against_without(a, b)),
        flag(adds(a, b, &WITHOUT)),
        flag(is_negated_verb(a, b) || is_negated_verb(b, a)),
        flag(has_negating_prefix(a, b) || has_negating_prefix(b, a)),
        flag(has_negating_word(&x) != has_negating_word(&y)),
        flag(shared > 0.0 && left_x == 1.0 && left_y == 1.0)
            + 0.5 * flag(is_initials(a, &y) || is_initials(b, &x)),
    ];
    out[..head.len()].copy_from_slice(&head);
    let pairs = out[head.len()..].chunks_exact_mut(2);
    for (endings, pair) in ENDINGS.iter().zip(pairs) {
        let (p, q) = (ends(a, endings).is_some(), ends(b, endings).is_some());
        pair[0] = flag(p && q);
        pair[1] = flag(p != q);
    }
}

/// What is before the first of the endings that the term has.
fn ends<'t>(term: &'t str, endings: &[&str]) -> Option<&'t str> {
    endings
        .iter()
        .find_map(|ending| term.strip_suffix(ending))
        .filter(|stem| stem.chars().count() >= 2)
}

fn with_against_without(a: &str, b: &str) -> bool {
    let opposite =
        |p: &str, q: &str| ends(p, &WITH).is_some_and(|stem| ends(q, &WITHOUT) == Some(stem));
    opposite(a, b) || opposite(b, a)
}

fn adds(a: &str, b: &str, endings: &[&str]) -> bool {
    ends(a, endings) == Some(b) || ends(b, endings) == Some(a)
}

/// *gelmemek* of *gelmek*, *ödememe* of *ödeme*.
fn is_negated_verb(verb: &str, negated: &str) -> bool {
    ["mak", "mek", "ma", "me"].iter().any(|ending| {
        verb.strip_suffix(ending).is_some_and(|stem| {
            negated.strip_prefix(stem).is_some_and(|rest| {
                ["ma", "me"]
                    .iter()
                    .any(|neg| rest.strip_prefix(neg) == Some(ending))
            })
        })
    })
}

fn has_negating_prefix(word: &str, negated: &str) -> bool {
    let Some(prefix) = negated.strip_suffix(word) else {
        return false;
    };
    word.chars().count() >= 4 && NEGATING_PREFIXES.contains(&prefix.trim_end())
}

fn has_negating_word(words: &[&str]) -> bool {
    words.iter().any(|word| NEGATING_WORDS.contains(word))
}

fn is_initials(abbreviation: &str, words: &[&str]) -> bool {
    words.len() > 1
        && abbreviation
            .chars()
            .eq(words.iter().filter_map(|word| word.chars().next()))
}

/// Dice coefficient of the trigrams, the ends marked.
fn shared_trigrams(a: &[char], b: &[char]) -> f32 {
    let trigrams = |letters: &[char]| -> Vec<[char; 3]> {
        let mut all: Vec<char> = vec![' '];
        all.extend_from_slice(letters);
        all.push(' ');
        let mut grams: Vec<[char; 3]> = all.windows(3).map(|w| [w[0], w[1], w[2]]).collect();
        grams.sort_unstable();
        grams.dedup();
        grams
    };
    let (a, b) = (trigrams(a), trigrams(b));
    let shared = a
        .iter()
        .filter(|gram| b.binary_search(gram).is_ok())
        .count();
    2.0 * shared as f32 / (a.len() + b.len()).max(1) as f32
}

/// Levenshtein distance in letters.
fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut row: SmallVec<[usize; MAX_LETTERS]> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substitute = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substitute.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
