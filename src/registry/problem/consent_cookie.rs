//! What can be wrong with the consent cookie.

use std::fmt;

/// Why browsers would refuse the consent cookie (RFC 6265bis, section 5.7), or the policy not
/// keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConsentCookieProblem {
    /// A name that is no token (RFC 9110, section 5.6.2).
    Name,
    /// A name that starts with `__Host-`, but not `Secure`, with a `Domain`, or with a `Path`
    /// other than `/`.
    HostPrefix,
    /// A name that starts with `__Secure-`, but not `Secure`.
    SecurePrefix,
    /// A name that starts with `__Http-` or `__Host-Http-`: newer browsers store such cookies only
    /// with `HttpOnly`, and page scripts must read this one.
    HttpPrefix,
    /// `SameSite=None`, but not `Secure`.
    InsecureSameSiteNone,
    /// Declared in a category that is not necessary (rule R8).
    NotNecessary {
        /// The category.
        category: String,
    },
}

impl fmt::Display for ConsentCookieProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name => "is no cookie name; use letters, digits and any of !#$%&'*+-.^_`|~",
            Self::HostPrefix => {
                "browsers refuse a `__Host-` cookie that is not secure, has a domain, or a path \
                 other than `/`; change these, or the name"
            }
            Self::SecurePrefix => {
                "browsers refuse a `__Secure-` cookie that is not secure; make it secure, or \
                 change the name"
            }
            Self::HttpPrefix => {
                "browsers store an `__Http-` cookie only with `HttpOnly`, and page scripts read \
                 this one; change the name"
            }
            Self::InsecureSameSiteNone => {
                "browsers refuse `SameSite=None` without `Secure`; make it secure, or write `lax`"
            }
            Self::NotNecessary { category } => {
                return write!(
                    f,
                    "is the consent cookie, which must be kept to be respected, but category \
                     `{category}` is not necessary; move it to one that is, or leave it out"
                );
            }
        })
    }
}
