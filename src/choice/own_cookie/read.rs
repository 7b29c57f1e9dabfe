//! Reading the crate's own consent cookie.

use crate::choice::own_cookie::{TIME, VERSION};
use crate::choice::{Choice, Clock, ConsentSource, Decision, RequestHeaders, read_copies};
use crate::registry::Registry;
use crate::set_cookie::limits::MAX_COOKIE;

/// Reads the choice from the crate's own cookie, whose name and attributes the registry sets.
///
/// This is the source of every policy that sets no other. The cookie's value is a form, which a
/// page's script reads with `new URLSearchParams(value)`:
///
/// ```text
/// version=2025-01-15&time=1795262400&analytics=true&hotjar=false
/// ```
///
/// `version` is the policy's, `time` the time of the choice in **seconds** since the epoch, and
/// each category and service that was decided on is `true` or `false`. A script may write the
/// cookie as well; without `version` and `time`, or with milliseconds, it is no choice.
#[derive(Clone, Copy, Debug, Default)]
pub struct OwnCookie;

impl OwnCookie {
    /// Whether a value is a choice in the form of the crate's own cookie, be it of another version or
    /// out of date. What is none, such as `1`, says nothing of the visitor.
    pub fn holds_choice(self, value: &[u8], registry: &Registry) -> bool {
        parse_value(value, registry).is_some()
    }
}

impl ConsentSource for OwnCookie {
    /// Copies that disagree leave the most restrictive (R7): a subdomain can plant one.
    fn read(&self, request: &RequestHeaders, registry: &Registry) -> Choice {
        let name = registry.consent_cookie().name().as_bytes();
        read_copies(request.cookie(name), |value| read_value(value, registry))
            .unwrap_or_else(|| Choice::undecided(registry))
    }

    fn owns(&self, cookie_name: &[u8], registry: &Registry) -> bool {
        cookie_name == registry.consent_cookie().name().as_bytes()
    }
}

/// Malformed and oversized values are undecided (R7). Keys that are no id are other people's.
fn read_value(value: &[u8], registry: &Registry) -> Choice {
    parse_value(value, registry).unwrap_or_else(|| Choice::undecided(registry))
}

fn parse_value(value: &[u8], registry: &Registry) -> Option<Choice> {
    if value.len() > MAX_COOKIE {
        return None;
    }
    let mut choice = Choice::decided(registry);
    let mut stated = Stated { choice: &mut choice, version: None, time: None };
    match std::str::from_utf8(value) {
        // Nothing to decode: the pairs are there as they are.
        Ok(text) if memchr::memchr2(b'%', b'+', value).is_none() => {
            let mut rest = text;
            while !rest.is_empty() {
                let pair;
                (pair, rest) = split_at_byte(rest, b'&');
                if !pair.is_empty() {
                    let (key, value) = split_at_byte(pair, b'=');
                    stated.take(registry, key, value)?;
                }
            }
        }
        _ => {
            for (key, value) in form_urlencoded::parse(value) {
                stated.take(registry, &key, &value)?;
            }
        }
    }
    let Stated { version, time, .. } = stated;
    choice.state_version(version?);
    choice.state_seconds(time?, Clock::Server);
    Some(choice)
}

/// A plain loop: what it runs over is short.
fn split_at_byte(text: &str, ascii: u8) -> (&str, &str) {
    match text.bytes().position(|byte| byte == ascii) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    }
}

/// A time in seconds since the epoch, which was long before any choice.
fn seconds(text: &str) -> Option<i64> {
    text.parse().ok().filter(|seconds| *seconds >= 0)
}

/// What was read of a value so far.
struct Stated<'a> {
    choice: &'a mut Choice,
    /// Whether it is the policy's.
    version: Option<bool>,
    time: Option<i64>,
}

impl Stated<'_> {
    /// `None` for a pair that makes the whole malformed. A value stated twice is ambiguous.
    fn take(&mut self, registry: &Registry, key: &str, value: &str) -> Option<()> {
        match key {
            VERSION if self.version.is_none() => {
                self.version = Some(value == registry.version());
            }
            TIME if self.time.is_none() => self.time = Some(seconds(value)?),
            VERSION | TIME => return None,
            key => {
                let Some(id) = registry.id(key) else { return Some(()) };
                match value {
                    // A key given twice counts as its refusal.
                    "true" if self.choice.decision_on(id) != Some(Decision::Refused) => {
                        self.choice.grant_id(id);
                    }
                    "true" => {}
                    "false" => self.choice.refuse_id(id),
                    _ => return None,
                }
            }
        }
        Some(())
    }
}
