//! Reads the JSON object of Civic's Cookie Control, which has the word `accepted` or `revoked` for
//! each of the site's purposes.
//!
//! `interactedWith` says that the visitor used the banner. A purpose without an answer is missing.
//! In the mode for the law of California, purposes are accepted from the start, and the cookie has
//! a member `ccpa`. Then only what was revoked counts. The cookie is described at
//! <https://www.civicuk.com/cookie-control/documentation/cookies>. The members come from captures
//! of version 9 in public repositories.

use std::borrow::Cow;

use crate::choice::Choice;
use crate::cmp::json::{Json, Object, Skipped, Whole, objects};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::time;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

objects! {
    struct Cookie<'a> {
        "optionalCookies" => optional_cookies: Object<'a, Cow<'a, str>>,
        /// The time is in milliseconds.
        "consentDate" => consent_date: Option<Whole<'a>>,
        "interactedWith" => interacted_with: bool,
        "ccpa" => ccpa: Option<Skipped>,
    }
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = Json::of(value);
    let cookie: Cookie<'_> = json.read()?;
    if !cookie.interacted_with {
        return None;
    }
    if let Some(millis) = cookie.consent_date {
        statement.made_at(time::millis(millis.number)?);
    }
    if cookie.ccpa.is_some() {
        statement.only_object();
    }
    let mut is_answered = false;
    for (purpose, word) in cookie.optional_cookies.iter() {
        match &**word {
            "accepted" => statement.decide(purpose, true),
            "revoked" => statement.decide(purpose, false),
            _ => return None,
        }
        is_answered = true;
    }
    is_answered.then_some(())
}
