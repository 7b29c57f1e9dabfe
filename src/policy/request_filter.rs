//! Decides which of a request's cookies the application may read (R22).

use std::cell::OnceCell;

use http::header::HeaderMap;

use crate::choice::Choice;
use crate::headers::cookie::{Pair, left_of, replace_cookies, retain_cookies};
use crate::policy::candidates::Candidates;
use crate::policy::permission::permission_by;
use crate::policy::{Awaiting, Consent, Policy, Visit};
use crate::registry::{Basis, RequestFilter, Rule};
use crate::report::{KeepReason, StripReason, WithheldCookie};

impl Policy {
    /// Returns which of a request's cookies reach the application ([R22](crate::rules#r22)).
    pub fn request_filter(&self) -> RequestFilter {
        self.0.request_filter
    }

    /// Takes away the cookies of a request that the application may not read, and tells of each
    /// ([R22](crate::rules#r22)). The layer does this by itself.
    ///
    /// `consent` is the consent of this request, taken before. A policy that only reports takes
    /// nothing away.
    ///
    /// ```
    /// use http::{HeaderMap, HeaderValue};
    /// use tower_cookie_consent::registry::{Category, RequestFilter};
    /// use tower_cookie_consent::{Policy, Registry};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let essential = Category::necessary("essential").cookie("session");
    /// let analytics = Category::consent("analytics").cookie("_ga");
    /// let builder = Registry::builder().version("1").category(essential).category(analytics);
    /// let policy = Policy::builder(builder.build()?).filter_requests(RequestFilter::All).build();
    ///
    /// let mut request = HeaderMap::new();
    /// request.insert("cookie", HeaderValue::from_static("session=1; _ga=GA1.1"));
    /// let consent = policy.consent(&request);
    /// let withheld = policy.filter_request(&consent, &mut request);
    ///
    /// assert_eq!(request["cookie"], "session=1");
    /// assert_eq!(withheld[0].to_string(), "_ga: withheld: the visitor has not decided");
    /// # Ok(())
    /// # }
    /// ```
    pub fn filter_request(
        &self,
        consent: &Consent,
        request: &mut HeaderMap,
    ) -> Vec<WithheldCookie> {
        let anew = consent.visit().under(self);
        let visit = anew.as_ref().unwrap_or(consent.visit());
        if self.filters_requests() {
            retain_cookies(request, |name| !self.reading(name, || visit.device()).is_withheld());
        }
        visit.withheld()
    }

    /// Returns `true` if the application does not get to read all cookies.
    pub(crate) fn filters_requests(&self) -> bool {
        self.judges_requests() && !self.is_report_only()
    }

    /// Returns `true` if a request's cookies are judged, be it to tell of them alone.
    pub(crate) fn judges_requests(&self) -> bool {
        self.request_filter() != RequestFilter::Off
    }

    /// Decides whether the application may read a request's cookie of this name. A source's cookies are
    /// read by who asks for the choice, whatever the registry says of them.
    #[inline]
    fn reading<'c>(&self, name: &[u8], choice: impl Fn() -> &'c Choice) -> Reading<'_> {
        let registry = self.registry();
        // The consent cookie is in most requests, and in no registry.
        if name == registry.consent_cookie_name().needle() {
            return Reading::Always;
        }
        let rule = match (self.request_filter(), registry.lookup(name)) {
            // Most are necessary.
            (_, Some(rule)) if rule.basis == Basis::Necessary => return Reading::Always,
            (RequestFilter::Off, _) | (RequestFilter::Declared, None) => return Reading::Always,
            (RequestFilter::All, None) => registry.undeclared_rule(),
            (_, declared) => declared,
        };
        match permission_by(registry, rule, choice) {
            Ok(KeepReason::Necessary | KeepReason::Undeclared) => Reading::Always,
            Err(reason) if !self.is_carrier_name(name) => Reading::Withheld(reason, rule),
            _ => Reading::Now,
        }
    }
}

/// The decision on a cookie that a request carries.
enum Reading<'r> {
    /// The application may read it, whatever the visitor chose.
    Always,
    /// The application may read it, as things are.
    Now,
    /// The application may not read it, for this reason and by this rule.
    Withheld(StripReason, Option<&'r Rule>),
}

impl Reading<'_> {
    fn is_withheld(&self) -> bool {
        matches!(self, Reading::Withheld(..))
    }
}

impl Visit {
    /// The cookies of this visitor's request that the application may not read.
    pub(super) fn withheld(&self) -> Vec<WithheldCookie> {
        let policy = self.policy();
        if !policy.judges_requests() {
            return Vec::new();
        }
        let withheld = |pair: Pair<'_>| {
            let name = pair.request_name();
            match policy.reading(name, || self.device()) {
                Reading::Withheld(reason, rule) => {
                    Some(WithheldCookie::new(name, rule, policy.registry(), reason))
                }
                Reading::Always | Reading::Now => None,
            }
        };
        self.candidates().filter_map(withheld).collect()
    }
}

impl Awaiting {
    /// Takes away the cookies of the request that the application may not read; `request` is what they were
    /// kept of. Most of the others need no second look when the response is there, which the visit remembers.
    pub(crate) fn filter_request(&self, request: &mut HeaderMap) {
        let policy = self.policy();
        let own = OnceCell::new();
        let mut candidates = Candidates::default();
        let lines = || self.request().cookie_lines();
        let left = left_of(lines, |number, name| {
            let reading = policy.reading(name, || self.device(&own));
            if !matches!(reading, Reading::Always) || policy.is_memory_name(name) {
                candidates.add(number);
            }
            !reading.is_withheld()
        });
        if let Some(left) = left {
            replace_cookies(request, left);
        }
        if let Some(visit) = self.visit() {
            visit.note_candidates(candidates);
        }
    }
}
