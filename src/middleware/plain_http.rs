//! Hints for the developer whose site is served over plain HTTP, where the visitor's choice is lost, and
//! cookies of which the registry demands `Secure`.
//!
//! Browsers drop a `Secure` cookie that comes over plain HTTP, so that the visitor is asked again
//! and again, and nobody says why. The server cannot see it: TLS may end in a proxy, and what proxies
//! say of it is as right as they are set up. Two headers of the browser itself tell: `Origin` has the
//! scheme of the page that sends a form, and `Sec-Fetch-Site` is sent to trustworthy URLs alone
//! (Fetch Metadata, section 2), by every browser since 2023. Chromium 156 and Firefox 153 were seen to
//! drop such a cookie, and to send these headers, on plain HTTP to an address that is not loopback; on
//! loopback they keep it and say `same-origin`.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, Ordering};

use http::header::{HeaderMap, HeaderName, ORIGIN, SET_COOKIE};
use http::uri::Authority;
use http::{Method, Request};

use crate::policy::Policy;
use crate::registry::{Basis, Registry};
use crate::set_cookie::SetCookie;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// One hint of each kind a process is enough to be read.
static HINTED: AtomicBool = AtomicBool::new(false);
static HINTED_OF_FLOOR: AtomicBool = AtomicBool::new(false);

/// Returns `true` if the browser's own headers say that the request came over plain HTTP, to a host
/// whose `Secure` cookies browsers drop then. Of a request that only fetches a page, nothing is known.
pub(crate) fn carried<B>(request: &Request<B>) -> bool {
    // Browsers send `Origin` with all else, which is how a choice is stored.
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return false;
    }
    let headers = request.headers();
    headers.get(ORIGIN).is_some_and(|origin| is_untrustworthy(origin.as_bytes()))
        && !headers.contains_key(SEC_FETCH_SITE)
}

/// Returns `true` for an origin whose scheme is `http`, on a host that browsers do not trust all the
/// same. They trust loopback addresses, and Tor's browser trusts onion services.
fn is_untrustworthy(origin: &[u8]) -> bool {
    let authority = origin.strip_prefix(b"http://").map(Authority::try_from);
    let Some(Ok(authority)) = authority else { return false };
    let host = authority.host();
    let is_within = |domain: &str| {
        let name = host.strip_suffix(domain);
        name.is_some_and(|name| name.is_empty() || name.ends_with('.'))
    };
    let is_loopback = host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback());
    !(is_loopback || host == "[::1]" || is_within("localhost") || is_within("onion"))
}

/// Warns, once in a process, if the browser will drop a cookie of this response to a request over plain
/// HTTP: the one with the visitor's choice, or one that becomes `Secure` because the registry demands it.
pub(crate) fn tell(policy: &Policy, response: &HeaderMap) {
    if tracing::event_enabled!(tracing::Level::WARN) {
        tell_of_choice(policy.registry(), response);
        if !policy.is_report_only() {
            tell_of_floor(policy.registry(), response);
        }
    }
}

fn tell_of_choice(registry: &Registry, response: &HeaderMap) {
    let cookie = registry.consent_cookie();
    let stores = |line: &[u8]| {
        let line = SetCookie::parse(line);
        line.name() == cookie.name().as_bytes() && !line.value().is_empty()
    };
    if cookie.is_secure()
        && response.get_all(SET_COOKIE).iter().any(|line| stores(line.as_bytes()))
        && !HINTED.swap(true, Ordering::Relaxed)
    {
        tracing::warn!(
            "a visitor's choice was stored over plain HTTP, where browsers drop a Secure cookie: they \
             will be asked again and again. Serve the site over TLS; for development, take the \
             registry's with_consent_cookie(|cookie| cookie.with_secure(false))",
        );
    }
}

fn tell_of_floor(registry: &Registry, response: &HeaderMap) {
    let raised = response.get_all(SET_COOKIE).iter().find_map(|line| {
        let line = SetCookie::parse(line.as_bytes());
        // A cookie of another basis may be stripped, which is no loss.
        let declared = registry.declaration(line.name())?;
        let is_necessary = declared.category().basis() == Basis::Necessary;
        let is_raised = declared.floor().missing_in(&line).secure && !line.value().is_empty();
        (is_necessary && is_raised).then(|| declared.name())
    });
    if let Some(name) = raised
        && !HINTED_OF_FLOOR.swap(true, Ordering::Relaxed)
    {
        tracing::warn!(
            "the registry demands `secure` of {name}, and browsers drop a Secure cookie that comes \
             over plain HTTP: what it keeps, such as a login, is lost. Serve the site over TLS, or \
             on localhost for development",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_trust_tls_and_loopback_addresses() {
        for (origin, is_untrusted) in [
            ("http://example.org", true),
            ("http://example.org:8080", true),
            ("http://192.168.1.5:3000", true),
            ("http://[2001:db8::1]:3000", true),
            ("http://site.test", true),
            ("http://localhost.example.org", true),
            ("http://notlocalhost", true),
            ("http://127.example.org", true),
            ("http://localhost", false),
            ("http://localhost:3000", false),
            ("http://shop.localhost:3000", false),
            ("http://127.0.0.1:3000", false),
            ("http://127.9.9.9", false),
            ("http://[::1]:3000", false),
            ("http://abcdef.onion", false),
            ("https://example.org", false),
            ("null", false),
            ("", false),
            ("http://", false),
            ("http://a b", false),
            ("http://\u{e9}", false),
        ] {
            assert_eq!(is_untrustworthy(origin.as_bytes()), is_untrusted, "{origin}");
        }
    }
}
