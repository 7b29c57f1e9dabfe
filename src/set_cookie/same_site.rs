//! The `SameSite` attribute: which requests from elsewhere carry a cookie.

use std::fmt;

use crate::set_cookie::Attributes;
use crate::set_cookie::limits::MAX_ATTRIBUTE_VALUE;

/// The `SameSite` attribute of a cookie.
///
/// In a registry file: `same-site = "strict"`, `"lax"` or `"none"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SameSite {
    /// Sent with requests from the site itself only. A visitor who follows a link from elsewhere
    /// is undecided on that first page.
    Strict,
    /// Sent with links from elsewhere too.
    #[default]
    Lax,
    /// Sent with every request, also of a page embedded elsewhere; must be `Secure`.
    None,
}

impl SameSite {
    /// Returns what browsers read: the last attribute of this name counts, and one that says something else
    /// takes back what those before it said (RFC 6265bis, section 5.7).
    pub(crate) fn of(attributes: Attributes<'_>) -> Option<Self> {
        let last = attributes
            .filter(|attribute| attribute.name.eq_ignore_ascii_case(b"samesite"))
            .filter(|attribute| attribute.value.len() <= MAX_ATTRIBUTE_VALUE)
            .last()?;
        let all = [SameSite::Strict, SameSite::Lax, SameSite::None];
        all.into_iter().find(|it| last.value.eq_ignore_ascii_case(it.as_str().as_bytes()))
    }

    /// The attribute's value.
    pub const fn as_str(self) -> &'static str {
        match self {
            SameSite::Strict => "Strict",
            SameSite::Lax => "Lax",
            SameSite::None => "None",
        }
    }

    /// Returns `true` if it lets fewer requests carry the cookie than another does.
    pub(crate) const fn is_stricter_than(self, other: SameSite) -> bool {
        self.rank() < other.rank()
    }

    /// The stricter one has the lower rank.
    const fn rank(self) -> u8 {
        match self {
            SameSite::Strict => 0,
            SameSite::Lax => 1,
            SameSite::None => 2,
        }
    }
}

impl fmt::Display for SameSite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
