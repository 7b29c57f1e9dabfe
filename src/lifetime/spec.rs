//! Lifetimes in each form in which a site can give them.

use std::fmt;
use std::time::Duration;

use crate::lifetime::error::LifetimeError;
use crate::lifetime::max::MaxLifetime;

/// A lifetime that is given to a builder: a text such as `"30 days"`, a [`Duration`] of whole
/// seconds, or a [`MaxLifetime`].
///
/// A text is parsed by [`RegistryBuilder::build`](crate::registry::RegistryBuilder::build), so that
/// its error is listed together with all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifetimeSpec(Spec);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Spec {
    Text(String),
    Duration(Duration),
    Known(MaxLifetime),
}

impl LifetimeSpec {
    /// Returns the lifetime that was given.
    ///
    /// # Errors
    ///
    /// Returns [`LifetimeError`] if the text cannot be parsed, the duration has a fraction of a
    /// second, or the lifetime is zero or above 100 years.
    pub fn resolve(&self) -> Result<MaxLifetime, LifetimeError> {
        match &self.0 {
            Spec::Text(text) => text.parse(),
            Spec::Duration(duration) if duration.subsec_nanos() > 0 => {
                Err(LifetimeError::Fractional)
            }
            Spec::Duration(duration) => MaxLifetime::Seconds(duration.as_secs()).checked(),
            Spec::Known(lifetime) => lifetime.checked(),
        }
    }
}

/// Prints the lifetime as it was given, for error messages.
impl fmt::Display for LifetimeSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Spec::Text(text) => write!(f, "{text:?}"),
            Spec::Duration(duration) => write!(f, "{duration:?}"),
            Spec::Known(lifetime) => lifetime.fmt(f),
        }
    }
}

impl From<&str> for LifetimeSpec {
    fn from(text: &str) -> Self {
        Self(Spec::Text(text.to_owned()))
    }
}

impl From<String> for LifetimeSpec {
    fn from(text: String) -> Self {
        Self(Spec::Text(text))
    }
}

impl From<Duration> for LifetimeSpec {
    fn from(duration: Duration) -> Self {
        Self(Spec::Duration(duration))
    }
}

impl From<MaxLifetime> for LifetimeSpec {
    fn from(lifetime: MaxLifetime) -> Self {
        Self(Spec::Known(lifetime))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::DAY;

    #[test]
    fn r14_specs_are_checked_however_they_are_given() {
        let cases: [(LifetimeSpec, Result<MaxLifetime, LifetimeError>); 7] = [
            ("1 day".into(), Ok(MaxLifetime::Seconds(DAY))),
            (Duration::from_secs(5).into(), Ok(MaxLifetime::Seconds(5))),
            (Duration::from_millis(1_500).into(), Err(LifetimeError::Fractional)),
            (Duration::ZERO.into(), Err(LifetimeError::Over)),
            (Duration::MAX.into(), Err(LifetimeError::Fractional)),
            (MaxLifetime::Seconds(u64::MAX).into(), Err(LifetimeError::TooLong)),
            (MaxLifetime::Session.into(), Ok(MaxLifetime::Session)),
        ];
        for (spec, want) in cases {
            assert_eq!(spec.resolve(), want, "{spec}");
        }
    }
}
