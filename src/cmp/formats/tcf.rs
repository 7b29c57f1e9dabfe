//! Reads cookies with the IAB's [TC string](crate::cmp::iab::tc_string), as InMobi (once Quantcast)
//! and others store it, alone or beside a cookie of their own.
//!
//! Some CMPs write a string before the visitor chooses, which cannot be distinguished from a
//! refusal. Opt-outs of visitors in the United States, in the strings that InMobi writes for them,
//! count whatever the TC string says.

use crate::choice::Choice;
use crate::cmp::iab::gpp_string;
use crate::cmp::iab::tc_string::TcString;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    gpp_string::add_objections(reader, reader.choice(read), |name| {
        matches!(name, b"IABGPP_HDR_GppString" | b"usprivacy")
    })
}

/// Adds what one string says to the statement. Returns `None` if the string does not count.
pub(crate) fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    TcString::parse(value)?.decide(statement);
    Some(())
}

/// Reads a choice from a CMP's own cookie and the TC string beside it, or from the string alone if
/// there is no such cookie. `read` gets a value of the CMP's cookie, and what all copies of the
/// string say together.
///
/// A string that cannot be read says nothing, and does not affect the CMP's own cookie. Beside
/// other copies of the string, it takes back their grants, as every copy that disagrees does (R7).
pub(crate) fn choice_beside(
    reader: &Reader<'_>,
    names: impl Fn(&[u8]) -> bool,
    string: impl Fn(&[u8]) -> bool,
    read: impl Fn(&[u8], Option<TcString>, &mut Statement<'_>) -> Option<()>,
) -> Choice {
    // The strings are read only once, however many copies of the other cookie there are.
    let mut all_read = true;
    let strings = reader.values(&string).filter_map(|value| {
        let string = TcString::parse(value);
        all_read &= string.is_some();
        string
    });
    let mut together = strings.reduce(TcString::and);
    if !all_read {
        together = together.map(TcString::without_grants);
    }
    let choice = reader.choice_in(names, |value, statement| read(value, together, statement));
    choice.or_else(|| reader.choice_in(string, self::read)).unwrap_or_else(|| reader.undecided())
}
