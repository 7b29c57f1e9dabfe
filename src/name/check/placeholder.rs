//! Finds placeholders for the part of a name that varies.

use crate::name::check::mistake::Mistake;
use crate::name::pattern::collapse;

/// Finds placeholders, as in `wordpress_logged_in_[hash]`, and suggests a pattern with `*` for
/// them.
pub(crate) fn placeholder(name: &str) -> Option<Mistake> {
    let (found, pattern) = find(name)?;
    let wrong = format!("{found:?} looks like a placeholder");
    Some(Mistake::new("placeholder", wrong).meant("write `*` for the part that varies", [pattern]))
}

/// Returns the first placeholder of a name, and the name with `*` for every placeholder.
fn find(name: &str) -> Option<(&str, String)> {
    let mut first = None;
    let mut pattern = String::new();
    let mut at = 0;
    while let Some(char) = name[at..].chars().next() {
        let (before, rest) = name.split_at(at);
        let length = FORMS.iter().find_map(|form| form(before, rest));
        if let Some(length) = length {
            first = first.or(Some(&rest[..length]));
            pattern.push('*');
        } else {
            pattern.push(char);
        }
        at += length.unwrap_or(char.len_utf8());
    }
    first.map(|first| (first, collapse(&pattern)))
}

/// The forms of placeholders. Each function gets the text before and behind a position, and returns
/// the length of the placeholder that begins there.
const FORMS: [fn(&str, &str) -> Option<usize>; 10] =
    [bracketed, unclosed, percent, variable, hashes, ellipsis, questions, filler, date, capitals];

/// Finds `{id}`, `<id>`, `[id]` and `(id)`, also as `${id}`, `%(id)s` and `{{ id }}`. But `[0]` and
/// `[]` are parts of names that PHP makes.
fn bracketed(_: &str, rest: &str) -> Option<usize> {
    let sign = usize::from(rest.starts_with(['$', '#', '%']));
    let length = enclosed(&rest[sign..])?;
    let inside = &rest[sign + 1..sign + length - 1];
    let is_key = rest.starts_with('[') && inside.bytes().all(|byte| byte.is_ascii_digit());
    let after = &rest[sign + length..];
    let closing = if rest.starts_with("{{") { run(after, '}') } else { 0 };
    let formatted = usize::from(rest.starts_with("%(") && after.starts_with(['s', 'd']));
    (!is_key).then_some(sign + length + closing + formatted)
}

/// Returns the length of a text in brackets at the start, including the brackets.
pub(crate) fn enclosed(text: &str) -> Option<usize> {
    const PAIRS: [(char, char); 4] = [('{', '}'), ('<', '>'), ('[', ']'), ('(', ')')];
    let (open, close) = PAIRS.into_iter().find(|(open, _)| text.starts_with(*open))?;
    let (inside, _) = text[1..].split_once(close)?;
    (open == '{' || !inside.contains(open)).then_some(inside.len() + 2)
}

/// Finds an opening bracket behind a separator without a closing one: `x_<id`.
fn unclosed(before: &str, rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix(['{', '<', '[', '('])?;
    (parted(before) && inside.starts_with(char::is_alphabetic)).then_some(rest.len())
}

/// Finds `%ID%`, `%s` and `%`, but not `%5B`, which is percent-encoding.
fn percent(_: &str, rest: &str) -> Option<usize> {
    let hex = |text: &str, at| text.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
    let encoded = |text: &str| hex(text, 0) && hex(text, 1);
    let inside = rest.strip_prefix('%')?;
    let word = inside.trim_start_matches(|char: char| char.is_ascii_alphabetic() || char == '_');
    let length = inside.len() - word.len();
    let closed = word.strip_prefix('%').is_some_and(|after| length > 0 && !encoded(after));
    if closed && (length > 2 || !encoded(inside)) {
        Some(length + 2)
    } else {
        let formatted = usize::from(inside.starts_with(['s', 'd', 'i']));
        (!encoded(inside)).then_some(1 + formatted)
    }
}

/// Finds `$id` and `:id` behind a separator.
fn variable(before: &str, rest: &str) -> Option<usize> {
    let word = rest.strip_prefix(['$', ':']).filter(|_| parted(before))?;
    let end = word.find(|char: char| !(char.is_ascii_alphanumeric() || char == '_'));
    let length = 1 + end.unwrap_or(word.len());
    word.starts_with(|char: char| char.is_ascii_alphabetic()).then_some(length)
}

/// Finds `###`, and `#` between separators or at the end. `website#lang` is a name.
fn hashes(before: &str, rest: &str) -> Option<usize> {
    let length = run(rest, '#');
    let after = &rest[length..];
    let alone = after.is_empty() || parted(before) && ends_here(after);
    (length > 1 || length == 1 && alone).then(|| length + absorbed(after))
}

/// Finds `...` and `…`.
fn ellipsis(_: &str, rest: &str) -> Option<usize> {
    let dots = Some(run(rest, '.')).filter(|length| *length > 2);
    dots.or(Some(run(rest, '…')).filter(|length| *length > 0))
}

/// Finds `?` and `????`, which names do not contain.
fn questions(_: &str, rest: &str) -> Option<usize> {
    Some(run(rest, '?')).filter(|length| *length > 0)
}

/// Finds `XXXX`, and `XXXXXX-Y` as a single placeholder. Shorter runs, and runs of small letters,
/// must fill the space between separators: `_gac_xxx` has a placeholder, `__utmxx` and `XXX` have
/// none. `xxx.` may be a `www.` that a load balancer has encoded.
fn filler(before: &str, rest: &str) -> Option<usize> {
    let letter = rest.chars().next().filter(|char| "XxNnYy".contains(*char))?;
    let length = run(rest, letter);
    let after = &rest[length..];
    let behind_small = before.ends_with(|char: char| char.is_ascii_lowercase());
    let begins = parted(before) || letter.is_ascii_uppercase() && behind_small;
    let fills = begins && ends_here(after);
    let is_whole_name = before.is_empty() && after.is_empty();
    let is_filler = match length {
        0..3 => false,
        3 => fills && !(letter == 'x' && after.starts_with('.')),
        _ => fills || letter == 'X' || letter == 'x' && ends_here(after) && !is_whole_name,
    };
    is_filler.then(|| length + absorbed(after))
}

/// Finds the format of a date behind a separator, such as `YYYYMMDD`.
fn date(before: &str, rest: &str) -> Option<usize> {
    let end = rest.find(|char: char| !"YMDHyYmMdDhH".contains(char)).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    let is_date = word.to_ascii_uppercase().contains("YYYY") && ends_here(after);
    (parted(before) && is_date).then(|| end + absorbed(after))
}

/// Finds words such as `APP_ID` behind a separator, if the name has small letters elsewhere.
/// `SESSION_ID` is a name, and `Visitor_ID` may be one.
fn capitals(before: &str, rest: &str) -> Option<usize> {
    const WORDS: &str = "N X ACCOUNTID APPID APPKEY CLIENTID CONTAINERID GUID HASH ORGID PROJECTID \
                         PROPERTYID SITEID STREAMID TIMESTAMP TRACKINGID UID USERID USERNAME UUID";
    let end = rest.find(|char: char| !(char.is_ascii_uppercase() || "_-".contains(char)));
    let word = rest[..end.unwrap_or(rest.len())].trim_end_matches(['_', '-']);
    let small = |text: &str| text.bytes().any(|byte| byte.is_ascii_lowercase());
    let name = before.trim_start_matches("__Host-").trim_start_matches("__Secure-");
    let in_name = parted(before) && ends_here(&rest[word.len()..]);
    let is_word = WORDS.split(' ').any(|it| it == word)
        || word.ends_with("_ID")
        || word.ends_with("-ID")
        || word == "ID" && (before.ends_with(['.', '-']) || before.starts_with('_'));
    let mixed = small(name) || small(&rest[word.len()..]);
    (in_name && is_word && mixed).then_some(word.len())
}

/// Returns whether a later part of a name begins behind this text: whether it ends with a
/// separator.
fn parted(before: &str) -> bool {
    before.len() > 1 && before.ends_with(['_', '-', '.', '/', ':', '*'])
}

/// Returns whether a part of a name ends before this text.
fn ends_here(rest: &str) -> bool {
    !rest.starts_with(|char: char| char.is_alphanumeric())
}

/// Returns the length of the further parts that belong to the placeholder before them, because each
/// repeats a single letter: `-Y` in `XXXXXX-Y`.
fn absorbed(rest: &str) -> usize {
    let Some(part) = rest.strip_prefix(['-', '_', '.']) else { return 0 };
    let Some(letter) = part.chars().next().filter(|char| "XxNnYyZzMmDdHh#0".contains(*char)) else {
        return 0;
    };
    let length = run(part, letter);
    if ends_here(&part[length..]) { 1 + length + absorbed(&part[length..]) } else { 0 }
}

/// Returns the number of bytes in which a text repeats a character at its start.
fn run(text: &str, char: char) -> usize {
    text.len() - text.trim_start_matches(char).len()
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
            ("wp_{id}}", Some(("{id}", "wp_*}"))),
            ("_ga_<container-id>", Some(("<container-id>", "_ga_*"))),
            ("_ga_XXXXXXXXXX", Some(("XXXXXXXXXX", "_ga_*"))),
            ("_gat_UA-XXXXXX-X", Some(("XXXXXX-X", "_gat_UA-*"))),
            ("_gat_UA-XXXXXX-Y", Some(("XXXXXX-Y", "_gat_UA-*"))),
            ("_hjSession_#", Some(("#", "_hjSession_*"))),
            ("_hjSession_###", Some(("###", "_hjSession_*"))),
            ("_pk_id.<site>.[hash]", Some(("<site>", "_pk_id.*.*"))),
            ("a_*[id]", Some(("[id]", "a_*"))),
            ("[id]", Some(("[id]", "*"))),
            ("é[id]", Some(("[id]", "é*"))),
            ("a_%id%_b", Some(("%id%", "a_*_b"))),
            ("a%", Some(("%", "a*"))),
            ("a_%Q%20", Some(("%", "a_*Q%20"))),
            ("a_%(id)s", Some(("%(id)s", "a_*"))),
            ("x_<é", Some(("<é", "x_*"))),
            ("a_YYYY.MM.DD", Some(("YYYY.MM.DD", "a_*"))),
            ("a_USER_ID", Some(("USER_ID", "a_*"))),
            ("A_USER_ID_b", Some(("USER_ID", "A_*_b"))),
            ("xxxx_a", Some(("xxxx", "*_a"))),
            ("_ga_*", None),
            ("XXX", None),
            ("xxx", None),
            ("xxxx", None),
            ("__utmxx", None),
            ("axxxb", None),
            ("a_xxxb", None),
            ("NSC_xxx.fybnqmf", None),
            ("XX-XX-XX", None),
            ("a[]", None),
            ("a[0]", None),
            ("a[", None),
            ("a_[", None),
            ("a]b[", None),
            ("a{b", None),
            ("a<b", None),
            ("a#b", None),
            ("website#lang", None),
            ("a%5Bb%5D", None),
            ("a:b", None),
            ("a$b", None),
            ("$id", None),
            ("..a..b", None),
            ("USER_ID", None),
            ("__Host-USER_ID", None),
            ("Visitor_ID", None),
            ("a_SID", None),
            ("", None),
        ] {
            let want = want.map(|(found, pattern)| (found, pattern.to_owned()));
            assert_eq!(find(name), want, "{name}");
        }
    }
}
