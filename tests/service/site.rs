//! A small site's policy, its visitors, and what is seen of its responses.

use http::header::{COOKIE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};
use http::{Request, Response};
use test_support::headers::{self, carried};
use tower_cookie_consent::{Choice, CookieConsentLayer, Policy, PolicyBuilder, Registry};

pub(crate) const REGISTRY: &str = r#"
    version = "7"

    [categories.essential]
    basis = "necessary"
    cookies = { sid = "session", id = "30 days" }

    [categories.functional]
    basis = "consent"
    cookies = ["theme", "wizard"]

    [categories.analytics]
    basis = "consent"
    cookies = { _ga = "13 months", _gid = "1 day" }

    [categories.advertising]
    basis = "prohibited"
    cookies = ["_fbp"]
"#;

pub(crate) const THIRTY_DAYS: &str = "; Max-Age=2592000";

/// One cookie of every kind that the registry knows, and one that it does not.
pub(crate) const EVERY_KIND: [&str; 5] =
    ["sid=1; HttpOnly", "theme=1", "_ga=1; Max-Age=5", "_fbp=1", "unheard-of=1"];

pub(crate) fn registry() -> Registry {
    toml::from_str(REGISTRY).unwrap()
}

pub(crate) fn policy() -> Policy {
    Policy::new(registry())
}

pub(crate) fn builder() -> PolicyBuilder {
    Policy::builder(registry())
}

pub(crate) fn layer() -> CookieConsentLayer {
    CookieConsentLayer::new(policy())
}

/// The consent cookie of a visitor who granted some categories and refused the others.
pub(crate) fn granted(ids: &[&str]) -> HeaderValue {
    let policy = policy();
    let refused = Choice::decided(policy.registry()).refuse_all();
    let choice = ids.iter().fold(refused, |choice, id| choice.grant(id));
    let lines = policy.consent(&HeaderMap::new()).store(&choice).unwrap();
    carried(lines.iter().next().unwrap())
}

/// A visitor who has not decided.
pub(crate) fn undecided<B: Default>() -> Request<B> {
    Request::default()
}

/// A visitor who granted some categories and refused the others.
pub(crate) fn visitor<B: Default>(grants: &[&str]) -> Request<B> {
    let mut request = Request::default();
    request.headers_mut().insert(COOKIE, granted(grants));
    request
}

pub(crate) fn response<B: Default>(set_cookies: &[&str]) -> Response<B> {
    let mut response = Response::default();
    *response.headers_mut() = headers::response(set_cookies);
    response
}

/// The `Set-Cookie` lines that left, in their order.
pub(crate) fn set_cookies(headers: &HeaderMap) -> Vec<&str> {
    headers.get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap()).collect()
}

/// The names of the cookies that left, sorted.
pub(crate) fn names(headers: &HeaderMap) -> Vec<&str> {
    let mut names: Vec<_> =
        set_cookies(headers).into_iter().map(|line| line.split('=').next().unwrap()).collect();
    names.sort_unstable();
    names
}

/// Name and value of the only cookie that left, as the browser would send it back.
pub(crate) fn only_cookie(headers: &HeaderMap) -> HeaderValue {
    assert_eq!(headers.get_all(SET_COOKIE).iter().count(), 1, "{headers:?}");
    carried(&headers[SET_COOKIE])
}

/// Names and values of headers, in their order.
pub(crate) fn lines(headers: &HeaderMap) -> Vec<(HeaderName, HeaderValue)> {
    headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
}
