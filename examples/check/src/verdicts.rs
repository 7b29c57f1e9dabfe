//! Enforcing the policy on one head.

use std::borrow::Cow;

use http::HeaderValue;
use serde::Serialize;
use tower_cookie_consent::set_cookie::{Edit, SetCookie};
use tower_cookie_consent::{Consent, ReportEntry, Verdict};

use crate::head::Head;
use crate::line::{Field, Line};

/// A head with the policy enforced, and the verdicts on its `Set-Cookie` lines.
pub(crate) struct Checked {
    pub(crate) enforced: Vec<u8>,
    pub(crate) findings: Findings,
}

/// What is told of one head.
#[derive(Serialize)]
pub(crate) struct Findings {
    pub(crate) head: String,
    pub(crate) report_only: bool,
    pub(crate) entries: Vec<Judged>,
}

/// What happened to one line.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Judged {
    ByPolicy(ReportEntry),
    /// A line with control characters, which no header map holds and no browser stores.
    Unreadable {
        name: String,
        verdict: &'static str,
        reason: &'static str,
    },
}

/// Enforces the policy on the `Set-Cookie` lines of a head.
pub(crate) fn check(head: &Head, consent: &Consent) -> Checked {
    let policy = consent.policy();
    let report_only = policy.is_report_only();
    let set = head.lines.iter().filter_map(set_cookie).map(|field| field.value);
    let readable: Vec<_> = set.filter(|value| is_readable(value)).collect();
    let report = policy.judge(consent, &readable, date(head).as_deref());
    let mut judged = report.entries().iter().zip(report.edits());

    let mut enforced = head.start().to_vec();
    let mut entries = Vec::new();
    for line in &head.lines {
        let Some(field) = set_cookie(line) else {
            enforced.extend_from_slice(line.bytes());
            continue;
        };
        let by_policy = if is_readable(&field.value) { judged.next() } else { None };
        let (judged, edit) = match by_policy {
            Some((entry, edit)) => (Judged::ByPolicy(entry.clone()), edit),
            None if report_only => (unreadable(&field), Edit::Keep),
            None => (unreadable(&field), Edit::Strip),
        };
        entries.push(judged);
        match edit.apply(&field.value) {
            Some(Cow::Borrowed(_)) => enforced.extend_from_slice(line.bytes()),
            Some(Cow::Owned(value)) => enforced.extend(field.with_value(&value)),
            None => {}
        }
    }
    enforced.extend_from_slice(&head.end);
    Checked { enforced, findings: Findings { head: head.title(), report_only, entries } }
}

/// The first `Date`, from which an `Expires` counts.
fn date(head: &Head) -> Option<Vec<u8>> {
    let mut fields = head.lines.iter().filter_map(Line::field);
    fields.find(|field| field.is("date")).map(|field| field.value)
}

/// Whether browsers look at the value at all.
fn is_readable(value: &[u8]) -> bool {
    HeaderValue::from_bytes(value).is_ok()
}

fn set_cookie(line: &Line) -> Option<Field<'_>> {
    line.field().filter(|field| field.is("set-cookie"))
}

fn unreadable(field: &Field<'_>) -> Judged {
    let name = String::from_utf8_lossy(SetCookie::parse(&field.value).name()).into_owned();
    Judged::Unreadable { name, verdict: "strip", reason: "control-character" }
}

impl Judged {
    fn policy_entry(&self) -> Option<&ReportEntry> {
        match self {
            Judged::ByPolicy(entry) => Some(entry),
            Judged::Unreadable { .. } => None,
        }
    }
}

impl Checked {
    /// Whether some line was not kept as it was, or would not be.
    pub(crate) fn changes(&self) -> bool {
        self.findings.count(Verdict::is_keep) < self.findings.entries.len()
    }
}

impl Findings {
    /// How many lines the policy gave such a verdict.
    pub(crate) fn count(&self, is: impl Fn(&Verdict) -> bool) -> usize {
        let entries = self.entries.iter().filter_map(Judged::policy_entry);
        entries.filter(|entry| is(&entry.verdict())).count()
    }
}
