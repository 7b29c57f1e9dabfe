//! Checks that browsers store the consent cookie, and that the policy keeps it.

use std::time::Duration;

use crate::lifetime::MaxLifetime;
use crate::registry::check::names::is_host_bound;
use crate::registry::check::problems::Problems;
use crate::registry::check::{carriers, sources};
use crate::registry::declare::consent_cookie::ConsentCookie;
use crate::registry::declare::settings::Settings;
use crate::registry::problem::key_path::KeyPath;
use crate::registry::resolved::{Resolved, known};
use crate::set_cookie::SameSite;
use crate::set_cookie::prefix::Demands;

/// Reports settings that keep browsers from storing the cookie, and settings that contradict each
/// other.
pub(crate) fn check(
    settings: &Settings,
    consent_lifetime: Duration,
    resolved: &Resolved,
    problems: &mut Problems,
) {
    attributes(&settings.consent_cookie, problems);
    declaration(&settings.consent_cookie, consent_lifetime, resolved, problems);
    carriers::check(settings, resolved, problems);
    sources::distinct_cookies(settings, problems);
}

/// Reports attributes that browsers would refuse (RFC 6265bis, section 5.7).
fn attributes(cookie: &ConsentCookie, problems: &mut Problems) {
    let path = KeyPath::root().at("consent");
    let name = cookie.name();
    if name.is_empty() || !name.bytes().all(is_token) {
        let message = "is no cookie name; use letters, digits and any of !#$%&'*+-.^_`|~";
        problems.add(path.at("name"), "consent-cookie-name", message);
    }
    let host_bound = is_host_bound(cookie.domain(), Some(cookie.path()));
    let demands = Demands::of(name.as_bytes());
    let refusals = [
        (
            demands.http_only,
            "name",
            "browsers store an `__Http-` cookie only with `HttpOnly`, and page scripts read this \
             one; change the name",
        ),
        (
            demands.host && !(cookie.is_secure() && host_bound),
            "name",
            "browsers refuse a `__Host-` cookie that is not secure, has a domain, or a path other \
             than `/`; change these, or the name",
        ),
        (
            demands.secure && !(demands.host || demands.http_only || cookie.is_secure()),
            "name",
            "browsers refuse a `__Secure-` cookie that is not secure; make it secure, or change \
             the name",
        ),
        (
            cookie.same_site() == SameSite::None && !cookie.is_secure(),
            "same-site",
            "browsers refuse `SameSite=None` without `Secure`; make it secure, or write `lax`",
        ),
        (
            cookie.is_partitioned() && !cookie.is_secure(),
            "partitioned",
            "browsers refuse `Partitioned` without `Secure`; make it secure, or leave it out",
        ),
    ];
    for (_, key, message) in refusals.into_iter().filter(|(refused, ..)| *refused) {
        problems.add(path.at(key), "consent-cookie-refused", message);
    }
    problems.places(&path, &[], &cookie.domain, [&cookie.path]);
    problems.lifetime(&path, "lifetime", cookie.lifetime_spec());
}

/// Reports a cookie that would live longer than its declaration allows.
fn declaration(
    cookie: &ConsentCookie,
    consent_lifetime: Duration,
    resolved: &Resolved,
    problems: &mut Problems,
) {
    let mut declarations = resolved.declarations.iter();
    let Some(placed) = declarations.find(|placed| placed.declared.name == cookie.name()) else {
        return;
    };
    let lifetime = cookie.lifetime().unwrap_or(MaxLifetime::Seconds(consent_lifetime.as_secs()));
    let cap = resolved.cap(known(placed.declared.lifetime.as_ref()), placed.home);
    if let Some(limit) = cap.filter(|limit| lifetime > *limit) {
        let path = KeyPath::root().at("consent");
        problems.lifetime_above(&path, lifetime, limit, &placed.key_path);
    }
}

/// Returns whether this byte may be in a token (RFC 9110, section 5.6.2).
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::problem::{ConfigError, Problem};

    #[test]
    fn r8_a_cookie_that_browsers_would_refuse_is_none() {
        let new = ConsentCookie::new;
        let cases = [
            (new(), vec![]),
            (new().with_domain("example.com").with_path("/a b").with_secure(false), vec![]),
            (new().with_domain(".example.com").with_lifetime("session"), vec![]),
            (new().with_name("__Host-c"), vec![]),
            (new().with_name("__host-c").with_path("/a"), vec!["`__Host-`"]),
            (new().with_name("__HOST-c").with_domain("a.example"), vec!["`__Host-`"]),
            (new().with_name("__Host-c").with_secure(false), vec!["`__Host-`"]),
            (new().with_name("__Secure-c").with_domain("a.example"), vec![]),
            (new().with_name("__http-c"), vec!["`__Http-`"]),
            (new().with_name("__Host-Http-c"), vec!["`__Http-`"]),
            (new().with_name("__secure-c").with_secure(false), vec!["`__Secure-`"]),
            (new().with_same_site(SameSite::None), vec![]),
            (new().with_same_site(SameSite::None).with_secure(false), vec!["`SameSite=None`"]),
            (new().with_name(""), vec!["no cookie name"]),
            (new().with_name("a b"), vec!["no cookie name"]),
            (new().with_name("a=b"), vec!["no cookie name"]),
            (new().with_name("é"), vec!["no cookie name"]),
        ];
        for (cookie, want) in cases {
            let mut problems = Problems::default();
            attributes(&cookie, &mut problems);
            let error = problems.into_warnings().err();
            let found = error.as_ref().map_or(&[][..], ConfigError::problems);
            let found: Vec<_> = found.iter().map(Problem::message).collect();
            assert_eq!(found.len(), want.len(), "{cookie:?}: {found:?}");
            let told = found.iter().zip(&want).all(|(found, want)| found.contains(want));
            assert!(told, "{cookie:?}: {found:?} instead of {want:?}");
        }
    }
}
