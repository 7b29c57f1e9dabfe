//! Tells of single cookies while a policy works, without a report and without values (R15).

use std::borrow::Cow;
use std::fmt;

use crate::registry::{Id, Registry, Rule};
use crate::report::{Escaped, SweptCookie, Verdict, WithheldCookie};
use crate::set_cookie::SetCookie;

/// One cookie of a response or of its request, as
/// [`PolicyBuilder::observe_each`](crate::PolicyBuilder::observe_each) shows it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Observed<'a> {
    /// A `Set-Cookie` line of the response, and the verdict on it.
    Judged(JudgedLine<'a>),
    /// A cookie of the request that the application did not get to read ([R22](crate::rules#r22)).
    Withheld(&'a WithheldCookie),
    /// A cookie of the request that the response deletes ([R19](crate::rules#r19)).
    Swept(&'a SweptCookie),
}

/// The verdict on one `Set-Cookie` line, told while the line is still there; it shows the cookie's name and
/// never its value ([R15](crate::rules#r15)).
#[derive(Clone, Copy)]
pub struct JudgedLine<'a> {
    line: &'a [u8],
    /// The place at which the line was cut: [`SetCookie::rest_at`].
    rest_at: usize,
    rule: Option<&'a Rule>,
    registry: &'a Registry,
    verdict: Verdict,
}

impl<'a> JudgedLine<'a> {
    pub(crate) fn new(
        line: &'a [u8],
        rest_at: usize,
        rule: Option<&'a Rule>,
        registry: &'a Registry,
        verdict: Verdict,
    ) -> Self {
        JudgedLine { line, rest_at, rule, registry, verdict }
    }

    /// Returns the cookie's name, with U+FFFD for bytes that are not UTF-8, as
    /// [`ReportEntry::name`](crate::ReportEntry::name) tells it.
    pub fn name(&self) -> Cow<'a, str> {
        let line = SetCookie::cut_at(self.line, self.rest_at);
        String::from_utf8_lossy(told_name(&line, self.rule, self.registry))
    }

    /// Returns the id of the category that the cookie fell under; `None` if it is in no registry.
    pub fn category(&self) -> Option<&'a str> {
        self.rule.map(|rule| self.name_of(rule.category))
    }

    /// Returns the id of the service that the cookie fell under.
    pub fn service(&self) -> Option<&'a str> {
        self.rule.and_then(|rule| rule.service).map(|id| self.name_of(id))
    }

    /// Returns what happens to the line, and why.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    fn name_of(&self, id: Id) -> &'a str {
        self.registry.name_of(id)
    }
}

/// Returns the name by which a line may be told. A line without a name is judged by its value, so only the
/// registry's words may be told of it.
pub(super) fn told_name<'a>(
    line: &SetCookie<'a>,
    rule: Option<&Rule>,
    registry: &'a Registry,
) -> &'a [u8] {
    if line.is_nameless() {
        let declaration = rule.and_then(|rule| registry.declaration_of(rule));
        return declaration.map_or("", |declaration| declaration.name()).as_bytes();
    }
    line.name()
}

impl fmt::Debug for JudgedLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JudgedLine")
            .field("name", &self.name())
            .field("verdict", &self.verdict)
            .finish_non_exhaustive()
    }
}

/// Says name and verdict, with what could disturb a terminal or a log escaped, as a report does.
impl fmt::Display for JudgedLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", Escaped(&self.name()), self.verdict)
    }
}
