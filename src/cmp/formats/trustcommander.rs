//! Reads the cookie of Commanders Act's TrustCommander: fields that are separated by `@`, unless
//! the site chose another sign.
//!
//! The fields are the status (0 opted in, 1 opted out), the privacy version with further numbers
//! behind `|`, the categories on which the visitor decided, those that are always on, and times in
//! milliseconds:
//! <https://community.commandersact.com/consent-management/knowledge-base/consent-cookie>. Some
//! versions put the numbers of banner and site into fields of their own before the categories:
//! <https://community.commandersact.com/trustcommander/knowledge-base/consent-cookie>. In these,
//! the times come two fields later. The ids are the numbers of categories, and a category that is
//! not listed was refused.

use crate::choice::Choice;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::{number, percent, time};

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let text = percent::decode_text(value)?;
    let separator = text.chars().nth(1).filter(|sign| !sign.is_alphanumeric())?;
    let fields: Vec<&str> = text.split(separator).collect();
    let opted_in = match *fields.first()? {
        "0" => true,
        "1" => false,
        _ => return None,
    };
    statement.revision(fields.get(1)?.split('|').next()?);
    let millis = fields.iter().enumerate().find_map(|(at, times)| Some((at, millis(times)?)));
    let (categories, always_on) = match millis {
        Some((4, _)) => (fields[2], fields[3]),
        Some((6, _)) => (fields[4], fields[5]),
        // The oldest values have no times. In a value that was cut, the field for categories that
        // are always on may be the number of a site instead.
        None if fields.len() > 3 && fields.get(4).is_none_or(|times| times.is_empty()) => {
            (fields[2], "")
        }
        _ => return None,
    };
    if let Some((_, millis)) = millis {
        statement.made_at(time::millis(millis)?);
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

/// Returns the first time in a field, if it has any. Times are later than the year 2001, so that no
/// number of a banner, a site or a category has as many digits.
fn millis(field: &str) -> Option<u64> {
    let millis = field.split(',').next()?;
    if millis.len() < 12 { None } else { number::whole(millis) }
}

fn numbers(list: &str) -> Option<impl Iterator<Item = &str>> {
    let numbers = list.split(',').filter(|number| !number.is_empty());
    let sound = numbers.clone().all(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    sound.then_some(numbers)
}
