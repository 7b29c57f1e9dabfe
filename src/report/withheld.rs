//! A cookie that the application did not get to read (R22).

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::registry::{Id, Registry, Rule};
use crate::report::Escaped;
use crate::report::StripReason;

/// A cookie of a request that was withheld from the application ([R22](crate::rules#r22)); it holds
/// the cookie's name and never its value.
///
/// It is shown as name and reason: `_ga: withheld: the visitor refused it`.
#[derive(Clone)]
pub struct WithheldCookie {
    name: Box<str>,
    /// The registry whose ids these are. It is shared, so that only the name takes an allocation.
    registry: Registry,
    category: Option<Id>,
    service: Option<Id>,
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
            registry: registry.clone(),
            category: rule.map(|rule| rule.category),
            service: rule.and_then(|rule| rule.service),
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
        self.category.map(|id| self.registry.name_of(id))
    }

    /// The id of the service that the cookie falls under.
    pub fn service(&self) -> Option<&str> {
        self.service.map(|id| self.registry.name_of(id))
    }

    /// The reason for which a response could not set it for this visitor, so that it was withheld.
    pub fn reason(&self) -> StripReason {
        self.reason
    }
}

/// The same cookie withheld under equal registries is equal, be it the same registry or not.
impl PartialEq for WithheldCookie {
    fn eq(&self, other: &Self) -> bool {
        (self.name(), self.category(), self.service(), self.reason())
            == (other.name(), other.category(), other.service(), other.reason())
    }
}

impl Eq for WithheldCookie {}

impl fmt::Debug for WithheldCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WithheldCookie")
            .field("name", &self.name())
            .field("category", &self.category())
            .field("service", &self.service())
            .field("reason", &self.reason())
            .finish()
    }
}

impl Serialize for WithheldCookie {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entry = serializer.serialize_struct("WithheldCookie", 4)?;
        entry.serialize_field("name", self.name())?;
        entry.serialize_field("category", &self.category())?;
        entry.serialize_field("service", &self.service())?;
        entry.serialize_field("reason", &self.reason)?;
        entry.end()
    }
}

impl fmt::Display for WithheldCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: withheld: {}", Escaped(&self.name), self.reason.explanation())
    }
}

/// The cookies of one request that were withheld, in their order. Copies share the list, and none is made
/// where nothing was withheld.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Withheld(Option<Arc<Vec<WithheldCookie>>>);

impl From<Vec<WithheldCookie>> for Withheld {
    fn from(cookies: Vec<WithheldCookie>) -> Self {
        Withheld((!cookies.is_empty()).then(|| Arc::new(cookies)))
    }
}

impl Deref for Withheld {
    type Target = [WithheldCookie];

    fn deref(&self) -> &[WithheldCookie] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }
}
