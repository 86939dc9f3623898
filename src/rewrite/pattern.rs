//! Regular expressions in queries: passed on only if every engine that knows them takes them.

/// Whether a pattern is sound in the common part of Lucene's and Rust's syntax: letters, escapes,
/// `.`, classes, groups, `|`, and the quantifiers `? * + {m,n}` behind something.
///
/// Lucene's own `~ & < > @ # "` are refused, because they mean something else elsewhere.
pub(super) fn is_sound_regex(pattern: &str) -> bool {
    let mut depth = 0usize;
    // Whether a quantifier may follow.
    let mut atom = false;
    let mut chars = pattern.chars();
    if pattern.is_empty() {
        return false;
    }
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(c) if !c.is_alphanumeric() => atom = true,
                _ => return false,
            },
            '(' => {
                depth += 1;
                atom = false;
                if depth > 8 || chars.as_str().starts_with('?') {
                    return false;
                }
            }
            ')' => {
                if depth == 0 || !atom {
                    return false;
                }
                depth -= 1;
            }
            '|' => {
                if !atom {
                    return false;
                }
                atom = false;
            }
            '[' => {
                let Some(end) = chars.as_str().find(']') else {
                    return false;
                };
                let class = &chars.as_str()[..end];
                let class = class.strip_prefix('^').unwrap_or(class);
                if !is_sound_class(class) {
                    return false;
                }
                chars = chars.as_str()[end + 1..].chars();
                atom = true;
            }
            '*' | '+' | '?' => {
                if !std::mem::take(&mut atom) {
                    return false;
                }
            }
            '{' => {
                let Some((inside, rest)) = chars.as_str().split_once('}') else {
                    return false;
                };
                if !std::mem::take(&mut atom) || !is_sound_count(inside) {
                    return false;
                }
                chars = rest.chars();
                // A quantified thing may be followed by anything but another quantifier; it is
                // complete, though, so alternatives and groups may end behind it.
                if !matches!(chars.as_str().chars().next(), Some('*' | '+' | '?' | '{')) {
                    atom = true;
                }
                continue;
            }
            '~' | '&' | '<' | '>' | '@' | '#' | '"' | ']' | '}' | '^' | '$' | '/' => return false,
            _ => {
                atom = true;
                continue;
            }
        }
        if matches!(c, '*' | '+' | '?') {
            if matches!(chars.as_str().chars().next(), Some('*' | '+' | '?' | '{')) {
                return false;
            }
            atom = true;
        }
    }
    depth == 0 && atom
}

/// Letters, digits and ranges of them that go upwards.
fn is_sound_class(class: &str) -> bool {
    let chars: Vec<char> = class.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_alphanumeric() {
            return false;
        }
        if chars.get(at + 1) == Some(&'-') {
            match chars.get(at + 2) {
                Some(&last) if last.is_alphanumeric() && chars[at] <= last => at += 3,
                _ => return false,
            }
        } else {
            at += 1;
        }
    }
    !chars.is_empty()
}

/// `2`, `2,`, `2,4`, small.
fn is_sound_count(inside: &str) -> bool {
    let number = |text: &str| text.parse::<u8>().ok().filter(|n| *n <= 32);
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    match inside.split_once(',') {
        None => digits(inside) && number(inside).is_some(),
        Some((low, "")) => digits(low) && number(low).is_some(),
        Some((low, high)) => {
            digits(low)
                && digits(high)
                && matches!((number(low), number(high)), (Some(l), Some(h)) if l <= h)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_sound_regex;

    #[test]
    fn only_the_common_syntax_passes() {
        for sound in [
            "kira(cı|ya veren)",
            "[kg]ira.*",
            "müs?tecir+",
            "a{2}b{1,3}c{2,}",
            "1\\.5",
            "(ab)?c",
        ] {
            assert!(is_sound_regex(sound), "{sound}");
        }
        for bad in [
            "", "(", ")", "a)", "(a", "()", "*a", "a**", "a|", "|a", "[", "[]", "[z-a]", "[a-",
            "a{", "a{x}", "a{3,1}", "a{99}", "\\", "\\d", "a\\", "<1-5>", "@", "#", "a~", "a&b",
            "\"a\"", "(?i)a", "a{2}{2}", "a?+", "$", "^a",
        ] {
            assert!(!is_sound_regex(bad), "{bad}");
        }
    }
}
