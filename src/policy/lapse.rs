//! The reasons for which a visitor who chose before is asked again (R7).

use crate::choice::Choice;
use crate::policy::consent::Consent;

/// The reason for which a choice that a visitor made does not count any more ([R7](crate::rules#r7)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Lapse {
    /// It was made under another version of the policy.
    NewVersion,
    /// It was made longer ago than a consent counts, or at a time that cannot be.
    Expired,
}

impl Consent {
    /// The reason for which the choice that the request carries does not count any more; `None` where
    /// one counts, and where there is none.
    ///
    /// A banner that asks again says so by this. What was refused stays refused in the meantime.
    ///
    /// ```
    /// use tower_cookie_consent::{Lapse, Policy, Registry};
    ///
    /// let policy = Policy::new(Registry::from_toml("version = '2'\n[categories.analytics]\nbasis = 'consent'")?);
    /// let mut request = http::HeaderMap::new();
    /// assert_eq!(policy.consent(&request).lapse(), None);
    /// let old = "__Host-cookie_consent=version=1&time=1795262400&analytics=true";
    /// request.insert("cookie", old.parse().unwrap());
    /// assert_eq!(policy.consent(&request).lapse(), Some(Lapse::NewVersion));
    /// # Ok::<(), tower_cookie_consent::ConfigError>(())
    /// ```
    pub fn lapse(&self) -> Option<Lapse> {
        if self.is_decided() {
            return None;
        }
        let stated = self.policy().stated(self.request());
        let mut decided = stated.filter(Choice::is_decided).peekable();
        decided.peek()?;
        let is_new_version = decided.any(|choice| choice.is_of_another_version());
        Some(if is_new_version { Lapse::NewVersion } else { Lapse::Expired })
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use http::HeaderMap;
    use http::header::COOKIE;

    use crate::policy::Policy;
    use crate::registry::{Category, Registry};

    use super::*;

    const NOW: u64 = 1_795_262_400;

    #[test]
    fn r7_a_choice_that_does_not_count_says_why() {
        let registry =
            Registry::builder().version("2").category(Category::consent("analytics")).build();
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
        let policy = Policy::builder(registry.unwrap()).clock(move || now).build();
        let half_a_year = 180 * 86_400;
        for (value, want) in [
            (String::new(), None),
            ("1".to_owned(), None),
            (format!("version=2&time={NOW}&analytics=true"), None),
            (format!("version=2&time={NOW}&analytics=false"), None),
            (format!("version=1&time={NOW}&analytics=true"), Some(Lapse::NewVersion)),
            (format!("version=1&time={NOW}&analytics=false"), Some(Lapse::NewVersion)),
            (format!("version=2&time={}&analytics=true", NOW - half_a_year), None),
            (
                format!("version=2&time={}&analytics=true", NOW - half_a_year - 1),
                Some(Lapse::Expired),
            ),
            (format!("version=2&time={}&analytics=true", NOW + 61), Some(Lapse::Expired)),
            (format!("version=1&time={}&analytics=true", NOW + 61), Some(Lapse::NewVersion)),
        ] {
            let mut request = HeaderMap::new();
            let cookie = format!("__Host-cookie_consent={value}");
            request.insert(COOKIE, cookie.parse().unwrap());
            assert_eq!(policy.consent(&request).lapse(), want, "{value}");
        }
        assert_eq!(policy.consent(&HeaderMap::new()).lapse(), None);
    }
}
