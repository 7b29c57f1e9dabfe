//! A hint for the developer who put the layer on the wrong side of what writes cookies.
//!
//! Some middleware leaves a value in the request's extensions on the way in. Where one is there before
//! the layer is asked, its `Set-Cookie` lines will be written outside of the layer, which never sees
//! them. The extensions tell the names of their types, in `Debug`, since http 1.4; that makes a
//! dependency on such middleware needless. The order is the same for all requests of a route, so the
//! first requests of a process are looked at alone.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use http::Extensions;

use crate::policy::Consent;

/// The types by which middleware that writes cookies is known, and what puts them there.
const LEFT_BY: [(&str, &str); 2] = [
    ("tower_sessions_core::session::Session", "the SessionManagerLayer of tower-sessions"),
    ("tower_cookies::Cookies", "the CookieManagerLayer of tower-cookies"),
];

/// The number of requests that are still looked at.
static LEFT: AtomicU8 = AtomicU8::new(100);

/// One hint a process is enough to be read.
static HINTED: AtomicBool = AtomicBool::new(false);

/// Warns, once in a process, if the request has been through middleware that writes cookies. Another
/// consent layer outside of all that sees them, and has left its consent.
pub(crate) fn check(request: &Extensions) {
    if LEFT.load(Ordering::Relaxed) == 0
        || request.is_empty()
        || !tracing::event_enabled!(tracing::Level::WARN)
    {
        return;
    }
    let one_less = |left: u8| left.checked_sub(1);
    let looks = LEFT.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less).is_ok();
    if looks
        && request.get::<Consent>().is_none()
        && let Some(writer) = writer(&format!("{request:?}"))
        && !HINTED.swap(true, Ordering::Relaxed)
    {
        tracing::warn!(
            "CookieConsentLayer is inside {writer}, whose cookies it cannot see; put it outside: \
             after it with Router::layer, before it with ServiceBuilder",
        );
    }
}

/// Returns what wrote cookies, by the names of types as `{a::B, c::D}`.
fn writer(names: &str) -> Option<&'static str> {
    let names = names.trim_matches(['{', '}']);
    let is_there = |known: &str| names.split(", ").any(|name| name == known);
    LEFT_BY.iter().find(|(known, _)| is_there(known)).map(|(_, writer)| *writer)
}
