//! `Set-Cookie` lines on their way into a response.

use http::header::{HeaderMap, HeaderValue};

use crate::headers::set_cookie;

/// `Set-Cookie` lines to be sent: nothing has happened to the visitor's choice until they are.
///
/// With the feature `axum` they are parts of a response: `(lines, Redirect::to("/"))`. Elsewhere,
/// [`append_to`](Self::append_to) adds them to its headers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "these lines change nothing until they are sent"]
pub struct SetCookies(pub(super) Vec<HeaderValue>);

impl SetCookies {
    /// Adds the lines behind those that a response has.
    pub fn append_to(self, response: &mut HeaderMap) {
        set_cookie::append_set_cookies(response, self.0);
    }

    /// The lines, in the order in which they must be sent.
    pub fn iter(&self) -> std::slice::Iter<'_, HeaderValue> {
        self.0.iter()
    }
}

impl IntoIterator for SetCookies {
    type Item = HeaderValue;
    type IntoIter = std::vec::IntoIter<HeaderValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a SetCookies {
    type Item = &'a HeaderValue;
    type IntoIter = std::slice::Iter<'a, HeaderValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
