//! The attributes that a passing line has at least (R21), and the deletions of cookies which those
//! attributes put elsewhere (R20).

use std::collections::HashMap;

use http::HeaderValue;

use crate::policy::Visit;
use crate::policy::judge::{Judge, Judgement};
use crate::policy::served::Served;
use crate::registry::{MaxLifetime, Registry, Rule};
use crate::report::{KeepReason, Ruling};
use crate::set_cookie::floor::raise;
use crate::set_cookie::{Floor, SetCookie};

impl Judge<'_> {
    /// The attributes that a line lacks under its rule. Deletions pass as they are (R4): over plain
    /// HTTP a browser would ignore one that says `Secure`, and a logout has to log out.
    #[inline]
    pub(super) fn missing(
        &self,
        line: &SetCookie<'_>,
        ruling: Ruling,
        rule: Option<&Rule>,
    ) -> Floor {
        match rule {
            Some(rule) if !rule.floor.is_empty() && passes(ruling) => self.missing_of(line, rule),
            _ => Floor::default(),
        }
    }

    /// [`missing`](Self::missing) of a line that leaves as something else than a deletion, as far as its
    /// ruling says.
    fn missing_of(&self, line: &SetCookie<'_>, rule: &Rule) -> Floor {
        let missing = rule.floor.missing_in(line);
        if missing.is_empty() || self.is_kept_deletion(line, rule) {
            Floor::default()
        } else {
            missing
        }
    }

    /// Returns `true` if a line that passes is a deletion that its ruling does not tell from all else, since there
    /// is no cap.
    fn is_kept_deletion(&self, line: &SetCookie<'_>, rule: &Rule) -> bool {
        rule.cap.is_none() && self.served.lifetime(line).is_proven_deletion()
    }

    /// Returns `true` if a line leaves and sets a cookie.
    pub(super) fn leaves_set(&self, line: &SetCookie<'_>, judgement: &Judgement<'_>) -> bool {
        let is_kept_deletion =
            || judgement.rule.is_some_and(|rule| self.is_kept_deletion(line, rule));
        passes(judgement.ruling) && !is_kept_deletion()
    }
}

impl Visit {
    /// Returns a second deletion for each line that leaves as one and may not reach the cookie because the
    /// floor put it elsewhere: into the other jar, or into frames of other sites (R20). No second deletion
    /// is needed if a later line sets the cookie anew, or if the cookie carries the choice, whose
    /// withdrawal is judged by rules of its own (R9). All of this is decided by the lines as they leave,
    /// since a line that is stripped sets nothing.
    pub(super) fn further_deletions<'l, L: Iterator<Item = &'l [u8]>>(
        &self,
        lines: impl Fn() -> L,
        date: Option<&[u8]>,
    ) -> Vec<HeaderValue> {
        let served = Served::new(self.policy(), date);
        if !lines().any(|line| self.may_miss(&SetCookie::parse(line), &served)) {
            return Vec::new();
        }
        let mut judge = Judge::new(self, lines(), date);
        let mut further = Vec::new();
        let mut last_set: HashMap<&[u8], usize> = HashMap::new();
        for (at, line) in lines().enumerate() {
            let cookie = SetCookie::parse(line);
            let judgement = judge.judge(line);
            if judge.leaves_set(&cookie, &judgement) {
                last_set.insert(cookie.request_name(), at);
            } else if self.may_miss(&cookie, &served) {
                let second = second_deletion(line, &judgement);
                further.extend(second.map(|second| (cookie.request_name(), at, second)));
            }
        }
        let is_set_later = |name: &[u8], at| last_set.get(name).is_some_and(|set_at| *set_at > at);
        let stay = further.into_iter().filter(|(name, at, _)| !is_set_later(name, *at));
        stay.map(|(_, _, line)| line).collect()
    }

    /// Returns `true` if a line may delete a cookie that the floor put elsewhere.
    fn may_miss(&self, cookie: &SetCookie<'_>, served: &Served<'_>) -> bool {
        let name = cookie.request_name();
        let rule = self.registry().lookup(name).or(self.registry().undeclared_rule());
        rule.is_some_and(|rule| missing_place(rule, cookie).is_some())
            && served.lifetime(cookie).is_deletion()
            && !self.policy().is_carrier_name(name)
    }
}

/// The attributes of place that a line lacks under its rule, if one of them decides where the cookie lies.
fn missing_place(rule: &Rule, cookie: &SetCookie<'_>) -> Option<Floor> {
    let missing = rule.floor.of_place().missing_in(cookie);
    missing.is_of_place().then_some(missing)
}

/// The deletion that reaches where the floor put a cookie, for a line that deletes it elsewhere.
fn second_deletion(line: &[u8], judgement: &Judgement<'_>) -> Option<HeaderValue> {
    let left = judgement.edit().apply(line)?;
    let missing = missing_place(judgement.rule?, &SetCookie::parse(&left))?;
    HeaderValue::try_from(raise(&left, missing)).ok()
}

/// Returns `true` if some cookie of a registry may lie elsewhere than its lines say, by its floor.
pub(super) fn moves_cookies(registry: &Registry) -> bool {
    let rule = registry.undeclared_rule().map(|rule| rule.floor);
    let mut floors = registry.declarations().map(|declared| declared.floor()).chain(rule);
    floors.any(Floor::is_of_place)
}

/// Returns `true` if a line leaves as something else than a deletion, as far as its ruling says.
fn passes(ruling: Ruling) -> bool {
    match ruling {
        Ruling::Keep(reason) => reason != KeepReason::Deletion,
        Ruling::Cap(_, to) => to != MaxLifetime::Seconds(0),
        Ruling::Strip(_) => false,
    }
}
