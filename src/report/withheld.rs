//! A cookie that the application did not get to read (R22).

use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::registry::{Registry, Rule};
use crate::report::Escaped;
use crate::report::StripReason;

/// A cookie of a request that was withheld from the application ([R22](crate::rules#r22)); it holds
/// the cookie's name and never its value.
///
/// It is shown as name and reason: `_ga: withheld: the visitor refused it`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithheldCookie {
    name: Box<str>,
    category: Option<Box<str>>,
    service: Option<Box<str>>,
    reason: StripReason,
}

impl WithheldCookie {
    pub(crate) fn new(
        name: &[u8],
        rule: Option<&Rule>,
        registry: &Registry,
        reason: StripReason,
    ) -> Self {
        WithheldCookie {
            name: String::from_utf8_lossy(name).into(),
            category: rule.map(|rule| registry.name_of(rule.category).into()),
            service: rule.and_then(|rule| rule.service).map(|id| registry.name_of(id).into()),
            reason,
        }
    }

    /// The cookie's name, with U+FFFD for bytes that are not UTF-8. It comes from the network; to show
    /// it, show the whole.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id of the category that the cookie falls under; `None` if it is in no registry.
    pub fn category(&self) -> Option<&str> {
        self.category.as_deref()
    }

    /// The id of the service that the cookie falls under.
    pub fn service(&self) -> Option<&str> {
        self.service.as_deref()
    }

    /// The reason for which a response could not set it for this visitor, so that it was withheld.
    pub fn reason(&self) -> StripReason {
        self.reason
    }
}

impl Serialize for WithheldCookie {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entry = serializer.serialize_struct("WithheldCookie", 4)?;
        entry.serialize_field("name", &self.name)?;
        entry.serialize_field("category", &self.category)?;
        entry.serialize_field("service", &self.service)?;
        entry.serialize_field("reason", &self.reason)?;
        entry.end()
    }
}

impl fmt::Display for WithheldCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: withheld: {}", Escaped(&self.name), self.reason.explanation())
    }
}
