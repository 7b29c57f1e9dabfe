//! Suggests the known word that is closest to a misspelt one.

/// Returns a question whether the closest of `known` was meant, or the text of `otherwise` if none
/// is close.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    closest(word, known).map_or_else(otherwise, |meant| format!("did you mean `{meant}`?"))
}

/// Returns the closest of `known` to `word` if it is close enough to be what was meant.
pub(crate) fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    // A longer word is not a misspelt id or key, and the comparison takes quadratic time.
    if folded.len() > 64 {
        return None;
    }
    let near = known.into_iter().map(|candidate| (distance(&folded, &fold(candidate)), candidate));
    let (slips, best) = near.min_by_key(|(slips, _)| *slips)?;
    // One mistake in three letters is allowed, and at most two.
    (slips <= (best.len() / 3).min(2)).then_some(best)
}

/// Folds differences that do not count as mistakes: case, and `_` instead of `-`.
fn fold(word: &str) -> Vec<u8> {
    word.bytes().map(|byte| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() }).collect()
}

/// Returns the number of bytes that must be added, removed or replaced (Levenshtein distance).
fn distance(from: &[u8], to: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (above, a) in from.iter().enumerate() {
        let mut diagonal = above;
        row[0] = above + 1;
        for (column, b) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r14_suggests_what_was_meant_and_nothing_else() {
        let known = ["lifetime", "purpose", "same-site", "path"];
        for (word, want) in [
            ("lifetme", Some("lifetime")),
            ("lifetimes", Some("lifetime")),
            ("Lifetime", Some("lifetime")),
            ("same_site", Some("same-site")),
            ("pat", Some("path")),
            ("expires", None),
            ("", None),
            ("x", None),
        ] {
            assert_eq!(closest(word, known), want, "{word}");
        }
        assert_eq!(closest(&"lifetime".repeat(1_000), known), None);
        assert_eq!(closest("a", []), None);
    }
}
