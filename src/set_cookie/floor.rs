//! The attributes that a line leaves with at least (R21).

use std::fmt;

use serde::Serialize;

use crate::set_cookie::attribute::name_and_value;
use crate::set_cookie::limits::MAX_ATTRIBUTE_VALUE;
use crate::set_cookie::{Attributes, SameSite, SetCookie, trim};

/// Attributes that a cookie has at least: a line that lacks one gets it, and none is taken away
/// ([R21](crate::rules#r21)).
///
/// It is shown as the attributes that a line would have: `Secure; HttpOnly; SameSite=Lax`.
///
/// ```
/// use tower_cookie_consent::set_cookie::{Floor, SameSite, SetCookie};
///
/// let mut floor = Floor::default();
/// floor.secure = true;
/// floor.same_site = Some(SameSite::Lax);
///
/// let line = SetCookie::parse(b"sid=1; SameSite=Strict; HttpOnly");
/// assert_eq!(floor.missing_in(&line).to_string(), "Secure");
/// assert_eq!(floor.missing_in(&SetCookie::parse(b"sid=1")), floor);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Floor {
    /// The cookie travels over TLS only.
    pub secure: bool,
    /// Page scripts do not see the cookie.
    pub http_only: bool,
    /// The requests from elsewhere that carry the cookie, or fewer. [`SameSite::None`] is for lines
    /// that say nothing of it, which browsers do not read alike.
    pub same_site: Option<SameSite>,
    /// The cookie lies in a jar of its own for each site that embeds this one.
    pub partitioned: bool,
}

impl Floor {
    /// Returns `true` if it demands nothing.
    pub fn is_empty(&self) -> bool {
        *self == Floor::default()
    }

    /// Returns what it demands and a line lacks, as browsers read the line.
    ///
    /// `Secure`, `HttpOnly` and `Partitioned` hold wherever they stand and whatever their value; of
    /// several `SameSite` the last counts. An attribute whose value is over 1,024 bytes counts for
    /// nothing (RFC 6265bis, section 5.6). Firefox counts it all the same: where a `SameSite` like that
    /// makes the readings differ, the line lacks the stricter of them if the weaker does not suffice.
    pub fn missing_in(&self, line: &SetCookie<'_>) -> Floor {
        if self.is_empty() {
            return *self;
        }
        let mut missing = *self;
        for attribute in line.attributes() {
            if attribute.value.len() > MAX_ATTRIBUTE_VALUE {
                continue;
            }
            let is = |name: &[u8]| attribute.name.eq_ignore_ascii_case(name);
            missing.secure &= !is(b"secure");
            missing.http_only &= !is(b"httponly");
            missing.partitioned &= !is(b"partitioned");
        }
        missing.same_site =
            self.same_site.and_then(|least| least_missing(least, line.attributes()));
        missing
    }

    /// Returns `true` if it puts a cookie where a line without it would not: into another jar, or into frames of
    /// other sites.
    pub(crate) fn is_of_place(self) -> bool {
        self.partitioned || self.same_site == Some(SameSite::None)
    }

    /// The part of it on which it depends where the cookie is put.
    pub(crate) fn of_place(self) -> Floor {
        if !self.is_of_place() {
            return Floor::default();
        }
        let same_site = self.same_site.filter(|it| *it == SameSite::None);
        Floor { http_only: false, same_site, ..self }
    }

    /// All that either demands.
    pub(crate) fn and(self, other: Floor) -> Floor {
        let same_site = match (self.same_site, other.same_site) {
            (Some(one), Some(another)) => Some(one.or_stricter(another)),
            (one, another) => one.or(another),
        };
        Floor {
            secure: self.secure || other.secure,
            http_only: self.http_only || other.http_only,
            same_site,
            partitioned: self.partitioned || other.partitioned,
        }
    }

    fn words(self) -> impl Iterator<Item = &'static str> {
        let same_site = self.same_site.map(|same_site| match same_site {
            SameSite::Strict => "SameSite=Strict",
            SameSite::Lax => "SameSite=Lax",
            SameSite::None => "SameSite=None",
        });
        let flag = |set: bool, word| set.then_some(word);
        [
            flag(self.secure, "Secure"),
            flag(self.http_only, "HttpOnly"),
            same_site,
            flag(self.partitioned, "Partitioned"),
        ]
        .into_iter()
        .flatten()
    }
}

/// The `SameSite` that a line needs to have at least this one in every browser, and in none less than it
/// has there; `None` if it needs none.
fn least_missing(least: SameSite, attributes: Attributes<'_>) -> Option<SameSite> {
    let readings = SameSite::readings(attributes);
    let lacks = |has: Option<SameSite>| has.is_none_or(|has| least.is_stricter_than(has));
    let strictest = readings.into_iter().flatten().fold(least, SameSite::or_stricter);
    readings.into_iter().any(lacks).then_some(strictest)
}

impl fmt::Display for Floor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, word) in self.words().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{word}")?;
        }
        Ok(())
    }
}

/// The text that `Display` writes.
impl Serialize for Floor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Writes these attributes right behind name and value, as R12 writes a lifetime there.
///
/// A `SameSite` that is written replaces all that the line has, since the last one would count. Of
/// one that goes, a value with a tab inside stays without a name: Chromium refuses a line with such
/// a tab, and is not to store it now.
pub(crate) fn raise(line: &[u8], floor: Floor) -> Vec<u8> {
    let (pair, tail) = line.split_at(memchr::memchr(b';', line).unwrap_or(line.len()));
    let words = || floor.words().map(str::as_bytes);
    let length = line.len() + words().map(|word| 2 + word.len()).sum::<usize>();
    let mut raised = Vec::with_capacity(length);
    raised.extend_from_slice(pair);
    for word in words() {
        raised.extend_from_slice(b"; ");
        raised.extend_from_slice(word);
    }
    if floor.same_site.is_none() {
        raised.extend_from_slice(tail);
        return raised;
    }
    // The tail begins with `;` or is empty, so what is before the first one is nothing.
    for segment in tail.split(|&byte| byte == b';').skip(1) {
        let (name, value) = name_and_value(segment);
        if !trim(name).eq_ignore_ascii_case(b"samesite") {
            raised.push(b';');
            raised.extend_from_slice(segment);
        } else if trim(value).contains(&b'\t') {
            raised.extend_from_slice(b"; =");
            raised.extend_from_slice(trim(value));
        }
    }
    raised
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn floor(secure: bool, http_only: bool, same_site: Option<SameSite>, parts: bool) -> Floor {
        Floor { secure, http_only, same_site, partitioned: parts }
    }

    fn all() -> Floor {
        floor(true, true, Some(SameSite::Lax), true)
    }

    #[test]
    fn r21_what_a_line_has_is_what_browsers_read() {
        let long = "x".repeat(1025);
        for (line, missing) in [
            ("a=b".to_owned(), "Secure; HttpOnly; SameSite=Lax; Partitioned"),
            ("a=b; secure; HTTPONLY; samesite=lax; partitioned".to_owned(), ""),
            ("a=b; Secure=false; HttpOnly=0 ;Partitioned=no; SameSite = STRICT".to_owned(), ""),
            (
                "a=b; SameSite=Strict; SameSite=None".to_owned(),
                "Secure; HttpOnly; SameSite=Lax; Partitioned",
            ),
            ("a=b; SameSite=None; SameSite=Strict".to_owned(), "Secure; HttpOnly; Partitioned"),
            (
                "a=b; SameSite=Strict; SameSite=odd".to_owned(),
                "Secure; HttpOnly; SameSite=Lax; Partitioned",
            ),
            ("a=b; SameSite=\"Lax\"".to_owned(), "Secure; HttpOnly; SameSite=Lax; Partitioned"),
            (
                "a=Secure; Securely; xHttpOnly".to_owned(),
                "Secure; HttpOnly; SameSite=Lax; Partitioned",
            ),
            (format!("a=b; Secure={long}; HttpOnly"), "Secure; SameSite=Lax; Partitioned"),
            // Of these, Firefox reads the last one.
            (
                format!("a=b; SameSite=Lax; SameSite={long}"),
                "Secure; HttpOnly; SameSite=Lax; Partitioned",
            ),
            (
                format!("a=b; SameSite=Strict; SameSite={long}"),
                "Secure; HttpOnly; SameSite=Strict; Partitioned",
            ),
            (format!("a=b; SameSite={long}; SameSite=Lax"), "Secure; HttpOnly; Partitioned"),
        ] {
            let got = all().missing_in(&SetCookie::parse(line.as_bytes())).to_string();
            assert_eq!(got, missing, "{line}");
        }
    }

    #[test]
    fn r21_nothing_is_weakened() {
        let order = [SameSite::None, SameSite::Lax, SameSite::Strict];
        for (at, has) in order.into_iter().enumerate() {
            for (least_at, least) in order.into_iter().enumerate() {
                let line = format!("a=b; SameSite={}", has.as_str());
                let least = floor(false, false, Some(least), false);
                let missing = least.missing_in(&SetCookie::parse(line.as_bytes()));
                assert_eq!(missing.same_site.is_some(), least_at > at, "{line} with {least}");
            }
        }
    }

    #[test]
    fn r21_attributes_are_written_behind_name_and_value() {
        let lax = floor(false, false, Some(SameSite::Lax), false);
        let secure = floor(true, false, None, false);
        for (line, floor, want) in [
            ("a=b", all(), "a=b; Secure; HttpOnly; SameSite=Lax; Partitioned"),
            ("a=b;Path=/ ; x", secure, "a=b; Secure;Path=/ ; x"),
            ("a=b; samesite=none;X;SameSite", lax, "a=b; SameSite=Lax;X"),
            ("a=b; samesite=n\to; X", lax, "a=b; SameSite=Lax; =n\to; X"),
            ("a=b;", lax, "a=b; SameSite=Lax;"),
            ("_ga", secure, "_ga; Secure"),
        ] {
            let got = raise(line.as_bytes(), floor);
            assert_eq!(String::from_utf8_lossy(&got), want, "{line} with {floor}");
        }
    }

    proptest! {
        #[test]
        fn r21_a_raised_line_lacks_nothing_and_is_the_same_otherwise(
            line in "[a =]{0,4}(; ?(secure|HttpOnly|SameSite=(lax|none|strict|x)|Partitioned|Path=/|x)(=1)?){0,6}",
            secure: bool, http_only: bool, partitioned: bool, rank in 0..4_usize,
        ) {
            let same_site = [None, Some(SameSite::None), Some(SameSite::Lax), Some(SameSite::Strict)];
            let floor = floor(secure, http_only, same_site[rank], partitioned);
            let before = SetCookie::parse(line.as_bytes());
            let missing = floor.missing_in(&before);
            let raised = raise(line.as_bytes(), missing);
            let after = SetCookie::parse(&raised);
            prop_assert!(floor.missing_in(&after).is_empty());
            prop_assert_eq!((before.name(), before.value()), (after.name(), after.value()));
            let others = |cookie: &SetCookie<'_>| -> Vec<(Vec<u8>, Vec<u8>)> {
                let ours = [&b"secure"[..], b"httponly", b"samesite", b"partitioned"];
                cookie
                    .attributes()
                    .filter(|it| !ours.iter().any(|our| it.name.eq_ignore_ascii_case(our)))
                    .map(|it| (it.name.to_vec(), it.value.to_vec()))
                    .collect()
            };
            prop_assert_eq!(others(&before), others(&after));
        }
    }
}
