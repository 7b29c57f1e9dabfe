//! The conformance table: `Set-Cookie` lines with the results of reading them, written by hand from
//! the rules. `table/README.md` describes the format of the files.

use tower_cookie_consent::set_cookie::Lifetime;

/// The table's clock, in seconds since 1970-01-01 00:00:00 UTC.
pub(crate) const NOW: i64 = 1_795_262_400;

/// A line and its meaning.
pub(crate) struct Case {
    pub(crate) line: Vec<u8>,
    /// The name that is looked up in the registry (R2).
    pub(super) request_name: Vec<u8>,
    /// The `cookie-name`, which is empty for a nameless cookie.
    pub(super) stored_name: Vec<u8>,
    pub(super) value: Vec<u8>,
    /// The lifetime by R3, in seconds from the table's clock.
    pub(super) lifetime: Lifetime,
    /// True if the draft reads other seconds.
    pub(super) is_not_the_drafts: bool,
}

/// The files, each with its rule, its topic and its text.
const FILES: [(&str, &str); 15] = [
    ("r1 names", include_str!("table/r1_names.txt")),
    ("r1 blanks", include_str!("table/r1_blanks.txt")),
    ("r1 equals and quotes", include_str!("table/r1_equals_and_quotes.txt")),
    ("r1 bytes", include_str!("table/r1_bytes.txt")),
    ("r1 attributes", include_str!("table/r1_attributes.txt")),
    ("r1 sizes", include_str!("table/r1_sizes.txt")),
    ("r2 nameless", include_str!("table/r2_nameless.txt")),
    ("r2 prefixes", include_str!("table/r2_prefixes.txt")),
    ("r3 Max-Age", include_str!("table/r3_max_age.txt")),
    ("r3 Expires, fixed forms", include_str!("table/r3_expires_fixed.txt")),
    ("r3 Expires, odd tokens", include_str!("table/r3_expires_order.txt")),
    ("r3 Expires, other forms", include_str!("table/r3_expires_other.txt")),
    ("r3 Max-Age and Expires", include_str!("table/r3_max_age_and_expires.txt")),
    ("r3 libsoup", include_str!("table/r3_libsoup.txt")),
    ("r4 deletions", include_str!("table/r4_deletions.txt")),
];

/// Returns every row of every file, with the file's topic.
pub(crate) fn all() -> Vec<(&'static str, Case)> {
    let rows = |text: &'static str| {
        text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(row)
    };
    FILES.into_iter().flat_map(|(topic, text)| rows(text).map(move |case| (topic, case))).collect()
}

fn row(text: &str) -> Case {
    let columns: Vec<_> = text.split('|').map(|column| column.trim_matches(' ')).collect();
    let bytes = |column: &&str| unescaped(column);
    let (line, name, value, request_name) = match &columns[1..] {
        [line] if line.starts_with("a=1;") => (line, "a", "1", "a"),
        [line, name, value] => (line, *name, *value, *name),
        [line, name, value, request_name] => (line, *name, *value, *request_name),
        _ => panic!("so many columns are no row: {text}"),
    };
    Case {
        line: bytes(line),
        request_name: bytes(&request_name),
        stored_name: bytes(&name),
        value: bytes(&value),
        lifetime: lifetime(columns[0].trim_end_matches('!')),
        is_not_the_drafts: columns[0].ends_with('!'),
    }
}

fn lifetime(text: &str) -> Lifetime {
    let seconds = |text: &str| text.parse().expect("a number of seconds");
    match text.strip_prefix('~') {
        None if text == "session" => Lifetime::Session,
        None => Lifetime::Proven(seconds(text)),
        Some("") => Lifetime::Unproven { estimate: None, longest: None },
        Some(unproven) => match unproven.split_once('<') {
            None => Lifetime::Unproven { estimate: Some(seconds(unproven)), longest: None },
            Some((estimate, longest)) => Lifetime::Unproven {
                estimate: Some(seconds(estimate)),
                longest: Some(seconds(longest)),
            },
        },
    }
}

/// Returns the bytes that a column stands for.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((plain, escape)) = rest.split_once('\\') {
        bytes.extend_from_slice(plain.as_bytes());
        let (kind, behind) = escape.split_at(1);
        rest = match kind {
            "\\" => {
                bytes.push(b'\\');
                behind
            }
            "t" => {
                bytes.push(b'\t');
                behind
            }
            "x" => {
                let (digits, behind) = behind.split_at(2);
                bytes.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits"));
                behind
            }
            "{" => {
                let (repeated, behind) = behind.split_once('}').expect("a closing brace");
                let (unit, times) = repeated.rsplit_once('*').expect("a number of times");
                bytes.extend(unescaped(unit).repeat(times.parse().expect("a number of times")));
                behind
            }
            _ => panic!("no escape: {text}"),
        };
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}
