//! The allocations of withholding cookies from the application (R22).

use http::header::{COOKIE, HeaderValue};
use http::{HeaderMap, Request};
use tower_cookie_consent::registry::RequestFilter;
use tower_cookie_consent::{CookieConsentLayer, Policy};
use tower_layer::Layer;

use crate::layer::counted;
use crate::support::inner::{Prepared, call};
use crate::support::modes::{TEN_COOKIES, TEN_WITH_THREE_REFUSED, cookies};
use crate::support::registries::site;

/// Returns how often answering a request with these cookies allocates, with the extensions off.
fn allocations(filter: RequestFilter, lines: &[String]) -> u64 {
    let policy = Policy::builder(site()).filter_requests(filter);
    let layer = CookieConsentLayer::new(policy).consent_extension(false).report_extension(false);
    let mut service = layer.layer(Prepared::new(http::Response::new(())));
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(COOKIE, HeaderValue::try_from(line.clone()).unwrap());
    }
    let mut request = Request::new(());
    *request.headers_mut() = headers;
    // A value's buffer is shared by its first clone, which allocates.
    let _shared = request.headers().clone();
    counted(|| call(&mut service, request)).1
}

#[test]
fn withholding_allocates_once_and_only_where_something_goes() {
    let [kept, filtered] = [TEN_COOKIES, TEN_WITH_THREE_REFUSED].map(cookies);
    let one = |line: &String| vec![line.clone()];
    for filter in [RequestFilter::Off, RequestFilter::Declared, RequestFilter::All] {
        let removes = u64::from(filter != RequestFilter::Off);
        assert_eq!(allocations(filter, &one(&kept)), 0, "{filter}");
        assert_eq!(allocations(filter, &one(&filtered)), removes, "{filter}");
        assert_eq!(allocations(filter, &[]), 0, "{filter}");
    }
    // Each further line is kept in a list, even if nothing is filtered.
    let split: Vec<_> = filtered.split("; ").map(str::to_owned).collect();
    let unfiltered = allocations(RequestFilter::Off, &split);
    assert_eq!(allocations(RequestFilter::All, &split), unfiltered + 1);
}
