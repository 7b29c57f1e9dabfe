//! The deletions that follow those of the application which reach no cookie (R20).
//!
//! A browser deletes what lies in the line's own place alone.

use std::collections::{BTreeSet, HashMap, HashSet};

use http::HeaderValue;

use crate::policy::Visit;
use crate::policy::judge::Judge;
use crate::policy::served::Served;
use crate::registry::{Registry, Rule};
use crate::set_cookie::floor::raise;
use crate::set_cookie::{Floor, SetCookie};

impl Visit {
    /// Returns a second deletion for each line that leaves as one and may not reach the cookie, since the
    /// floor put it elsewhere: into the other jar or into frames of other sites. No second deletion is needed if
    /// there is one already, if a later line sets the cookie anew, or if the cookie carries the choice, whose
    /// withdrawal is judged by rules of its own (R9). All of this is decided by the lines as they leave, since a
    /// line that is stripped sets nothing.
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
        let mut deletions = Vec::new();
        let mut last_set: HashMap<&[u8], usize> = HashMap::new();
        for (at, line) in lines().enumerate() {
            let cookie = SetCookie::parse(line);
            let judgement = judge.judge(line);
            if judge.leaves_set(&cookie, &judgement) {
                last_set.insert(cookie.request_name(), at);
            } else if let (Some(rule), Some(left)) = (judgement.rule, judgement.edit().apply(line))
                && !rule.floor.of_place().is_empty()
                && served.lifetime(&cookie).is_deletion()
                && !self.policy().is_carrier_name(cookie.request_name())
            {
                deletions.push((cookie.request_name(), at, second_deletion(&left, rule), left));
            }
        }
        deletions.retain(|(name, at, ..)| last_set.get(name).is_none_or(|set_at| set_at < at));
        let (mut made, mut further) = (HashSet::new(), Vec::new());
        for (.., second, left) in &deletions {
            if second.is_none() {
                made.insert(Effect::of(left));
            }
        }
        for (.., second, _) in &deletions {
            if let Some(second) = second
                && made.insert(Effect::of(second))
            {
                further.extend(HeaderValue::from_bytes(second));
            }
        }
        further
    }

    /// Returns `true` if a line may delete a cookie that it does not reach.
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

/// The deletion that reaches where the floor put the cookie, for a line that deletes it elsewhere.
fn second_deletion(line: &[u8], rule: &Rule) -> Option<Vec<u8>> {
    missing_place(rule, &SetCookie::parse(line)).map(|missing| raise(line, missing))
}

/// Returns `true` if some cookie of a registry may lie elsewhere than its lines say, by its floor.
pub(super) fn moves_cookies(registry: &Registry) -> bool {
    let rule = registry.undeclared_rule().map(|rule| rule.floor);
    let mut floors = registry.declarations().map(|declared| declared.floor()).chain(rule);
    floors.any(Floor::is_of_place)
}

/// What a deletion does: lines that differ in their value, in the order of their attributes or in how they say
/// that they delete do the same.
#[derive(PartialEq, Eq, Hash)]
struct Effect {
    name: Vec<u8>,
    request_name: Vec<u8>,
    attributes: BTreeSet<(Vec<u8>, Vec<u8>)>,
}

impl Effect {
    fn of(line: &[u8]) -> Self {
        let cookie = SetCookie::parse(line);
        let attributes =
            cookie.attributes().map(|it| (it.name.to_ascii_lowercase(), it.value.to_vec()));
        let is_lifetime = |name: &[u8]| matches!(name, b"max-age" | b"expires");
        Effect {
            name: cookie.name().to_vec(),
            request_name: cookie.request_name().to_vec(),
            attributes: attributes.filter(|(name, _)| !is_lifetime(name)).collect(),
        }
    }
}
