//! Tells what was deleted without being asked for (R19), without values (R15).

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::registry::{Id, Registry, Rule};
use crate::report::{Escaped, StripReason};

/// A cookie that the visitor's browser held, and that a response deletes since the policy does not
/// allow it ([R19](crate::rules#r19)).
///
/// It is shown as name and reason, with what could disturb a terminal or a log escaped:
/// `_ga: sweep: the visitor refused it`.
#[derive(Clone)]
pub struct SweptCookie {
    name: Box<str>,
    /// The registry whose ids these are. It is shared, so that only the name takes an allocation.
    registry: Registry,
    category: Id,
    service: Option<Id>,
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
            registry: registry.clone(),
            category: rule.category,
            service: rule.service,
            reason,
            lines,
        }
    }

    /// Returns the cookie's name, with U+FFFD for bytes that are not UTF-8; of one without a name, that of its
    /// declaration. It comes from the network, and may hold what disturbs a terminal; to show it, show
    /// the whole.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the id of its category.
    pub fn category(&self) -> &str {
        self.registry.name_of(self.category)
    }

    /// Returns the id of its service.
    pub fn service(&self) -> Option<&str> {
        self.service.map(|id| self.registry.name_of(id))
    }

    /// Returns the reason for which the policy does not allow it.
    pub fn reason(&self) -> StripReason {
        self.reason
    }

    /// Returns the number of lines that delete it, one for each place where the browser may hold it.
    pub fn lines(&self) -> usize {
        self.lines
    }
}

/// The same cookie deleted under equal registries is equal, be it the same registry or not.
impl PartialEq for SweptCookie {
    fn eq(&self, other: &Self) -> bool {
        (self.name(), self.category(), self.service(), self.reason(), self.lines())
            == (other.name(), other.category(), other.service(), other.reason(), other.lines())
    }
}

impl Eq for SweptCookie {}

impl fmt::Debug for SweptCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SweptCookie")
            .field("name", &self.name())
            .field("category", &self.category())
            .field("service", &self.service())
            .field("reason", &self.reason())
            .field("lines", &self.lines())
            .finish()
    }
}

/// The key `verdict`, which the entries of a report have too, is `sweep`.
impl Serialize for SweptCookie {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entry = serializer.serialize_struct("SweptCookie", 6)?;
        entry.serialize_field("name", &self.name)?;
        entry.serialize_field("category", self.category())?;
        entry.serialize_field("service", &self.service())?;
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
