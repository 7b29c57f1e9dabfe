//! A policy on one response: made, judged, applied. It may only report (R13), and the site may
//! exempt requests from it (R16).

use std::iter;

use http::header::{DATE, GetAll, HeaderMap, HeaderValue, SET_COOKIE};
use http::request;

use crate::few::Few;
use crate::headers::has_header;
use crate::headers::set_cookie::{append_set_cookies, edit_set_cookies};
use crate::policy::judge::{Judge, Judgement};
#[cfg(feature = "tracing")]
use crate::policy::undeclared;
use crate::policy::{Consent, EachObserver, Policy, Visit};
use crate::report::{JudgedLine, Observed, Report, Told};
#[cfg(feature = "tracing")]
use crate::report::{Ruling, StripReason};
use crate::set_cookie::{Edit, SetCookie};

impl Policy {
    /// Returns `true` if verdicts are only reported ([R13](crate::rules#r13)).
    pub fn is_report_only(&self) -> bool {
        self.0.report_only
    }

    /// Returns `true` if the site exempts a request, so that its response passes untouched
    /// ([R16](crate::rules#r16)).
    pub fn is_exempt(&self, request: &request::Parts) -> bool {
        self.0.exempt.as_ref().is_some_and(|exempt| exempt(request))
    }

    pub(crate) fn has_exemptions(&self) -> bool {
        self.0.exempt.is_some()
    }

    /// Makes a response keep the policy for a visitor, and reports every `Set-Cookie` line. The
    /// policy's [observer](crate::PolicyBuilder::observe) is shown the report, as behind the layer.
    pub fn enforce(&self, consent: &Consent, response: &mut HeaderMap) -> Report {
        let report = match consent.visit().under(self) {
            Some(visit) => enforce_reporting_all(&visit, response),
            None => enforce_reporting_all(consent.visit(), response),
        };
        self.show(&report);
        report
    }

    /// Makes a response keep the policy as [`enforce`](Self::enforce) does, for programs that read no report. Without an
    /// [observer of reports](crate::PolicyBuilder::observe), none is made, which takes less time and no memory.
    ///
    /// ```
    /// use http::{HeaderMap, HeaderValue};
    /// use tower_cookie_consent::{Policy, Registry};
    ///
    /// let policy = Policy::new(Registry::from_toml("version = '1'\ncategories.essential.basis = 'necessary'")?);
    /// let visitor = policy.consent(&HeaderMap::new());
    /// let mut response = HeaderMap::new();
    /// response.insert("set-cookie", HeaderValue::from_static("tracker=1"));
    /// policy.enforce_unreported(&visitor, &mut response);
    /// assert!(!response.contains_key("set-cookie"));
    /// # Ok::<(), tower_cookie_consent::ConfigError>(())
    /// ```
    pub fn enforce_unreported(&self, consent: &Consent, response: &mut HeaderMap) {
        let anew = consent.visit().under(self);
        let visit = anew.as_ref().unwrap_or(consent.visit());
        match (self.observer(), self.each_observer()) {
            (Some(_), _) => self.show(&enforce_reporting_all(visit, response)),
            (None, Some(observer)) => enforce_showing_each(visit, observer, response),
            (None, None) => enforce_silently(visit, response),
        }
    }

    /// Shows a report to the policy's observer, if there is one, unless there is nothing in it.
    pub(crate) fn show(&self, report: &Report) {
        if let Some(observer) = self.observer()
            && !report.is_empty()
        {
            observer(report);
        }
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
        let anew = consent.visit().under(self);
        let visit = anew.as_ref().unwrap_or(consent.visit());
        let mut judge = Judge::new(visit, lines(), date);
        let told = Told { swept: Vec::new(), withheld: visit.withheld() };
        Judgements::of(&mut judge, lines()).report(&judge, lines(), told)
    }
}

/// Enforces the policy on a response, and reports every line.
pub(crate) fn enforce_reporting_all(visit: &Visit, response: &mut HeaderMap) -> Report {
    if !has_header(response, &SET_COOKIE) {
        return enforce_where_nothing_is_set(visit, response);
    }
    let (set_cookies, date) = (response.get_all(SET_COOKIE), date(response));
    let lines = || lines(&set_cookies);
    let mut judge = Judge::new(visit, lines(), date);
    let judgements = Judgements::of(&mut judge, lines());
    let (added, swept) = visit.sweep(lines, date);
    let told = Told { swept, withheld: visit.withheld() };
    judgements.show_each(&judge, lines(), &told);
    let mut report = judgements.report(&judge, lines(), told);
    report.for_one_visitor |= !added.is_empty();
    judgements.apply(visit.policy(), response);
    visit.policy().tell_caches(visit, report.is_for_one_visitor(), response);
    append_set_cookies(response, added.into_values());
    report
}

/// Enforces the policy on a response, with a report only if something changes there, or some cookie of
/// the request was withheld.
pub(crate) fn enforce_reporting_changes(visit: &Visit, response: &mut HeaderMap) -> Option<Report> {
    if !has_header(response, &SET_COOKIE) {
        let report = enforce_where_nothing_is_set(visit, response);
        return (!report.is_empty()).then_some(report);
    }
    let (set_cookies, date) = (response.get_all(SET_COOKIE), date(response));
    let lines = || lines(&set_cookies);
    let mut judge = Judge::new(visit, lines(), date);
    let judgements = Judgements::of(&mut judge, lines());
    let (added, swept) = visit.sweep(lines, date);
    let is_personal = judge.is_personal() || !added.is_empty();
    let told = Told { swept, withheld: visit.withheld() };
    judgements.show_each(&judge, lines(), &told);
    let mut report = None;
    if !told.is_empty() || !judgements.keep_all() {
        let report = report.insert(judgements.report(&judge, lines(), told));
        report.for_one_visitor |= is_personal;
        judgements.apply(visit.policy(), response);
    }
    visit.policy().tell_caches(visit, is_personal, response);
    append_set_cookies(response, added.into_values());
    report
}

/// Enforces the policy on a response without a line to judge, as most are with which something is swept.
fn enforce_where_nothing_is_set(visit: &Visit, response: &mut HeaderMap) -> Report {
    let policy = visit.policy();
    let (added, swept) = visit.sweep(iter::empty, None);
    let told = Told { swept, withheld: visit.withheld() };
    if let Some(observer) = policy.each_observer() {
        show_told(&told, observer);
    }
    let mut report = Report::of_nothing_set(policy.is_report_only(), told);
    report.for_one_visitor |= !added.is_empty();
    policy.tell_caches(visit, !added.is_empty(), response);
    append_set_cookies(response, added.into_values());
    report
}

/// Enforces the policy on a response, and shows each cookie as it is judged, without an allocation for it.
pub(crate) fn enforce_showing_each(
    visit: &Visit,
    observer: &EachObserver,
    response: &mut HeaderMap,
) {
    let policy = visit.policy();
    let (set_cookies, date) = (response.get_all(SET_COOKIE), date(response));
    let lines = || lines(&set_cookies);
    let (added, swept) = visit.sweep(lines, date);
    let mut judge = Judge::new(visit, lines(), date);
    edit_set_cookies(response, |line| {
        let judgement = judged(&mut judge, line);
        judgement.show(&judge, line, observer);
        if policy.is_report_only() { Edit::Keep } else { judgement.edit() }
    });
    show_told(&Told { swept, withheld: visit.withheld() }, observer);
    policy.tell_caches(visit, judge.is_personal() || !added.is_empty(), response);
    append_set_cookies(response, added.into_values());
}

/// Judges the lines of a response for the warnings alone, where the log takes them.
#[cfg(feature = "tracing")]
fn warn_only(visit: &Visit, response: &HeaderMap) {
    if !undeclared::warnings_are_wanted() {
        return;
    }
    let set_cookies = response.get_all(SET_COOKIE);
    let mut judge = Judge::new(visit, lines(&set_cookies), date(response));
    for line in lines(&set_cookies) {
        judged(&mut judge, line);
    }
}

/// Judges a line, and warns if it is stripped since the registry declares it nowhere.
#[inline]
fn judged<'a>(judge: &mut Judge<'a>, line: &[u8]) -> Judgement<'a> {
    let judgement = judge.judge(line);
    #[cfg(feature = "tracing")]
    if judgement.ruling == Ruling::Strip(StripReason::Undeclared) {
        undeclared::warn(&judgement.told(judge, line), judge.policy());
    }
    judgement
}

impl<'a> Judgement<'a> {
    /// Returns what is told of a line while it is there, as it was before the policy edits it.
    fn told<'l>(&self, judge: &Judge<'l>, line: &'l [u8]) -> JudgedLine<'l>
    where
        'a: 'l,
    {
        let Judgement { ruling, rule, rest_at, .. } = *self;
        let asked = || judge.served.lifetime(&SetCookie::cut_at(line, rest_at));
        JudgedLine::new(line, rest_at, rule, judge.policy().registry(), ruling.verdict(asked))
    }

    /// Shows a line with the verdict on it.
    fn show(&self, judge: &Judge<'a>, line: &[u8], observer: &EachObserver) {
        observer(Observed::Judged(self.told(judge, line)));
    }
}

fn show_told(told: &Told, observer: &EachObserver) {
    told.withheld.iter().map(Observed::Withheld).for_each(observer);
    told.swept.iter().map(Observed::Swept).for_each(observer);
}

/// Enforces the policy on a response, without a word and without an allocation for it.
pub(crate) fn enforce_silently(visit: &Visit, response: &mut HeaderMap) {
    if visit.policy().is_report_only() {
        #[cfg(feature = "tracing")]
        warn_only(visit, response);
        return;
    }
    let (added, is_personal);
    if visit.page().navigation().is_some() && !has_header(response, &SET_COOKIE) {
        // A page that sets nothing is most of what is swept.
        added = visit.sweep_silently(iter::empty, None);
        is_personal = !added.is_empty();
    } else {
        let (set_cookies, date) = (response.get_all(SET_COOKIE), date(response));
        let lines = || lines(&set_cookies);
        added = visit.sweep_silently(lines, date);
        let mut judge = Judge::new(visit, lines(), date);
        edit_set_cookies(response, |line| judged(&mut judge, line).edit());
        is_personal = judge.is_personal() || !added.is_empty();
    }
    // The caches are told first, since that goes through all lines.
    visit.policy().tell_caches(visit, is_personal, response);
    if !added.is_empty() {
        append_set_cookies(response, added.into_values());
    }
}

/// The judgements on all lines of one response, in their order. Those on the usual response allocate nothing.
struct Judgements<'a>(Few<Judgement<'a>>);

impl<'a> Judgements<'a> {
    fn of<'l>(judge: &mut Judge<'a>, lines: impl Iterator<Item = &'l [u8]>) -> Self {
        let mut judgements = Few::new();
        for line in lines {
            judgements.push(judged(judge, line));
        }
        Judgements(judgements)
    }

    /// Returns `true` if every line passes byte for byte.
    fn keep_all(&self) -> bool {
        self.0.iter().all(Judgement::keeps)
    }

    fn report<'l>(
        &self,
        judge: &Judge<'a>,
        lines: impl Iterator<Item = &'l [u8]>,
        told: Told,
    ) -> Report {
        let policy = judge.policy();
        let served_at = judge.served.at();
        let mut report =
            Report::new(policy.registry(), served_at, policy.is_report_only(), self.0.len());
        for (at, line) in lines.enumerate() {
            if let Some(Judgement { ruling, rule, missing, rest_at }) = self.0.get(at) {
                report.add(&SetCookie::cut_at(line, *rest_at), *rule, *ruling, *missing);
            }
        }
        report.for_one_visitor = judge.is_personal()
            || !told.swept.is_empty()
            || !self.0.is_empty() && policy.is_picked_by_anything();
        report.told = told;
        report
    }

    /// Shows each cookie to the policy's observer of single ones, if there is one.
    fn show_each<'l>(&self, judge: &Judge<'a>, lines: impl Iterator<Item = &'l [u8]>, told: &Told) {
        let Some(observer) = judge.policy().each_observer() else { return };
        for (at, line) in lines.enumerate() {
            if let Some(judgement) = self.0.get(at) {
                judgement.show(judge, line, observer);
            }
        }
        show_told(told, observer);
    }

    /// Does to the lines what was judged, unless the policy only reports.
    fn apply(&self, policy: &Policy, response: &mut HeaderMap) {
        if policy.is_report_only() {
            return;
        }
        let mut at = 0;
        edit_set_cookies(response, |_| {
            // There is a judgement for each line. Were there none, the line would not have been judged.
            let edit = self.0.get(at).map_or(Edit::Strip, Judgement::edit);
            at += 1;
            edit
        });
    }
}

/// The lines of a response, which were looked up once for all passes over them.
fn lines<'l>(set_cookies: &GetAll<'l, HeaderValue>) -> impl Iterator<Item = &'l [u8]> {
    set_cookies.iter().map(AsRef::as_ref)
}

fn date(response: &HeaderMap) -> Option<&[u8]> {
    // Few inner services set a `Date`, so it is looked up only if it is there.
    if has_header(response, &DATE) { response.get(DATE).map(AsRef::as_ref) } else { None }
}
