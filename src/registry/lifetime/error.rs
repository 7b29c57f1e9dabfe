//! What can be wrong with a lifetime.

use std::fmt;

/// Why a text is no lifetime. Its `Display` goes on from "the lifetime …" and says what to write
/// instead.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LifetimeError {
    /// Nothing was written.
    Empty,
    /// A word that promises no end, such as `persistent` or `illimité`.
    Unlimited {
        /// The word.
        word: String,
    },
    /// A number was expected, and something else found.
    ExpectedNumber {
        /// What stands there instead.
        found: String,
    },
    /// A number without a unit.
    MissingUnit {
        /// The number.
        number: u64,
    },
    /// A word that is no unit of time.
    UnknownUnit {
        /// The word.
        unit: String,
    },
    /// A unit given twice, or after a smaller one.
    UnitOrder {
        /// The unit out of place.
        unit: String,
    },
    /// Something follows a complete lifetime, or joins it to nothing.
    Trailing {
        /// What follows.
        found: String,
    },
    /// A number below zero.
    Negative,
    /// A fraction, or a separator between digits.
    Fractional,
    /// A lifetime of no time at all.
    Zero,
    /// More than 100 years.
    TooLong,
    /// A range whose upper end is below its lower one.
    ReversedRange,
}

impl fmt::Display for LifetimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty; write `session` or a time such as `30 days`"),
            Self::Unlimited { .. } => f.write_str(
                "promises no end; leave `lifetime` out where nothing is promised, or promise a time \
                 such as `1 year`",
            ),
            Self::ExpectedNumber { found } => write!(
                f,
                "has {found:?} where a number is expected; write `session` or a time such as \
                 `30 days`"
            ),
            Self::MissingUnit { number } => {
                write!(f, "has no unit after {number}; write `{number} days`, for example")
            }
            Self::UnknownUnit { unit } => write!(
                f,
                "has the unknown unit {unit:?}; write seconds, minutes, hours, days, weeks, months \
                 or years, in English or French"
            ),
            Self::UnitOrder { unit } => write!(
                f,
                "has {unit:?} twice or after a smaller unit; write each unit once, the largest \
                 first, and a range as `1 year to 2 years`"
            ),
            Self::Trailing { found } => {
                write!(f, "goes on with {found:?}; write one time, or a range of two")
            }
            Self::Negative => f.write_str(
                "is negative; to forbid the cookies give their category the basis `prohibited`",
            ),
            Self::Fractional => {
                f.write_str("is not a whole number; write `18 months` for one year and a half")
            }
            Self::Zero => f.write_str(
                "is no time at all; write `session`, or give the category the basis `prohibited`",
            ),
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
