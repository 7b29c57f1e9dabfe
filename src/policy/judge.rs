//! The verdict on one `Set-Cookie` line.

use crate::choice::{Choice, own_cookie};
use crate::policy::caching::is_personal;
use crate::policy::cap::{capped, refused};
use crate::policy::carriers::{Carrier, Prefilter};
use crate::policy::permission::permission_by;
use crate::policy::refresh::Refresh;
use crate::policy::renewal::{renewed_by, says_choice};
use crate::policy::served::Served;
use crate::policy::{Policy, Visit};
use crate::registry::Rule;
use crate::report::{KeepReason, Ruling, StripReason};
use crate::set_cookie::{Edit, Floor, SetCookie};

/// Judges the lines of one response, for one visitor.
pub(super) struct Judge<'a> {
    policy: &'a Policy,
    /// The visit as the request brought it.
    visit: &'a Visit,
    /// The visit as it is after this response, if the response renews the choice, which hardly any
    /// does.
    renewed: Option<Box<Visit>>,
    /// Tells which lines may carry the choice; `None` if none of the response's does.
    prefilter: Option<Prefilter<'a>>,
    refresh: Refresh<'a>,
    pub(super) served: Served<'a>,
    /// Is `true` once a line that was judged makes the response one visitor's (R23).
    is_personal: bool,
}

/// The judgement on a line.
pub(super) struct Judgement<'a> {
    pub(super) ruling: Ruling,
    /// The rule of the registry that the line fell under.
    pub(super) rule: Option<&'a Rule>,
    /// The attributes that the line lacks (R21).
    pub(super) missing: Floor,
    /// The place at which the line was cut: [`SetCookie::rest_at`].
    pub(super) rest_at: usize,
}

impl Judgement<'_> {
    /// Returns `true` if the line passes byte for byte.
    pub(super) fn keeps(&self) -> bool {
        self.ruling.is_keep() && self.missing.is_empty()
    }

    pub(super) fn edit(&self) -> Edit {
        self.ruling.edit(self.missing)
    }
}

impl<'a> Judge<'a> {
    /// A judge of a response with these lines and this `Date`. The lines may renew the consent that
    /// judges them (R9), and no others are to be judged.
    pub(super) fn new<'l>(
        visit: &'a Visit,
        lines: impl Iterator<Item = &'l [u8]>,
        date: Option<&[u8]>,
    ) -> Self {
        let policy = visit.policy();
        let served = Served::new(policy, date);
        let refresh = Refresh::new(visit.request());
        let prefilter = policy.prefilter();
        let mut carriers = lines.filter(|line| prefilter.passes(line)).peekable();
        let prefilter = carriers.peek().is_some().then_some(prefilter);
        let renewed = prefilter.and_then(|_| renewed_by(visit, &mut carriers, &served));
        Judge { policy, visit, renewed, prefilter, refresh, served, is_personal: false }
    }

    pub(super) fn policy(&self) -> &'a Policy {
        self.policy
    }

    pub(super) fn judge(&mut self, line: &[u8]) -> Judgement<'a> {
        let line = SetCookie::parse(line);
        let declared = self.policy.registry().lookup(line.request_name());
        let may_carry = self.prefilter.is_some_and(|prefilter| prefilter.passes(line.line()));
        let judged = if may_carry { self.of_carrier(&line, declared) } else { Err(declared) };
        let (ruling, rule) = judged.unwrap_or_else(|declared| self.of_other(&line, declared));
        self.is_personal = self.is_personal || is_personal(ruling, rule);
        let missing = self.missing(&line, ruling, rule);
        Judgement { ruling, rule, missing, rest_at: line.rest_at() }
    }

    /// Returns `true` if the response is for this visitor alone, by the lines that were judged (R23).
    pub(super) fn is_personal(&self) -> bool {
        self.is_personal
    }

    /// The ruling on a line that carries the choice, of a cookie that is declared so; for any other line, the
    /// declaration by which it is judged.
    #[inline(never)]
    fn of_carrier(
        &mut self,
        line: &SetCookie<'_>,
        declared: Option<&'a Rule>,
    ) -> Result<(Ruling, Option<&'a Rule>), Option<&'a Rule>> {
        let registry = self.policy.registry();
        // Patterns and the rule for undeclared cookies were not written for what carries the choice.
        let by_name = || declared.filter(|rule| registry.names_exactly(rule));
        Ok(match self.policy.carrier(self.visit, line) {
            Some(Carrier::Foreign) => {
                // This includes deletions, which would take back the visitor's refusals.
                (Ruling::Strip(StripReason::ForeignChoice), by_name())
            }
            Some(Carrier::Own) => {
                // A line behind it that holds no choice may fall under a rule that forbids to
                // refresh.
                let of_others = declared
                    .filter(|rule| !registry.names_exactly(rule))
                    .or_else(|| registry.undeclared_rule());
                if of_others.is_some_and(|rule| !rule.refresh) {
                    self.refresh.notice(line.request_name(), self.served.lifetime(line));
                }
                // The registry was checked: the lifetime in its settings is not above a declared
                // one.
                let cap = own_cookie::lifetime(registry);
                let lifetime = || self.served.lifetime(line);
                (capped(Some(cap), lifetime, KeepReason::ConsentCookie), by_name())
            }
            Some(Carrier::OfSource) => {
                if let Some(reason) = self.objection(line, declared) {
                    return Ok((self.stripped(line, declared, reason), declared));
                }
                let rule = by_name();
                (self.of_source(line, rule), rule)
            }
            None => {
                // A declaration of the consent cookie by its name is about the choice in it, and
                // about nothing else of that name.
                let is_own = line.request_name() == registry.consent_cookie().name().as_bytes();
                return Err(declared.filter(|rule| !is_own || !registry.names_exactly(rule)));
            }
        })
    }

    /// The ruling on a cookie that has nothing to do with the visitor's choice, by this
    /// declaration.
    #[inline]
    fn of_other(
        &mut self,
        line: &SetCookie<'_>,
        declared: Option<&'a Rule>,
    ) -> (Ruling, Option<&'a Rule>) {
        let rule = declared.or_else(|| self.policy.registry().undeclared_rule());
        let ruling = match self.permission(rule) {
            Err(reason) => self.stripped(line, rule, reason),
            Ok(reason) => {
                let lifetime = || self.served.lifetime_under(line, rule);
                if self.refresh.prolongs(line.request_name(), rule, lifetime) {
                    self.stripped(line, rule, StripReason::AlreadySet)
                } else {
                    self.kept(line, rule, reason)
                }
            }
        };
        (ruling, rule)
    }

    /// The ruling on a cookie from which another source reads the choice. A deletion has to be one
    /// in every browser, or an old choice would count again.
    fn of_source(&self, line: &SetCookie<'_>, by_name: Option<&Rule>) -> Ruling {
        if self.served.lifetime_under(line, by_name).is_unproven_deletion() {
            return self.stripped(line, by_name, StripReason::Undecided);
        }
        self.kept(line, by_name, KeepReason::ConsentCookie)
    }

    /// The reason for which the registry strips a cookie from which another source reads the
    /// choice. A declaration of that very name counts as for any other cookie; one by a pattern
    /// counts only if it is prohibited or the visitor refused it. Unless it is prohibited, a line that
    /// says what the visitor chose passes: without it, what was granted before would count again.
    fn objection(&self, line: &SetCookie<'_>, declared: Option<&Rule>) -> Option<StripReason> {
        let rule = declared?;
        let reason = self.permission(Some(rule)).err()?;
        let counts = match reason {
            StripReason::Prohibited => true,
            _ if says_choice(self.visit, self.after(), line) => false,
            StripReason::Refused => true,
            _ => self.policy.registry().names_exactly(rule),
        };
        counts.then_some(reason)
    }

    #[inline]
    fn permission(&self, rule: Option<&Rule>) -> Result<KeepReason, StripReason> {
        permission_by(self.policy.registry(), rule, || self.choice())
    }

    /// The choice that judges the response. It is not inlined, since necessary cookies are judged
    /// without it.
    #[inline(never)]
    fn choice(&self) -> &Choice {
        self.after().counting_by(|| self.served.now())
    }

    /// The visit as it is after the response.
    fn after(&self) -> &Visit {
        self.renewed.as_deref().unwrap_or(self.visit)
    }

    fn kept(&self, line: &SetCookie<'_>, rule: Option<&Rule>, reason: KeepReason) -> Ruling {
        let cap = rule.and_then(|rule| rule.cap);
        capped(cap, || self.served.lifetime_under(line, rule), reason)
    }

    fn stripped(&self, line: &SetCookie<'_>, rule: Option<&Rule>, reason: StripReason) -> Ruling {
        refused(self.served.lifetime_under(line, rule), reason)
    }
}
