//! The conformance table: `Set-Cookie` lines and what has to be read from them, written by hand
//! from the rules. The clock stands at Sat, 21 Nov 2026 12:00:00 GMT; there is no `Date` header.

mod attributes;
mod blanks;
mod both;
mod bytes;
mod deletions;
mod equals_and_quotes;
mod expires_fixed;
mod expires_order;
mod expires_other;
mod max_age;
mod nameless;
mod names;
mod prefixes;
mod sizes;

/// The table's clock, in seconds since 1970-01-01 00:00:00 UTC.
pub(crate) const NOW: i64 = 1_795_262_400;

/// One line and what it means.
pub(crate) struct Case {
    pub(crate) line: Vec<u8>,
    /// R2: the name that the registry is asked for.
    pub(super) judged_name: Vec<u8>,
    /// The `cookie-name`: empty for a nameless cookie.
    pub(super) stored_name: Vec<u8>,
    pub(super) value: Vec<u8>,
    pub(super) lifetime: Life,
}

/// R3, in seconds from the table's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Life {
    Session,
    Proven(u64),
    Unproven(Option<u64>),
}

/// A theme's name and its rows.
type Theme = (&'static str, fn() -> Vec<Case>);

/// Every row of every theme, with the theme's name.
pub(crate) fn all() -> Vec<(&'static str, Case)> {
    let themes: [Theme; 14] = [
        ("names", names::rows),
        ("nameless", nameless::rows),
        ("blanks", blanks::rows),
        ("equals and quotes", equals_and_quotes::rows),
        ("bytes", bytes::rows),
        ("attributes", attributes::rows),
        ("Max-Age", max_age::rows),
        ("Expires, the fixed forms", expires_fixed::rows),
        ("Expires, other forms", expires_other::rows),
        ("Expires, odd tokens", expires_order::rows),
        ("Max-Age and Expires", both::rows),
        ("deletions", deletions::rows),
        ("sizes", sizes::rows),
        ("prefixes", prefixes::rows),
    ];
    themes
        .into_iter()
        .flat_map(|(theme, rows)| rows().into_iter().map(move |case| (theme, case)))
        .collect()
}

/// A cookie that has a name: it is judged by it.
fn named(
    line: impl AsRef<[u8]>,
    name: impl AsRef<[u8]>,
    value: impl AsRef<[u8]>,
    lifetime: Life,
) -> Case {
    Case {
        line: line.as_ref().to_vec(),
        judged_name: name.as_ref().to_vec(),
        stored_name: name.as_ref().to_vec(),
        value: value.as_ref().to_vec(),
        lifetime,
    }
}

/// A cookie without a name: it is judged by the beginning of its value.
fn nameless(
    line: impl AsRef<[u8]>,
    judged_name: impl AsRef<[u8]>,
    value: impl AsRef<[u8]>,
    lifetime: Life,
) -> Case {
    Case {
        line: line.as_ref().to_vec(),
        judged_name: judged_name.as_ref().to_vec(),
        stored_name: Vec::new(),
        value: value.as_ref().to_vec(),
        lifetime,
    }
}

/// The cookie `a=1` with these attributes.
fn lives(attributes: impl AsRef<[u8]>, lifetime: Life) -> Case {
    let line = [b"a=1; ", attributes.as_ref()].concat();
    named(line, "a", "1", lifetime)
}

/// The cookie `a=1` with this Expires.
fn expires(date: impl AsRef<[u8]>, lifetime: Life) -> Case {
    lives([b"Expires=", date.as_ref()].concat(), lifetime)
}
