//! The entry of a report on one line.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::report::escaped::Escaped;
use crate::report::verdict::Verdict;
use crate::set_cookie::{Attributes, Edit, Floor, Lifetime};

/// The verdict on one `Set-Cookie` line; it holds the cookie's name and never its value ([R15](crate::rules#r15)).
///
/// It is shown as name and verdict, with what could disturb a terminal or a log escaped:
/// `_ga: strip: the visitor has not decided`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportEntry {
    name: Box<str>,
    category: Option<Box<str>>,
    service: Option<Box<str>>,
    verdict: Verdict,
    lifetime: Lifetime,
    domain: Option<Text>,
    path: Option<Text>,
    raised: Floor,
}

/// The ids of the category and the service that a cookie fell under.
#[derive(Clone, Copy)]
pub(super) struct Home<'a> {
    pub(super) category: Option<&'a str>,
    pub(super) service: Option<&'a str>,
}

/// Most paths are `/`, and take no memory.
type Text = Cow<'static, str>;

impl ReportEntry {
    /// Returns an entry of a line whose name, attributes and home in the registry are these.
    pub(super) fn new(
        name: &[u8],
        attributes: Attributes<'_>,
        home: Home<'_>,
        verdict: Verdict,
        lifetime: Lifetime,
        raised: Floor,
    ) -> Self {
        let (mut domain, mut path) = (None, None);
        for attribute in attributes {
            if attribute.name.eq_ignore_ascii_case(b"path") {
                path = Some(attribute.value);
            } else if attribute.name.eq_ignore_ascii_case(b"domain") {
                domain = Some(attribute.value);
            }
        }
        ReportEntry {
            name: String::from_utf8_lossy(name).into(),
            category: home.category.map(Into::into),
            service: home.service.map(Into::into),
            verdict,
            lifetime,
            domain: domain.map(text),
            path: path.map(text),
            raised,
        }
    }

    /// Returns the cookie's name, with U+FFFD for bytes that are not UTF-8.
    ///
    /// A line without a name is told by the declaration that it fell under, or by `""`. The name
    /// comes from the network, and may hold what disturbs a terminal; to show it, show the entry.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the id of the category that the cookie fell under; `None` if it is in no registry.
    pub fn category(&self) -> Option<&str> {
        self.category.as_deref()
    }

    /// Returns the id of the service that the cookie fell under.
    pub fn service(&self) -> Option<&str> {
        self.service.as_deref()
    }

    /// Returns what happened to the line, and why.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Returns the lifetime that the line asked for, in seconds.
    pub fn lifetime(&self) -> Lifetime {
        self.lifetime
    }

    /// Returns the attributes that the line lacked and leaves with ([R21](crate::rules#r21)).
    pub fn raised(&self) -> Floor {
        self.raised
    }

    /// Returns `true` if the line passes byte for byte.
    pub fn is_unchanged(&self) -> bool {
        self.verdict.is_keep() && self.raised.is_empty()
    }

    /// Returns what is done to the line, where the policy is enforced.
    pub fn edit(&self) -> Edit {
        self.verdict.edit().raising(self.raised)
    }

    /// Returns the domain that the line asked for: its last `Domain` attribute, as written.
    pub fn domain(&self) -> Option<&str> {
        self.domain.as_deref()
    }

    /// Returns the path that the line asked for: its last `Path` attribute, as written.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }
}

/// The fields of the verdict stand among its own, and `raised` only where there is something.
impl Serialize for ReportEntry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = 6 + self.verdict.fields() + usize::from(!self.raised.is_empty());
        let mut entry = serializer.serialize_struct("ReportEntry", fields)?;
        entry.serialize_field("name", &self.name)?;
        entry.serialize_field("category", &self.category)?;
        entry.serialize_field("service", &self.service)?;
        self.verdict.serialize_fields(&mut entry)?;
        entry.serialize_field("lifetime", &self.lifetime)?;
        entry.serialize_field("domain", &self.domain)?;
        entry.serialize_field("path", &self.path)?;
        if !self.raised.is_empty() {
            entry.serialize_field("raised", &self.raised)?;
        }
        entry.end()
    }
}

fn text(bytes: &[u8]) -> Text {
    match bytes {
        b"/" => Cow::Borrowed("/"),
        bytes => Cow::Owned(String::from_utf8_lossy(bytes).into_owned()),
    }
}

impl fmt::Display for ReportEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", Escaped(&self.name), self.verdict)?;
        if self.raised.is_empty() { Ok(()) } else { write!(f, "; with {}", self.raised) }
    }
}
