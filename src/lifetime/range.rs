//! Reads ranges and alternatives of times as the longest time that they promise.

use crate::lifetime::error::LifetimeError;
use crate::lifetime::max::MaxLifetime;
use crate::lifetime::sum::Sum;
use crate::lifetime::unit::Unit;
use crate::lifetime::words::Language;

/// One time of a range or of several alternatives.
pub(super) enum Part {
    Session,
    Time(Sum),
    /// A number without a unit, such as the `1` of "1 to 2 years".
    Number(u64),
}

/// The word or sign between two parts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    Or,
    To,
}

/// Returns the longest of the parts. A range that ends below its start is an error.
pub(super) fn longest(parts: &[Part], joints: &[Joint]) -> Result<MaxLifetime, LifetimeError> {
    let lifetimes: Vec<_> =
        (0..parts.len()).map(|at| first(&parts[at..])).collect::<Result<_, _>>()?;
    let mut ends = lifetimes.windows(2).zip(joints);
    if ends.any(|(ends, joint)| *joint == Joint::To && ends[0] > ends[1]) {
        return Err(LifetimeError::ReversedRange);
    }
    Ok(lifetimes.into_iter().max().unwrap_or(MaxLifetime::Session))
}

/// Returns the lifetime of the first part. A number without a unit takes the unit of the next time,
/// as in "1 to 2 years".
fn first(parts: &[Part]) -> Result<MaxLifetime, LifetimeError> {
    let [first, next @ ..] = parts else { return Ok(MaxLifetime::Session) };
    match first {
        Part::Session => Ok(MaxLifetime::Session),
        Part::Time(sum) => sum.total(),
        Part::Number(number) => match next.iter().find(|part| !matches!(part, Part::Number(_))) {
            Some(Part::Time(sum)) => Sum::new(*number, sum.smallest_unit())?.total(),
            _ => Err(bare(*number)),
        },
    }
}

/// Returns the error for a number that has no unit. It suggests days up to 400, and seconds above,
/// since no browser keeps a cookie for more than 400 days.
fn bare(number: u64) -> LifetimeError {
    match number {
        0 => LifetimeError::Over,
        1..=400 => missing_unit(number, Unit::Day),
        _ => missing_unit(number, Unit::Second),
    }
}

/// Returns the error for a number whose unit is missing, and suggests this unit.
pub(super) fn missing_unit(number: u64, unit: Unit) -> LifetimeError {
    let form = Language::ENGLISH.0.form(number, unit);
    LifetimeError::MissingUnit { number, unit: form.trim_start_matches("# ").to_owned() }
}
