//! What was done to the cookies of one response, and why (R15).

mod escaped;
mod swept;
mod verdict;
mod withheld;

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

pub use crate::report::escaped::Escaped;
pub use crate::report::swept::SweptCookie;
pub use crate::report::verdict::{CapReason, KeepReason, StripReason, UnknownReason, Verdict};
pub use crate::report::withheld::WithheldCookie;

use crate::registry::{Registry, Rule};
use crate::set_cookie::{Edit, Floor, Lifetime, SetCookie};

/// The verdict on one `Set-Cookie` line; it holds the cookie's name and never its value ([R15](crate::rules#r15)).
///
/// It is shown as name and verdict, with what could disturb a terminal or a log escaped:
/// `_ga: strip: the visitor has not decided`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportEntry {
    name: Box<str>,
    category: Option<Box<str>>,
    service: Option<Box<str>>,
    #[serde(flatten)]
    verdict: Verdict,
    lifetime: Lifetime,
    domain: Option<Text>,
    path: Option<Text>,
    #[serde(skip_serializing_if = "Floor::is_empty")]
    raised: Floor,
}

/// Most paths are `/`, and take no memory.
type Text = Cow<'static, str>;

impl ReportEntry {
    pub(crate) fn new(
        line: &SetCookie<'_>,
        rule: Option<&Rule>,
        registry: &Registry,
        verdict: Verdict,
        lifetime: Lifetime,
        raised: Floor,
    ) -> Self {
        let name = if line.is_nameless() {
            // What such a line is judged by is a value: only the registry's words may be told.
            let declaration = rule.and_then(|rule| registry.declaration_of(rule));
            Cow::Borrowed(declaration.map_or("", |declaration| declaration.name()))
        } else {
            String::from_utf8_lossy(line.name())
        };
        let (mut domain, mut path) = (None, None);
        for attribute in line.attributes() {
            if attribute.name.eq_ignore_ascii_case(b"path") {
                path = Some(attribute.value);
            } else if attribute.name.eq_ignore_ascii_case(b"domain") {
                domain = Some(attribute.value);
            }
        }
        ReportEntry {
            name: name.into(),
            category: rule.map(|rule| registry.name_of(rule.category).into()),
            service: rule.and_then(|rule| rule.service).map(|id| registry.name_of(id).into()),
            verdict,
            lifetime,
            domain: domain.map(text),
            path: path.map(text),
            raised,
        }
    }

    /// The cookie's name, with U+FFFD for bytes that are not UTF-8.
    ///
    /// A line without a name is told by the declaration that it fell under, or by `""`. The name
    /// comes from the network, and may hold what disturbs a terminal; to show it, show the entry.
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

    /// The lifetime that the line asked for, in seconds.
    pub fn lifetime(&self) -> Lifetime {
        self.lifetime
    }

    /// The attributes that the line lacked and leaves with ([R21](crate::rules#r21)).
    pub fn raised(&self) -> Floor {
        self.raised
    }

    /// Whether the line passes byte for byte.
    pub fn is_unchanged(&self) -> bool {
        self.verdict.is_keep() && self.raised.is_empty()
    }

    /// What is done to the line, where the policy is enforced.
    pub fn edit(&self) -> Edit {
        self.verdict.edit().raising(self.raised)
    }

    /// The domain that the line asked for: its last `Domain` attribute, as written.
    pub fn domain(&self) -> Option<&str> {
        self.domain.as_deref()
    }

    /// The path that the line asked for: its last `Path` attribute, as written.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
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

/// The verdicts on all `Set-Cookie` lines of one response, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_field_names, reason = "report-only is the name of a mode")]
pub struct Report {
    pub(crate) entries: Vec<ReportEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) swept: Vec<SweptCookie>,
    #[serde(rename = "report_only")]
    pub(crate) changes_nothing: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) withheld: Vec<WithheldCookie>,
    #[serde(skip)]
    pub(crate) for_one_visitor: bool,
}

impl Report {
    /// One entry a line, in the order of the response.
    pub fn entries(&self) -> &[ReportEntry] {
        &self.entries
    }

    /// The entries that did not pass byte for byte.
    pub fn changes(&self) -> impl Iterator<Item = &ReportEntry> {
        self.entries.iter().filter(|entry| !entry.is_unchanged())
    }

    /// The cookies that the visitor's browser held and that the response deletes, since the policy does
    /// not allow them ([R19](crate::rules#r19)). A policy that only reports deletes nothing.
    pub fn swept(&self) -> &[SweptCookie] {
        &self.swept
    }

    /// Whether the response leaves as it came, line for line, and the application got all cookies of
    /// the request.
    pub fn is_unchanged(&self) -> bool {
        self.swept.is_empty() && self.withheld.is_empty() && self.changes().next().is_none()
    }

    /// The cookies of the request that the application did not get to read
    /// ([R22](crate::rules#r22)), in their order; that it got to read after all if the policy only
    /// reports. Of a response that the layer judged, or of [`Policy::enforce`](crate::Policy::enforce).
    pub fn withheld(&self) -> &[WithheldCookie] {
        &self.withheld
    }

    /// Whether nothing was judged.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.swept.is_empty() && self.withheld.is_empty()
    }

    /// What the policy does to each line, in the order of the response. A policy that only reports
    /// keeps them all ([R13](crate::rules#r13)).
    pub fn edits(&self) -> impl ExactSizeIterator<Item = Edit> {
        self.entries
            .iter()
            .map(|entry| if self.changes_nothing { Edit::Keep } else { entry.edit() })
    }

    /// Whether the response is for this visitor alone, so that no shared cache may keep it
    /// ([R23](crate::rules#r23)): some line did not pass as it was, or passed by the visitor's choice.
    ///
    /// Where a policy edits a response's headers itself, it has seen to this.
    pub fn is_for_one_visitor(&self) -> bool {
        self.for_one_visitor
    }

    /// Whether the policy only reported, and left the response as it was ([R13](crate::rules#r13)).
    pub fn is_report_only(&self) -> bool {
        self.changes_nothing
    }
}

/// A line for each entry, then one for each cookie that was swept.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.iter().try_for_each(|entry| writeln!(f, "{entry}"))?;
        self.swept.iter().try_for_each(|cookie| writeln!(f, "{cookie}"))
    }
}
