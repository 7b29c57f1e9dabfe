//! The errors of a text that is to be a lifetime.

use std::fmt;

use crate::lifetime::words::Language;

/// Why a text is no lifetime. Its `Display` goes on from "the lifetime …" and says what to write
/// instead. What it quotes stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LifetimeError {
    /// Nothing is stated: an empty text, `-`, `N/A`.
    Unstated,
    /// Words that promise no end, such as `persistent` or `illimité`.
    Unlimited {
        /// The words.
        word: String,
    },
    /// Over at once: `expired`, `immediately`, `0 days`.
    Over,
    /// A time without a bound, such as `a few seconds`.
    Vague {
        /// The word that leaves it open.
        found: String,
    },
    /// A session that need not end when the browser closes, such as `login session`.
    OtherSession {
        /// The words that speak of it.
        found: String,
    },
    /// A time that counts from something that happens once, such as `13 months from your consent`:
    /// each `Set-Cookie` would let it start anew.
    StartsOnce {
        /// The words behind the time.
        found: String,
    },
    /// Times that are neither one sum, nor equal, nor alternatives: `13 months, 30 minutes`.
    SeveralTimes {
        /// All of them.
        found: String,
    },
    /// A number was expected, and something else found.
    ExpectedNumber {
        /// The text that stands there instead.
        found: String,
    },
    /// A number without a unit.
    MissingUnit {
        /// The number.
        number: u64,
        /// The unit that was probably meant.
        unit: String,
    },
    /// A word that is no unit of time.
    UnknownUnit {
        /// The word.
        unit: String,
    },
    /// `m`, for minutes or for months.
    AmbiguousUnit {
        /// The number before it.
        number: u64,
        /// The unit.
        unit: String,
    },
    /// A unit given twice, or after a smaller one.
    UnitOrder {
        /// The unit out of place.
        unit: String,
    },
    /// Something follows a complete lifetime, or joins it to nothing.
    Trailing {
        /// The text that follows.
        found: String,
    },
    /// A number below zero.
    Negative,
    /// A fraction.
    Fractional,
    /// A separator between the digits of a number.
    Separated {
        /// The number.
        found: String,
    },
    /// A date.
    Date {
        /// The date.
        found: String,
    },
    /// A duration as ISO 8601 writes it.
    Iso8601,
    /// More than 100 years.
    TooLong,
    /// A range whose upper end is below its lower one.
    ReversedRange,
}

impl LifetimeError {
    /// The error's name, which stays the same when its message is worded anew: `unknown-unit`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unstated => "unstated",
            Self::Unlimited { .. } => "unlimited",
            Self::Over => "over",
            Self::Vague { .. } => "vague",
            Self::OtherSession { .. } => "other-session",
            Self::StartsOnce { .. } => "starts-once",
            Self::SeveralTimes { .. } => "several-times",
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
