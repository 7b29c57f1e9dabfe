//! Reads tarteaucitron.js' list of `!service=state`, in which a state is `true`, `false` or `wait`.
//!
//! The cookie exists from the first page on. Services that need no consent are `true` without a
//! question, so they alone are not a choice, and have no usual meaning. If the site sets
//! `serviceDefaultState`, defaults cannot be distinguished from a choice.

use crate::choice::Choice;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::words;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

/// The services that are on without a question (`needConsent: false`).
const EXEMPT: &[&str] = &[
    "crisp",
    "matomo",
    "matomohightrack",
    "microanalytics",
    "plausible",
    "simpleanalytics",
    "stonly",
    "wysistathightrack",
];

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let mut answered = false;
    let states = std::str::from_utf8(value).ok()?.strip_prefix('!')?;
    for pair in words::split_text(states, b'!') {
        let (service, state) = words::split_once(pair, b'=')?;
        let exempt = EXEMPT.contains(&service);
        match state {
            "true" => statement.decide(service, true),
            "false" => statement.decide(service, false),
            "wait" => statement.leave_open(service),
            // Sites may put their own data there.
            _ => continue,
        }
        answered |= state == "false" || (state == "true" && !exempt);
    }
    answered.then_some(())
}
