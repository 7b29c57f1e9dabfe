//! Reads ranges and alternatives of times as the longest time that they promise.

use crate::lifetime::error::LifetimeError;
use crate::lifetime::max::MaxLifetime;
use crate::lifetime::sum::Sum;
use crate::lifetime::unit::Unit;
use crate::lifetime::words::Language;

/// One time of a range or of alternatives.
pub(super) enum Part {
    Session,
    Time(Sum),
    /// A number alone: `1` in "1 to 2 years".
    Number(u64),
}

/// The word or sign between two parts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    Or,
    To,
}

/// The longest of the parts. A range must not end below its start.
pub(super) fn longest(parts: &[Part], joints: &[Joint]) -> Result<MaxLifetime, LifetimeError> {
    let lifetimes: Vec<_> =
        (0..parts.len()).map(|at| first(&parts[at..])).collect::<Result<_, _>>()?;
    let mut ends = lifetimes.windows(2).zip(joints);
    if ends.any(|(ends, joint)| *joint == Joint::To && ends[0] > ends[1]) {
        return Err(LifetimeError::ReversedRange);
    }
    Ok(lifetimes.into_iter().max().unwrap_or(MaxLifetime::Session))
}

/// The lifetime of the first part. A number alone has the unit of the next time: "1 to 2 years".
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

/// A number and nothing else. No browser keeps a cookie above 400 days, so more are seconds.
fn bare(number: u64) -> LifetimeError {
    match number {
        0 => LifetimeError::Over,
        1..=400 => missing_unit(number, Unit::Day),
        _ => missing_unit(number, Unit::Second),
    }
}

/// A number that lacks what is probably this unit.
pub(super) fn missing_unit(number: u64, unit: Unit) -> LifetimeError {
    let form = Language::ENGLISH.0.form(number, unit);
    LifetimeError::MissingUnit { number, unit: form.trim_start_matches("# ").to_owned() }
}
