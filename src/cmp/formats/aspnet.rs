//! Reads ASP.NET Core's cookie `.AspNet.Consent`, which is `yes` or missing.
//!
//! It is a single switch for everything, with the id `all`. A refusal looks the same as no choice,
//! so both are undecided.

use crate::choice::Choice;
use crate::cmp::reader::Reader;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(|value, statement| (value == b"yes").then(|| statement.decide_all(true)))
}
