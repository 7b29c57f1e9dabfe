//! Names copied from a policy page with a placeholder in them. As names they match no cookie, and
//! the cookie that is meant is stripped.

use crate::name::pattern::collapse;

/// So many `X` are a placeholder.
const RUN: usize = 4;

/// The first placeholder of a name, and the name with `*` for every one.
pub(crate) fn find(name: &str) -> Option<(&str, String)> {
    let mut found = None;
    let mut pattern = String::new();
    let mut rest = name;
    while let Some(char) = rest.chars().next() {
        let length = length(rest);
        if length > 0 {
            found = found.or(Some(&rest[..length]));
            pattern.push('*');
        } else {
            pattern.push(char);
        }
        rest = &rest[length.max(char.len_utf8())..];
    }
    found.map(|found| (found, collapse(&pattern)))
}

/// The length of the placeholder that `text` starts with, or 0.
fn length(text: &str) -> usize {
    let between = |close: char| text[1..].find(close).map_or(0, |at| at + 1 + close.len_utf8());
    match text.as_bytes()[0] {
        // Of `{{id}}` all braces.
        b'{' => {
            let closed = between('}');
            closed + text[closed..].bytes().take_while(|byte| closed > 0 && *byte == b'}').count()
        }
        b'<' => between('>'),
        b'[' => {
            let inside = text[1..].bytes().take_while(|byte| *byte != b']' && *byte != b'[');
            match between(']') {
                // An empty pair holds no word.
                closed if closed == inside.count() + 2 && closed > 2 => closed,
                _ => 0,
            }
        }
        b'#' if text.bytes().all(|byte| byte == b'#') => text.len(),
        b'X' => {
            // `XXXXX-X` is one.
            let run = text.trim_start_matches(['X', '-', '_', '.']);
            let run = text[..text.len() - run.len()].trim_end_matches(['-', '_', '.']);
            let first = run.bytes().take_while(|byte| *byte == b'X').count();
            if first >= RUN { run.len() } else { 0 }
        }
        _ => 0,
    }
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
