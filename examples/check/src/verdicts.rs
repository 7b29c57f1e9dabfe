//! Enforcing the policy on one head.

use http::header::{DATE, HeaderMap, HeaderValue, SET_COOKIE};
use serde::Serialize;
use tower_cookie_consent::set_cookie::SetCookie;
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
    let report_only = consent.policy().is_report_only();
    let mut headers = readable_headers(head);
    let report = consent.policy().enforce(consent, &mut headers);
    let mut left = headers.get_all(SET_COOKIE).iter();
    // The lines that are left are those not stripped, in their order.
    let mut judged = report.entries().iter().map(|entry| {
        let stays = report_only || !entry.verdict().is_strip();
        (entry.clone(), if stays { left.next() } else { None })
    });

    let mut enforced = head.start().to_vec();
    let mut entries = Vec::new();
    for line in &head.lines {
        let Some(field) = set_cookie(line) else {
            enforced.extend_from_slice(line.bytes());
            continue;
        };
        if HeaderValue::from_bytes(&field.value).is_err() {
            entries.push(unreadable(&field));
            if report_only {
                enforced.extend_from_slice(line.bytes());
            }
        } else if let Some((entry, value)) = judged.next() {
            entries.push(Judged::ByPolicy(entry));
            match value {
                Some(value) if value == &field.value[..] => {
                    enforced.extend_from_slice(line.bytes());
                }
                Some(value) => enforced.extend(field.with_value(value.as_bytes())),
                None => {}
            }
        }
    }
    enforced.extend_from_slice(&head.end);
    Checked { enforced, findings: Findings { head: head.title(), report_only, entries } }
}

/// What the policy looks at: the `Set-Cookie` lines, and the first `Date`, from which an `Expires`
/// counts.
fn readable_headers(head: &Head) -> HeaderMap {
    let fields = || head.lines.iter().filter_map(Line::field);
    let mut headers = HeaderMap::new();
    if let Some(date) = fields().find(|field| field.is("date")) {
        // A date that cannot be held proves as little as one that cannot be read.
        let date = HeaderValue::from_bytes(&date.value);
        headers.append(DATE, date.unwrap_or(HeaderValue::from_static("unreadable")));
    }
    for field in fields().filter(|field| field.is("set-cookie")) {
        if let Ok(value) = HeaderValue::from_bytes(&field.value) {
            headers.append(SET_COOKIE, value);
        }
    }
    headers
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
