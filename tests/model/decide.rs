//! Models R4 and R6 to R11: the verdict on each line.

use tower_cookie_consent::registry::Basis;

use crate::choice::{self, Choice};
use crate::edit::Outcome;
use crate::names;
use crate::place::{Where, carries, place_of};
use crate::reader::{self, Life, Line, Served};
use crate::site::{Cap, Rest, Site};
use crate::tally::reached;
use crate::visit::Visit;

/// The verdict on a line: the edit, and the id of the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) outcome: Outcome,
    pub(crate) reason: &'static str,
}

/// A response: its lines, and those that the crate wrote for the request.
pub(crate) struct Response<'a> {
    pub(crate) lines: &'a [Vec<u8>],
    pub(crate) written: &'a [Vec<u8>],
}

pub(crate) fn judge(site: &Site, visit: &Visit, response: &Response) -> Vec<Judged> {
    let served =
        Served { clock: site.clock_seconds(), date: visit.dates.first().map(Vec::as_slice) };
    let lines: Vec<_> = response.lines.iter().map(|line| reader::read(line)).collect();
    let trusted =
        |line: usize| !site.store_only || response.written.contains(&response.lines[line]);
    let choice = renewed(site, visit, &lines, &served, trusted);
    let judging = Judging { site, visit, served, choice };
    (0..lines.len())
        .map(|index| {
            let named = lines[index].request_name() == site.consent_cookie.name().as_bytes();
            if named && !trusted(index) {
                reached("R9: another's line under store-only");
                return strip("foreign-choice");
            }
            judging.judge(&lines[..=index])
        })
        .collect()
}

/// Returns the choice after the response has set its cookies (R9).
fn renewed(
    site: &Site,
    visit: &Visit,
    lines: &[Line],
    served: &Served,
    trusted: impl Fn(usize) -> bool,
) -> Choice {
    let name = site.consent_cookie.name().as_bytes();
    let of_request = visit.request_cookies().filter(|cookie| cookie.0 == name);
    let mut copies: Vec<&[u8]> = of_request.map(|cookie| cookie.1).collect();
    let mut of_response = false;
    let mut may_be_deleted = false;
    for (index, line) in lines.iter().enumerate() {
        let place = place_of(site, line);
        if !trusted(index) || place == Where::Elsewhere {
            continue;
        }
        let deletes = deletes(line, served);
        if place == Where::Perhaps {
            may_be_deleted |= deletes;
        } else if deletes || carries(site, line) {
            if deletes || !of_response {
                copies.clear();
            }
            if deletes {
                reached("R9: the choice is deleted");
            } else {
                reached(if of_response {
                    "R9: the choice is set again"
                } else {
                    "R9: the choice is set"
                });
                copies.push(line.value);
            }
            of_response = true;
            may_be_deleted = false;
        }
    }
    let choice = choice::of_sources(&copies, visit, site);
    if may_be_deleted {
        reached("R9: the choice may be deleted");
        return choice.without_grants(site);
    }
    choice
}

/// Returns `true` if all browsers, or only some, read a line as a deletion.
fn deletes(line: &Line, served: &Served) -> bool {
    matches!(line.lifetime(served), Life::Proven(0) | Life::Unproven { estimate: Some(0), .. })
}

struct Judging<'a> {
    site: &'a Site,
    visit: &'a Visit,
    served: Served<'a>,
    choice: Choice,
}

/// The registry's answer about a name.
enum Permission {
    Allowed { reason: &'static str, cap: Option<Cap>, slides: bool },
    Denied(&'static str),
}

fn keep(reason: &'static str) -> Judged {
    Judged { outcome: Outcome::Keep, reason }
}

fn strip(reason: &'static str) -> Judged {
    Judged { outcome: Outcome::Strip, reason }
}

fn replace(cap: Cap, reason: &'static str) -> Judged {
    Judged { outcome: Outcome::Replace(cap), reason }
}

impl Judging<'_> {
    /// Returns the verdict on the last of these lines.
    fn judge(&self, lines: &[Line]) -> Judged {
        let (line, before) = lines.split_last().unwrap();
        let asked = line.lifetime(&self.served);
        match self.permission(line) {
            Permission::Allowed { reason: "undeclared", .. } => keep("undeclared"),
            // R4.
            _ if asked == Life::Proven(0) => keep("deletion"),
            Permission::Denied(_) if deletes(line, &self.served) => {
                reached("R4: an unproven deletion without consent");
                replace(Cap::Seconds(0), "unproven-deletion")
            }
            Permission::Denied(reason) => strip(reason),
            Permission::Allowed { reason, cap, slides } => {
                let judged = capped(asked, cap, reason);
                if slides || !self.prolongs(line, asked, cap, before) {
                    judged
                } else if deletes(line, &self.served) {
                    reached("R11: an unproven deletion becomes one for all");
                    replace(Cap::Seconds(0), "unproven-deletion")
                } else {
                    strip("already-set")
                }
            }
        }
    }

    /// R6 and R8.
    fn permission(&self, line: &Line) -> Permission {
        let site = self.site;
        let name = line.request_name();
        if carries(site, line) {
            reached("R8: it carries the choice");
            let place = &site.consent_cookie;
            let cap = place.lifetime.unwrap_or(Cap::Seconds(site.consent_lifetime));
            let declared = names::exact(site, name).and_then(|cookie| site.cap(cookie));
            let cap = declared.map_or(cap, |declared| declared.min(cap));
            return Permission::Allowed { reason: "consent-cookie", cap: Some(cap), slides: true };
        }
        if name == site.consent_cookie.name().as_bytes() {
            reached("R8: it goes by the consent cookie's name alone");
        }
        if let Some(cookie) = names::declaration(site, name) {
            return self.in_group(
                cookie.category,
                cookie.service,
                site.cap(cookie),
                site.slides(cookie),
            );
        }
        match site.undeclared {
            Rest::Strip => Permission::Denied("undeclared"),
            Rest::KeepUnchecked => {
                Permission::Allowed { reason: "undeclared", cap: None, slides: true }
            }
            Rest::As(category) => {
                reached("R6: undeclared, as of a category");
                let group = &site.categories[category];
                self.in_group(category, None, group.lifetime, group.refresh != Some(false))
            }
        }
    }

    fn in_group(
        &self,
        category: usize,
        service: Option<usize>,
        cap: Option<Cap>,
        slides: bool,
    ) -> Permission {
        let group = &self.site.categories[category];
        let id = service.map_or(&group.id, |service| &self.site.services[service].1.id);
        let allowed = |reason| Permission::Allowed { reason, cap, slides };
        if service.is_some() && self.choice.said.get(id) != self.choice.said.get(&group.id) {
            reached("R6: a service's own decision");
        }
        match (group.basis, self.choice.said.get(id)) {
            (Basis::Necessary, _) => allowed("necessary"),
            (Basis::Prohibited, _) => Permission::Denied("prohibited"),
            (_, Some(false)) => Permission::Denied("refused"),
            (_, Some(true)) => allowed("granted"),
            (Basis::Consent, None) if self.choice.decided => Permission::Denied("not-granted"),
            (Basis::Consent, None) => Permission::Denied("undecided"),
            (Basis::OptOut, None) => allowed("not-refused"),
            (other, _) => unreachable!("{other:?}"),
        }
    }

    /// R11.
    fn prolongs(&self, line: &Line, asked: Life, cap: Option<Cap>, before: &[Line]) -> bool {
        let name = line.request_name();
        if !self.visit.request_cookies().any(|cookie| cookie.0 == name) {
            return false;
        }
        let for_the_session = asked == Life::Session || cap == Some(Cap::Session);
        let deleted =
            before.iter().any(|line| line.request_name() == name && deletes(line, &self.served));
        reached(match (for_the_session, deleted) {
            (true, _) => "R11: for the session",
            (false, true) => "R11: a deletion before",
            (false, false) => "R11: would be prolonged",
        });
        !for_the_session && (deletes(line, &self.served) || !deleted)
    }
}

/// R10.
fn capped(asked: Life, cap: Option<Cap>, reason: &'static str) -> Judged {
    let Some(cap) = cap else {
        reached("R10: no cap");
        return keep(reason);
    };
    match asked {
        Life::Session => keep(reason),
        Life::Unproven { estimate: Some(0), .. } => {
            reached("R4: an unproven deletion under a cap");
            replace(Cap::Seconds(0), "unproven-deletion")
        }
        Life::Proven(seconds) if Cap::Seconds(seconds) <= cap => {
            reached("R10: proven within");
            keep(reason)
        }
        Life::Proven(_) => {
            reached("R10: proven above");
            replace(cap, "too-long")
        }
        Life::Unproven { longest: Some(longest), .. } if Cap::Seconds(longest) <= cap => {
            reached("R10: the longest reading is within");
            keep(reason)
        }
        Life::Unproven { estimate: Some(seconds), .. } => {
            reached("R10: the estimate or the cap");
            replace(cap.min(Cap::Seconds(seconds)), "unproven")
        }
        Life::Unproven { estimate: None, .. } => {
            reached("R10: no estimate");
            replace(Cap::Session, "unproven")
        }
    }
}
