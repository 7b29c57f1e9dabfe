//! Reads the cookies of consentmanager.net: bits for the granted purposes that the account defined,
//! and a TC string.
//!
//! The ids of purposes are the numbers of the account, in the form `custom-purpose:52`. A purpose
//! that is not listed was refused. If there is such a cookie, the TC string counts only for
//! purposes that the site maps.
//!
//! Accounts with the older format have lists instead: `__51_52__` of purposes, and `__s94_c6085__`
//! of vendors, with ids such as `vendor:s94`. A list without any purpose is a refusal, or was
//! written before an answer, so it refuses, but the visitor stays undecided.

use crate::choice::Choice;
use crate::cmp::formats::tcf;
use crate::cmp::number;
use crate::cmp::reader::Reader;
use crate::cmp::sextets::{Sextets, contains};
use crate::cmp::sorted::Sorted;
use crate::cmp::statement::Statement;
use crate::cmp::time;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    let carries = reader.carries();
    let starts = |name: &[u8], start| name.starts_with(start) && reader.context.source.owns(name);
    let states_purposes = |name: &[u8]| carries(name) || starts(name, PURPOSES);
    let has_purposes = reader.values(states_purposes).next().is_some();
    let names = |name: &[u8]| {
        if has_purposes { states_purposes(name) } else { starts(name, VENDORS) }
    };
    let vendors = in_all_lists(reader.values(|name| starts(name, VENDORS)));
    let string = |name: &[u8]| starts(name, STRING);
    tcf::choice_beside(reader, names, string, |value, string, statement| {
        string.inspect(|string| string.decide_purposes(statement));
        statement.refuse_rest();
        if let Some(vendors) = &vendors {
            statement.decide_prefixed("vendor:", |vendor| Some(vendors.contains(&vendor)));
        }
        match value {
            [b'a', bits @ ..] => read_bits(bits, statement),
            _ if has_purposes => read_list(value, statement),
            _ => Some(()),
        }
    })
}

/// The beginnings of the names of the other cookies. A letter for the scope and the account's
/// number follow.
const PURPOSES: &[u8] = b"__cmpcpc";
const VENDORS: &[u8] = b"__cmpcvc";
const STRING: &[u8] = b"__cmpconsent";

fn read_bits(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let mut bits = Sextets::new(value)?;
    let version = bits.take(6)?;
    let created = bits.take(36)?;
    let answered = bits.bit()?;
    if !answered {
        return None;
    }
    let mut ranges = || match version {
        1 => bits.u16_ranges(),
        2 => bits.fibonacci_ranges(),
        _ => None,
    };
    let purposes = ranges()?;
    let (_system_vendors, _custom_vendors) = (ranges()?, ranges()?);
    // If a consent is paused, the banner asks for it again. What was refused stays so until then.
    if version == 2 && bits.bit() == Some(true) {
        statement.only_object();
    }
    statement.made_at(time::deciseconds(created)?);
    statement.decide_numbered("custom-purpose:", |number| Some(contains(&purposes, number)));
    Some(())
}

fn read_list(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let purposes = items(value).map(number::whole).collect::<Option<Sorted<_>>>()?;
    if purposes.is_empty() {
        statement.only_object();
    }
    statement.decide_numbered("custom-purpose:", |number| Some(purposes.contains(&number)));
    Some(())
}

/// Returns the items that all copies of a list have, or `None` if there are no copies.
fn in_all_lists<'a>(lists: impl Iterator<Item = &'a [u8]>) -> Option<Sorted<&'a str>> {
    lists.map(|list| items(list).collect()).reduce(|one: Sorted<_>, other| one.and(&other))
}

/// Returns the items of a list. It is empty if the value is not text.
fn items(list: &[u8]) -> impl Iterator<Item = &str> {
    let text = std::str::from_utf8(list).unwrap_or_default();
    text.split('_').filter(|item| !item.is_empty())
}
