//! Checks of names, ids, domains, paths and dates by themselves.

use crate::name::placeholder;
use crate::set_cookie::calendar::epoch_day;
use crate::set_cookie::limits::MAX_COOKIE;

/// The problem with the name or pattern of a declaration: its code, and the message.
pub(crate) fn problem(name: &str) -> Option<(&'static str, String)> {
    if name.is_empty() {
        return Some(("empty-name", "has no name; write the cookie's".to_owned()));
    }
    if name.bytes().all(|byte| byte == b'*') {
        let message = "matches every cookie; say with `undeclared` what happens to those that are \
                       not declared";
        return Some(("bare-wildcard", message.to_owned()));
    }
    // A tab inside a name is the one control byte that browsers let pass.
    let control = |byte: u8| byte.is_ascii_control() && byte != b'\t';
    let reason = if name.contains(';') {
        "contains `;`, which ends a cookie"
    } else if name.contains('=') {
        "contains `=`, which ends a name"
    } else if name.bytes().any(control) {
        "contains a control byte, for which browsers refuse a cookie"
    } else if name.trim_matches([' ', '\t']).len() < name.len() {
        "starts or ends with white space, which browsers trim"
    } else if name.bytes().filter(|byte| *byte != b'*').count() > MAX_COOKIE {
        "is above 4,096 bytes, for which browsers refuse a cookie"
    } else if name.contains(", ") {
        let message = "looks like several names; write each by itself";
        return Some(("several-names", message.to_owned()));
    } else {
        let (found, pattern) = placeholder::find(name)?;
        let advice = match pattern.as_str() {
            "*" => "a name, or a part of one and `*`".to_owned(),
            pattern => format!("`*` for the part that varies: {pattern:?}"),
        };
        return Some((
            "placeholder",
            format!("{found:?} looks like a placeholder; write {advice}"),
        ));
    };
    let message = format!("no cookie has this name, which {reason}; write it as browsers store it");
    Some(("impossible-name", message))
}

/// Returns `true` for the domain and path that a `__Host-` cookie must have (RFC 6265bis, section
/// 5.7).
pub(crate) fn is_host_bound(domain: Option<&str>, path: Option<&str>) -> bool {
    domain.is_none() && path.is_none_or(|path| path == "/")
}

/// The problem with the id of a category or service: its code, and the message. Ids are keys of the
/// consent cookie, which also holds the policy's version and the time of the choice.
pub(crate) fn id_problem(id: &str) -> Option<(&'static str, &'static str)> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if id.is_empty() || !id.bytes().all(allowed) {
        let message = "is no id; use ASCII letters, digits, `-`, `_` and `.`, and put other \
                       characters into the title";
        Some(("invalid-id", message))
    } else if matches!(id, "version" | "time") {
        let message = "is a key of the consent cookie (`version`, `time`); choose another id";
        Some(("reserved-id", message))
    } else {
        None
    }
}

/// Returns `true` for letters, digits and hyphens in labels, with the leading dot that browsers
/// ignore.
pub(crate) fn is_domain(domain: &str) -> bool {
    let domain = domain.strip_prefix('.').unwrap_or(domain);
    let label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    domain.len() <= 253 && domain.split('.').all(label)
}

/// Returns `true` for a path that a `Set-Cookie` carries unchanged: printable ASCII but `;`, with no
/// space to be trimmed.
pub(crate) fn is_path(path: &str) -> bool {
    let writable = |byte: u8| byte != b';' && (b' '..=b'~').contains(&byte);
    path.starts_with('/') && !path.ends_with(' ') && path.bytes().all(writable)
}

/// Returns `true` for a `YYYY-MM-DD` that the calendar has.
pub(crate) fn is_date(text: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| {
        let part = text.as_bytes().get(range)?;
        part.iter().try_fold(0_i64, |number, byte| {
            byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0'))
        })
    };
    let dashes = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    let (true, Some(year), Some(month), Some(day)) =
        (dashes, digits(0..4), digits(5..7), digits(8..10))
    else {
        return false;
    };
    epoch_day(year, month, day).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r5_names_that_no_cookie_can_have_are_refused() {
        for (name, want) in [
            ("_ga", None),
            ("_ga_*", None),
            ("*a*", None),
            ("a b", None),
            ("a\tb", None),
            ("café", None),
            ("\"a\"", None),
            ("a,b", None),
            ("", Some(("empty-name", "has no name"))),
            ("*", Some(("bare-wildcard", "every"))),
            ("***", Some(("bare-wildcard", "every"))),
            ("a;b", Some(("impossible-name", "`;`"))),
            ("a=b", Some(("impossible-name", "`=`"))),
            ("=", Some(("impossible-name", "`=`"))),
            ("a\nb", Some(("impossible-name", "control"))),
            ("a\u{7f}", Some(("impossible-name", "control"))),
            (" a", Some(("impossible-name", "white space"))),
            ("a*\t", Some(("impossible-name", "white space"))),
            ("_ga, _gid", Some(("several-names", "each"))),
            (
                "a_[id]",
                Some((
                    "placeholder",
                    "\"[id]\" looks like a placeholder; write `*` for the part that varies: \"a_*\"",
                )),
            ),
        ] {
            is_told(name, want);
        }
        is_told(&"a".repeat(4_096), None);
        is_told(&"a".repeat(4_097), Some(("impossible-name", "4,096")));
    }

    /// The problem has this code, and a message with this in it.
    #[track_caller]
    fn is_told(name: &str, want: Option<(&str, &str)>) {
        match (problem(name), want) {
            (None, None) => {}
            (Some((code, message)), Some((want, part))) if message.contains(part) => {
                assert_eq!(code, want, "{name:?}: {message}");
            }
            (found, want) => panic!("{name:?}: {found:?} instead of {want:?}"),
        }
    }

    #[test]
    fn r14_ids_are_plain_and_not_reserved() {
        for (id, want) in [
            ("analytics", None),
            ("Google-Analytics_4.0", None),
            ("", Some("invalid-id")),
            ("a b", Some("invalid-id")),
            ("préférences", Some("invalid-id")),
            ("a=b", Some("invalid-id")),
            ("version", Some("reserved-id")),
            ("time", Some("reserved-id")),
            ("times", None),
        ] {
            assert_eq!(id_problem(id).map(|(code, _)| code), want, "{id:?}");
        }
    }

    #[test]
    fn r14_domains_and_paths_fit_into_a_set_cookie() {
        for (domain, want) in [
            ("example.com", true),
            (".example.com", true),
            ("localhost", true),
            ("xn--exmple-cua.com", true),
            ("", false),
            (".", false),
            ("a..b", false),
            ("a.", false),
            ("a;b", false),
            ("a b", false),
            ("exämple.com", false),
        ] {
            assert_eq!(is_domain(domain), want, "{domain:?}");
        }
        for (path, want) in [
            ("/", true),
            ("/a b/~c", true),
            ("", false),
            ("a", false),
            ("/a;b", false),
            ("/a ", false),
            ("/\n", false),
            ("/é", false),
        ] {
            assert_eq!(is_path(path), want, "{path:?}");
        }
    }

    #[test]
    fn r14_dates_are_of_the_calendar() {
        for (text, want) in [
            ("2025-01-15", true),
            ("2024-02-29", true),
            ("2000-02-29", true),
            ("2025-02-29", false),
            ("1900-02-29", false),
            ("2025-04-31", false),
            ("2025-13-01", false),
            ("2025-00-01", false),
            ("2025-01-00", false),
            ("2025-1-15", false),
            ("15/01/2025", false),
            ("2025-01-15T00:00:00Z", false),
            ("+025-01-15", false),
            ("2025é01-5", false),
            ("", false),
        ] {
            assert_eq!(is_date(text), want, "{text}");
        }
    }
}
