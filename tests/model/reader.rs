//! Models R1 to R3: reads a `Set-Cookie` line literally as the rules say.

use tower_cookie_consent::set_cookie::{Lifetime, ServedAt, SetCookie};

use crate::tally::reached;

/// A line, split as R1 says.
pub(crate) struct Line<'a> {
    /// The name and value with the blanks around them: everything up to the first `;`.
    pub(crate) pair: &'a [u8],
    /// This is `None` if the pair has no `=`, or nothing before the first one.
    pub(crate) name: Option<&'a [u8]>,
    pub(crate) value: &'a [u8],
    pub(crate) attributes: Vec<Attribute<'a>>,
}

pub(crate) struct Attribute<'a> {
    /// The texts between one `;` and the next.
    pub(crate) text: &'a [u8],
    pub(crate) name: &'a [u8],
    pub(crate) value: &'a [u8],
}

/// The time at which a response leaves.
pub(crate) struct Served<'a> {
    pub(crate) clock: i64,
    /// The value of the first `Date` header.
    pub(crate) date: Option<&'a [u8]>,
}

/// A lifetime of R3, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Life {
    Session,
    Proven(u64),
    Unproven { estimate: Option<u64>, longest: Option<u64> },
}

pub(crate) fn read(line: &[u8]) -> Line<'_> {
    let mut parts = line.split(|&byte| byte == b';');
    let pair = parts.next().unwrap_or_default();
    let (name, value) = match cut(pair) {
        Some((name, value)) => (trim(name), trim(value)),
        None => (&pair[..0], trim(pair)),
    };
    let attributes = parts.map(|text| match cut(text) {
        Some((name, value)) => Attribute { text, name: trim(name), value: trim(value) },
        None => Attribute { text, name: trim(text), value: &text[..0] },
    });
    Line {
        pair,
        name: Some(name).filter(|name| !name.is_empty()),
        value,
        attributes: attributes.collect(),
    }
}

/// Returns the text before the first `=`, and the text behind it.
pub(crate) fn cut(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let equals = text.iter().position(|&byte| byte == b'=')?;
    Some((&text[..equals], &text[equals + 1..]))
}

pub(crate) fn trim(text: &[u8]) -> &[u8] {
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let start = text.iter().take_while(|byte| blank(byte)).count();
    let end = text[start..].iter().rev().take_while(|byte| blank(byte)).count();
    &text[start..text.len() - end]
}

impl<'a> Line<'a> {
    /// R2.
    pub(crate) fn request_name(&self) -> &'a [u8] {
        self.name.unwrap_or_else(|| {
            reached("R2: a line without a name");
            cut(self.value).map_or(self.value, |(name, _)| trim(name))
        })
    }

    /// Returns the attributes with a name, in upper or lower case.
    pub(crate) fn named(&self, name: &str) -> impl DoubleEndedIterator<Item = &Attribute<'a>> {
        self.attributes.iter().filter(move |attribute| attribute.is(name))
    }

    /// R3.
    pub(crate) fn lifetime(&self, served: &Served) -> Life {
        let Some(first) = self.attributes.iter().position(Attribute::is_of_lifetime) else {
            return Life::Session;
        };
        match self.known(first, served) {
            Some((0, 0)) if !self.is_printable_before(first) => {
                reached("R3: a deletion behind other bytes than printable ASCII");
                Life::Unproven { estimate: Some(0), longest: None }
            }
            Some((browsers, libsoup)) if browsers >= libsoup => {
                reached("R3: proven");
                Life::Proven(browsers)
            }
            Some((browsers, libsoup)) => {
                reached("R3: libsoup keeps it for longer");
                Life::Unproven { estimate: Some(browsers), longest: Some(libsoup) }
            }
            None => {
                let estimate = self.estimate(served);
                reached(match estimate {
                    None => "R3: no estimate",
                    Some(0) => "R3: an estimate of 0",
                    Some(_) => "R3: an estimate",
                });
                Life::Unproven { estimate, longest: None }
            }
        }
    }

    /// Returns what the browsers and libsoup read, if that is known.
    fn known(&self, first: usize, served: &Served) -> Option<(u64, u64)> {
        if self.named("max-age").count() > 1 || self.named("expires").count() > 1 {
            return None;
        }
        if self.attributes[..first].iter().any(|attribute| attribute.name.contains(&b',')) {
            reached("R3: a comma in the name of an attribute before");
            return None;
        }
        let max_age = self.named("max-age").next();
        let expires = self.named("expires").next();
        let age = max_age.map(|attribute| max_age_of(attribute.value));
        let end = expires.map(|attribute| end_of(attribute.value));
        if age == Some(None) || end == Some(None) {
            return None;
        }
        let (age, end) = (age.flatten(), end.flatten());

        // With a `Date` in another form, nothing is known.
        let base = served.date.map_or(Some(served.clock), valid_date);
        let browsers = match (age, end) {
            (Some(age), _) => age,
            (None, Some(end)) => until(end, base?),
            (None, None) => return None,
        };
        // Libsoup uses the last attribute that it reaches, and keeps a cookie through the second in
        // which it ends.
        let libsoup =
            [age, end.map(|end| until(end + i64::from(end == served.clock), served.clock))];
        let libsoup = libsoup.into_iter().flatten().max()?;
        Some((browsers, libsoup))
    }

    fn is_printable_before(&self, attribute: usize) -> bool {
        let before = self.attributes[..attribute].iter().map(|attribute| attribute.text);
        [self.pair].into_iter().chain(before).flatten().all(|byte| matches!(byte, b' '..=b'~'))
    }

    /// Returns what both browsers were measured to read if the lifetime is not known.
    fn estimate(&self, served: &Served) -> Option<u64> {
        // Browsers ignore an attribute that is too long.
        let last = |name| self.named(name).rfind(|attribute| attribute.value.len() <= 1024);
        let expires = last("expires").and_then(|attribute| {
            let base = match served.date {
                None => served.clock,
                Some(date) => valid_date(date).or_else(|| odd_date(date)).unwrap_or(served.clock),
            };
            match end_of(attribute.value) {
                Some(end) => Some(until(end, base)),
                None => odd_expires(attribute.value, base),
            }
        });
        let Some(max_age) = last("max-age") else { return expires };
        match max_age.value {
            value if max_age_of(value).is_some() => max_age_of(value),
            // One browser reads a number behind a sign, so only a deletion remains.
            [b'+' | b'-', ..] => {
                reached("R3: browsers read two things");
                expires.filter(|&seconds| seconds == 0)
            }
            _ => expires,
        }
    }
}

/// How browsers read a date without a valid form was measured, and is not a rule. So the crate is
/// asked: `tests/conformance` and `tests/browsers` compare it with the measurements.
fn odd_expires(value: &[u8], base: i64) -> Option<u64> {
    let line = [b"a=1; Expires=", value].concat();
    match SetCookie::parse(&line).lifetime(ServedAt::clock(base)) {
        Lifetime::Unproven { estimate, longest: None } => estimate,
        other => panic!("{other:?} of {}", value.escape_ascii()),
    }
}

/// Does the same for a `Date` header, by the time from it to a distant end.
fn odd_date(value: &[u8]) -> Option<i64> {
    const END: i64 = 253_402_300_799;
    const NO_DATE: i64 = -1_000_000_000_000;
    let line = b"a=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT";
    let served_at = ServedAt::date_header(value, NO_DATE);
    let Lifetime::Unproven { estimate: Some(left), .. } =
        SetCookie::parse(line).lifetime(served_at)
    else {
        panic!("proven by {}", value.escape_ascii());
    };
    Some(END - i64::try_from(left).unwrap()).filter(|&time| time > NO_DATE)
}

impl Attribute<'_> {
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    pub(crate) fn is_of_lifetime(&self) -> bool {
        self.is("max-age") || self.is("expires")
    }
}

fn until(end: i64, base: i64) -> u64 {
    u64::try_from(end - base).unwrap_or(0)
}

/// Reads a valid Max-Age: digits, with or without a `-`, which makes it a deletion.
fn max_age_of(value: &[u8]) -> Option<u64> {
    let digits = value.strip_prefix(b"-").unwrap_or(value);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) || value.len() > 1024 {
        return None;
    }
    if digits.len() < value.len() {
        return Some(0);
    }
    Some(digits.iter().fold(0_u64, |number, digit| {
        number.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
    }))
}

/// Reads the end that a valid Expires sets: an IMF-fixdate from 1601 on, or one with a one-digit
/// day or with `-` between day, month and year.
fn end_of(value: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(value).ok()?;
    let (_, rest) = text.split_once(", ")?;
    let one_digit = rest.as_bytes().get(1).is_some_and(|byte| !byte.is_ascii_digit());
    let mut usual = if one_digit { text.replacen(", ", ", 0", 1) } else { text.to_owned() };
    if usual.get(7..8) == Some("-") && usual.get(11..12) == Some("-") {
        usual.replace_range(7..8, " ");
        usual.replace_range(11..12, " ");
    }
    valid_date(usual.as_bytes())
}

/// Reads an IMF-fixdate from the year 1601 on.
fn valid_date(value: &[u8]) -> Option<i64> {
    fixdate(value).filter(|&time| time >= -11_644_473_600)
}

/// Reads an IMF-fixdate (RFC 9110, section 5.6.7), in seconds since 1970.
fn fixdate(value: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(value).ok()?;
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let (weekday, month) = (text.get(..3)?, text.get(8..11)?);
    if shape != format!("{weekday}, 00 {month} 0000 00:00:00 GMT") || !WEEKDAYS.contains(&weekday) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok();
    let month = MONTHS.iter().position(|&name| name == month)?;
    let (day, year) = (number(5..7)?, number(12..16)?);
    let (hour, minute, second) = (number(17..19)?, number(20..22)?, number(23..25)?);
    if day < 1 || day > days_in(month, year) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days: i64 =
        days_before(year) + (0..month).map(|month| days_in(month, year)).sum::<i64>() + day - 1;
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

pub(crate) const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
pub(crate) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Returns the days from 1970 to the first of a year.
pub(crate) fn days_before(year: i64) -> i64 {
    let leap_days = |year: i64| year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969)
}

/// Returns the days of a month. January is 0.
pub(crate) fn days_in(month: usize, year: i64) -> i64 {
    match month {
        1 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        1 => 28,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}
