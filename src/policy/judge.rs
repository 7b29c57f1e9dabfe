//! The verdict on one `Set-Cookie` line.

use std::borrow::Cow;

use crate::choice::own_cookie;
use crate::policy::caching::is_personal;
use crate::policy::cap::{capped, refused};
use crate::policy::carriers::Carrier;
use crate::policy::permission::permission;
use crate::policy::refresh::Refresh;
use crate::policy::renewal::renewed;
use crate::policy::served::Served;
use crate::policy::{Consent, Policy};
use crate::registry::{MaxLifetime, Rule};
use crate::report::{KeepReason, ReportEntry, StripReason, Verdict, WithheldCookie};
use crate::set_cookie::SetCookie;

/// Judges the lines of one response, for one visitor.
pub(super) struct Judge<'a> {
    policy: &'a Policy,
    /// As the request brought it.
    visitor: Cow<'a, Consent>,
    /// As it is after this response, where the response renews it.
    renewed: Option<Consent>,
    refresh: Refresh<'a>,
    pub(super) served: Served<'a>,
}

/// What happens to a line, and the rule of the registry that it fell under.
pub(super) struct Judgement<'a> {
    pub(super) verdict: Verdict,
    pub(super) rule: Option<&'a Rule>,
}

impl Judgement<'_> {
    /// Whether it makes the response one visitor's (R23).
    pub(super) fn is_personal(&self) -> bool {
        is_personal(self.verdict, self.rule)
    }
}

impl<'a> Judge<'a> {
    /// A judge of a response with these lines and this `Date`. The lines may renew the consent that
    /// judges them (R9).
    pub(super) fn new<'l>(
        policy: &'a Policy,
        consent: &'a Consent,
        lines: impl Iterator<Item = &'l [u8]>,
        date: Option<&[u8]>,
    ) -> Self {
        let served = Served::new(policy, date);
        let refresh = Refresh::new(consent.request());
        let visitor = consent.under(policy);
        let renewed = renewed(policy, &visitor, lines, &served);
        Judge { policy, visitor, renewed, refresh, served }
    }

    pub(super) fn judge(&mut self, line: &[u8]) -> Judgement<'a> {
        let registry = self.policy.registry();
        let cookie = &SetCookie::parse(line);
        let declared = registry.lookup(cookie.request_name());
        // Patterns and the rule for undeclared cookies were not written for what carries the choice.
        let by_name = || declared.filter(|rule| registry.names_exactly(rule));
        match self.policy.carrier(&self.visitor, line, cookie) {
            Some(Carrier::Foreign) => {
                let verdict = self.stripped(cookie, StripReason::ForeignChoice);
                Judgement { verdict, rule: by_name() }
            }
            Some(Carrier::Own) => {
                // No registry lets its settings outlive a declaration of the cookie.
                let cap = own_cookie::lifetime(registry);
                let verdict = self.kept(cookie, Some(cap), KeepReason::ConsentCookie);
                Judgement { verdict, rule: by_name() }
            }
            Some(Carrier::OfSource) => {
                if let Some(reason) = self.objection(declared) {
                    return Judgement { verdict: self.stripped(cookie, reason), rule: declared };
                }
                let rule = by_name();
                Judgement { verdict: self.of_source(cookie, rule), rule }
            }
            None => {
                // Who declares the consent cookie by its name means the choice in it, and nothing else
                // that goes by that name.
                let is_own = cookie.request_name() == registry.consent_cookie().name().as_bytes();
                let declared = declared.filter(|rule| !is_own || !registry.names_exactly(rule));
                let rule = declared.or_else(|| registry.undeclared_rule());
                Judgement { verdict: self.of_rule(cookie, rule), rule }
            }
        }
    }

    /// The cookies of the request that the application may not read (R22).
    pub(super) fn withheld(&self) -> Vec<WithheldCookie> {
        self.policy.withheld(&self.visitor)
    }

    pub(super) fn is_report_only(&self) -> bool {
        self.policy.is_report_only()
    }

    /// What is told of a line.
    pub(super) fn entry(&self, line: &[u8], judgement: &Judgement<'_>) -> ReportEntry {
        let cookie = SetCookie::parse(line);
        let Judgement { verdict, rule } = judgement;
        let lifetime = self.served.lifetime(&cookie);
        let missing = self.missing(line, judgement);
        ReportEntry::new(&cookie, *rule, self.policy.registry(), *verdict, lifetime, missing)
    }

    /// The verdict on a cookie that is nothing to the visitor's choice.
    fn of_rule(&mut self, cookie: &SetCookie<'_>, rule: Option<&Rule>) -> Verdict {
        match self.permission(rule) {
            Err(reason) => self.stripped(cookie, reason),
            Ok(reason) => {
                let lifetime = || self.served.lifetime(cookie);
                if self.refresh.prolongs(cookie.request_name(), rule, lifetime) {
                    return self.stripped(cookie, StripReason::AlreadySet);
                }
                self.kept(cookie, rule.and_then(|rule| rule.cap), reason)
            }
        }
    }

    /// The verdict on a cookie from which another source reads the choice. Should some browser not
    /// take its deletion for one, a choice would come back from the dead.
    fn of_source(&self, cookie: &SetCookie<'_>, by_name: Option<&Rule>) -> Verdict {
        if self.served.lifetime(cookie).is_unproven_deletion() {
            return self.stripped(cookie, StripReason::Undecided);
        }
        self.kept(cookie, by_name.and_then(|rule| rule.cap), KeepReason::ConsentCookie)
    }

    /// What the registry has against a cookie from which another source reads the choice: what it
    /// says of that very name; and of a pattern, that it is prohibited or that the visitor refused.
    fn objection(&self, declared: Option<&Rule>) -> Option<StripReason> {
        let rule = declared?;
        let reason = self.permission(Some(rule)).err()?;
        let is_plain = matches!(reason, StripReason::Prohibited | StripReason::Refused);
        (is_plain || self.policy.registry().names_exactly(rule)).then_some(reason)
    }

    fn permission(&self, rule: Option<&Rule>) -> Result<KeepReason, StripReason> {
        match rule {
            Some(rule) => {
                let choice = || self.renewed.as_ref().unwrap_or(&self.visitor).counting();
                permission(rule.basis, rule.category, rule.service, choice)
            }
            None if self.policy.registry().keeps_undeclared() => Ok(KeepReason::Undeclared),
            None => Err(StripReason::Undeclared),
        }
    }

    fn kept(
        &self,
        cookie: &SetCookie<'_>,
        cap: Option<MaxLifetime>,
        reason: KeepReason,
    ) -> Verdict {
        capped(cap, || self.served.lifetime(cookie), reason)
    }

    fn stripped(&self, cookie: &SetCookie<'_>, reason: StripReason) -> Verdict {
        refused(self.served.lifetime(cookie), reason)
    }
}
