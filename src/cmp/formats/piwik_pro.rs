//! Reads the cookie of Piwik PRO's Consent Manager, whose name is `ppms_privacy_` with the id of
//! the site: a JSON object with a status for each type of consent.
//!
//! The status is `1` if the type was approved, `0` if it was rejected, and `-1` before a decision,
//! as <https://developers.piwik.pro/docs/overview-consent-manager-js-api> and captures in public
//! repositories show.

use crate::choice::Choice;
use crate::cmp::json::{Json, Number, Object, objects};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

objects! {
    struct Cookie<'a> {
        "consents" => consents: Object<'a, Consent<'a>>,
    }

    struct Consent<'a> {
        "status" => status: Number<'a>,
    }
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = Json::of(value);
    let cookie: Cookie<'_> = json.read()?;
    let mut is_answered = false;
    for (kind, consent) in cookie.consents.iter() {
        match consent.status.0 {
            "1" => statement.decide(kind, true),
            "0" => statement.decide(kind, false),
            "-1" => {
                statement.leave_open(kind);
                continue;
            }
            _ => return None,
        }
        is_answered = true;
    }
    is_answered.then_some(())
}
