//! Sends one request to a page inside the layer that sets cookies.

use axum::Router;
use axum::body::Body;
use axum::routing::any;
use http::header::{COOKIE, HeaderMap, HeaderValue};
use http::{Request, Response};
use tower::ServiceExt;
use tower_cookie_consent::{Choice, CookieConsentLayer, Policy, Registry};

use super::site::{layer, only_cookie, response, set_cookies};

/// The lines of one response.
pub(crate) type Lines = &'static [&'static str];

/// Returns a page that sets some cookies, whatever the method.
pub(crate) fn page(lines: Lines) -> Router {
    Router::new().route("/", any(move || async move { response::<Body>(lines) }))
}

pub(crate) fn policy_of(registry: &str) -> Policy {
    Policy::new(toml::from_str::<Registry>(registry).unwrap())
}

pub(crate) async fn answer(site: Router, request: Request<Body>) -> Response<Body> {
    site.oneshot(request).await.unwrap()
}

/// Returns the `Set-Cookie` lines that leave a page under a policy.
pub(crate) async fn left_under(
    policy: &Policy,
    request: Request<Body>,
    lines: Lines,
) -> Vec<String> {
    let site = page(lines).layer(CookieConsentLayer::new(policy.clone()));
    owned(answer(site, request).await.headers())
}

/// Returns the `Set-Cookie` lines that leave a page of the small site.
pub(crate) async fn left(request: Request<Body>, lines: Lines) -> Vec<String> {
    owned(answer(page(lines).layer(layer()), request).await.headers())
}

pub(crate) fn owned(headers: &HeaderMap) -> Vec<String> {
    set_cookies(headers).into_iter().map(str::to_owned).collect()
}

/// Returns a request with some cookies.
pub(crate) fn carrying(cookies: &[&str]) -> Request<Body> {
    let mut request = Request::default();
    for cookie in cookies {
        request.headers_mut().append(COOKIE, HeaderValue::from_str(cookie).unwrap());
    }
    request
}

/// Returns the request of a visitor who stored a choice.
pub(crate) fn who_chose(policy: &Policy, choice: &Choice) -> Request<Body> {
    let mut stored = HeaderMap::new();
    policy.consent(&HeaderMap::new()).store(choice).unwrap().append_to(&mut stored);
    carrying(&[only_cookie(&stored).to_str().unwrap()])
}

/// Returns the deletions that a response sends with a choice, to a visitor with some cookies.
pub(crate) fn deletions(policy: &Policy, cookies: &str, choice: &Choice) -> Vec<String> {
    let lines = policy.consent(carrying(&[cookies]).headers()).store(choice).unwrap();
    lines.iter().skip(1).map(|line| line.to_str().unwrap().to_owned()).collect()
}

pub(crate) fn refused(policy: &Policy) -> Choice {
    Choice::decided(policy.registry()).refuse_all()
}
