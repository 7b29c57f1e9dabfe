//! Reads the cookie of whitecube/laravel-cookie-consent: a JSON object with the name of each of the
//! site's cookies.
//!
//! If Laravel encrypts the cookie, it cannot be read. The name of a cookie leads to what the
//! registry says about that cookie.

use crate::choice::Choice;
use crate::cmp::json::{Json, Object, Value};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::time;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = Json::of(value);
    let members: Object<'_, Value<'_>> = json.read()?;
    let Some(Value::Whole(consent_at)) = members.get("consent_at") else { return None };
    statement.made_at(time::seconds(consent_at.number)?);
    for (cookie, decision) in members.iter().filter(|(cookie, _)| *cookie != "consent_at") {
        let Value::Bool(granted) = decision else { return None };
        statement.decide_cookie(cookie, *granted);
    }
    Some(())
}
