//! The deletions that follow those of the application which reach no cookie (R20).
//!
//! A browser deletes what lies in the line's own place alone, and takes a line for some names and places
//! only if it has certain attributes.

use std::collections::{BTreeSet, HashMap, HashSet};

use http::HeaderValue;

use crate::policy::Visit;
use crate::policy::judge::Judge;
use crate::policy::served::Served;
use crate::policy::unasked::Follow;
use crate::registry::Rule;
use crate::set_cookie::floor::raise;
use crate::set_cookie::{Floor, SetCookie, prefix};

impl Visit {
    /// Returns a second deletion for each line that leaves as one and may not reach the cookie: because the
    /// floor put it elsewhere, into the other jar or into frames of other sites, or because browsers ignore
    /// the line for what its name demands. No second deletion is needed if there is one already, if a later
    /// line sets the cookie anew, or if the cookie carries the choice, whose withdrawal is judged by rules of
    /// its own (R9). All of this is decided by the lines as they leave, since a line that is stripped sets
    /// nothing.
    pub(super) fn further_deletions<'l, L: Iterator<Item = &'l [u8]>>(
        &self,
        lines: impl Fn() -> L,
        date: Option<&[u8]>,
    ) -> Vec<HeaderValue> {
        let served = Served::new(self.policy(), date);
        let follows_places = self.policy().0.deletes.follow == Some(Follow::Places);
        // Most names make no demands, which their first byte tells.
        let mut meant = lines().filter(|line| follows_places || prefix::may_stand_in(line));
        if !meant.any(|line| self.may_miss(&SetCookie::parse(line), &served)) {
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
                && !reaching(rule, &cookie).is_empty()
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
        if self.policy().0.deletes.follow == Some(Follow::Names) && !prefix::demands_secure(name) {
            return false;
        }
        let rule = self.registry().lookup(name).or(self.registry().undeclared_rule());
        rule.is_some_and(|rule| falls_short(rule, cookie))
            && served.lifetime(cookie).is_deletion()
            && !self.policy().is_carrier_name(name)
    }
}

/// The attributes that a line needs to reach the cookie which it deletes: those that decide where the floor
/// put it, and those that its name demands, if it is declared.
fn reaching(rule: &Rule, cookie: &SetCookie<'_>) -> Floor {
    let of_place = rule.floor.of_place();
    if !demands_by_name(rule, cookie) {
        return of_place;
    }
    let http_only = prefix::demands_http_only(cookie.name());
    of_place.and(Floor { secure: true, http_only, ..Floor::default() })
}

/// Returns `true` if the name of a declared cookie makes demands.
fn demands_by_name(rule: &Rule, cookie: &SetCookie<'_>) -> bool {
    rule.declaration.is_some() && prefix::demands_secure(cookie.name())
}

/// Returns `true` if a line lacks something to reach the cookie which it deletes.
fn falls_short(rule: &Rule, cookie: &SetCookie<'_>) -> bool {
    !reaching(rule, cookie).missing_in(cookie).is_empty()
        || demands_by_name(rule, cookie)
            && prefix::demands_host(cookie.name())
            && path(cookie).is_none()
}

/// The deletion that reaches the cookie, for a line that does not.
///
/// A name that starts with `__Host-` is only found under the root path and without a domain. A line that
/// names another place does not mean that cookie, so no other line follows.
fn second_deletion(line: &[u8], rule: &Rule) -> Option<Vec<u8>> {
    let cookie = SetCookie::parse(line);
    if !falls_short(rule, &cookie) {
        return None;
    }
    let mut second = raise(line, reaching(rule, &cookie).missing_in(&cookie));
    if prefix::demands_host(cookie.name()) {
        let mut domains = cookie.attributes().filter(|it| it.name.eq_ignore_ascii_case(b"domain"));
        if domains.any(|domain| !domain.value.is_empty()) {
            return None;
        }
        match path(&cookie) {
            None => second.extend_from_slice(b"; Path=/"),
            Some(b"/") => {}
            Some(_) => return None,
        }
    }
    Some(second)
}

/// The path that a line names: the last counts, and none that does not start with `/`.
fn path<'a>(cookie: &SetCookie<'a>) -> Option<&'a [u8]> {
    let paths = cookie.attributes().filter(|it| it.name.eq_ignore_ascii_case(b"path"));
    paths.last().map(|path| path.value).filter(|path| path.starts_with(b"/"))
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
