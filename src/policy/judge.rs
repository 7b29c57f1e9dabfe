//! The verdict on one `Set-Cookie` line.

use std::borrow::Cow;

use crate::policy::cap::{capped, refused};
use crate::policy::permission::permission;
use crate::policy::refresh::CarriedNames;
use crate::policy::renewal::renewed;
use crate::policy::served::Served;
use crate::policy::{Consent, Policy};
use crate::registry::Rule;
use crate::report::{KeepReason, ReportEntry, StripReason, Verdict};
use crate::set_cookie::SetCookie;

/// Judges the lines of one response, for one visitor.
pub(super) struct Judge<'a> {
    policy: &'a Policy,
    /// As it is after this response.
    consent: Cow<'a, Consent>,
    carried: CarriedNames<'a>,
    served: Served<'a>,
}

/// What happens to a line, and the rule of the registry that it fell under.
pub(super) struct Judgement<'a> {
    pub(super) verdict: Verdict,
    rule: Option<&'a Rule>,
}

impl<'a> Judge<'a> {
    /// Of a response with these lines and this `Date`. The lines may renew the consent that judges
    /// them (R9).
    pub(super) fn new<'l>(
        policy: &'a Policy,
        consent: &'a Consent,
        lines: impl Iterator<Item = &'l [u8]>,
        date: Option<&[u8]>,
    ) -> Self {
        let served = Served::new(policy, date);
        let carried = CarriedNames::new(consent.request());
        let consent = consent.under(policy);
        let consent = match renewed(policy, &consent, lines, &served) {
            Some(renewed) => Cow::Owned(renewed),
            None => consent,
        };
        Judge { policy, consent, carried, served }
    }

    pub(super) fn judge(&mut self, line: &SetCookie<'_>) -> Judgement<'a> {
        let policy = self.policy;
        let name = line.request_name();
        let declared = policy.registry().lookup(name);
        if policy.is_carrier(name) {
            let rule = policy.rule_of_carrier(declared);
            return Judgement { verdict: self.kept(line, rule, KeepReason::ConsentCookie), rule };
        }
        let rule = declared.or_else(|| policy.registry().undeclared_rule());
        let verdict = match self.permission(rule) {
            Ok(_) if self.slides(name, rule) => self.stripped(line, StripReason::AlreadySet),
            Ok(reason) => self.kept(line, rule, reason),
            Err(reason) => self.stripped(line, reason),
        };
        Judgement { verdict, rule }
    }

    pub(super) fn is_report_only(&self) -> bool {
        self.policy.is_report_only()
    }

    /// What is told of a line.
    pub(super) fn entry(&self, line: &SetCookie<'_>, judgement: &Judgement<'_>) -> ReportEntry {
        let Judgement { verdict, rule } = judgement;
        let lifetime = self.served.lifetime(line);
        ReportEntry::new(line, *rule, self.policy.registry(), *verdict, lifetime)
    }

    fn permission(&self, rule: Option<&Rule>) -> Result<KeepReason, StripReason> {
        match rule {
            Some(rule) => {
                let choice = || self.consent.choice();
                permission(rule.basis, rule.category, rule.service, choice)
            }
            None if self.policy.registry().keeps_undeclared() => Ok(KeepReason::Undeclared),
            None => Err(StripReason::Undeclared),
        }
    }

    fn slides(&mut self, name: &[u8], rule: Option<&Rule>) -> bool {
        rule.is_some_and(|rule| !rule.refresh) && self.carried.contains(name)
    }

    fn kept(&self, line: &SetCookie<'_>, rule: Option<&Rule>, reason: KeepReason) -> Verdict {
        capped(rule.and_then(|rule| rule.cap), || self.served.lifetime(line), reason)
    }

    fn stripped(&self, line: &SetCookie<'_>, reason: StripReason) -> Verdict {
        refused(self.served.lifetime(line), reason)
    }
}
