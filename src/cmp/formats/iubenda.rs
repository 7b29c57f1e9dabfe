//! iubenda: `_iub_cs-` and the policy's number, a JSON object with the purposes, or with one
//! `consent` for all of them.
//!
//! Purposes that the site does not use are missing.

use serde::Deserialize;

use crate::cmp::format::Format;
use crate::cmp::json;
use crate::cmp::json::{Object, Str};
use crate::cmp::statement::Statement;
use crate::cmp::time;

pub(crate) const FORMAT: Format = Format {
    owns: |name| name.starts_with(b"_iub_cs-"),
    read: |reader| reader.choice(carries_choice, read),
};

/// The number may be the site's, after an `s`; what follows it is another cookie.
fn carries_choice(name: &[u8]) -> bool {
    let Some(number) = name.strip_prefix(b"_iub_cs-") else { return false };
    let number = number.strip_prefix(b"s").unwrap_or(number);
    !number.is_empty() && number.iter().all(u8::is_ascii_digit)
}

#[derive(Deserialize)]
struct Cookie<'a> {
    #[serde(borrow)]
    timestamp: Option<Str<'a>>,
    purposes: Option<Object<'a, bool>>,
    consent: Option<bool>,
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = json::decode(value)?;
    let cookie: Cookie<'_> = json::parse(&json)?;
    if let Some(Str(timestamp)) = cookie.timestamp {
        statement.made_at(time::iso(&timestamp)?);
    }
    match (cookie.purposes, cookie.consent) {
        (Some(purposes), _) => {
            for (purpose, granted) in purposes.iter() {
                statement.decide(purpose, *granted);
            }
        }
        (None, Some(granted)) => statement.decide_all(granted),
        (None, None) => return None,
    }
    Some(())
}
