//! A hint for the developer who put the layer on the wrong side of a cookie manager.

use std::sync::atomic::{AtomicBool, Ordering};

use http::Extensions;

/// One hint a process is enough to be read.
static HINTED: AtomicBool = AtomicBool::new(false);

/// Warns if the request has been through tower-cookies already: then tower-cookies writes its
/// `Set-Cookie` lines outside of the layer, which never sees them. Session layers built on it
/// announce themselves the same way.
pub(crate) fn check(request: &Extensions) {
    if request.get::<tower_cookies::Cookies>().is_some() && !HINTED.swap(true, Ordering::Relaxed) {
        tracing::warn!(
            "CookieConsentLayer is inside a CookieManagerLayer or SessionManagerLayer, whose \
             cookies it cannot see; put it outside: after them with Router::layer, before them \
             with ServiceBuilder",
        );
    }
}
