//! Reads iubenda's cookie. Its name is `_iub_cs-` with the policy's number, or with that of the
//! site after an `s`. The value is a JSON object with the purposes, or with one `consent` for all
//! of them.
//!
//! Purposes that the site does not use are missing.

use crate::choice::Choice;
use crate::cmp::json::{Iso, Json, Object, objects};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

objects! {
    struct Cookie<'a> {
        "timestamp" => timestamp: Option<Iso>,
        "purposes" => purposes: Option<Object<'a, bool>>,
        "consent" => consent: Option<bool>,
    }
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = Json::of(value);
    let cookie: Cookie<'_> = json.read()?;
    if let Some(timestamp) = cookie.timestamp {
        statement.made_at(timestamp.0?);
    }
    if cookie.consent == Some(false) {
        // If there is a `consent`, the purposes grant nothing.
        statement.decide_all(false);
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
