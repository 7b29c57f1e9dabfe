//! Finds regular expressions. The settings of many banners take them in place of names.

use crate::name::check::mistake::Mistake;
use crate::name::pattern::collapse;

/// Finds a regular expression such as `/^_pk_.*$/`, and suggests patterns that match at least the
/// same names.
pub(crate) fn expression(name: &str) -> Option<Mistake> {
    if !is_expression(name) {
        return None;
    }
    let advice = "write `*` for any run of characters";
    Some(Mistake::new("regular-expression", "is a regular expression").meant(advice, globs(name)))
}

/// The starts of well-known names that continue without a dot, or not at all: `_ga.*` is an
/// expression and means `_ga*`, while `_pk_id.*` may well be a pattern.
const UNDOTTED: &str = "AMCV AMCVS PHPSESSID SESS SSESS __utm _clck _clsk _dc_gtm _fbc _fbp _ga \
                        _gac _gat _gcl _gid _hj _pk _uet ajs wordpress wp";

/// Returns whether a text has signs of a regular expression that names and patterns do not have.
fn is_expression(text: &str) -> bool {
    const SIGNS: [&str; 10] = ["\\", ".+", ".*?", "(?", ")?", ")*", ")+", "]+", "]{", "[^"];
    const RANGES: [&str; 6] = ["0-9", "1-9", "a-z", "A-Z", "a-f", "A-F"];
    let edge =
        |range: &&str| text.contains(&format!("[{range}")) || text.contains(&format!("{range}]"));
    let dotted = text.split_once(".*").is_some_and(|(start, _)| {
        start.is_empty()
            || start.ends_with(['_', '-', ')', ']'])
            || UNDOTTED.split(' ').any(|it| it == start)
    });
    text.starts_with('^')
        || text.len() > 1 && text.ends_with('$')
        || delimited(text).is_some()
        || dotted
        || SIGNS.iter().any(|sign| text.contains(sign))
        || RANGES.iter().any(edge)
        || text.split_once('(').is_some_and(|(_, inside)| {
            inside.split_once(')').is_some_and(|(inside, _)| inside.contains('|'))
        })
}

/// Returns the part between the slashes of an expression such as `/_ga/i`.
fn delimited(text: &str) -> Option<&str> {
    let (inside, flags) = text.strip_prefix('/')?.rsplit_once('/')?;
    let is_flags = flags.bytes().all(|flag| flag.is_ascii_lowercase());
    (!inside.is_empty() && is_flags && flags.len() < 6).then_some(inside)
}

/// Translates an expression into patterns, at least one for each of its alternatives.
fn globs(text: &str) -> Vec<String> {
    let delimited = delimited(text);
    let anchored = |text: &str| {
        let (text, start) = text.strip_prefix('^').map_or((text, false), |rest| (rest, true));
        let (text, end) = text.strip_suffix('$').map_or((text, false), |rest| (rest, true));
        // An expression without slashes and anchors is meant to match whole names.
        let open = |here: bool, there: bool| !here && (there || delimited.is_some());
        let any = |open| if open { "*" } else { "" };
        let (before, after) = (any(open(start, end)), any(open(end, start)));
        glob(text).into_iter().map(move |it| collapse(&format!("{before}{it}{after}")))
    };
    alternatives(delimited.unwrap_or(text)).into_iter().flat_map(anchored).collect()
}

/// Splits an expression at each `|` outside of groups and character classes.
fn alternatives(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut at) = (Vec::new(), 0, 0);
    while at < text.len() {
        if text[at..].starts_with('|') {
            found.push(&text[start..at]);
            start = at + 1;
        }
        at += atom(&text[at..]);
    }
    found.push(&text[start..]);
    found
}

/// The largest number of patterns for one expression. A group that would lead to more becomes a
/// `*`.
const PATTERNS: usize = 16;

/// Translates an alternative into patterns, with `*` for every part that can match different texts.
fn glob(mut text: &str) -> Vec<String> {
    let mut patterns = vec![String::new()];
    while !text.is_empty() {
        let (atom, rest) = text.split_at(atom(text));
        let quantifier = quantifier(rest);
        text = &rest[quantifier..];
        let parts = match atom.as_bytes() {
            [b'^' | b'$', ..] | b"\\b" | b"\\B" => continue,
            _ if quantifier > 0 => any(),
            [b'.' | b'[', ..] | b"\\d" | b"\\D" | b"\\w" | b"\\W" | b"\\s" | b"\\S" => any(),
            [b'(', ..] => group(atom),
            _ => vec![atom.strip_prefix('\\').unwrap_or(atom).to_owned()],
        };
        let parts = if patterns.len() * parts.len() > PATTERNS { any() } else { parts };
        let with_each = |pattern: String| parts.iter().map(move |part| format!("{pattern}{part}"));
        patterns = patterns.into_iter().flat_map(with_each).collect();
    }
    patterns
}

fn any() -> Vec<String> {
    vec!["*".to_owned()]
}

/// Translates the alternatives of a group, capturing or not, into patterns.
fn group(atom: &str) -> Vec<String> {
    let inside = atom[1..].strip_prefix("?:").unwrap_or(&atom[1..]);
    let inside = inside.strip_suffix(')').unwrap_or(inside);
    // Nested groups are rare, so they are not read recursively.
    if inside.contains('(') {
        any()
    } else {
        alternatives(inside).into_iter().flat_map(glob).collect()
    }
}

/// Returns the length of the escape, class, group or character at the start of a text.
fn atom(text: &str) -> usize {
    let mut chars = text.char_indices();
    let first = chars.next().map_or(' ', |(_, char)| char);
    let (mut depth, mut escaped) = (0_usize, first == '\\');
    if !matches!(first, '\\' | '[' | '(') {
        return first.len_utf8().min(text.len());
    }
    depth += usize::from(first == '(');
    for (at, char) in chars {
        let end = at + char.len_utf8();
        match (first, char) {
            ('\\', _) => return end,
            _ if escaped => escaped = false,
            (_, '\\') => escaped = true,
            ('[', ']') => return end,
            ('(', '(') => depth += 1,
            ('(', ')') if depth == 1 => return end,
            ('(', ')') => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// Returns the length of the quantifier at the start of a text, or 0 if there is none.
fn quantifier(text: &str) -> usize {
    let counted = |text: &str| {
        let (count, _) = text.strip_prefix('{')?.split_once('}')?;
        let is_count = count.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
        (is_count && !count.is_empty()).then_some(count.len() + 2)
    };
    let length = match text.as_bytes() {
        [b'*' | b'+' | b'?', ..] => 1,
        _ => counted(text).unwrap_or(0),
    };
    // A `?` behind a quantifier makes it lazy.
    length + usize::from(length > 0 && text[length..].starts_with('?'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r5_regular_expressions_are_told_from_names_and_patterns() {
        for (text, want) in [
            ("^a(b|c)d$", Some("abd acd")),
            ("^a((b|c)d)$", Some("a*")),
            ("a(?:b|c)+", Some("a*")),
            ("^a|b$|c\\.d", Some("a* *b c.d")),
            ("/a/", Some("*a*")),
            ("/^a/i", Some("a*")),
            ("/a$/", Some("*a")),
            ("^a[|]b", Some("a*b*")),
            ("^a\\|b", Some("a|b*")),
            ("^é.é$", Some("é*é")),
            ("a{2}.+", Some("**")),
            ("^a{2,3}b", Some("*b*")),
            ("^a{b}", Some("a{b}*")),
            ("^(a", Some("a*")),
            ("^(", Some("*")),
            ("^[", Some("*")),
            ("^\\", Some("*")),
            ("^", Some("*")),
            ("_ga.*", Some("_ga*")),
            ("_pk_id.*", None),
            ("_pk_id.*.*", None),
            (".AspNetCore.Antiforgery.*", None),
            ("a.b", None),
            ("a[0]", None),
            ("a+b", None),
            ("/a", None),
            ("a/b/c", None),
            ("a|b", None),
            ("$a", None),
            ("$", None),
        ] {
            let found = expression(text).map(|mistake| mistake.meant.join(" "));
            assert_eq!(found.as_deref(), want.map(collapse).as_deref(), "{text}");
        }
        // If there are more alternatives than patterns are made, a `*` stands for all of them.
        let many = format!("^x({})$", vec!["a"; PATTERNS + 1].join("|"));
        assert_eq!(expression(&many).map(|mistake| mistake.meant), Some(vec!["x*".to_owned()]));
    }
}
