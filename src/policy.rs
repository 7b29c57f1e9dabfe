//! The thing that decides: a registry, a consent source and modes, without I/O.

mod builder;
mod consent;
mod judge;
mod leftovers;
mod permission;
mod set_cookies;

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use http::header::{COOKIE, DATE, HeaderMap, HeaderValue, SET_COOKIE};
use http::request;

pub use builder::PolicyBuilder;
pub use consent::Consent;
use judge::Judge;
pub use set_cookies::SetCookies;

use crate::consent::{Choice, ConsentSource, OwnCookie, RequestHeaders, TooLong, own_cookie};
use crate::enforce::{self, Edit};
use crate::registry::{MaxLifetime, Registry};
use crate::report::{Report, ReportEntry, Verdict};
use crate::set_cookie::{ServedAt, SetCookie};

/// A site's cookie policy, ready to be enforced: what it declares, where the visitor's choice is
/// read from, and in which mode. Cloning it is cheap.
///
/// ```
/// use http::HeaderMap;
/// use tower_cookie_consent::{Policy, Registry};
///
/// let policy = Policy::new(Registry::from_toml(r#"
///     version = "1"
///     [categories.analytics]
///     basis = "consent"
///     cookies = ["_ga"]
/// "#)?);
/// let request = HeaderMap::new();
/// let mut response = HeaderMap::new();
/// response.insert("set-cookie", "_ga=1; Max-Age=60".parse().unwrap());
///
/// let report = policy.enforce(&policy.consent(&request), &mut response);
///
/// assert!(!response.contains_key("set-cookie"));
/// assert!(report.entries()[0].verdict().is_strip());
/// # Ok::<(), tower_cookie_consent::ConfigError>(())
/// ```
#[derive(Clone)]
pub struct Policy(Arc<Inner>);

struct Inner {
    registry: Registry,
    source: Box<dyn ConsentSource>,
    clock: Box<dyn Fn() -> SystemTime + Send + Sync>,
    exempt: Option<Box<Exempt>>,
    observer: Option<Box<Observer>>,
    report_only: bool,
}

type Exempt = dyn Fn(&request::Parts) -> bool + Send + Sync;
type Observer = dyn Fn(&Report) + Send + Sync;

/// What of the verdicts is worth writing down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recording {
    Never,
    /// Only if some line does not pass as it is.
    Changes,
    Always,
}

impl Policy {
    /// The policy of a registry, enforced, with the choice read from the crate's own cookie.
    pub fn new(registry: Registry) -> Self {
        Policy::builder(registry).build()
    }

    /// Starts a policy with another source, clock or mode.
    pub fn builder(registry: Registry) -> PolicyBuilder {
        PolicyBuilder::new(registry)
    }

    /// What the site declares.
    pub fn registry(&self) -> &Registry {
        &self.0.registry
    }

    /// Whether verdicts are only reported (R13).
    pub fn is_report_only(&self) -> bool {
        self.0.report_only
    }

    /// Whether the site exempts a request, so that its response passes untouched (R16).
    pub fn is_exempt(&self, request: &request::Parts) -> bool {
        self.0.exempt.as_ref().is_some_and(|exempt| exempt(request))
    }

    pub(crate) fn has_exemptions(&self) -> bool {
        self.0.exempt.is_some()
    }

    pub(crate) fn observer(&self) -> Option<&Observer> {
        self.0.observer.as_deref()
    }

    /// The consent of the visitor who sends these headers.
    ///
    /// This only takes the headers that matter; they are read when the answer is first needed.
    pub fn consent(&self, request: &HeaderMap) -> Consent {
        let names = std::iter::once(&COOKIE).chain(self.0.source.headers());
        let lines = names.flat_map(|name| {
            request.get_all(name).iter().map(|value| (name.clone(), value.clone()))
        });
        Consent::new(self.clone(), lines.collect())
    }

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
        if !response.contains_key(SET_COOKIE) {
            return None;
        }
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
        enforce::edit_set_cookies(response, |line| {
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
            let line = SetCookie::parse(line.as_bytes());
            if line.is_nameless() || !self.owns(line.name()) {
                continue;
            }
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

    fn read(&self, request: &RequestHeaders) -> Choice {
        let choice = self.0.source.read(request, self.registry());
        choice.of_registry(self.registry()).into_owned().current(&self.0.clock)
    }

    /// The crate's own cookie counts even where the source is a closure around it.
    fn owns(&self, cookie_name: &[u8]) -> bool {
        OwnCookie.owns(cookie_name, self.registry())
            || self.0.source.owns(cookie_name, self.registry())
    }

    fn epoch_seconds(&self) -> i64 {
        let since_epoch = (self.0.clock)().duration_since(SystemTime::UNIX_EPOCH);
        since_epoch.map_or(0, |time| i64::try_from(time.as_secs()).unwrap_or(i64::MAX))
    }

    /// The `Set-Cookie` that stores a choice, made now, in the crate's own consent cookie.
    ///
    /// In the same response it already judges the other cookies (R9). [`Consent::store`] adds what
    /// has to be deleted with it.
    ///
    /// # Errors
    /// [`TooLong`] if the choice decides on so many services that browsers would not store it.
    pub fn set_cookie(&self, choice: &Choice) -> Result<HeaderValue, TooLong> {
        own_cookie::set_cookie(&choice.of_registry(self.registry()).made(), (self.0.clock)())
    }

    /// The `Set-Cookie` that deletes the crate's own consent cookie: the visitor is undecided again.
    ///
    /// [`Consent::withdraw`] adds what has to be deleted with it.
    pub fn delete_cookie(&self) -> HeaderValue {
        own_cookie::delete_cookie(self.registry())
    }
}

impl From<Registry> for Policy {
    fn from(registry: Registry) -> Self {
        Policy::new(registry)
    }
}

impl From<PolicyBuilder> for Policy {
    fn from(builder: PolicyBuilder) -> Self {
        builder.build()
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy")
            .field("registry", self.registry())
            .field("report_only", &self.0.report_only)
            .finish_non_exhaustive()
    }
}
