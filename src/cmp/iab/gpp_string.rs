//! The Global Privacy Platform (GPP) string: a header that lists sections, and the sections.
//!
//! Section 2 is the [TC string](crate::cmp::iab::tc_string) of Europe, and section 5 that of
//! Canada: they answer what the visitor was asked. The others are the United States', where the
//! visitor objects or does not, and grants nothing: 6 is the
//! [US Privacy string](crate::cmp::iab::us_privacy), and 7 to 27 are of the
//! [nation and its states](crate::cmp::iab::us_sections).
//!
//! An objection counts whatever the rest of the string says. A grant counts only if every section
//! is known and can be read, since one that cannot be read may hold an objection.

use crate::choice::Choice;
use crate::cmp::iab::tc_string::TcString;
use crate::cmp::iab::{us_privacy, us_sections};
use crate::cmp::percent;
use crate::cmp::reader::Reader;
use crate::cmp::sextets::Sextets;
use crate::cmp::statement::Statement;

const TCF_EUROPE: u64 = 2;
const TCF_CANADA: u64 = 5;
const US_PRIVACY: u64 = 6;

/// Writes down what a string says; `None` if its header cannot be read.
pub(crate) fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let value = percent::decode(value)?;
    let (mut answered, mut all_read) = (false, true);
    for (id, section) in split(&value)? {
        let read = match id {
            TCF_EUROPE => TcString::parse(section).map(|string| string.decide(statement)),
            TCF_CANADA => TcString::parse_canadian(section).map(|string| string.decide(statement)),
            _ => read_objections(id, section, statement),
        };
        all_read &= read.is_some();
        answered |= read.is_some() && matches!(id, TCF_EUROPE | TCF_CANADA);
    }
    if !answered || !all_read {
        statement.only_object();
    }
    Some(())
}

/// Adds to a choice what the visitor objects to, under the laws of the United States, in cookies of
/// these names, which stand beside its own. Each holds a GPP string or a US Privacy string.
pub(crate) fn add_objections(
    reader: &Reader<'_>,
    choice: Choice,
    names: impl Fn(&[u8]) -> bool,
) -> Choice {
    reader.with_objections(choice, names, |value, statement| {
        let value = percent::decode(value)?;
        // The first letter of a GPP string is its type, and no version of the other.
        if !value.starts_with(b"D") {
            return us_privacy::read(&value, statement);
        }
        for (id, section) in split(&value)? {
            // An objection in one section counts, even if the others cannot be read.
            read_objections(id, section, statement);
        }
        Some(())
    })
}

/// Writes down what one section objects to; `None` if not all of it can be read.
fn read_objections(id: u64, section: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    match id {
        US_PRIVACY => us_privacy::read(section, statement),
        _ => us_sections::read(id, section, statement),
    }
}

/// Splits a string into its sections, each with its id; `None` if the header cannot be read. A
/// section that the header does not list has the id 0, and one that is missing is empty: neither
/// can be read.
fn split(value: &[u8]) -> Option<Vec<(u64, &[u8])>> {
    let mut parts = value.split(|&byte| byte == b'~');
    let mut header = Sextets::new(parts.next()?)?;
    let (kind, version) = (header.take(6)?, header.take(6)?);
    if (kind, version) != (3, 1) {
        return None;
    }
    // Drawn one by one, since the ranges may have more ids than there are bytes.
    let mut ids = header.fibonacci_ranges()?.into_iter().flatten();
    let mut sections: Vec<_> = parts.map(|part| (ids.next().unwrap_or(0), part)).collect();
    sections.extend(ids.next().map(|id| (id, &b""[..])));
    Some(sections)
}
