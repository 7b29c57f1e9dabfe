//! Hints for the developer whose visitors' browsers drop a cookie: the choice, which is then asked for again
//! and again, or a login.
//!
//! The server cannot see it. A `Secure` cookie is dropped if it comes over plain HTTP, but TLS may end in a
//! proxy, and what proxies say of it is as right as they are set up. Two headers of the browser itself tell:
//! `Origin` has the scheme and the host of the page that sends a form, and `Sec-Fetch-Site` is sent to trustworthy
//! URLs alone (Fetch Metadata, section 2), by every browser since 2023. Chromium 156 and Firefox 153 were seen to
//! drop such a cookie, and to send these headers, on plain HTTP to an address that is not loopback; on
//! loopback they keep it and say `same-origin`. A cookie for another domain is dropped anywhere (RFC 6265bis,
//! section 5.7), and `same-origin` says that the host in `Origin` is the one that answers.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, Ordering};

use http::header::{HeaderMap, HeaderName, ORIGIN, SET_COOKIE};
use http::uri::Authority;
use http::{Method, Request};

use crate::policy::{Policy, is_within};
use crate::registry::{Basis, Registry};
use crate::set_cookie::SetCookie;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// One hint of each kind a process is enough to be read.
static OF_CHOICE: AtomicBool = AtomicBool::new(false);
static OF_DOMAIN: AtomicBool = AtomicBool::new(false);
static OF_FLOOR: AtomicBool = AtomicBool::new(false);

/// The reason why a browser will drop cookies of the response to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dropped {
    /// The request came over plain HTTP, to a host whose `Secure` cookies browsers drop then.
    IfSecure,
    /// The choice is for a domain to which the host that answers does not belong.
    IfForDomain,
}

impl Dropped {
    /// Returns the reason that the browser's own headers show. Of a request that only fetches a page,
    /// nothing is known, and `policy` is not asked for.
    pub(crate) fn by<'p, B>(
        request: &Request<B>,
        policy: impl FnOnce() -> &'p Policy,
    ) -> Option<Self> {
        // Browsers send `Origin` with all else, which is how a choice is stored.
        if matches!(*request.method(), Method::GET | Method::HEAD) {
            return None;
        }
        let headers = request.headers();
        let (is_tls, host) = origin(headers.get(ORIGIN)?.as_bytes())?;
        match headers.get(SEC_FETCH_SITE) {
            None => (!is_tls && !is_trusted(host.host())).then_some(Dropped::IfSecure),
            Some(site) => {
                let domain = policy().registry().consent_cookie().domain()?;
                let is_elsewhere =
                    site == "same-origin" && !is_within(host.host().as_bytes(), domain);
                is_elsewhere.then_some(Dropped::IfForDomain)
            }
        }
    }
}

/// Reads an origin: whether its scheme is `https`, and its host.
fn origin(origin: &[u8]) -> Option<(bool, Authority)> {
    let tls = origin.strip_prefix(b"https://");
    let authority = tls.or_else(|| origin.strip_prefix(b"http://"))?;
    Some((tls.is_some(), Authority::try_from(authority).ok()?))
}

/// Returns `true` for a host that browsers trust without TLS. They trust loopback addresses, and Tor's
/// browser trusts onion services.
fn is_trusted(host: &str) -> bool {
    let is_loopback = host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback());
    let is_below = |domain| is_within(host.as_bytes(), domain);
    is_loopback || host == "[::1]" || is_below("localhost") || is_below("onion")
}

/// Warns, once in a process for each reason, if the browser will drop a cookie of this response: the one with
/// the visitor's choice, or one that becomes `Secure` because the registry demands it.
pub(crate) fn tell(dropped: Dropped, policy: &Policy, response: &HeaderMap) {
    if !tracing::event_enabled!(tracing::Level::WARN) {
        return;
    }
    let registry = policy.registry();
    let stores = stores_choice(registry, response);
    match dropped {
        Dropped::IfForDomain => {
            if stores && is_first(&OF_DOMAIN) {
                tell_of_domain(registry);
            }
        }
        Dropped::IfSecure => {
            if stores && registry.consent_cookie().is_secure() && is_first(&OF_CHOICE) {
                tracing::warn!(
                    "a visitor's choice was stored over plain HTTP, where browsers drop a Secure cookie: they \
                     will be asked again and again. Serve the site over TLS; for development, take the \
                     registry's with_consent_cookie(|cookie| cookie.with_secure(false))",
                );
            }
            if !policy.is_report_only() {
                tell_of_floor(registry, response);
            }
        }
    }
}

fn is_first(hinted: &AtomicBool) -> bool {
    !hinted.swap(true, Ordering::Relaxed)
}

/// Returns `true` if a line of the response stores a choice in the crate's own cookie.
fn stores_choice(registry: &Registry, response: &HeaderMap) -> bool {
    let name = registry.consent_cookie().name().as_bytes();
    response.get_all(SET_COOKIE).iter().any(|line| {
        let line = SetCookie::parse(line.as_bytes());
        line.name() == name && !line.value().is_empty()
    })
}

fn tell_of_domain(registry: &Registry) {
    let domain = registry.consent_cookie().domain().unwrap_or_default();
    tracing::warn!(
        "a visitor's choice was stored for the domain {domain}, to which the host that they visit does not \
         belong, so that browsers drop it: they will be asked again and again. Correct the domain in [consent]; \
         for development, take the registry's with_consent_cookie(|_| ConsentCookie::new())",
    );
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
        && is_first(&OF_FLOOR)
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
        for (written, is_untrusted) in [
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
            let read = origin(written.as_bytes());
            let drops = read.is_some_and(|(is_tls, host)| !is_tls && !is_trusted(host.host()));
            assert_eq!(drops, is_untrusted, "{written}");
        }
    }

    #[test]
    fn hosts_belong_to_their_parent_domains() {
        for (host, domain, want) in [
            ("example.com", "example.com", true),
            ("www.Example.com", "example.COM", true),
            ("a.b.example.com", ".example.com", true),
            ("example.com", "www.example.com", false),
            ("notexample.com", "example.com", false),
            ("example.com.evil.org", "example.com", false),
            ("127.0.0.1", "example.com", false),
            ("", "example.com", false),
        ] {
            assert_eq!(is_within(host.as_bytes(), domain), want, "{host} {domain}");
        }
    }
}
