//! Reads CookieYes' list of `key:word`, in which `action:yes` says that the visitor answered.
//!
//! The cookie exists from the first page on, with defaults and `consent:no`. A visitor who accepts anything
//! changes that to `yes`, and under the CCPA one who opts out of anything does. So beside `no`, a category
//! that is `yes` was on by default when the banner was closed or the form was saved. That grants nothing, and
//! what is `no` there is refused. The script is that of the plugin's version 3.5.3
//! (<https://wordpress.org/plugins/cookie-law-info/>).
//!
//! Its predecessor, GDPR Cookie Consent, which the plugin still contains, writes a cookie for each category, and
//! `viewed_cookie_policy` when the visitor answers. Under the CCPA, visitors tick a box against the sale of
//! their data, with or without an answer. Then `ccpaOptout` is true in the JSON object of `CookieLawInfoConsent`,
//! which is Base64, and the script blocks everything.

use crate::choice::Choice;
use crate::cmp::json::{self, Value, objects};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::{base64, words};

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    let has_predecessor =
        reader.context.source.cookie().is_none() && reader.cookie(VIEWED).next().is_some();
    let choice = reader.choice_of_versions([
        reader.choice_in(reader.carries(), read),
        has_predecessor.then(|| read_predecessor(reader)),
    ]);
    let preferences = |name: &[u8]| name == PREFERENCES;
    reader.with_objections(choice, preferences, |value, statement| {
        statement.only_object();
        let json = base64::decode(value)?;
        let preferences: Preferences<'_> = json::parse(&json)?;
        let has_opted_out = matches!(preferences.has_opted_out, Some(Value::Bool(true)));
        has_opted_out.then(|| statement.decide_all(false))
    })
}

objects! {
    struct Preferences<'a> {
        "ccpaOptout" => has_opted_out: Option<Value<'a>>,
    }
}

const PREFERENCES: &[u8] = b"CookieLawInfoConsent";
const VIEWED: &[u8] = b"viewed_cookie_policy";
const CHECKBOX: &[u8] = b"cookielawinfo-checkbox-";

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let mut action = None;
    let mut accepted_nothing = false;
    let mut decisions = Vec::new();
    for pair in words::split_text(std::str::from_utf8(value).ok()?, b',') {
        let (key, word) = words::split_once(pair, b':')?;
        match (key, word) {
            ("consentid" | "lastRenewedDate", _) => {}
            ("consent", word) => accepted_nothing |= word == "no",
            ("action", _) if action.is_some() => return None,
            ("action", word) => action = Some(word == "yes"),
            (category, "yes") => decisions.push((category, Some(true))),
            (category, "no") => decisions.push((category, Some(false))),
            // The site added this category after the visitor's answer.
            (category, "") => decisions.push((category, None)),
            _ => return None,
        }
    }
    if action != Some(true) {
        return None;
    }
    for (category, decision) in decisions {
        let Some(granted) = decision else {
            statement.leave_open(category);
            continue;
        };
        if accepted_nothing && granted && category != "necessary" {
            statement.only_object();
        }
        statement.decide(category, granted);
    }
    Some(())
}

/// A cookie that cannot be read takes the grants back, and leaves what the others refuse.
fn read_predecessor(reader: &Reader<'_>) -> Choice {
    reader.joint_choice(|statement| {
        let (mut is_answered, mut is_accepted) = (false, true);
        for answer in reader.cookie(VIEWED) {
            match answer {
                b"yes" => is_answered = true,
                b"no" => (is_answered, is_accepted) = (true, false),
                _ => statement.only_object(),
            }
        }
        for &(name, value) in reader.cookies {
            let Some(category) = name.strip_prefix(CHECKBOX) else { continue };
            let granted = match value {
                b"yes" => is_accepted,
                b"no" => false,
                _ => {
                    statement.only_object();
                    continue;
                }
            };
            match std::str::from_utf8(category) {
                // If the site added no categories, this is the only one besides `necessary`.
                Ok("non-necessary") => statement.decide_all_as("non-necessary", granted),
                Ok(category) => statement.decide(category, granted),
                Err(_) => statement.only_object(),
            }
        }
        if !is_accepted {
            statement.decide_all(false);
        }
        is_answered.then_some(())
    })
}
