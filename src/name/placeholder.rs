//! Names copied from a policy page with a placeholder in them. As names they match no cookie, and
//! the cookie that is meant is stripped.

use crate::name::pattern::collapse;

/// Finds the first placeholder of a name, and writes the name with `*` for every one.
pub(crate) fn find(name: &str) -> Option<(&str, String)> {
    let mut first = None;
    let mut pattern = String::new();
    let mut rest = name;
    while let Some(char) = rest.chars().next() {
        let length = FORMS.iter().find_map(|form| form(rest));
        if let Some(length) = length {
            first = first.or(Some(&rest[..length]));
            pattern.push('*');
        } else {
            pattern.push(char);
        }
        rest = &rest[length.unwrap_or(char.len_utf8())..];
    }
    first.map(|first| (first, collapse(&pattern)))
}

/// The forms of placeholders. Each tells the length of the one that a text starts with.
const FORMS: [fn(&str) -> Option<usize>; 5] = [braces, angles, brackets, hashes, letters_x];

/// `{id}`, and `{{ id }}` with all its braces.
fn braces(text: &str) -> Option<usize> {
    let closed = between(text, '{', '}')?;
    Some(closed + run(&text[closed..], "}"))
}

/// `<id>`.
fn angles(text: &str) -> Option<usize> {
    between(text, '<', '>')
}

/// `[id]`, but not `[]`, which holds no word.
fn brackets(text: &str) -> Option<usize> {
    let closed = between(text, '[', ']')?;
    let inside = &text[1..closed - 1];
    (!inside.is_empty() && !inside.contains('[')).then_some(closed)
}

/// `###` at the end of a name.
fn hashes(text: &str) -> Option<usize> {
    (run(text, "#") == text.len()).then_some(text.len())
}

/// `XXXX`, and `XXXXXX-X` as one.
fn letters_x(text: &str) -> Option<usize> {
    let with_separators = &text[..run(text, "X-_.")];
    (run(text, "X") >= 4).then(|| with_separators.trim_end_matches(['-', '_', '.']).len())
}

/// Tells the length of what stands between two characters at the start of a text, with both.
fn between(text: &str, open: char, close: char) -> Option<usize> {
    text.strip_prefix(open)?.find(close).map(|at| at + 2)
}

/// Counts the characters at the start of a text that are among those of `of`.
fn run(text: &str, of: &str) -> usize {
    text.chars().take_while(|char| of.contains(*char)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r5_placeholders_are_told_from_names() {
        for (name, want) in [
            ("wordpress_logged_in_[hash]", Some(("[hash]", "wordpress_logged_in_*"))),
            ("wp_{id}_x", Some(("{id}", "wp_*_x"))),
            ("wp_{{ id }}", Some(("{{ id }}", "wp_*"))),
            ("_ga_<container-id>", Some(("<container-id>", "_ga_*"))),
            ("_ga_XXXXXXXXXX", Some(("XXXXXXXXXX", "_ga_*"))),
            ("_gat_UA-XXXXXX-X", Some(("XXXXXX-X", "_gat_UA-*"))),
            ("_hjSession_#", Some(("#", "_hjSession_*"))),
            ("_hjSession_###", Some(("###", "_hjSession_*"))),
            ("_pk_id.<site>.[hash]", Some(("<site>", "_pk_id.*.*"))),
            ("a_*[id]", Some(("[id]", "a_*"))),
            ("[id]", Some(("[id]", "*"))),
            ("é[id]", Some(("[id]", "é*"))),
            ("_ga_*", None),
            ("XXX", None),
            ("xxxx", None),
            ("XX-XX-XX", None),
            ("a[]", None),
            ("a[", None),
            ("a]b[", None),
            ("a{b", None),
            ("a<b", None),
            ("a#b", None),
            ("", None),
        ] {
            let want = want.map(|(found, pattern)| (found, pattern.to_owned()));
            assert_eq!(find(name), want, "{name}");
        }
    }
}
