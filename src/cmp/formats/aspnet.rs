//! ASP.NET Core's `.AspNet.Consent`: `yes`, or nothing.
//!
//! One switch for everything, called `all`. A refusal and no choice look the same, so both are
//! undecided.

use crate::choice::Choice;
use crate::cmp::reader::Reader;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(|value, statement| (value == b"yes").then(|| statement.decide_all(true)))
}
