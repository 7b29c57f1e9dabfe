//! Tells shared caches for whom a response is (R23).
//!
//! Most of them do not store a response that sets a cookie. Once the line is gone they would, and hand
//! a page that was made for one visitor to the next.

use http::header::{COOKIE, HeaderMap, HeaderName, SET_COOKIE};

use crate::headers::caching::{make_private, vary_by};
use crate::headers::has_header;
use crate::policy::{Policy, Visit};
use crate::registry::{Basis, Rule};
use crate::report::{KeepReason, Ruling};

/// Returns `true` if a verdict makes the response one visitor's, since another visitor may get
/// another line, or a line where this one gets none.
pub(super) fn is_personal(ruling: Ruling, rule: Option<&Rule>) -> bool {
    match ruling {
        Ruling::Strip(_) | Ruling::Cap(..) => true,
        Ruling::Keep(reason) => match reason {
            KeepReason::Necessary | KeepReason::Undeclared => false,
            // A logout passes for everybody. All other verdicts depend on the visitor's choice or
            // cookies.
            KeepReason::Deletion => rule.is_none_or(|rule| rule.basis != Basis::Necessary),
            _ => true,
        },
    }
}

impl Policy {
    /// Returns `true` if responses tell shared caches for whom they are ([R23](crate::rules#r23)).
    pub fn tells_caches(&self) -> bool {
        self.0.tells_caches && !self.is_report_only()
    }

    /// Tells shared caches of a response whose lines were judged.
    pub(crate) fn tell_caches(&self, visit: &Visit, is_personal: bool, response: &mut HeaderMap) {
        if !self.tells_caches() {
            return;
        }
        // A page that a handler made for an account is for that visitor alone, whatever the session
        // rests on.
        let was_asked = visit.was_asked();
        let is_picked =
            self.0.picked_by.is_some() && (was_asked || has_header(response, &SET_COOKIE));
        let is_personal = is_personal || was_asked && visit.account().was_given();
        if is_personal || is_picked && self.is_picked_by_anything() {
            make_private(response);
        }
        if was_asked {
            self.tell_caches_of_question(response);
        } else if is_picked && !is_personal {
            vary_by(response, self.picked_by());
        }
    }

    /// Returns `true` if no header is named by which this policy was picked, so that what it lets pass may depend on
    /// anything in the request.
    pub(super) fn is_picked_by_anything(&self) -> bool {
        self.0.picked_by.as_ref().is_some_and(|headers| headers.is_empty())
    }

    fn picked_by(&self) -> impl Iterator<Item = &HeaderName> + Clone {
        self.0.picked_by.iter().flat_map(|headers| headers.iter())
    }

    /// Tells shared caches of a response for which the application asked what the visitor chose.
    pub(crate) fn tell_caches_of_question(&self, response: &mut HeaderMap) {
        if self.tells_caches() {
            let headers = [COOKIE].iter().chain(self.0.sources.headers());
            vary_by(response, headers.chain(self.picked_by()));
        }
    }
}
