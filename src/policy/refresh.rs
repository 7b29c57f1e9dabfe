//! Cookies whose life no new visit may prolong (R11).

use std::collections::HashSet;

use crate::choice::RequestHeaders;

/// The names of the cookies that a request carries, gathered when they are first asked for. One
/// pass over the request serves all lines of its response, since both may be many.
pub(super) struct CarriedNames<'a> {
    request: &'a RequestHeaders,
    names: Option<HashSet<&'a [u8]>>,
}

impl<'a> CarriedNames<'a> {
    pub(super) fn new(request: &'a RequestHeaders) -> Self {
        CarriedNames { request, names: None }
    }

    /// Whether the visitor has a cookie of this name already.
    pub(super) fn contains(&mut self, cookie_name: &[u8]) -> bool {
        let request = self.request;
        self.names
            .get_or_insert_with(|| request.carried().map(|(name, _)| name).collect())
            .contains(cookie_name)
    }
}
