//! A visitor's decision on one category or service.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::{Serialize, Serializer};

/// A visitor's decision on a category or a service. There is none where nothing was said.
///
/// It is written and read as `granted` or `refused`, by serde too.
///
/// ```
/// use tower_cookie_consent::Decision;
///
/// assert_eq!("granted".parse(), Ok(Decision::Granted));
/// assert_eq!(Decision::Refused.to_string(), "refused");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// The visitor agreed.
    Granted,
    /// The visitor did not agree, or objected.
    Refused,
}

impl Decision {
    /// Every decision.
    pub(crate) const ALL: [Self; 2] = [Self::Granted, Self::Refused];

    /// Its name: `granted` or `refused`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refused => "refused",
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Decision {
    type Err = UnknownDecision;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|decision| decision.as_str() == text).ok_or(UnknownDecision(()))
    }
}

impl Serialize for Decision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Decision {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| D::Error::unknown_variant(&text, &["granted", "refused"]))
    }
}

/// The error of reading a [`Decision`] from a text that names none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownDecision(());

impl fmt::Display for UnknownDecision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("write `granted` or `refused`")
    }
}

impl std::error::Error for UnknownDecision {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r6_every_decision_reads_back_from_its_name() {
        for decision in Decision::ALL {
            assert_eq!(decision.to_string().parse(), Ok(decision));
            let written = serde_json::to_value(decision).unwrap();
            assert_eq!(written, decision.as_str());
            assert_eq!(serde_json::from_value::<Decision>(written).unwrap(), decision);
        }
        for wrong in ["", "true", "Granted", "granted "] {
            assert_eq!(wrong.parse::<Decision>(), Err(UnknownDecision(())), "{wrong:?}");
            assert!(serde_json::from_value::<Decision>(wrong.into()).is_err(), "{wrong:?}");
        }
    }
}
