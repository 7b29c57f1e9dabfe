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
        (Role::Number(2), "two"), (Role::Number(3), "three"), (Role::Number(4), "four"),
        (Role::Number(5), "five"), (Role::Number(6), "six"), (Role::Number(7), "seven"),
        (Role::Number(8), "eight"), (Role::Number(9), "nine"), (Role::Number(10), "ten"),
        (Role::Number(11), "eleven"), (Role::Number(12), "twelve"), (Role::Number(13), "thirteen"),
        (Role::Number(14), "fourteen"), (Role::Number(15), "fifteen"), (Role::Number(18), "eighteen"),
        (Role::Number(20), "twenty"), (Role::Number(24), "twenty-four, twenty four"),
        (Role::Number(30), "thirty"), (Role::Number(31), "thirty-one, thirty one"), (Role::Number(60), "sixty"), (Role::Number(90), "ninety"),
        (Role::Half, "half*"),
        (Role::And, "and"),
        (Role::Or, "or"),
        (Role::To, "to, till, through"),
        (Role::UpTo, "up to"),
        (Role::Between, "between"),
        (Role::Equals, "i.e., ie, that is, equals, equal to, equivalent to"),
        (Role::AtMost, "at most, at the most, at the latest, max-age, max age, maximum, max, less than, under"),
        (Role::AtMost, "no more than, not more than, no longer than, not longer than, not exceeding"),
        (Role::AtMost, "does not exceed, or less, or shorter, or fewer"),
        (Role::Vague, "few, several, some, varies, variable, various, about, around, approximately, approx"),
        (Role::Vague, "circa, roughly, at least, no less than, not less than, more than, longer than, over"),
        (Role::Vague, "minimum, or more, or longer, and more, and longer, plus, temporary"),
        (Role::Lead, "at, the, this, it, its, is, are, has, a, an, of, for, in, within, with, default, first-party"),
        (Role::Lead, "third-party, cookie, cookies, expiration, expiry, expire, expires, expiring, time, date"),
        (Role::Lead, "duration, lifetime, life, lifespan, life span, retention, storage, store, stored, saved"),
        (Role::Lead, "kept, retained, remains, stays, last, lasts, lives, valid, validity, period, deleted, ttl, set to"),
        (Role::Note, "period, of inactivity, inactivity, by default, default, rolling, sliding, in total"),
        (Role::Persistent, "persist*, permanen*"),
        (Role::From, "from, since, starting, counted from, as of"),
        (Role::After, "after, following"),
        (Role::Event, "last, latest, set, setting, update*, creat*, visit*, use, usage, activit*, access*"),
        (Role::Event, "placement, placed, stored, storage, install*, refresh*, renew*, view*, interaction*"),
        (Role::Once, "first, initial*, consent*, account*, regist*, accept*, subscri*, sign*"),
        (Role::Session, "*session*"),
        (Role::OtherSession, "that of, same as, log*, sign in, sign out, signed, authenticat*, server*"),
        (Role::Browser, "*browser*"),
        (Role::Closing, "clos*, quit*, shut*, exit*"),
        (Role::Unlimited, "unlimited, indefini*, forever, eternal*, never, none, always"),
        (Role::Unlimited, "no expir*, no end, no limit*, not expire, doesn't expire, without expir*"),
        (Role::Until, "until, till, unless"),
        (Role::Deletion, "delet*, clear*, remov*, eras*, uninstall*, withdraw*, revo*"),
        (Role::Over, "past, in the past, expired, already expired, immediate, immediately"),
        (Role::Over, "expires immediately, immediately removed, removed immediately, deleted immediately"),
        (Role::Unstated, "n/a, na, n a, unknown, unspecified, undefined, not applicable, not available"),
        (Role::Unstated, "not specified, not stated, not set, tbd, see above, see below, see provider"),
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
