//! The attributes that a passing line has at least (R21), and the deletions of cookies which those
//! attributes put elsewhere (R20).

use std::collections::HashSet;

use http::HeaderValue;

use crate::policy::Visit;
use crate::policy::judge::Judge;
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
        // If the rule has a cap, the ruling says already that the line is no deletion.
        let is_deletion = || rule.cap.is_none() && self.served.lifetime(line).is_proven_deletion();
        if missing.is_empty() || is_deletion() { Floor::default() } else { missing }
    }
}

impl Visit {
    /// Returns a second deletion for each of the application's deletions that may not reach the
    /// cookie because the floor put it elsewhere: into the other jar, or into frames of other sites
    /// (R20). No second deletion is needed if the response also sets the cookie anew, or if the
    /// cookie carries the choice, whose withdrawal is judged by rules of its own (R9).
    pub(super) fn further_deletions<'l, L: Iterator<Item = &'l [u8]>>(
        &self,
        lines: impl Fn() -> L,
        served: &Served<'_>,
    ) -> Vec<HeaderValue> {
        let registry = self.policy().registry();
        let is_deletion = |cookie: &SetCookie<'_>| served.lifetime(cookie).is_proven_deletion();
        let mut set_anew: Option<HashSet<&[u8]>> = None;
        let further = lines().filter_map(|line| {
            let cookie = SetCookie::parse(line);
            if self.policy().is_carrier_name(cookie.request_name()) {
                return None;
            }
            let rule = registry.lookup(cookie.request_name()).or(registry.undeclared_rule())?;
            let missing = rule.floor.of_place().missing_in(&cookie);
            if !missing.is_of_place() || !is_deletion(&cookie) {
                return None;
            }
            let set_anew = set_anew.get_or_insert_with(|| {
                let cookies = lines().map(SetCookie::parse);
                cookies.filter(|it| !is_deletion(it)).map(|it| it.request_name()).collect()
            });
            let is_set_anew = set_anew.contains(cookie.request_name());
            HeaderValue::try_from(raise(line, missing)).ok().filter(|_| !is_set_anew)
        });
        further.collect()
    }
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
