//! Checks single ids, domains, paths and dates.

use crate::set_cookie::calendar::epoch_day;

/// Returns `true` if domain and path are those that a `__Host-` cookie must have (RFC 6265bis,
/// section 5.7).
pub(crate) fn is_host_bound(domain: Option<&str>, path: Option<&str>) -> bool {
    domain.is_none() && path.is_none_or(|path| path == "/")
}

/// Returns the code and the message of the problem with an id. Ids are keys of the consent cookie,
/// which also holds the policy's version, the time of the choice and the id of its record.
pub(crate) fn id_problem(id: &str) -> Option<(&'static str, &'static str)> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if id.is_empty() || !id.bytes().all(allowed) {
        let message = "is no id; use ASCII letters, digits, `-`, `_` and `.`, and put other \
                       characters into the title";
        Some(("invalid-id", message))
    } else if matches!(id, "version" | "time" | "record-id") {
        let message =
            "is a key of the consent cookie (`version`, `time`, `record-id`); choose another id";
        Some(("reserved-id", message))
    } else {
        None
    }
}

/// Returns `true` for a host name: labels of letters, digits, hyphens and underscores. Browsers
/// ignore a dot before it.
pub(crate) fn is_domain(domain: &str) -> bool {
    let domain = domain.strip_prefix('.').unwrap_or(domain);
    let is_written = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let mut label = 0;
    let may_follow = |byte| {
        label = if byte == b'.' && label > 0 { 0 } else { label + 1 };
        label == 0 || is_written(byte)
    };
    domain.len() <= 253 && domain.bytes().all(may_follow) && label > 0
}

/// Returns `true` for a path that a `Set-Cookie` can carry unchanged: printable ASCII without `;`,
/// and without a space at the end, which would be trimmed.
pub(crate) fn is_path(path: &str) -> bool {
    let writable = |byte: u8| byte != b';' && (b' '..=b'~').contains(&byte);
    path.starts_with('/') && !path.ends_with(' ') && path.bytes().all(writable)
}

/// Returns `true` for a date of the calendar in the form `YYYY-MM-DD`.
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
            ("record-id", Some("reserved-id")),
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
