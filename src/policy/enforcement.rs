//! Enforcing a policy on one response.

use std::sync::Arc;

use http::header::{DATE, HeaderMap, SET_COOKIE};

use crate::choice::RequestHeaders;
use crate::headers::set_cookie::{self, Edit};

use crate::policy::judge::Judge;
use crate::policy::{Consent, Policy};
use crate::registry::MaxLifetime;
use crate::report::{Report, ReportEntry, Verdict};
use crate::set_cookie::{ServedAt, SetCookie};

/// What of the verdicts is worth writing down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recording {
    Never,
    /// Only if some line does not pass as it is.
    Changes,
    Always,
}

impl Policy {
    /// Makes a response keep the policy for a visitor, and reports every `Set-Cookie` line.
    pub fn enforce(&self, consent: &Consent, response: &mut HeaderMap) -> Report {
        self.enforce_recording(consent, response, Recording::Always).unwrap_or_default()
    }

    /// [`enforce`](Self::enforce), writing down no more than `recording` asks for.
    pub(crate) fn enforce_recording(
        &self,
        consent: &Consent,
        response: &mut HeaderMap,
        recording: Recording,
    ) -> Option<Report> {
        // Ids are numbers of one registry: under another policy the request is read anew.
        let foreign = !Arc::ptr_eq(&self.0, &consent.policy().0);
        let reread = foreign.then(|| Consent::new(self.clone(), consent.request().clone()));
        let consent = reread.as_ref().unwrap_or(consent);
        let date = response.get(DATE);
        let served_at =
            date.map(|date| ServedAt::date_header(date.as_bytes(), self.epoch_seconds()));
        let renewed = self.consent_renewed_by(consent, response, served_at);
        let consent = renewed.as_ref().unwrap_or(consent);
        let mut judge = Judge::new(self, consent, served_at);

        if recording == Recording::Changes
            && response
                .get_all(SET_COOKIE)
                .iter()
                .all(|line| judge.judge(&SetCookie::parse(line.as_bytes())).0.is_keep())
        {
            return None;
        }
        let mut report = (recording != Recording::Never)
            .then(|| Report { entries: Vec::new(), report_only: self.0.report_only });
        set_cookie::edit_set_cookies(response, |line| {
            let line = SetCookie::parse(line);
            let (verdict, rule) = judge.judge(&line);
            if let Some(report) = &mut report {
                report.entries.push(ReportEntry::new(&line, rule, self.registry(), verdict));
            }
            match verdict {
                _ if self.0.report_only => Edit::Keep,
                Verdict::Keep { .. } => Edit::Keep,
                Verdict::Cap { to: MaxLifetime::Session, .. } => Edit::ReplaceLifetime(None),
                Verdict::Cap { to: MaxLifetime::Seconds(n), .. } => Edit::ReplaceLifetime(Some(n)),
                Verdict::Strip { .. } => Edit::Strip,
            }
        });
        report
    }

    /// The visitor's consent after this response, if it sets or deletes the choice itself (R9).
    fn consent_renewed_by(
        &self,
        consent: &Consent,
        response: &HeaderMap,
        served_at: Option<ServedAt>,
    ) -> Option<Consent> {
        let mut request: Option<RequestHeaders> = None;
        for line in response.get_all(SET_COOKIE) {
            let name = SetCookie::name_of(line.as_bytes());
            if name.is_empty() || !self.owns(name) {
                continue;
            }
            let line = SetCookie::parse(line.as_bytes());
            let request = request.get_or_insert_with(|| consent.request().clone());
            let lifetime = line.lifetime_with(|| {
                served_at.unwrap_or_else(|| ServedAt::clock(self.epoch_seconds()))
            });
            if lifetime.is_proven_deletion() || lifetime.is_unproven_deletion() {
                request.delete(line.name());
            } else {
                request.replace(line.name(), line.value());
            }
        }
        Some(Consent::new(self.clone(), request?))
    }
}
