//! Reading the crate's own consent cookie.

use crate::bit_set::BitSet;
use crate::choice::own_cookie::{RECORD_ID, TIME, VERSION};
use crate::choice::{Choice, Clock, ConsentSource, RecordId, RequestHeaders, read_copies};
use crate::registry::Registry;
use crate::set_cookie::find::{ampersand, equals};
use crate::set_cookie::has_byte;
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
/// cookie as well; without `version` and `time`, or with milliseconds, it is no choice. `record-id`, which
/// is there where the registry asks for it, is the id of the choice's [record](crate::ConsentRecord) and
/// says nothing of the choice.
#[derive(Clone, Copy, Debug, Default)]
pub struct OwnCookie;

impl OwnCookie {
    /// Returns `true` for a value that is a choice in the form of the crate's own cookie, be it of
    /// another version or out of date. A value that is no choice, such as `1`, says nothing of the
    /// visitor.
    pub fn holds_choice(self, value: &[u8], registry: &Registry) -> bool {
        parse_value(value, registry).is_some()
    }
}

impl ConsentSource for OwnCookie {
    /// Copies that disagree leave the most restrictive ([R7](crate::rules#r7)): a subdomain can plant one.
    fn read(&self, request: &RequestHeaders, registry: &Registry) -> Choice {
        let copies = request.search(registry.consent_cookie_name());
        read_copies(copies, |value| read_value(value, registry))
            .unwrap_or_else(|| Choice::undecided(registry))
    }

    fn owns(&self, cookie_name: &[u8], registry: &Registry) -> bool {
        cookie_name == registry.consent_cookie().name().as_bytes()
    }
}

/// The id of the record that the request's consent cookie names; `None` if copies name different ones.
pub(crate) fn record_id(request: &RequestHeaders, registry: &Registry) -> Option<RecordId> {
    let copies = request.search(registry.consent_cookie_name());
    let mut ids = copies.map(|value| {
        let mut pairs = form_urlencoded::parse(value);
        let named = pairs.find(|(key, _)| key == RECORD_ID);
        named.and_then(|(_, id)| RecordId::read(&id))
    });
    let first = ids.next()??;
    ids.all(|id| id == Some(first)).then_some(first)
}

/// Malformed and oversized values are undecided ([R7](crate::rules#r7)). Keys that are no id are
/// passed over.
fn read_value(value: &[u8], registry: &Registry) -> Choice {
    parse_value(value, registry).unwrap_or_else(|| Choice::undecided(registry))
}

fn parse_value(value: &[u8], registry: &Registry) -> Option<Choice> {
    if value.len() > MAX_COOKIE {
        return None;
    }
    let mut form = Form::default();
    if has_byte(value, |byte| !byte.is_ascii() || byte == b'%' || byte == b'+') {
        for (key, value) in form_urlencoded::parse(value) {
            form.take(registry, key.as_bytes(), value.as_bytes())?;
        }
    } else {
        // There is nothing to decode, so the pairs can be read where they are.
        let mut rest = value;
        while !rest.is_empty() {
            let (pair, behind) = rest.split_at(ampersand(rest).unwrap_or(rest.len()));
            form.take_plain(registry, pair)?;
            rest = behind.get(1..).unwrap_or_default();
        }
    }
    form.choice(registry)
}

const VERSION_KEY: &[u8] = VERSION.as_bytes();
const TIME_KEY: &[u8] = TIME.as_bytes();

/// The part of a value that has been read.
#[derive(Default)]
struct Form {
    granted: BitSet,
    refused: BitSet,
    /// `Some(true)` once the policy's version was stated, `Some(false)` after another one.
    version: Option<bool>,
    seconds: Option<i64>,
}

impl Form {
    /// [`take`](Self::take) of a pair in which nothing has to be decoded. A decision is told by its end, since no id
    /// contains a `=`: then it need not be searched for.
    #[inline]
    fn take_plain(&mut self, registry: &Registry, pair: &[u8]) -> Option<()> {
        match pair {
            [id @ .., b'=', b't', b'r', b'u', b'e'] if self.grant(registry, id) => Some(()),
            [id @ .., b'=', b'f', b'a', b'l', b's', b'e'] if self.refuse(registry, id) => Some(()),
            _ => {
                let at = equals(pair).unwrap_or(pair.len());
                self.take(registry, &pair[..at], pair.get(at + 1..).unwrap_or_default())
            }
        }
    }

    /// Takes in a pair; `None` if it makes the whole malformed, as a version or a time does that is
    /// stated twice.
    fn take(&mut self, registry: &Registry, key: &[u8], value: &[u8]) -> Option<()> {
        match (key, value) {
            (VERSION_KEY, _) => {
                let is_this = value == registry.version().as_bytes();
                self.version.replace(is_this).is_none().then_some(())
            }
            (TIME_KEY, _) => self.seconds.replace(seconds(value)?).is_none().then_some(()),
            (_, b"true") => {
                self.grant(registry, key);
                Some(())
            }
            (_, b"false") => {
                self.refuse(registry, key);
                Some(())
            }
            _ => registry.id_of_bytes(key).is_none().then_some(()),
        }
    }

    /// Grants a category or service, if there is one of this id.
    fn grant(&mut self, registry: &Registry, id: &[u8]) -> bool {
        let id = registry.id_of_bytes(id);
        id.inspect(|id| self.granted.insert(id.index())).is_some()
    }

    /// Refuses a category or service, if there is one of this id.
    fn refuse(&mut self, registry: &Registry, id: &[u8]) -> bool {
        let id = registry.id_of_bytes(id);
        id.inspect(|id| self.refused.insert(id.index())).is_some()
    }

    /// The choice, if its version and its time were stated.
    fn choice(mut self, registry: &Registry) -> Option<Choice> {
        let (version, seconds) = (self.version?, self.seconds?);
        // A key given twice counts as its refusal.
        self.granted.subtract(&self.refused);
        let mut choice = Choice::decided(registry).with_decisions(self.granted, self.refused);
        choice.state_version(version);
        choice.state_seconds(seconds, Clock::Server);
        Some(choice)
    }
}

/// Reads a time in seconds since the epoch: digits alone, where `parse` would take a sign, too.
fn seconds(text: &[u8]) -> Option<i64> {
    // So few digits always fit, and take half of the time if that is not checked for each.
    if (1..=18).contains(&text.len()) {
        let mut seconds = 0;
        for byte in text {
            seconds = 10 * seconds + digit(*byte)?;
        }
        return Some(seconds);
    }
    let (first, rest) = text.split_first()?;
    rest.iter().try_fold(digit(*first)?, |seconds, byte| {
        seconds.checked_mul(10)?.checked_add(digit(*byte)?)
    })
}

fn digit(byte: u8) -> Option<i64> {
    byte.is_ascii_digit().then(|| i64::from(byte - b'0'))
}
