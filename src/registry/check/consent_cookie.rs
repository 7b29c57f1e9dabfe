//! Whether browsers will store the consent cookie, and the policy keep it.

use std::time::Duration;

use crate::lifetime::MaxLifetime;
use crate::registry::check::flatten::Flat;
use crate::registry::check::names::is_host_bound;
use crate::registry::check::problems::Problems;
use crate::registry::declare::basis::Basis;
use crate::registry::declare::consent_cookie::{ConsentCookie, SameSite};
use crate::registry::problem::ConsentCookieProblem as Why;
use crate::registry::problem::ProblemKind;
use crate::registry::problem::key_path::KeyPath;
use crate::set_cookie::prefix;

/// Notes what browsers would refuse (RFC 6265bis, section 5.7).
pub(crate) fn attributes(cookie: &ConsentCookie, problems: &mut Problems) {
    let entry = KeyPath::root().at("consent");
    let name = cookie.name();
    if name.is_empty() || !name.bytes().all(is_token) {
        problems.add(entry.at("name"), ProblemKind::ConsentCookie(Why::Name));
    }
    let host_bound = is_host_bound(cookie.domain(), Some(cookie.path()));
    if prefix::demands_http_only(name.as_bytes()) {
        problems.add(entry.at("name"), ProblemKind::ConsentCookie(Why::HttpPrefix));
    }
    if prefix::demands_host(name.as_bytes()) && !(cookie.is_secure() && host_bound) {
        problems.add(entry.at("name"), ProblemKind::ConsentCookie(Why::HostPrefix));
    }
    if prefix::is_secure(name.as_bytes()) && !cookie.is_secure() {
        problems.add(entry.at("name"), ProblemKind::ConsentCookie(Why::SecurePrefix));
    }
    if cookie.same_site() == SameSite::None && !cookie.is_secure() {
        problems.add(entry.at("same-site"), ProblemKind::ConsentCookie(Why::InsecureSameSiteNone));
    }
    problems.place(&entry, cookie.domain(), Some(cookie.path()));
    problems.lifetime(&entry, "lifetime", cookie.lifetime_spec());
}

/// Notes a declaration of the consent cookie that the layer would not live up to: it is kept
/// whatever the visitor chose (rule R8), for as long as it is configured to live.
pub(crate) fn declaration(
    cookie: &ConsentCookie,
    consent_lifetime: Duration,
    flat: &Flat,
    problems: &mut Problems,
) {
    let named = |index: &usize| flat.records.declarations[*index].name == cookie.name();
    let Some(index) = (0..flat.records.declarations.len()).find(named) else {
        return;
    };
    let (declaration, entry) = (&flat.records.declarations[index], &flat.declarations[index]);
    let category = &flat.records.categories[declaration.home.category];
    if category.basis != Basis::Necessary {
        let category = category.id.clone();
        problems.add(entry.clone(), ProblemKind::ConsentCookie(Why::NotNecessary { category }));
    }
    let lifetime = cookie.lifetime().unwrap_or(MaxLifetime::Seconds(consent_lifetime.as_secs()));
    if let Some(limit) = flat.records.cap(declaration).filter(|limit| lifetime > *limit) {
        let owner = entry.to_string();
        let kind = ProblemKind::LifetimeAbove { lifetime, limit, owner };
        problems.add(KeyPath::root().at("consent").at("lifetime"), kind);
    }
}

/// RFC 9110, section 5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r8_a_cookie_that_browsers_would_refuse_is_none() {
        let new = ConsentCookie::new;
        let cases = [
            (new(), vec![]),
            (new().with_domain("example.com").with_path("/a b").with_secure(false), vec![]),
            (new().with_domain(".example.com").with_lifetime("session"), vec![]),
            (new().with_name("__Host-c"), vec![]),
            (new().with_name("__host-c").with_path("/a"), vec![Why::HostPrefix]),
            (new().with_name("__HOST-c").with_domain("a.example"), vec![Why::HostPrefix]),
            (new().with_name("__Host-c").with_secure(false), vec![Why::HostPrefix]),
            (new().with_name("__Secure-c").with_domain("a.example"), vec![]),
            (new().with_name("__http-c"), vec![Why::HttpPrefix]),
            (new().with_name("__Host-Http-c"), vec![Why::HttpPrefix]),
            (new().with_name("__secure-c").with_secure(false), vec![Why::SecurePrefix]),
            (new().with_same_site(SameSite::None), vec![]),
            (
                new().with_same_site(SameSite::None).with_secure(false),
                vec![Why::InsecureSameSiteNone],
            ),
            (new().with_name(""), vec![Why::Name]),
            (new().with_name("a b"), vec![Why::Name]),
            (new().with_name("a=b"), vec![Why::Name]),
            (new().with_name("é"), vec![Why::Name]),
        ];
        for (cookie, want) in cases {
            let mut problems = Problems::default();
            attributes(&cookie, &mut problems);
            let found: Vec<_> = problems.into_vec().iter().map(|p| p.kind().clone()).collect();
            let want: Vec<_> = want.into_iter().map(ProblemKind::ConsentCookie).collect();
            assert_eq!(found, want, "{cookie:?}");
        }
    }
}
