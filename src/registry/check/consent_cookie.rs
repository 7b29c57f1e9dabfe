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
use crate::registry::problem::entry::Entry;
use crate::set_cookie::prefix;

/// Notes what browsers would refuse (RFC 6265bis, section 5.7).
pub(crate) fn attributes(cookie: &ConsentCookie, problems: &mut Problems) {
    let entry = Entry::root().at("consent");
    let name = cookie.cookie_name();
    if name.is_empty() || !name.bytes().all(is_token) {
        problems.add(entry.at("name"), ProblemKind::ConsentCookie(Why::Name));
    }
    let host_bound = is_host_bound(cookie.cookie_domain(), Some(cookie.cookie_path()));
    if prefix::demands_http_only(name.as_bytes()) {
        problems.add(entry.at("name"), ProblemKind::ConsentCookie(Why::HttpPrefix));
    }
    if prefix::demands_host(name.as_bytes()) && !(cookie.is_secure() && host_bound) {
        problems.add(entry.at("name"), ProblemKind::ConsentCookie(Why::HostPrefix));
    }
    if prefix::is_secure(name.as_bytes()) && !cookie.is_secure() {
        problems.add(entry.at("name"), ProblemKind::ConsentCookie(Why::SecurePrefix));
    }
    if cookie.cookie_same_site() == SameSite::None && !cookie.is_secure() {
        problems.add(entry.at("same-site"), ProblemKind::ConsentCookie(Why::InsecureSameSiteNone));
    }
    problems.place(&entry, cookie.cookie_domain(), Some(cookie.cookie_path()));
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
    let named = |index: &usize| flat.records.declarations[*index].name == cookie.cookie_name();
    let Some(index) = (0..flat.records.declarations.len()).find(named) else {
        return;
    };
    let (declaration, entry) = (&flat.records.declarations[index], &flat.declarations[index]);
    let category = &flat.records.categories[declaration.home.category];
    if category.basis != Basis::Necessary {
        let category = category.id.clone();
        problems.add(entry.clone(), ProblemKind::ConsentCookie(Why::NotNecessary { category }));
    }
    let lifetime =
        cookie.max_lifetime().unwrap_or(MaxLifetime::Seconds(consent_lifetime.as_secs()));
    if let Some(limit) = flat.records.cap(declaration).filter(|limit| lifetime > *limit) {
        let owner = entry.to_string();
        let kind = ProblemKind::LifetimeAbove { lifetime, limit, owner };
        problems.add(Entry::root().at("consent").at("lifetime"), kind);
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
            (new().domain("example.com").path("/a b").secure(false), vec![]),
            (new().domain(".example.com").lifetime("session"), vec![]),
            (new().name("__Host-c"), vec![]),
            (new().name("__host-c").path("/a"), vec![Why::HostPrefix]),
            (new().name("__HOST-c").domain("a.example"), vec![Why::HostPrefix]),
            (new().name("__Host-c").secure(false), vec![Why::HostPrefix]),
            (new().name("__Secure-c").domain("a.example"), vec![]),
            (new().name("__http-c"), vec![Why::HttpPrefix]),
            (new().name("__Host-Http-c"), vec![Why::HttpPrefix]),
            (new().name("__secure-c").secure(false), vec![Why::SecurePrefix]),
            (new().same_site(SameSite::None), vec![]),
            (new().same_site(SameSite::None).secure(false), vec![Why::InsecureSameSiteNone]),
            (new().name(""), vec![Why::Name]),
            (new().name("a b"), vec![Why::Name]),
            (new().name("a=b"), vec![Why::Name]),
            (new().name("é"), vec![Why::Name]),
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
