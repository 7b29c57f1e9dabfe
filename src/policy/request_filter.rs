//! Decides which of a request's cookies the application may read (R22).

use std::cell::OnceCell;

use http::header::HeaderMap;

use crate::choice::Choice;
use crate::headers::cookie::{left_of, replace_cookies, retain_cookies};
use crate::policy::candidates::Candidates;
use crate::policy::permission::permission_by;
use crate::policy::{Awaiting, Consent, Policy, Visit};
use crate::registry::{Basis, RequestFilter, Rule};
use crate::report::{KeepReason, Notes, StripReason, Withheld, WithheldCookie};

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
        visit.withheld().to_vec()
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
    fn reading<'c>(&self, name: &[u8], choice: impl Fn() -> &'c Choice) -> Reading<'_> {
        match self.looked_up(name) {
            LookedUp::Passes => Reading::Always,
            LookedUp::Judged(rule) => self.reading_by(name, rule, choice),
        }
    }

    /// Looks up whether a request's cookie of this name passes unjudged, as most do.
    #[inline]
    fn looked_up(&self, name: &[u8]) -> LookedUp<'_> {
        let registry = self.registry();
        // The consent cookie is in most requests, and in no registry.
        if name == registry.consent_cookie_name().needle() {
            return LookedUp::Passes;
        }
        match registry.lookup(name) {
            Some(rule) if rule.basis == Basis::Necessary && !self.is_memory_name(name) => {
                LookedUp::Passes
            }
            rule => LookedUp::Judged(rule),
        }
    }

    /// [`reading`](Self::reading) of a cookie that falls under this rule, or under none.
    #[inline]
    fn reading_by<'r, 'c>(
        &'r self,
        name: &[u8],
        rule: Option<&'r Rule>,
        choice: impl Fn() -> &'c Choice,
    ) -> Reading<'r> {
        let registry = self.registry();
        let rule = match (self.request_filter(), rule) {
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

/// A cookie of a request, when its name was looked up.
enum LookedUp<'r> {
    /// It stays, and need not be looked at again when the response is there.
    Passes,
    /// It falls under this rule, or under none.
    Judged(Option<&'r Rule>),
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
    pub(super) fn withheld(&self) -> Withheld {
        let policy = self.policy();
        if !policy.judges_requests() {
            return Withheld::default();
        }
        if let Some(withheld) = self.noted().withheld() {
            return withheld;
        }
        let mut notes = Notes::new(policy.registry());
        for pair in self.candidates() {
            let name = pair.request_name();
            if let Reading::Withheld(reason, rule) = policy.reading(name, || self.device()) {
                notes.add(name, rule, reason);
            }
        }
        Withheld::from(notes)
    }
}

impl Awaiting {
    /// Takes away the cookies of the request that the application may not read; `request` is what they were
    /// kept of. Most of the others need no second look when the response is there, which the visit remembers,
    /// and if somebody `listens`, what was withheld, too.
    pub(crate) fn filter_request(&self, request: &mut HeaderMap, listens: bool) {
        let listed = self.visit().filter(|_| listens).map(|_| Notes::new(self.policy().registry()));
        let mut filter = Filter {
            awaiting: self,
            own: OnceCell::new(),
            candidates: Candidates::default(),
            listed,
        };
        let policy = self.policy();
        let lines = || self.request().cookie_lines();
        let left = left_of(lines, |number, name| match policy.looked_up(name) {
            LookedUp::Passes => true,
            LookedUp::Judged(rule) => filter.keeps(number, name, rule),
        });
        if let Some(left) = left {
            replace_cookies(request, left);
        }
        if let Some(visit) = self.visit() {
            visit.noted().note(filter.candidates);
            if let Some(notes) = filter.listed {
                visit.noted().list(notes);
            }
        }
    }

    /// Returns `false` if it is known that the application got all cookies of the request.
    pub(crate) fn may_withhold(&self) -> bool {
        self.policy().judges_requests()
            && !self.visit().is_some_and(|visit| visit.noted().withheld_none())
    }
}

/// The filter at work on one request.
struct Filter<'a> {
    awaiting: &'a Awaiting,
    /// The device's choice, if there is no copy of the consent that could remember it.
    own: OnceCell<Choice>,
    candidates: Candidates,
    /// The cookies that were withheld, if they are to be told.
    listed: Option<Notes>,
}

impl Filter<'_> {
    /// Returns `true` if the application may read a cookie that is not among the many that pass. It is no part of the
    /// loop over all cookies, so that the loop stays small.
    #[inline(never)]
    fn keeps(&mut self, number: usize, name: &[u8], rule: Option<&Rule>) -> bool {
        let policy = self.awaiting.policy();
        let reading = policy.reading_by(name, rule, || self.awaiting.device(&self.own));
        if !matches!(reading, Reading::Always) || policy.is_memory_name(name) {
            self.candidates.add(number);
        }
        let Reading::Withheld(reason, rule) = reading else { return true };
        if let Some(listed) = &mut self.listed {
            listed.add(name, rule, reason);
        }
        false
    }
}
