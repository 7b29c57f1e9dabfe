//! Finds the smallest visit on which model and crate disagree, for whoever has to find the cause.

use tower_cookie_consent::Policy;

use crate::compare::disagreement;
use crate::site::Site;
use crate::visit::{Visit, Written};

/// Returns the visit without everything that can be removed while the two still disagree.
pub(crate) fn smallest(site: &Site, policy: &Policy, mut visit: Visit) -> Visit {
    while let Some(smaller) =
        smaller(&visit).into_iter().find(|visit| disagreement(site, policy, visit).is_some())
    {
        visit = smaller;
    }
    visit
}

/// The lines of a visit.
type Lines = fn(&mut Visit) -> &mut Vec<Vec<u8>>;

/// Returns the visits that lack one part of this one.
fn smaller(visit: &Visit) -> Vec<Visit> {
    let mut visits = Vec::new();
    let parts: [Lines; 4] = [
        |visit| &mut visit.cookies,
        |visit| &mut visit.gpc,
        |visit| &mut visit.dnt,
        |visit| &mut visit.dates,
    ];
    for part in parts {
        for index in 0..part(&mut visit.clone()).len() {
            let mut without = visit.clone();
            part(&mut without).remove(index);
            visits.push(without);
        }
    }
    for (index, line) in visit.lines.iter().enumerate() {
        let mut without = visit.clone();
        without.lines.remove(index);
        visits.push(without);
        if let Written::Line(line) = line {
            for shorter in shorter(line, b';') {
                let mut with = visit.clone();
                with.lines[index] = Written::Line(shorter);
                visits.push(with);
            }
        }
    }
    for (index, line) in visit.cookies.iter().enumerate() {
        for shorter in [b';', b'&'].into_iter().flat_map(|cut| shorter(line, cut)) {
            let mut with = visit.clone();
            with.cookies[index] = shorter;
            visits.push(with);
        }
    }
    visits
}

/// Returns the line without one of its parts.
fn shorter(line: &[u8], cut: u8) -> Vec<Vec<u8>> {
    let parts: Vec<_> = line.split(|&byte| byte == cut).collect();
    let without = |index: usize| {
        let mut parts = parts.clone();
        parts.remove(index);
        parts.join(&cut)
    };
    if parts.len() < 2 { Vec::new() } else { (0..parts.len()).map(without).collect() }
}
