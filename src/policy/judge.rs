//! The verdict on one `Set-Cookie` line.

use std::cell::Cell;

use crate::choice::own_cookie;
use crate::policy::caching::is_personal;
use crate::policy::cap::{capped, refused};
use crate::policy::carriers::{Carrier, Prefilter};
use crate::policy::permission::permission;
use crate::policy::refresh::Refresh;
use crate::policy::renewal::renewed;
use crate::policy::served::Served;
use crate::policy::{Policy, Visit};
use crate::registry::{MaxLifetime, Rule};
use crate::report::{Asked, KeepReason, StripReason, Verdict};
use crate::set_cookie::{Edit, Floor, Lifetime, SetCookie};

/// Judges the lines of one response, for one visitor.
pub(super) struct Judge<'a> {
    policy: &'a Policy,
    /// As the request brought it.
    visit: &'a Visit,
    /// As it is after this response, where the response renews it.
    renewed: Option<Visit>,
    prefilter: Prefilter<'a>,
    refresh: Refresh<'a>,
    pub(super) served: Served<'a>,
    /// Whether some line that was judged makes the response one visitor's (R23).
    is_personal: bool,
}

/// What happens to a line, and what of the line was found out on the way.
pub(super) struct Judgement<'a> {
    pub(super) verdict: Verdict,
    /// The rule of the registry that the line fell under.
    pub(super) rule: Option<&'a Rule>,
    /// The attributes that the line lacks (R21).
    pub(super) missing: Floor,
    /// The lifetime that the line asks for, if the judgement rests on it.
    lifetime: Option<Lifetime>,
}

impl Judgement<'_> {
    /// Whether the line passes byte for byte.
    pub(super) fn keeps(&self) -> bool {
        self.verdict.is_keep() && self.missing.is_empty()
    }

    pub(super) fn edit(&self) -> Edit {
        self.verdict.edit().raising(self.missing)
    }
}

/// A line that is judged. Its lifetime is read once, and only if that is asked for.
pub(super) struct Line<'l> {
    pub(super) cookie: SetCookie<'l>,
    lifetime: Cell<Option<Lifetime>>,
}

impl<'l> Line<'l> {
    fn parse(line: &'l [u8]) -> Self {
        Line { cookie: SetCookie::parse(line), lifetime: Cell::new(None) }
    }

    pub(super) fn lifetime(&self, served: &Served<'_>) -> Lifetime {
        let lifetime = self.lifetime.get().unwrap_or_else(|| served.lifetime(&self.cookie));
        self.lifetime.set(Some(lifetime));
        lifetime
    }
}

impl<'a> Judge<'a> {
    /// A judge of a response with these lines and this `Date`. The lines may renew the consent that
    /// judges them (R9).
    pub(super) fn new<'l>(
        visit: &'a Visit,
        lines: impl Iterator<Item = &'l [u8]>,
        date: Option<&[u8]>,
    ) -> Self {
        let policy = visit.policy();
        let served = Served::new(policy, date);
        let refresh = Refresh::new(visit.request());
        let prefilter = policy.prefilter();
        let renewed = renewed(visit, lines, prefilter, &served);
        Judge { policy, visit, renewed, prefilter, refresh, served, is_personal: false }
    }

    pub(super) fn policy(&self) -> &'a Policy {
        self.policy
    }

    pub(super) fn judge(&mut self, line: &[u8]) -> Judgement<'a> {
        let line = Line::parse(line);
        let (verdict, rule) = self.verdict(&line);
        let missing = self.missing(&line, verdict, rule);
        Judgement { verdict, rule, missing, lifetime: line.lifetime.get() }
    }

    /// What is done to a line, where nothing has to be told of it.
    pub(super) fn edit(&mut self, line: &[u8]) -> Edit {
        let line = Line::parse(line);
        let (verdict, rule) = self.verdict(&line);
        verdict.edit().raising(self.missing(&line, verdict, rule))
    }

    /// The lifetime that a line asks for, which has been judged so.
    pub(super) fn lifetime(&self, line: &SetCookie<'_>, judgement: &Judgement<'_>) -> Asked {
        match judgement.lifetime {
            Some(lifetime) => Asked::Read(lifetime),
            None => Asked::Unread(line.unread_lifetime(self.served.at())),
        }
    }

    /// Whether the response is for this visitor alone, by the lines that were judged (R23).
    pub(super) fn is_personal(&self) -> bool {
        self.is_personal
    }

    fn verdict(&mut self, line: &Line<'_>) -> (Verdict, Option<&'a Rule>) {
        let (verdict, rule) = self.by_registry(line);
        self.is_personal = self.is_personal || is_personal(verdict, rule);
        (verdict, rule)
    }

    fn by_registry(&mut self, line: &Line<'_>) -> (Verdict, Option<&'a Rule>) {
        let registry = self.policy.registry();
        let declared = registry.lookup(line.cookie.request_name());
        // Patterns and the rule for undeclared cookies were not written for what carries the choice.
        let by_name = || declared.filter(|rule| registry.names_exactly(rule));
        let may_carry = self.prefilter.passes(line.cookie.line());
        let carrier = if may_carry { self.policy.carrier(self.visit, &line.cookie) } else { None };
        match carrier {
            Some(Carrier::Foreign) => {
                // A deletion too: it would take back what the visitor refused.
                (Verdict::Strip { reason: StripReason::ForeignChoice }, by_name())
            }
            Some(Carrier::Own) => {
                // A line behind it that holds no choice may be of a rule that says not to refresh.
                let of_others = declared
                    .filter(|rule| !registry.names_exactly(rule))
                    .or_else(|| registry.undeclared_rule());
                if of_others.is_some_and(|rule| !rule.refresh) {
                    let name = line.cookie.request_name();
                    self.refresh.notice(name, line.lifetime(&self.served));
                }
                // No registry lets its settings outlive a declaration of the cookie.
                let cap = own_cookie::lifetime(registry);
                (self.kept(line, Some(cap), KeepReason::ConsentCookie), by_name())
            }
            Some(Carrier::OfSource) => {
                if let Some(reason) = self.objection(declared) {
                    return (self.stripped(line, reason), declared);
                }
                let rule = by_name();
                (self.of_source(line, rule), rule)
            }
            None => {
                // Who declares the consent cookie by its name means the choice in it, and nothing else
                // that goes by that name.
                let is_own = may_carry
                    && line.cookie.request_name() == registry.consent_cookie().name().as_bytes();
                let declared = declared.filter(|rule| !is_own || !registry.names_exactly(rule));
                let rule = declared.or_else(|| registry.undeclared_rule());
                (self.of_rule(line, rule), rule)
            }
        }
    }

    /// The verdict on a cookie that is nothing to the visitor's choice.
    fn of_rule(&mut self, line: &Line<'_>, rule: Option<&Rule>) -> Verdict {
        match self.permission(rule) {
            Err(reason) => self.stripped(line, reason),
            Ok(reason) => {
                let lifetime = || line.lifetime(&self.served);
                if self.refresh.prolongs(line.cookie.request_name(), rule, lifetime) {
                    return self.stripped(line, StripReason::AlreadySet);
                }
                self.kept(line, rule.and_then(|rule| rule.cap), reason)
            }
        }
    }

    /// The verdict on a cookie from which another source reads the choice. Should some browser not
    /// take its deletion for one, a choice would come back from the dead.
    fn of_source(&self, line: &Line<'_>, by_name: Option<&Rule>) -> Verdict {
        if line.lifetime(&self.served).is_unproven_deletion() {
            return self.stripped(line, StripReason::Undecided);
        }
        self.kept(line, by_name.and_then(|rule| rule.cap), KeepReason::ConsentCookie)
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
                let visit = self.renewed.as_ref().unwrap_or(self.visit);
                let choice = || visit.counting_by(|| self.served.now());
                permission(rule.basis, rule.category, rule.service, choice)
            }
            None if self.policy.registry().keeps_undeclared() => Ok(KeepReason::Undeclared),
            None => Err(StripReason::Undeclared),
        }
    }

    fn kept(&self, line: &Line<'_>, cap: Option<MaxLifetime>, reason: KeepReason) -> Verdict {
        capped(cap, || line.lifetime(&self.served), reason)
    }

    fn stripped(&self, line: &Line<'_>, reason: StripReason) -> Verdict {
        refused(line.lifetime(&self.served), reason)
    }
}
