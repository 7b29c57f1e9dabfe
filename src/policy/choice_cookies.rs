//! `Set-Cookie` lines by which a visitor's choice takes effect, on their way into a response.

use std::fmt;

use http::header::{HeaderMap, HeaderValue};

use crate::headers::set_cookie;
use crate::set_cookie::SetCookie;

/// The `Set-Cookie` lines that store or withdraw a choice, and delete what it does not allow.
///
/// Nothing has happened to the visitor's choice until they are sent. With the feature `axum` they
/// are parts of a response: `(lines, Redirect::to("/"))`. Elsewhere,
/// [`append_to`](Self::append_to) adds them to its headers:
///
/// ```
/// # use tower_cookie_consent::{Policy, Registry};
/// # let policy = Policy::new(Registry::from_toml("version = '1'\n[categories.analytics]\nbasis = 'consent'\ncookies = ['_ga']").unwrap());
/// # let request: http::HeaderMap =
/// #     [(http::header::COOKIE, http::HeaderValue::from_static("_ga=1"))].into_iter().collect();
/// let lines = policy.consent(&request).withdraw();
/// assert_eq!(lines.iter().len(), 2, "the choice is deleted, and `_ga` with it");
///
/// let mut response = http::HeaderMap::new();
/// lines.append_to(&mut response);
/// assert_eq!(response.get_all("set-cookie").iter().count(), 2);
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use = "these lines change nothing until they are sent"]
pub struct ChoiceCookies(pub(super) Vec<HeaderValue>);

impl ChoiceCookies {
    /// Adds the lines behind those that a response has.
    pub fn append_to(self, response: &mut HeaderMap) {
        set_cookie::append_set_cookies(response, self.0);
    }

    /// The lines, in the order in which they must be sent, for a response that is no `HeaderMap`.
    ///
    /// ```
    /// # use tower_cookie_consent::{Choice, Policy, Registry};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let policy = Policy::new(Registry::from_toml("version = '1'\n[categories.analytics]\nbasis = 'consent'")?);
    /// # let consent = policy.consent(&http::HeaderMap::new());
    /// let refused = Choice::decided(consent.registry()).refuse_all();
    /// for line in &consent.store(&refused)? {
    ///     assert!(line.to_str()?.starts_with("__Host-cookie_consent="));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn iter(&self) -> std::slice::Iter<'_, HeaderValue> {
        self.0.iter()
    }
}

/// The names of the cookies that the lines set or delete, and no value ([R15](crate::rules#r15)).
impl fmt::Debug for ChoiceCookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.0.iter().map(|line| SetCookie::parse(line.as_bytes()));
        f.debug_list().entries(lines).finish()
    }
}

impl IntoIterator for ChoiceCookies {
    type Item = HeaderValue;
    type IntoIter = std::vec::IntoIter<HeaderValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a ChoiceCookies {
    type Item = &'a HeaderValue;
    type IntoIter = std::slice::Iter<'a, HeaderValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
