//! Reads the cookie of django-cookie-consent: `group=version` for each granted group and `group=-1`
//! for each refused one, joined by `|` and put in quotes.
//!
//! The version is the time at which a cookie was last added to the group, not that of the choice. A
//! grant with an older version than [the required revision](crate::registry::CmpSource::revision)
//! leaves its group open.

use crate::choice::Choice;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::time;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let value = match value {
        [b'"', quoted @ .., b'"'] => quoted,
        plain => plain,
    };
    // Django puts every value in quotes, and names no group with one: this value was cut, perhaps in front of a
    // refusal.
    if value.contains(&b'"') {
        return None;
    }
    statement.revisions_are_checked();
    for pair in std::str::from_utf8(value).ok()?.split('|') {
        match pair.split_once('=')? {
            ("", _) => return None,
            (group, "-1") => statement.decide(group, false),
            (_, version) if !is_version(version) => return None,
            (group, version) if statement.is_since_revision(version) => {
                statement.decide(group, true);
            }
            (group, _) => statement.leave_open(group),
        }
    }
    Some(())
}

/// Returns whether this is a version: a time with or without an offset, or an empty text for a
/// group without cookies.
fn is_version(text: &str) -> bool {
    text.is_empty() || time::iso(text).is_some() || time::iso(&format!("{text}Z")).is_some()
}
