//! Reading the crate's own consent cookie.

use crate::choice::own_cookie::{RECORD_ID, TIME, VERSION};
use crate::choice::{
    Choice, Clock, ConsentSource, Decision, RecordId, RequestHeaders, read_copies,
};
use crate::registry::Registry;
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
    let mut form = Form { choice: Choice::decided(registry), version: None, seconds: None };
    if !value.is_ascii() || has_byte(value, |byte| byte == b'%' || byte == b'+') {
        for (key, value) in form_urlencoded::parse(value) {
            form.take(registry, key.as_bytes(), value.as_bytes())?;
        }
    } else {
        // There is nothing to decode, so the pairs can be read where they are.
        let mut rest = value;
        while !rest.is_empty() {
            let (key, value);
            (key, value, rest) = cut_pair(rest);
            form.take(registry, key, value)?;
        }
    }
    form.choice()
}

/// The key and the value of the first pair, and the rest behind its `&`. The loops are plain, since
/// they run over few bytes, for which a vectorised search takes longer to set up.
#[inline]
fn cut_pair(form: &[u8]) -> (&[u8], &[u8], &[u8]) {
    let key_end = form.iter().position(|byte| matches!(byte, b'=' | b'&')).unwrap_or(form.len());
    let (key, rest) = form.split_at(key_end);
    let [b'=', rest @ ..] = rest else {
        return (key, &[], rest.get(1..).unwrap_or_default());
    };
    let value_end = rest.iter().position(|byte| *byte == b'&').unwrap_or(rest.len());
    let (value, rest) = rest.split_at(value_end);
    (key, value, rest.get(1..).unwrap_or_default())
}

const VERSION_KEY: &[u8] = VERSION.as_bytes();
const TIME_KEY: &[u8] = TIME.as_bytes();

/// The part of a value that has been read.
struct Form {
    choice: Choice,
    /// `Some(true)` once the policy's version was stated, `Some(false)` after another one.
    version: Option<bool>,
    seconds: Option<i64>,
}

impl Form {
    /// Takes in a pair; `None` if it makes the whole malformed, as a version or a time does that is
    /// stated twice.
    fn take(&mut self, registry: &Registry, key: &[u8], value: &[u8]) -> Option<()> {
        match key {
            VERSION_KEY => {
                let is_this = value == registry.version().as_bytes();
                return self.version.replace(is_this).is_none().then_some(());
            }
            TIME_KEY => return self.seconds.replace(seconds(value)?).is_none().then_some(()),
            _ => {}
        }
        let Some(id) = registry.id_of_bytes(key) else { return Some(()) };
        match value {
            b"true" => {
                // A key given twice counts as its refusal.
                if self.choice.decision_on(id) != Some(Decision::Refused) {
                    self.choice.grant_id(id);
                }
            }
            b"false" => self.choice.refuse_id(id),
            _ => return None,
        }
        Some(())
    }

    /// The choice, if its version and its time were stated.
    fn choice(mut self) -> Option<Choice> {
        self.choice.state_version(self.version?);
        self.choice.state_seconds(self.seconds?, Clock::Server);
        Some(self.choice)
    }
}

/// Reads a time in seconds since the epoch: digits alone, where `parse` would take a sign, too.
fn seconds(text: &[u8]) -> Option<i64> {
    let (first, rest) = text.split_first()?;
    rest.iter().try_fold(digit(*first)?, |seconds, byte| {
        seconds.checked_mul(10)?.checked_add(digit(*byte)?)
    })
}

fn digit(byte: u8) -> Option<i64> {
    byte.is_ascii_digit().then(|| i64::from(byte - b'0'))
}
