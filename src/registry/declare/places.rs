//! The domains and paths for which a cookie may be set.

/// The word that stands for the request's host and all its parent domains.
pub(crate) const PARENTS: &str = "parents";

/// The domains for which a cookie is set, besides the request's host: one, several, or `"parents"`,
/// which means that host with all its subdomains, and each of its parent domains.
///
/// ```
/// use tower_cookie_consent::registry::Declaration;
///
/// let one = Declaration::new("_ga").domain("example.com");
/// let several = Declaration::new("_ga").domain(["shop.example.com", "parents"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Domains {
    pub(crate) named: Vec<String>,
    pub(crate) parents: bool,
}

impl<T: Into<String>> FromIterator<T> for Domains {
    fn from_iter<I: IntoIterator<Item = T>>(domains: I) -> Self {
        let mut all = Domains::default();
        for domain in domains {
            let domain = domain.into();
            if domain == PARENTS {
                all.parents = true;
            } else {
                all.named.push(domain);
            }
        }
        all
    }
}

/// The paths under which a cookie is set: one or several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths(pub(crate) Vec<String>);

impl<T: Into<String>> FromIterator<T> for Paths {
    fn from_iter<I: IntoIterator<Item = T>>(paths: I) -> Self {
        Paths(paths.into_iter().map(Into::into).collect())
    }
}

/// Lets the type be made from one text or from several.
macro_rules! one_or_several {
    ($places:ident) => {
        impl From<&str> for $places {
            fn from(one: &str) -> Self {
                Self::from_iter([one])
            }
        }

        impl From<String> for $places {
            fn from(one: String) -> Self {
                Self::from_iter([one])
            }
        }

        impl<T: Into<String>> From<Vec<T>> for $places {
            fn from(several: Vec<T>) -> Self {
                Self::from_iter(several)
            }
        }

        impl<T: Into<String>, const N: usize> From<[T; N]> for $places {
            fn from(several: [T; N]) -> Self {
                Self::from_iter(several)
            }
        }
    };
}

one_or_several!(Domains);
one_or_several!(Paths);
