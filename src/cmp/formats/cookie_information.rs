//! Reads Cookie Information's JSON object with the approved and the denied categories.
//!
//! The members come from captures in public repositories, and from the cookie that content blockers
//! write to answer the banner.

use std::borrow::Cow;

use crate::choice::Choice;
use crate::cmp::json::{Iso, Json, objects};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

objects! {
    struct Cookie<'a> {
        "timestamp" => timestamp: Iso,
        "consents_approved" => consents_approved: Vec<Cow<'a, str>>,
        "consents_denied" => consents_denied: Vec<Cow<'a, str>>,
    }
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = Json::of(value);
    let cookie: Cookie<'_> = json.read()?;
    if cookie.consents_approved.is_empty() && cookie.consents_denied.is_empty() {
        return None;
    }
    statement.made_at(cookie.timestamp.0?);
    cookie.consents_approved.iter().for_each(|id| statement.decide(id, true));
    cookie.consents_denied.iter().for_each(|id| statement.decide(id, false));
    statement.refuse_rest();
    Some(())
}
