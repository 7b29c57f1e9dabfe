//! R7 read literally, for the crate's own cookie.

use http::HeaderMap;
use tower_cookie_consent::Decision;

use crate::{NOW, text};

/// The version of the policy.
pub const VERSION: &str = "policy 2";
/// Its categories and services.
pub const IDS: [&str; 7] = ["needed", "stats", "ga", "hotjar", "audience", "pk", "ads"];
/// Its categories on which the visitor decides.
const ASKING: [&str; 2] = ["stats", "audience"];
/// More different copies than these are somebody's attempt.
const MOST_COPIES: usize = 16;
const SIX_MONTHS: i64 = 180 * 86_400;

/// The decisions of all copies of the cookie together.
pub struct Decisions {
    /// Is `true` if the visitor has chosen at all.
    pub decided: bool,
    granted: Vec<&'static str>,
    refused: Vec<&'static str>,
}

impl Decisions {
    /// Reads what a request says.
    pub fn of(request: &HeaderMap) -> Self {
        let cookies = text::cookies(request).into_iter();
        let mut values = Vec::new();
        for (_, value) in cookies.filter(|it| it.0 == b"__Host-cookie_consent") {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        let too_many = values.len() > MOST_COPIES;
        values.truncate(MOST_COPIES);
        let copies: Vec<_> = values.into_iter().map(OneCopy::of).collect();
        let all = |say: &dyn Fn(&OneCopy) -> bool| {
            let says = |copy: &Option<OneCopy>| copy.as_ref().is_some_and(say);
            !too_many && !copies.is_empty() && copies.iter().all(says)
        };
        let ids = |say: &dyn Fn(&&str) -> bool| IDS.into_iter().filter(|id| say(id)).collect();
        Decisions {
            decided: all(&|copy| copy.counts),
            granted: ids(&|id| {
                all(&|copy| copy.counts && copy.says(id, true) && !copy.says(id, false))
            }),
            // A refusal stays, though the copy no longer counts. Of too many, one may not be read.
            refused: ids(&|id| {
                let says = copies.iter().flatten().any(|copy| copy.says(id, false));
                if too_many { ASKING.contains(id) } else { says }
            }),
        }
    }

    /// The same, read from the cookie that the site stores for it.
    pub fn stored(self) -> Self {
        Decisions { decided: true, ..self }
    }

    /// Returns what was said of a category or a service by its own name.
    pub fn decision(&self, id: &str) -> Option<Decision> {
        let refused = self.refused.contains(&id).then_some(Decision::Refused);
        refused.or_else(|| self.granted.contains(&id).then_some(Decision::Granted))
    }
}

/// One copy of the cookie that is not malformed.
struct OneCopy {
    counts: bool,
    decisions: Vec<(String, bool)>,
}

impl OneCopy {
    fn of(value: &[u8]) -> Option<Self> {
        if value.len() > 4096 {
            return None;
        }
        let (mut versions, mut times, mut decisions) = (Vec::new(), Vec::new(), Vec::new());
        for pair in value.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let equals = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            let value = decoded(pair.get(equals + 1..).unwrap_or(b""));
            match decoded(&pair[..equals]).as_str() {
                "version" => versions.push(value),
                "time" => times.push(value),
                id if IDS.contains(&id) => match value.as_str() {
                    "true" => decisions.push((id.to_owned(), true)),
                    "false" => decisions.push((id.to_owned(), false)),
                    _ => return None,
                },
                _ => {}
            }
        }
        let ([version], [time]) = (&versions[..], &times[..]) else { return None };
        let is_number = time.bytes().all(|byte| byte.is_ascii_digit());
        let time: i64 = time.parse().ok().filter(|_| is_number)?;
        let fresh = (NOW - SIX_MONTHS..=NOW + 60).contains(&time);
        Some(OneCopy { counts: version == VERSION && fresh, decisions })
    }

    fn says(&self, id: &str, granted: bool) -> bool {
        self.decisions.iter().any(|it| it.0 == id && it.1 == granted)
    }
}

/// A form's text: `+` is a space, `%` and two digits a byte.
fn decoded(text: &[u8]) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    loop {
        rest = match rest {
            [] => return String::from_utf8_lossy(&bytes).into_owned(),
            [b'+', rest @ ..] => {
                bytes.push(b' ');
                rest
            }
            [b'%', high, low, rest @ ..] if hex(*high).is_some() && hex(*low).is_some() => {
                bytes.push(hex(*high).unwrap_or(0) * 16 + hex(*low).unwrap_or(0));
                rest
            }
            [byte, rest @ ..] => {
                bytes.push(*byte);
                rest
            }
        };
    }
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
