//! What was done to the cookies of one response, and why.

mod verdict;

use std::borrow::Cow;

use serde::Serialize;

pub use crate::report::verdict::{CapReason, KeepReason, StripReason, Verdict};

use crate::registry::{Registry, Rule};
use crate::set_cookie::SetCookie;

/// The verdict on one `Set-Cookie` line; it holds the cookie's name and never its value (R15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportEntry {
    name: Box<str>,
    category: Option<Box<str>>,
    service: Option<Box<str>>,
    #[serde(flatten)]
    verdict: Verdict,
}

impl ReportEntry {
    pub(crate) fn new(
        line: &SetCookie<'_>,
        rule: Option<&Rule>,
        registry: &Registry,
        verdict: Verdict,
    ) -> Self {
        let name = if line.is_nameless() {
            // What such a line is judged by is a value: only the registry's words may be told.
            let declaration = rule.and_then(|rule| registry.declaration_of(rule));
            Cow::Borrowed(declaration.map_or("", |declaration| declaration.name()))
        } else {
            String::from_utf8_lossy(line.name())
        };
        ReportEntry {
            name: name.into(),
            category: rule.map(|rule| registry.name_of(rule.category).into()),
            service: rule.and_then(|rule| rule.service).map(|id| registry.name_of(id).into()),
            verdict,
        }
    }

    /// The cookie's name, with U+FFFD for bytes that are not UTF-8.
    ///
    /// A line without a name is told by the declaration that it fell under, or by `""`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id of the category that the cookie fell under; `None` if it is in no registry.
    pub fn category(&self) -> Option<&str> {
        self.category.as_deref()
    }

    /// The id of the service that the cookie fell under.
    pub fn service(&self) -> Option<&str> {
        self.service.as_deref()
    }

    /// What happened to the line, and why.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }
}

/// The verdicts on all `Set-Cookie` lines of one response, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub(crate) entries: Vec<ReportEntry>,
    pub(crate) report_only: bool,
}

impl Report {
    /// One entry a line, in the order of the response.
    pub fn entries(&self) -> &[ReportEntry] {
        &self.entries
    }

    /// The entries that did not pass byte for byte.
    pub fn changes(&self) -> impl Iterator<Item = &ReportEntry> {
        self.entries.iter().filter(|entry| !entry.verdict.is_keep())
    }

    /// Whether the policy only reported, and left the response as it was (R13).
    pub fn is_report_only(&self) -> bool {
        self.report_only
    }
}
