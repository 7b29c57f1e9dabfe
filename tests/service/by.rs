//! R25 through the layer: the picked policy reads, filters, exempts and judges.

use std::convert::Infallible;

use http::header::{COOKIE, HeaderValue};
use http::{Request, Response};
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::registry::{Category, RequestFilter};
use tower_cookie_consent::{Consent, CookieConsentLayer, Policy, Registry};

use super::site::{names, response};

fn registry(analytics: Category) -> Registry {
    let essential = Category::necessary("essential").cookie("sid");
    let builder = Registry::builder().version("1").category(essential);
    builder.category(analytics.cookie("_ga")).build().unwrap()
}

/// Returns the cookies of `sid` and `_ga` that the application reads, whether analytics is allowed,
/// and the names of those two that leave.
async fn visit(path: &str) -> (String, bool, Vec<String>) {
    let eu = Policy::builder(registry(Category::consent("analytics")))
        .filter_requests(RequestFilter::All)
        .dangerously_exempt(|request| request.uri.path().ends_with("/exempt"));
    let policy = Policy::by(|request| request.uri.path().split('/').nth(1))
        .policy("us", registry(Category::opt_out("analytics")))
        .policy("eu", eu)
        .build()
        .unwrap();
    let site = CookieConsentLayer::new(policy).layer(service_fn(async |request: Request<()>| {
        let consent: &Consent = request.extensions().get().unwrap();
        let allowed = consent.allows("analytics");
        let read = request.headers()[COOKIE].to_str().unwrap().to_owned();
        let answer = response::<()>(&["sid=1", "_ga=1"]);
        Ok::<Response<_>, Infallible>(answer.map(|()| (read, allowed)))
    }));
    let mut request = Request::get(path).body(()).unwrap();
    request.headers_mut().insert(COOKIE, HeaderValue::from_static("sid=1; _ga=1"));
    let answer = site.oneshot(request).await.unwrap();
    let left = names(answer.headers()).into_iter().map(str::to_owned).collect();
    let (read, allowed) = answer.into_body();
    (read, allowed, left)
}

#[tokio::test]
async fn r25_the_picked_policy_does_all_of_it() {
    let (both, all) = ("sid=1; _ga=1".to_owned(), vec!["_ga".to_owned(), "sid".to_owned()]);
    let sid = ("sid=1".to_owned(), false, vec!["sid".to_owned()]);
    assert_eq!(visit("/us/page").await, (both.clone(), true, all.clone()));
    assert_eq!(visit("/eu/page").await, sid);
    assert_eq!(visit("/elsewhere").await, sid, "the strictest");
    assert_eq!(visit("/eu/exempt").await, (both.clone(), false, all.clone()));
    assert_eq!(visit("/us/exempt").await, (both, true, all));
}
