//! Enforces the policy on a response head.

use std::borrow::Cow;

use http::HeaderValue;
use serde::Serialize;
use tower_cookie_consent::set_cookie::{Edit, SetCookie};
use tower_cookie_consent::{Consent, ReportEntry, Verdict};

use crate::head::Head;
use crate::line::{Field, Line};

/// A head on which the policy was enforced, and the verdicts on its `Set-Cookie` lines.
pub(crate) struct Checked {
    pub(crate) enforced: Vec<u8>,
    pub(crate) findings: Findings,
}

/// The verdicts on the lines of one response.
#[derive(Serialize)]
pub(crate) struct Findings {
    pub(crate) head: String,
    pub(crate) report_only: bool,
    pub(crate) entries: Vec<Judged>,
}

/// The verdict on one line.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Judged {
    ByPolicy(ReportEntry),
    /// A line with control characters. No header map can hold it, and no browser stores it.
    Unreadable {
        name: String,
        verdict: &'static str,
        reason: &'static str,
    },
}

/// Enforces the policy on the `Set-Cookie` lines of a head.
pub(crate) fn check(head: &Head, consent: &Consent) -> Checked {
    let set: Vec<_> = head.lines.iter().filter_map(set_cookie).map(|field| field.value).collect();
    let judged = judge_lines(&set, head.date().as_deref(), consent);
    let mut edits = judged.iter().map(|(_, edit)| *edit);
    let mut enforced = head.start().to_vec();
    for line in &head.lines {
        let Some(field) = set_cookie(line) else {
            enforced.extend_from_slice(line.bytes());
            continue;
        };
        // There is an edit for each of these lines.
        let edit = edits.next().unwrap_or(Edit::Strip);
        match edit.apply(&field.value) {
            Some(Cow::Borrowed(_)) => enforced.extend_from_slice(line.bytes()),
            Some(Cow::Owned(value)) => enforced.extend(field.with_value(&value)),
            None => {}
        }
    }
    enforced.extend_from_slice(&head.end);
    let entries = judged.into_iter().map(|(entry, _)| entry).collect();
    Checked { enforced, findings: Findings::new(head.title(), entries, consent) }
}

/// Judges the `Set-Cookie` values of one response.
pub(crate) fn judge(
    title: &str,
    set: &[Vec<u8>],
    date: Option<&[u8]>,
    consent: &Consent,
) -> Findings {
    let judged = judge_lines(set, date, consent);
    Findings::new(title.to_owned(), judged.into_iter().map(|(entry, _)| entry).collect(), consent)
}

/// Returns the verdict on each value, and the edit that carries it out.
fn judge_lines(set: &[Vec<u8>], date: Option<&[u8]>, consent: &Consent) -> Vec<(Judged, Edit)> {
    let policy = consent.policy();
    let readable: Vec<_> = set.iter().filter(|value| is_readable(value)).collect();
    let report = policy.judge(consent, &readable, date);
    let mut by_policy = report.entries().iter().zip(report.edits());
    let unreadable_edit = if policy.is_report_only() { Edit::Keep } else { Edit::Strip };
    let judged = set.iter().map(|value| {
        let of_policy = if is_readable(value) { by_policy.next() } else { None };
        match of_policy {
            Some((entry, edit)) => (Judged::ByPolicy(entry.clone()), edit),
            None => (unreadable(value), unreadable_edit),
        }
    });
    judged.collect()
}

/// Returns `true` if browsers read the value at all.
fn is_readable(value: &[u8]) -> bool {
    HeaderValue::from_bytes(value).is_ok()
}

fn set_cookie(line: &Line) -> Option<Field<'_>> {
    line.field().filter(|field| field.is("set-cookie"))
}

fn unreadable(value: &[u8]) -> Judged {
    let name = String::from_utf8_lossy(SetCookie::parse(value).name()).into_owned();
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

impl Findings {
    fn new(head: String, entries: Vec<Judged>, consent: &Consent) -> Self {
        Findings { head, report_only: consent.policy().is_report_only(), entries }
    }

    /// Returns `true` if a line was stripped or capped, or would be without report-only.
    pub(crate) fn changes(&self) -> bool {
        self.count(Verdict::is_keep) < self.entries.len()
    }

    /// Returns the number of lines whose verdict `is` accepts.
    pub(crate) fn count(&self, is: impl Fn(&Verdict) -> bool) -> usize {
        let entries = self.entries.iter().filter_map(Judged::policy_entry);
        entries.filter(|entry| is(&entry.verdict())).count()
    }
}
