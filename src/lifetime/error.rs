//! The errors of reading a lifetime.

use std::fmt;

use crate::lifetime::words::Language;

/// The reason why a text is not a lifetime. `Display` completes a sentence that begins with "the
/// lifetime …", and says what to write instead. Everything in quotes is taken from the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LifetimeError {
    /// The text states nothing: it is empty, `-` or `N/A`.
    Unstated,
    /// The text promises no end, with words such as `persistent` or `illimité`.
    Unlimited {
        /// The words.
        word: String,
    },
    /// The lifetime is zero: `expired`, `immediately`, `0 days`.
    Over,
    /// The time has no upper bound, as in `a few seconds`.
    Vague {
        /// The word that leaves it open.
        found: String,
    },
    /// The session need not end when the browser closes, as in `login session`.
    OtherSession {
        /// The words that speak of it.
        found: String,
    },
    /// The time counts from something that happens once, as in `13 months from your consent`. A
    /// cookie cannot keep that promise, since every `Set-Cookie` would start the time anew.
    StartsOnce {
        /// The words behind the time.
        found: String,
    },
    /// The text has several times that are neither one sum, nor equal, nor alternatives: `13
    /// months, 30 minutes`.
    SeveralTimes {
        /// All of the times.
        found: String,
    },
    /// The text speaks of another store than that of cookies, as in `Local storage`.
    OtherStore,
    /// Something else stands where a number is expected.
    ExpectedNumber {
        /// The text that stands there instead.
        found: String,
    },
    /// A number has no unit.
    MissingUnit {
        /// The number.
        number: u64,
        /// The unit that was probably meant.
        unit: String,
    },
    /// A word stands where a unit is expected, and is not a unit of time.
    UnknownUnit {
        /// The word.
        unit: String,
    },
    /// The unit is `m`, which may mean minutes or months.
    AmbiguousUnit {
        /// The number before it.
        number: u64,
        /// The unit.
        unit: String,
    },
    /// A unit is given twice, or after a smaller one.
    UnitOrder {
        /// The unit out of place.
        unit: String,
    },
    /// Something follows a complete lifetime, or a word such as "and" follows it and leads to
    /// nothing.
    Trailing {
        /// The text that follows.
        found: String,
    },
    /// The number is below zero.
    Negative,
    /// The number is a fraction.
    Fractional,
    /// The digits of a number have a separator between them.
    Separated {
        /// The number.
        found: String,
    },
    /// The text has a date instead of a lifetime.
    Date {
        /// The date.
        found: String,
    },
    /// The text is an ISO 8601 duration, such as `P13M`.
    Iso8601,
    /// The lifetime is above 100 years.
    TooLong,
    /// The upper end of a range is below its lower end.
    ReversedRange,
}

impl LifetimeError {
    /// Returns the name of the error for programs, such as `unknown-unit`. It stays the same when
    /// the message changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unstated => "unstated",
            Self::Unlimited { .. } => "unlimited",
            Self::Over => "over",
            Self::Vague { .. } => "vague",
            Self::OtherSession { .. } => "other-session",
            Self::StartsOnce { .. } => "starts-once",
            Self::SeveralTimes { .. } => "several-times",
            Self::OtherStore => "other-store",
            Self::ExpectedNumber { .. } => "expected-number",
            Self::MissingUnit { .. } => "missing-unit",
            Self::UnknownUnit { .. } => "unknown-unit",
            Self::AmbiguousUnit { .. } => "ambiguous-unit",
            Self::UnitOrder { .. } => "unit-order",
            Self::Trailing { .. } => "trailing",
            Self::Negative => "negative",
            Self::Fractional => "fractional",
            Self::Separated { .. } => "separated",
            Self::Date { .. } => "date",
            Self::Iso8601 => "iso-8601",
            Self::TooLong => "too-long",
            Self::ReversedRange => "reversed-range",
        }
    }
}

impl fmt::Display for LifetimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unstated => f.write_str(
                "states nothing; leave `lifetime` out, or write `session` or a time such as \
                 `30 days`",
            ),
            Self::Unlimited { word } => write!(
                f,
                "promises no end with {word:?}; leave `lifetime` out (a cookie without any setting \
                 is written `name = {{}}`), or promise a time such as `1 year`"
            ),
            Self::Over => f.write_str(
                "is no time at all; put what the policy does not use into a category with the \
                 basis `prohibited`; a deletion needs no lifetime, and until the browser closes \
                 is `session`",
            ),
            Self::Vague { found } => {
                write!(f, "has no end with {found:?}; write its upper bound, such as `1 minute`")
            }
            Self::OtherSession { found } => write!(
                f,
                "may speak with {found:?} of another session than the browser's; write `session` \
                 if the cookie goes when the browser closes, or else the longest time, such as \
                 `30 days`"
            ),
            Self::StartsOnce { found } => write!(
                f,
                "counts with {found:?} from what happens once; write the time alone, and \
                 `refresh = false` beside it so that no later visit prolongs it"
            ),
            Self::SeveralTimes { found } => write!(
                f,
                "has with {found:?} several times that are neither one sum nor the same; write \
                 the one that the policy promises, or `1 year or 30 minutes`, of which the \
                 longest counts"
            ),
            Self::OtherStore => f.write_str(
                "speaks of what scripts store, which is no cookie and comes in no response; leave \
                 the entry out, or write how long the cookie of this name lives",
            ),
            Self::ExpectedNumber { found } => write!(
                f,
                "has {found:?} where a number is expected; write `session` or a time such as \
                 `30 days`"
            ),
            Self::MissingUnit { number, unit } => {
                write!(f, "has no unit after {number}; write its unit, such as `{number} {unit}`")
            }
            Self::UnknownUnit { unit } => {
                let languages: Vec<_> = Language::ALL.iter().map(|known| known.0.name).collect();
                write!(
                    f,
                    "has the unknown unit {unit:?}; write seconds, minutes, hours, days, weeks, \
                     months or years, in one of {}",
                    languages.join(", ")
                )
            }
            Self::AmbiguousUnit { number, unit } => write!(
                f,
                "has the unit {unit:?}, which may be minutes or months; write `{number} min` or \
                 `{number} mos`"
            ),
            Self::UnitOrder { unit } => write!(
                f,
                "has {unit:?} twice or after a smaller unit; write each unit once, the largest \
                 first, and a range as `1 year to 2 years`"
            ),
            Self::Trailing { found } => write!(
                f,
                "goes on with {found:?}; write the time or range alone and leave the rest out; \
                 whether a new visit prolongs the life is said with `refresh`"
            ),
            Self::Negative => f.write_str(
                "is negative; to forbid the cookies give their category the basis `prohibited`",
            ),
            Self::Fractional => f.write_str(
                "is not a whole number; write `18 months` for one year and a half, `6 months` for \
                 half a year",
            ),
            Self::Separated { found } => {
                let digits: String = found.chars().filter(char::is_ascii_digit).collect();
                write!(f, "has a separator in {found:?}; write `{digits}`")
            }
            Self::Date { found } => write!(
                f,
                "has the date {found:?}; write how long the cookie lives, such as `1 year`"
            ),
            Self::Iso8601 => {
                f.write_str("is an ISO 8601 duration; write it in words, such as `13 months`")
            }
            Self::TooLong => f.write_str(
                "is above 100 years; write the time that the policy promises (browsers keep no \
                 cookie above 400 days)",
            ),
            Self::ReversedRange => {
                f.write_str("is a range that ends below its start; write the shorter time first")
            }
        }
    }
}

impl std::error::Error for LifetimeError {}
