//! A policy on one response: made, judged, applied. It may only report (R13), and the site may
//! exempt requests from it (R16).

use http::header::{DATE, HeaderMap, SET_COOKIE};
use http::request;

use crate::headers::set_cookie::{append_set_cookies, edit_set_cookies};
use crate::policy::judge::{Judge, Judgement};
use crate::policy::{Consent, Policy};
use crate::report::{Report, SweptCookie};
use crate::set_cookie::Edit;

impl Policy {
    /// Whether verdicts are only reported ([R13](crate::rules#r13)).
    pub fn is_report_only(&self) -> bool {
        self.0.report_only
    }

    /// Whether the site exempts a request, so that its response passes untouched
    /// ([R16](crate::rules#r16)).
    pub fn is_exempt(&self, request: &request::Parts) -> bool {
        self.0.exempt.as_ref().is_some_and(|exempt| exempt(request))
    }

    pub(crate) fn has_exemptions(&self) -> bool {
        self.0.exempt.is_some()
    }

    /// Makes a response keep the policy for a visitor, and reports every `Set-Cookie` line.
    pub fn enforce(&self, consent: &Consent, response: &mut HeaderMap) -> Report {
        let visit = Visit::judged(self, consent, || lines(response), date(response));
        let sweep = self.swept(consent, || lines(response), date(response));
        let report = visit.report(lines(response), sweep.cookies);
        apply(&report, response);
        append_set_cookies(response, sweep.lines);
        self.tell_caches(consent, report.for_one_visitor, response);
        report
    }

    /// Judges all `Set-Cookie` lines of one response, without a `HeaderMap` to hold them.
    ///
    /// This is for programs that have a response's headers in another form, such as a proxy's
    /// filter. `date` is the response's first `Date` header, from which an `Expires` counts. The
    /// report has an entry for each line, in their order, and [`Report::edits`] says what is to be
    /// done to it. All lines of the response belong into one call, since some may renew the choice
    /// that judges the others ([R9](crate::rules#r9)).
    ///
    /// ```
    /// use http::HeaderMap;
    /// use tower_cookie_consent::{Policy, Registry};
    ///
    /// # let registry = Registry::from_toml("version = '1'\n[categories.essential]\nbasis = 'necessary'\ncookies = { sid = 'session' }").unwrap();
    /// let policy = Policy::new(registry);
    /// let lines = ["sid=1; Max-Age=60; Secure", "_ga=GA1.1"];
    ///
    /// let visitor = policy.consent(&HeaderMap::new());
    /// let report = policy.judge(&visitor, &lines, None);
    ///
    /// let edited = lines.iter().zip(report.edits()).filter_map(|(line, edit)| {
    ///     edit.apply(line.as_bytes()).map(|left| left.into_owned())
    /// });
    /// assert!(edited.eq([b"sid=1; Secure"]));
    /// assert_eq!(report.entries()[1].verdict().as_str(), "strip");
    /// ```
    pub fn judge<L: AsRef<[u8]>>(
        &self,
        consent: &Consent,
        lines: &[L],
        date: Option<&[u8]>,
    ) -> Report {
        let lines = || lines.iter().map(AsRef::as_ref);
        Visit::judged(self, consent, lines, date).report(lines(), Vec::new())
    }

    /// [`enforce`](Self::enforce), with a report only if some line does not pass as it is, or some
    /// cookie of the request was withheld.
    pub(crate) fn enforce_reporting_changes(
        &self,
        consent: &Consent,
        response: &mut HeaderMap,
    ) -> Option<Report> {
        let visit = Visit::judged(self, consent, || lines(response), date(response));
        let sweep = self.swept(consent, || lines(response), date(response));
        if visit.keeps_all(lines(response))
            && sweep.cookies.is_empty()
            && visit.judge.withheld().is_empty()
        {
            let is_personal = visit.is_personal() || !sweep.lines.is_empty();
            append_set_cookies(response, sweep.lines);
            self.tell_caches(consent, is_personal, response);
            return None;
        }
        let report = visit.report(lines(response), sweep.cookies);
        apply(&report, response);
        append_set_cookies(response, sweep.lines);
        self.tell_caches(consent, report.for_one_visitor, response);
        Some(report)
    }

    /// [`enforce`](Self::enforce), without a word and without an allocation for it.
    pub(crate) fn enforce_silently(&self, consent: &Consent, response: &mut HeaderMap) {
        if self.is_report_only() {
            return;
        }
        let swept = self.sweeping(consent, || lines(response), date(response), |_| ());
        let mut judge = Judge::new(self, consent, lines(response), date(response));
        let mut is_personal = !swept.is_empty();
        edit_set_cookies(response, |line| {
            let judgement = judge.judge(line);
            is_personal |= judgement.is_personal();
            judge.edit(line, &judgement)
        });
        append_set_cookies(response, swept);
        self.tell_caches(consent, is_personal, response);
    }
}

/// All lines of one response, judged for one visitor.
struct Visit<'a> {
    judge: Judge<'a>,
    judgements: Vec<Judgement<'a>>,
}

impl<'a> Visit<'a> {
    fn judged<'l, L: Iterator<Item = &'l [u8]>>(
        policy: &'a Policy,
        consent: &'a Consent,
        lines: impl Fn() -> L,
        date: Option<&[u8]>,
    ) -> Self {
        let mut judge = Judge::new(policy, consent, lines(), date);
        let judgements = lines().map(|line| judge.judge(line)).collect();
        Visit { judge, judgements }
    }

    fn keeps_all<'l>(&self, lines: impl Iterator<Item = &'l [u8]>) -> bool {
        lines.zip(&self.judgements).all(|(line, judgement)| {
            judgement.verdict.is_keep() && self.judge.missing(line, judgement).is_empty()
        })
    }

    /// Whether the response is for this visitor alone (R23).
    fn is_personal(&self) -> bool {
        self.judgements.iter().any(Judgement::is_personal)
    }

    fn report<'l>(&self, lines: impl Iterator<Item = &'l [u8]>, swept: Vec<SweptCookie>) -> Report {
        let lines = lines.zip(&self.judgements);
        let entries = lines.map(|(line, judgement)| self.judge.entry(line, judgement)).collect();
        let for_one_visitor = self.is_personal() || !swept.is_empty();
        let changes_nothing = self.judge.is_report_only();
        Report { entries, swept, withheld: self.judge.withheld(), changes_nothing, for_one_visitor }
    }
}

/// Does to the lines of a response what the report on them says.
fn apply(report: &Report, response: &mut HeaderMap) {
    let mut edits = report.edits();
    // There is an edit for each line. Were there none, the line would not have been judged.
    edit_set_cookies(response, |_| edits.next().unwrap_or(Edit::Strip));
}

fn lines(response: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    response.get_all(SET_COOKIE).iter().map(AsRef::as_ref)
}

fn date(response: &HeaderMap) -> Option<&[u8]> {
    response.get(DATE).map(AsRef::as_ref)
}
