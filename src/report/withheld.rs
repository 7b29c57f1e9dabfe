//! A cookie that the application did not get to read (R22).

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

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
    /// The registry whose ids these are.
    registry: Registry,
    category: Option<Id>,
    service: Option<Id>,
    reason: StripReason,
}

impl WithheldCookie {
    /// Returns the cookie's name, with U+FFFD for bytes that are not UTF-8. It comes from the network; to show
    /// it, show the whole.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the id of the category that the cookie falls under; `None` if it is in no registry.
    pub fn category(&self) -> Option<&str> {
        self.category.map(|id| self.registry.name_of(id))
    }

    /// Returns the id of the service that the cookie falls under.
    pub fn service(&self) -> Option<&str> {
        self.service.map(|id| self.registry.name_of(id))
    }

    /// Returns the reason for which a response could not set it for this visitor, so that it was withheld.
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

/// The cookies of one request that were withheld, in their order. Copies share what is noted of them, and nothing is
/// allocated where nothing was withheld.
#[derive(Clone, Default)]
pub(crate) struct Withheld(Option<Arc<Notes>>);

impl Withheld {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl Deref for Withheld {
    type Target = [WithheldCookie];

    fn deref(&self) -> &[WithheldCookie] {
        self.0.as_deref().map_or(&[], Notes::cookies)
    }
}

impl PartialEq for Withheld {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Withheld {}

impl fmt::Debug for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&**self).finish()
    }
}

/// The notes of which the cookies are made when somebody first looks. Nobody looks at most reports, and a cookie
/// takes an allocation, where notes of any number take two.
pub(crate) struct Notes {
    registry: Registry,
    /// The names, one behind another, and never a value.
    names: Vec<u8>,
    noted: Vec<Note>,
    cookies: OnceLock<Vec<WithheldCookie>>,
}

struct Note {
    /// The end of the name, which begins where the one before it ends.
    name_end: usize,
    category: Option<Id>,
    service: Option<Id>,
    reason: StripReason,
}

/// The number of bytes that hold the names of the few cookies that are usually withheld.
const USUAL_NAMES: usize = 64;

impl Notes {
    pub(crate) fn new(registry: &Registry) -> Self {
        let (names, noted) = (Vec::new(), Vec::new());
        Notes { registry: registry.clone(), names, noted, cookies: OnceLock::new() }
    }

    /// Notes a cookie, the rule that it falls under, and why it is withheld.
    pub(crate) fn add(&mut self, name: &[u8], rule: Option<&Rule>, reason: StripReason) {
        if self.noted.is_empty() {
            self.names.reserve(USUAL_NAMES);
        }
        self.names.extend_from_slice(name);
        self.noted.push(Note {
            name_end: self.names.len(),
            category: rule.map(|rule| rule.category),
            service: rule.and_then(|rule| rule.service),
            reason,
        });
    }

    fn cookies(&self) -> &[WithheldCookie] {
        self.cookies.get_or_init(|| {
            let mut start = 0;
            let cookie = |note: &Note| {
                let name = self.names.get(start..note.name_end).unwrap_or_default();
                start = note.name_end;
                WithheldCookie {
                    name: String::from_utf8_lossy(name).into(),
                    registry: self.registry.clone(),
                    category: note.category,
                    service: note.service,
                    reason: note.reason,
                }
            };
            self.noted.iter().map(cookie).collect()
        })
    }
}

impl From<Notes> for Withheld {
    fn from(notes: Notes) -> Self {
        Withheld((!notes.noted.is_empty()).then(|| Arc::new(notes)))
    }
}
