//! Decides which of a request's cookies the application may read (R22).

use std::cell::OnceCell;

use http::header::HeaderMap;

use crate::choice::Choice;
use crate::headers::cookie::retain_cookies;
use crate::policy::permission::permission;
use crate::policy::{Awaiting, Consent, Policy, Visit};
use crate::registry::{RequestFilter, Rule};
use crate::report::{StripReason, WithheldCookie};

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
            retain_cookies(request, |name| self.withholds(name, || visit.device()).is_none());
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

    /// Why the application may not read a cookie of this name, and by which rule; `None` if it may.
    /// A source's cookies are read by who asks for the choice, whatever the registry says of them.
    fn withholds<'c>(
        &self,
        name: &[u8],
        choice: impl Fn() -> &'c Choice,
    ) -> Option<(StripReason, Option<&Rule>)> {
        let registry = self.registry();
        let declared = registry.lookup(name);
        let rule = match self.request_filter() {
            RequestFilter::All => declared.or_else(|| registry.undeclared_rule()),
            RequestFilter::Declared => Some(declared?),
            RequestFilter::Off => return None,
        };
        let reason = match rule {
            Some(rule) => permission(rule.basis, rule.category, rule.service, choice).err()?,
            None if registry.keeps_undeclared() => return None,
            None => StripReason::Undeclared,
        };
        (!self.is_carrier_name(name)).then_some((reason, rule))
    }
}

impl Visit {
    /// The cookies of this visitor's request that the application may not read.
    pub(super) fn withheld(&self) -> Vec<WithheldCookie> {
        let policy = self.policy();
        if !policy.judges_requests() {
            return Vec::new();
        }
        let cookies = self.request().carried().map(|(name, _)| name);
        cookies
            .filter_map(|name| {
                let (reason, rule) = policy.withholds(name, || self.device())?;
                Some(WithheldCookie::new(name, rule, policy.registry(), reason))
            })
            .collect()
    }
}

impl Awaiting {
    /// Takes away the cookies of the request that the application may not read.
    pub(crate) fn filter_request(&self, request: &mut HeaderMap) {
        let policy = self.policy();
        let own = OnceCell::new();
        let choice = || self.device(&own);
        retain_cookies(request, |name| policy.withholds(name, choice).is_none());
    }
}
