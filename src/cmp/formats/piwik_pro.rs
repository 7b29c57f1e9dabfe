//! Reads the cookie of Piwik PRO's Consent Manager, whose name is `ppms_privacy_` with the id of
//! the site: a JSON object with a status for each type of consent.
//!
//! The status is `1` if the type was approved, `0` if it was rejected, and `-1` before a decision,
//! as <https://developers.piwik.pro/docs/overview-consent-manager-js-api> and captures in public
//! repositories show.

use serde::Deserialize;

use crate::choice::Choice;
use crate::cmp::json::{self, Object};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

#[derive(Deserialize)]
struct Cookie<'a> {
    #[serde(borrow)]
    consents: Object<'a, Consent>,
}

#[derive(Deserialize)]
struct Consent {
    status: i8,
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = json::decode(value)?;
    let cookie: Cookie<'_> = json::parse(&json)?;
    let mut is_answered = false;
    for (kind, consent) in cookie.consents.iter() {
        match consent.status {
            1 => statement.decide(kind, true),
            0 => statement.decide(kind, false),
            -1 => statement.leave_open(kind),
            _ => return None,
        }
        is_answered |= consent.status >= 0;
    }
    is_answered.then_some(())
}
