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
    ///
    /// The first is the reading of Chromium and the RFC, which pass over a value that is too long; Firefox,
    /// whose reading is the second, takes it for one that says something else.
    pub(crate) fn readings(attributes: Attributes<'_>) -> [Option<Self>; 2] {
        let all = [SameSite::Strict, SameSite::Lax, SameSite::None];
        let mut readings = [None; 2];
        for attribute in attributes {
            if attribute.name.eq_ignore_ascii_case(b"samesite") {
                let value = attribute.value;
                let said =
                    all.into_iter().find(|it| value.eq_ignore_ascii_case(it.as_str().as_bytes()));
                readings[1] = said;
                if value.len() <= MAX_ATTRIBUTE_VALUE {
                    readings[0] = said;
                }
            }
        }
        readings
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

    /// The one of two that lets fewer requests carry the cookie.
    pub(crate) const fn or_stricter(self, other: SameSite) -> Self {
        if other.is_stricter_than(self) { other } else { self }
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
