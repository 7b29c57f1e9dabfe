//! ASP.NET Core's `.AspNet.Consent`: `yes`, or nothing.
//!
//! One switch for everything, called `all`. A refusal and no choice look the same, so both are
//! undecided.

use crate::cmp::format::Format;

pub(crate) const FORMAT: Format = Format {
    owns: |name| name == b".AspNet.Consent",
    read: |reader| {
        reader.choice(FORMAT.owns, |value, statement| {
            (value == b"yes").then(|| statement.decide_all(true))
        })
    },
};
