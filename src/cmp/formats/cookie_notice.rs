//! Reads the cookies of Cookie Notice by Hu-manity. `cookie_notice_accepted` is `true` or `false`,
//! a single switch for everything with the id `all`.
//!
//! If the plugin is connected to its service, it writes `hu-consent` instead. This is a JSON object
//! with the decision on each of its categories `1` to `4`, of which the first is necessary. `all`
//! is granted if all of them are.

use crate::choice::Choice;
use crate::cmp::json::{Json, Object, Whole, objects};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::time;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    let carries = reader.carries();
    let is_connected = |name: &[u8]| name == b"hu-consent";
    reader.choice_of_versions([
        reader.choice_in(|name| carries(name) && is_connected(name), read_connected),
        reader.choice_in(|name| carries(name) && !is_connected(name), read),
    ])
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    statement.decide_all(match value {
        b"true" => true,
        b"false" => false,
        _ => return None,
    });
    Some(())
}

objects! {
    struct Connected<'a> {
        "consent" => consent: bool,
        "categories" => categories: Option<Object<'a, bool>>,
        /// The time is in milliseconds.
        "timestamp" => timestamp: Option<Whole<'a>>,
    }
}

fn read_connected(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = Json::of(value);
    let cookie: Connected<'_> = json.read()?;
    if let Some(timestamp) = cookie.timestamp {
        statement.made_at(time::millis(timestamp.number)?);
    }
    if !cookie.consent {
        statement.decide_all(false);
        return Some(());
    }
    let categories = cookie.categories?;
    let mut all = categories.iter().any(|(category, _)| category != "1");
    for (category, granted) in categories.iter() {
        statement.decide(category, *granted);
        all &= granted;
    }
    if all {
        statement.decide_all(true);
    }
    Some(())
}
