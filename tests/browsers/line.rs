//! A line that is served, and the way in which it is served.

use std::time::{SystemTime, UNIX_EPOCH};

use tower_cookie_consent::set_cookie::{Lifetime, ServedAt, SetCookie};

use super::server::Scheme;
use crate::draft::{self, Expiry};

/// The domain that stands for a line's own in the line and in its host.
pub(crate) const DOMAIN: &str = "example.org";

pub(crate) struct Line {
    /// The table or suite that it comes from.
    pub(crate) source: String,
    /// The bytes of the line, escaped, or the name that it has in a suite.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// The host from which it is served, with its domain replaced by the line's own.
    pub(crate) host: String,
    pub(crate) path: String,
    /// The `Date` header; the server's own if `None`.
    pub(crate) date: Option<String>,
    /// The only way in which it is served.
    pub(crate) scheme: Option<Scheme>,
}

impl Line {
    pub(crate) fn new(source: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Line {
            source: source.into(),
            name: bytes.escape_ascii().to_string(),
            bytes,
            host: format!("www.{DOMAIN}"),
            path: "/".to_owned(),
            date: None,
            scheme: None,
        }
    }

    /// Returns its host within its own domain.
    pub(crate) fn host_in(&self, own: &str) -> String {
        match self.host.strip_suffix(self.domain()) {
            Some(subdomain) => format!("{subdomain}{own}"),
            None => own.to_owned(),
        }
    }

    /// Returns its bytes, with its own domain in its Domain attributes.
    pub(crate) fn bytes_in(&self, own: &str) -> Vec<u8> {
        let mut segments = self.bytes.split(|byte| *byte == b';');
        let mut bytes = segments.next().unwrap_or_default().to_vec();
        for segment in segments {
            bytes.push(b';');
            match std::str::from_utf8(segment) {
                Ok(text) if is_domain(text) => {
                    bytes.extend_from_slice(text.replace(self.domain(), own).as_bytes());
                }
                _ => bytes.extend_from_slice(segment),
            }
        }
        bytes
    }

    /// Returns `true` if the draft or the reader takes it for a deletion: R4 asks no more of a logout.
    pub(crate) fn deletes(&self) -> bool {
        self.is_deletion() || self.seconds().is_some_and(|seconds| seconds <= 0)
    }

    /// Returns `true` if the reader takes it for a deletion, sure or not.
    pub(crate) fn is_deletion(&self) -> bool {
        let lifetime = self.lifetime();
        lifetime.is_proven_deletion() || lifetime.is_unproven_deletion()
    }

    /// Returns `true` if its cookie may be gone before the jar is read.
    pub(crate) fn is_fleeting(&self) -> bool {
        self.seconds().is_some_and(|seconds| (1..30).contains(&seconds))
    }

    /// Returns the seconds for which it lives by the draft, or `None` for the session.
    fn seconds(&self) -> Option<i64> {
        match draft::expiry(&draft::split(&self.bytes)) {
            Expiry::Session => None,
            Expiry::Age(seconds) => Some(seconds),
            Expiry::At(time) => Some(time - self.draft_served_at()),
        }
    }

    /// Returns `true` if all browsers agree on how long it lives (R3).
    pub(crate) fn is_agreed(&self) -> bool {
        !matches!(self.lifetime(), Lifetime::Unproven { .. })
    }

    fn lifetime(&self) -> Lifetime {
        SetCookie::parse(&self.bytes).lifetime(self.served_at())
    }

    fn draft_served_at(&self) -> i64 {
        let date = self.date.as_ref().and_then(|date| draft::cookie_date(date.as_bytes()));
        date.unwrap_or_else(clock)
    }

    fn served_at(&self) -> ServedAt {
        match &self.date {
            Some(date) => ServedAt::date_header(date.as_bytes(), clock()),
            None => ServedAt::clock(clock()),
        }
    }

    /// Returns the source and the first bytes, for a message.
    pub(crate) fn shown(&self) -> String {
        let start = &self.bytes[..self.bytes.len().min(160)];
        format!("{}: \"{}\"", self.source, start.escape_ascii())
    }

    /// The last two labels of its host.
    fn domain(&self) -> &str {
        let mut dots = self.host.rmatch_indices('.').map(|(at, _)| at);
        match (dots.next(), dots.next()) {
            (Some(_), Some(dot)) => &self.host[dot + 1..],
            _ => &self.host,
        }
    }
}

fn is_domain(segment: &str) -> bool {
    let name = segment.split('=').next().unwrap_or_default();
    name.trim_matches([' ', '\t']).eq_ignore_ascii_case("domain")
}

/// Returns the seconds since 1970-01-01 00:00:00 UTC.
fn clock() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock that is right");
    i64::try_from(now.as_secs()).expect("a clock that is right")
}
