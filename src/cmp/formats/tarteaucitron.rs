//! tarteaucitron.js: a list of `!service=state`, the state being `true`, `false` or `wait`.
//!
//! The cookie is there from the first page on. Services that need no consent are `true` in it
//! without being asked about, so they alone are no choice, and mean no category. Where the site set
//! `serviceDefaultState`, defaults cannot be told from a choice.

use crate::choice::Choice;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

/// Those that are on without being asked about (`needConsent: false`).
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
    for pair in states.split('!') {
        let (service, state) = pair.split_once('=')?;
        let exempt = EXEMPT.contains(&service);
        match state {
            "true" => statement.decide(service, true),
            "false" => statement.decide(service, false),
            "wait" => statement.leave_open(service),
            // Sites put data of their own there.
            _ => continue,
        }
        answered |= state == "false" || (state == "true" && !exempt);
    }
    answered.then_some(())
}
