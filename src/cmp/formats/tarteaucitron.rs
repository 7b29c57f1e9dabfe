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

/// The services that are on without a question (`needConsent: false`), in any version of the script from 1.2 to 1.34.
const EXEMPT: &[&str] = &[
    "crisp",
    "ferank",
    "ferankpub",
    "matomo",
    "matomohightrack",
    "microanalytics",
    "plausible",
    "simpleanalytics",
    "stonly",
    "wysistathightrack",
];

/// The services that were so until version 1.8.4, or from 1.9.6 to 1.11, and that have to be asked for today. Beside
/// a service that waits for an answer, they may be on without one.
const ONCE_EXEMPT: &[&str] = &["atinternet", "matomocloud"];

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let (mut is_answered, mut may_be_answered, mut waits) = (false, false, false);
    let states = std::str::from_utf8(value).ok()?.strip_prefix('!')?;
    for pair in words::split_text(states, b'!') {
        let (service, state) = words::split_once(pair, b'=')?;
        match state {
            "true" => {
                statement.decide(service, true);
                let may_be_exempt = ONCE_EXEMPT.contains(&service);
                may_be_answered |= may_be_exempt;
                is_answered |= !may_be_exempt && !EXEMPT.contains(&service);
            }
            "false" => {
                statement.decide(service, false);
                is_answered = true;
            }
            "wait" => {
                statement.leave_open(service);
                waits = true;
            }
            // Sites may put their own data there.
            _ => {}
        }
    }
    (is_answered || (may_be_answered && !waits)).then_some(())
}
