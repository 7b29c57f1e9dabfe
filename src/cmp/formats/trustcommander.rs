//! Commanders Act's TrustCommander: fields that a sign separates, `@` unless the site changed it.
//!
//! They are the status (0 opted in, 1 opted out), the privacy version with further numbers behind
//! `|`, the categories that the visitor decided on, those that are always on, and times in
//! milliseconds: <https://community.commandersact.com/consent-management/knowledge-base/consent-cookie>.
//! Categories go by their numbers; what is not listed was refused.

use crate::choice::Choice;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::{percent, time};

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let text = percent::decode_text(value)?;
    let separator = text.chars().nth(1).filter(|sign| !sign.is_alphanumeric())?;
    let mut fields = text.split(separator);
    let opted_in = match fields.next()? {
        "0" => true,
        "1" => false,
        _ => return None,
    };
    let version = fields.next()?;
    statement.revision(version.split('|').next()?);
    let (categories, always_on) = (fields.next()?, fields.next()?);
    // Older values end here; newer ones state further times behind a comma.
    if let Some(updated) = fields.next().filter(|times| !times.is_empty()) {
        let updated = updated.split(',').next()?;
        statement.made_at(time::millis(updated.parse().ok()?)?);
    }
    for category in numbers(always_on)? {
        statement.decide(category, true);
    }
    if categories == "ALL" || (!opted_in && categories.is_empty()) {
        statement.decide_all(opted_in);
        return Some(());
    }
    for category in numbers(categories)? {
        statement.decide(category, opted_in);
    }
    statement.refuse_rest();
    Some(())
}

fn numbers(list: &str) -> Option<impl Iterator<Item = &str>> {
    let numbers = list.split(',').filter(|number| !number.is_empty());
    let sound = numbers.clone().all(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    sound.then_some(numbers)
}
