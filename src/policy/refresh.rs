//! Cookies whose life no new visit may prolong (R11).

use std::collections::HashSet;

use crate::choice::RequestHeaders;
use crate::registry::{MaxLifetime, Rule};
use crate::set_cookie::Lifetime;

/// The cookies that the request carries, and those that the response has deleted so far.
pub(super) struct Refresh<'a> {
    request: &'a RequestHeaders,
    /// The names of the request's cookies, gathered when they are first asked for. One pass over
    /// the request serves all lines of its response, since both may be many.
    carried: Option<HashSet<&'a [u8]>>,
    /// `None` until a line deletes something that must not be prolonged, which is seldom.
    deleted: Option<HashSet<Box<[u8]>>>,
}

impl<'a> Refresh<'a> {
    pub(super) fn new(request: &'a RequestHeaders) -> Self {
        Refresh { request, carried: None, deleted: None }
    }

    /// Returns `true` if a line would prolong a cookie that must not be prolonged: the visitor has it already,
    /// and the line asks for a lifetime that the cookie would get anew.
    ///
    /// A session cookie has no life to prolong, and a cookie that was deleted by a line before it
    /// starts anew, as when a login replaces a session.
    #[inline]
    pub(super) fn prolongs(
        &mut self,
        cookie_name: &[u8],
        rule: Option<&Rule>,
        lifetime: impl FnOnce() -> Lifetime,
    ) -> bool {
        let Some(rule) = rule.filter(|rule| !rule.refresh) else { return false };
        if rule.cap == Some(MaxLifetime::Session) || !self.carries(cookie_name) {
            return false;
        }
        let lifetime = lifetime();
        if self.notice(cookie_name, lifetime) {
            // An unproven one must become a proven one, or it prolongs in some browsers.
            return true;
        }
        lifetime != Lifetime::Session
            && !self.deleted.as_ref().is_some_and(|deleted| deleted.contains(cookie_name))
    }

    /// Notes a deletion, behind which the cookie starts anew, and returns `true` if the line is one.
    pub(super) fn notice(&mut self, cookie_name: &[u8], lifetime: Lifetime) -> bool {
        let deletes = lifetime.is_deletion();
        if deletes {
            self.deleted.get_or_insert_default().insert(cookie_name.into());
        }
        deletes
    }

    fn carries(&mut self, cookie_name: &[u8]) -> bool {
        let request = self.request;
        self.carried
            .get_or_insert_with(|| request.carried().map(|(name, _)| name).collect())
            .contains(cookie_name)
    }
}
