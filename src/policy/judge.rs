//! The verdict on one `Set-Cookie` line.

use std::collections::HashSet;

use crate::policy::permission::permission;
use crate::policy::{Consent, Policy};
use crate::registry::{MaxLifetime, Registry, Rule};
use crate::report::{CapReason, KeepReason, StripReason, Verdict};
use crate::set_cookie::{Lifetime, ServedAt, SetCookie};

/// Judges the lines of one response, for one visitor.
pub(super) struct Judge<'a> {
    policy: &'a Policy,
    registry: &'a Registry,
    consent: &'a Consent,
    /// The response's `Date` where it has one, else the clock, once it was asked.
    served_at: Option<ServedAt>,
    /// The names of the request's cookies, once they were needed.
    carried: Option<HashSet<&'a [u8]>>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(
        policy: &'a Policy,
        consent: &'a Consent,
        served_at: Option<ServedAt>,
    ) -> Self {
        Judge { policy, registry: policy.registry(), consent, served_at, carried: None }
    }

    /// What happens to a line, and the rule of the registry that it fell under.
    pub(super) fn judge(&mut self, line: &SetCookie<'_>) -> (Verdict, Option<&'a Rule>) {
        let name = line.judged_name();
        let declared = self.registry.lookup(name);
        if self.policy.owns(name) {
            // Patterns and the rule for undeclared cookies were not written for it (R8).
            let own = declared.filter(|rule| self.registry.names_exactly(rule));
            return (self.capped(line, own, KeepReason::ConsentCookie), own);
        }
        let rule = declared.or_else(|| self.registry.undeclared_rule());
        let verdict = match self.permission(rule) {
            Ok(_) if self.slides(line, rule) => self.refused(line, StripReason::AlreadySet),
            Ok(reason) => self.capped(line, rule, reason),
            Err(reason) => self.refused(line, reason),
        };
        (verdict, rule)
    }

    /// R6, before the consent source's own cookies are let through (R8).
    fn permission(&self, rule: Option<&Rule>) -> Result<KeepReason, StripReason> {
        match rule {
            Some(rule) => {
                let choice = || self.consent.choice();
                permission(rule.basis, rule.category, rule.service, choice)
            }
            None if self.registry.keeps_undeclared() => Ok(KeepReason::Undeclared),
            None => Err(StripReason::Undeclared),
        }
    }

    /// R4: a deletion passes nonetheless.
    fn refused(&mut self, line: &SetCookie<'_>, reason: StripReason) -> Verdict {
        let lifetime = self.lifetime(line);
        if lifetime.is_proven_deletion() {
            Verdict::Keep { reason: KeepReason::Deletion }
        } else if lifetime.is_unproven_deletion() {
            unproven_deletion(lifetime)
        } else {
            Verdict::Strip { reason }
        }
    }

    /// R11.
    fn slides(&mut self, line: &SetCookie<'_>, rule: Option<&Rule>) -> bool {
        rule.is_some_and(|rule| !rule.refresh) && self.carries(line.judged_name())
    }

    /// R10.
    fn capped(&mut self, line: &SetCookie<'_>, rule: Option<&Rule>, reason: KeepReason) -> Verdict {
        let keep = Verdict::Keep { reason };
        let Some(cap) = rule.and_then(|rule| rule.cap) else { return keep };
        let lifetime = self.lifetime(line);
        match (lifetime, cap) {
            (Lifetime::Session, _) => keep,
            (Lifetime::Proven(0), _) => Verdict::Keep { reason: KeepReason::Deletion },
            (Lifetime::Unproven(Some(0)), _) => unproven_deletion(lifetime),
            (Lifetime::Proven(seconds), MaxLifetime::Seconds(most)) if seconds <= most => keep,
            (Lifetime::Proven(_), to) => {
                Verdict::Cap { reason: CapReason::TooLong, from: lifetime, to }
            }
            (Lifetime::Unproven(estimate), cap) => {
                let to = estimate.map_or(MaxLifetime::Session, MaxLifetime::Seconds).min(cap);
                Verdict::Cap { reason: CapReason::Unproven, from: lifetime, to }
            }
        }
    }

    fn lifetime(&mut self, line: &SetCookie<'_>) -> Lifetime {
        let Judge { served_at, policy, .. } = self;
        line.lifetime_with(|| {
            *served_at.get_or_insert_with(|| ServedAt::clock(policy.epoch_seconds()))
        })
    }

    /// Whether the request has the cookie already. One pass over its cookies serves all lines,
    /// since both may be many.
    fn carries(&mut self, name: &[u8]) -> bool {
        let request = self.consent.request();
        self.carried
            .get_or_insert_with(|| request.carried().map(|(name, _)| name).collect())
            .contains(name)
    }
}

fn unproven_deletion(from: Lifetime) -> Verdict {
    let to = MaxLifetime::Seconds(0);
    Verdict::Cap { reason: CapReason::UnprovenDeletion, from, to }
}
