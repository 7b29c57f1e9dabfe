//! consentmanager.net: bits with the granted purposes that the account defined, and a TC string.
//!
//! Purposes go by the numbers of the account, here as `custom-purpose:52`; what is not listed was
//! refused. Where there is such a cookie, the TC string counts only for the purposes that the site
//! maps.

use crate::choice::Choice;
use crate::cmp::formats::tcf;
use crate::cmp::reader::Reader;
use crate::cmp::sextets::{Sextets, contains};
use crate::cmp::statement::Statement;
use crate::cmp::time;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    let purposes = reader.carries();
    let string = |name: &[u8]| name.starts_with(b"__cmpconsent");
    tcf::choice_beside(reader, purposes, string, |value, string, statement| {
        string.inspect(|string| string.decide_purposes(statement));
        read_purposes(value, statement)
    })
}

fn read_purposes(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let mut bits = Sextets::new(value.strip_prefix(b"a")?)?;
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
    // A paused consent is asked for again.
    if version == 2 && bits.bit() == Some(true) {
        return None;
    }
    statement.made_at(time::deciseconds(created)?);
    statement.decide_numbered("custom-purpose:", |number| Some(contains(&purposes, number)));
    statement.refuse_rest();
    Some(())
}
