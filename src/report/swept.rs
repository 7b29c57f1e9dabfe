//! Tells what was deleted without being asked for (R19), without values (R15).

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::registry::{Registry, Rule};
use crate::report::{Escaped, StripReason};

/// A cookie that the visitor's browser held, and that a response deletes since the policy does not
/// allow it ([R19](crate::rules#r19)).
///
/// It is shown as name and reason, with what could disturb a terminal or a log escaped:
/// `_ga: sweep: the visitor refused it`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SweptCookie {
    name: Box<str>,
    category: Box<str>,
    service: Option<Box<str>>,
    reason: StripReason,
    lines: usize,
}

impl SweptCookie {
    /// A cookie without a name is told by its declaration: what the request shows of it is its value.
    pub(crate) fn new(
        name: Option<&[u8]>,
        rule: &Rule,
        registry: &Registry,
        reason: StripReason,
        lines: usize,
    ) -> Self {
        let declared = || registry.declaration_of(rule).map_or("", |declared| declared.name());
        let name = name.map_or_else(|| Cow::Borrowed(declared()), String::from_utf8_lossy);
        SweptCookie {
            name: name.into(),
            category: registry.name_of(rule.category).into(),
            service: rule.service.map(|id| registry.name_of(id).into()),
            reason,
            lines,
        }
    }

    /// The cookie's name, with U+FFFD for bytes that are not UTF-8; of one without a name, that of its
    /// declaration. It comes from the network, and may hold what disturbs a terminal; to show it, show
    /// the whole.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id of its category.
    pub fn category(&self) -> &str {
        &self.category
    }

    /// The id of its service.
    pub fn service(&self) -> Option<&str> {
        self.service.as_deref()
    }

    /// The reason for which the policy does not allow it.
    pub fn reason(&self) -> StripReason {
        self.reason
    }

    /// The number of lines that delete it, one for each place where the browser may hold it.
    pub fn lines(&self) -> usize {
        self.lines
    }
}

/// The key `verdict`, which the entries of a report have too, is `sweep`.
impl Serialize for SweptCookie {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entry = serializer.serialize_struct("SweptCookie", 6)?;
        entry.serialize_field("name", &self.name)?;
        entry.serialize_field("category", &self.category)?;
        entry.serialize_field("service", &self.service)?;
        entry.serialize_field("verdict", "sweep")?;
        entry.serialize_field("reason", &self.reason)?;
        entry.serialize_field("lines", &self.lines)?;
        entry.end()
    }
}

impl fmt::Display for SweptCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: sweep: {}", Escaped(&self.name), self.reason.explanation())
    }
}
