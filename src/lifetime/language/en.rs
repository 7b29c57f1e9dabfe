//! English.

use crate::lifetime::unit::Unit;
use crate::lifetime::words::{Language, Role, Words, one_or_more};

impl Language {
    /// English: `en`.
    pub const ENGLISH: Self = Self(&WORDS);
}

#[rustfmt::skip]
pub(super) const WORDS: Words = Words {
    tag: "en",
    name: "English",
    phrases: &[
        (Role::Unit(Unit::Second), "s, sec, secs, second, seconds"),
        (Role::Unit(Unit::Minute), "min, mins, mn, minute, minutes"),
        (Role::Unit(Unit::Hour), "h, hr, hrs, hour, hours"),
        (Role::Unit(Unit::Day), "d, day, days"),
        (Role::Unit(Unit::Week), "w, wk, wks, week, weeks"),
        (Role::Unit(Unit::Month), "mo, mos, mth, mths, month, months"),
        (Role::Unit(Unit::Year), "y, yr, yrs, year, years"),
        (Role::One, "a, an, one"),
        (Role::And, "and"),
        (Role::Or, "or"),
        (Role::To, "to"),
        (Role::UpTo, "up to"),
        (Role::AtMost, "at most, less than, maximum of, maximum, max"),
        (Role::Most, "at most, maximum, max"),
        (Role::Session, "*session*"),
        (Role::Browser, "*browser*"),
        (Role::Closing, "clos*"),
        (Role::Unlimited, "persist*, permanen*, unlimited, indefini*, forever, eternal*, never, none"),
        (Role::Unlimited, "no expir*, no end, no limit*, not expire, until deleted, until cleared"),
        (Role::Unlimited, "always, doesn't expire"),
        (Role::Vague, "few, several, some, varies, variable"),
        (Role::Over, "past, in the past, expired, already expired, immediate, immediately"),
        (Role::Over, "expires immediately"),
        (Role::Unstated, "n/a, na, n a, unknown, unspecified, not applicable, not specified, not stated"),
    ],
    session: "session",
    form: one_or_more,
    forms: [
        &["# second", "# seconds"],
        &["# minute", "# minutes"],
        &["# hour", "# hours"],
        &["# day", "# days"],
        &["# week", "# weeks"],
        &["# month", "# months"],
        &["# year", "# years"],
    ],
};
