//! rack-policy, `spec/cookie_limiter_spec.rb`.
//!
//! It knows one kind of consent: a cookie, by default `cookie_limiter`, that is there or not.

use std::convert::Infallible;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Extension;
use axum::response::Html;
use axum::routing::get;
use axum_extra::extract::CookieJar;
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::registry::{Category, ConsentCookie};
use tower_cookie_consent::{Consent, Policy, Registry};
use tower_cookies::{CookieManagerLayer, Cookies};

use crate::answer::{answer, carrying, left, left_under, refused, who_chose};
use crate::site::{
    EVERY_KIND, granted, layer, lines, names, policy, response, set_cookies, undecided, visitor,
};

/// rack-policy, `cookie_limiter_spec.rb`: preserves normal requests
#[tokio::test]
async fn r12_a_page_without_cookies_is_the_same_page() {
    let site = Router::new().route("/", get(|| async { "ok" }));
    let bare = answer(site.clone(), undecided()).await;
    let response = answer(site.layer(layer()), undecided()).await;
    assert_eq!(
        (response.status(), lines(response.headers())),
        (StatusCode::OK, lines(bare.headers()))
    );
    assert_eq!(to_bytes(response.into_body(), 10).await.unwrap(), "ok");
}

/// rack-policy, `cookie_limiter_spec.rb`: does not meter where the middleware is inserted
#[tokio::test]
async fn r6_a_cookie_of_a_middleware_inside_is_stripped() {
    async fn remember(cookies: Extension<Cookies>) {
        cookies.add(tower_cookies::Cookie::new("theme", "1"));
    }
    let site = Router::new().route("/", get(remember)).layer(CookieManagerLayer::new());
    let response = answer(site.layer(layer()), undecided()).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(set_cookies(response.headers()).is_empty());
}

/// rack-policy, `cookie_limiter_spec.rb`: removes cookie session header
#[tokio::test]
async fn r6_without_consent_only_necessary_cookies_are_left() {
    assert_eq!(left(undecided(), &EVERY_KIND).await, ["sid=1; HttpOnly"]);
    assert!(left(undecided(), &["theme=1", "_ga=1"]).await.is_empty());
}

/// Returns what the page was sent.
async fn echo(jar: CookieJar) -> String {
    let mut names: Vec<_> = jar.iter().map(|cookie| cookie.name().to_owned()).collect();
    names.sort_unstable();
    names.join(" ")
}

/// rack-policy, `cookie_limiter_spec.rb`: clears all the cookies
#[tokio::test]
async fn r12_without_consent_the_page_is_still_sent_its_cookies() {
    let site = Router::new().route("/", get(echo)).layer(layer());
    let response = answer(site, carrying(&["foo=1", "bar=2"])).await;
    assert!(set_cookies(response.headers()).is_empty(), "nor are they deleted");
    assert_eq!(to_bytes(response.into_body(), 100).await.unwrap(), "bar foo");
}

/// rack-policy, `cookie_limiter_spec.rb`: revalidates caches
#[tokio::test]
async fn r23_shared_caches_are_told_and_browsers_keep_what_the_site_says() {
    for (told, want) in
        [(None, "private"), (Some(HeaderValue::from_static("max-age=60")), "private, max-age=60")]
    {
        let page = service_fn(async |_: Request<()>| {
            let mut response = response::<()>(&["theme=1"]);
            response.headers_mut().extend(told.clone().map(|value| (CACHE_CONTROL, value)));
            Ok::<_, Infallible>(response)
        });
        let response = layer().layer(page).oneshot(undecided()).await.unwrap();
        assert_eq!(response.headers()[CACHE_CONTROL], want);
    }
}

/// A page that stores the visitor's grant of everything, and a cookie beside it.
async fn consents(Extension(consent): Extension<Consent>) -> Response<Body> {
    let mut response = response(&["theme=bot"]);
    let everything = refused(consent.policy()).grant_all();
    consent.store(&everything).unwrap().append_to(response.headers_mut());
    response
}

async fn after_consent() -> Response<Body> {
    answer(Router::new().route("/", get(consents)).layer(layer()), undecided()).await
}

/// rack-policy, `cookie_limiter_spec.rb`: preserves cookie header; sets consent cookie
#[tokio::test]
async fn r8_the_consent_cookie_reaches_the_visitor() {
    let response = after_consent().await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(names(response.headers()).contains(&"__Host-cookie_consent"));
}

/// rack-policy, `cookie_limiter_spec.rb`: preserves other session cookies
#[tokio::test]
async fn r9_a_cookie_beside_the_consent_that_allows_it_stays() {
    assert_eq!(names(after_consent().await.headers()), ["__Host-cookie_consent", "theme"]);
}

/// rack-policy, `cookie_limiter_spec.rb`: preserves all the cookies if custom consent token present
#[tokio::test]
async fn r7_the_consent_may_be_in_a_cookie_of_another_name() {
    let registry = Registry::builder()
        .version("1")
        .consent_cookie(ConsentCookie::new().with_name("consent"))
        .category(Category::consent("everything").cookie("foo").cookie("bar"));
    let policy = Policy::new(registry.build().unwrap());
    let consenting = who_chose(&policy, &refused(&policy).grant_all());
    assert!(consenting.headers()["cookie"].to_str().unwrap().starts_with("consent="));
    assert_eq!(left_under(&policy, consenting, &["foo=1", "bar=2"]).await, ["foo=1", "bar=2"]);
    assert!(left_under(&policy, visitor(&["functional"]), &["foo=1"]).await.is_empty());
}

async fn tells(request: Request<Body>) -> String {
    async fn tell(consent: Option<Extension<Consent>>) -> String {
        consent.map_or_else(String::new, |Extension(consent)| format!("{:?}", consent.choice()))
    }
    let response = answer(Router::new().route("/", get(tell)).layer(layer()), request).await;
    String::from_utf8(to_bytes(response.into_body(), 1000).await.unwrap().into()).unwrap()
}

/// rack-policy, `cookie_limiter_spec.rb`: sets environment consent variable
#[tokio::test]
async fn every_page_can_ask_for_the_consent() {
    assert!(tells(undecided()).await.contains("Undecided"));
}

/// rack-policy, `cookie_limiter_spec.rb`: assigns value for the consent variable
#[tokio::test]
async fn what_a_page_is_told_is_what_the_visitor_chose() {
    assert!(!tells(visitor(&["functional"])).await.contains("Undecided"));
    // The choice states the second in which it is made, and the next one may begin in between.
    let before = granted(&["functional"]);
    let request = visitor::<()>(&["functional"]);
    let consent = policy().consent(request.headers());
    assert!(consent.allows("functional") && !consent.allows("analytics"));
    let carried = request.headers()["cookie"].to_str().unwrap();
    assert!([before, granted(&["functional"])].iter().any(|it| it == carried), "{carried}");
}

/// rack-policy, `cookie_limiter_spec.rb`: returns correct response for head request
#[tokio::test]
async fn r12_a_head_request_is_answered_like_a_get() {
    let site = Router::new().route("/", get(|| async { response::<Body>(&EVERY_KIND) }));
    let mut request = undecided();
    *request.method_mut() = Method::HEAD;
    let response = answer(site.layer(layer()), request).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(set_cookies(response.headers()), ["sid=1; HttpOnly"]);
}

/// The headers of an empty response of some status, through the layer, sorted by name: the order of
/// names is not promised.
async fn content_headers(status: u16) -> Vec<(HeaderName, HeaderValue)> {
    let page = service_fn(async |_: Request<()>| {
        let mut response = response::<()>(&["_ga=1"]);
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        response.headers_mut().extend(untouched());
        Ok::<_, Infallible>(response)
    });
    let response = layer().layer(page).oneshot(undecided()).await.unwrap();
    assert_eq!(response.status(), status);
    let mut lines = lines(response.headers());
    lines.retain(|(name, _)| *name != CACHE_CONTROL);
    lines.sort_by(|(a, _), (b, _)| a.as_str().cmp(b.as_str()));
    lines
}

fn untouched() -> [(HeaderName, HeaderValue); 2] {
    let text = HeaderValue::from_static("text/plain");
    [(CONTENT_LENGTH, HeaderValue::from_static("0")), (CONTENT_TYPE, text)]
}

/// rack-policy, `cookie_limiter_spec.rb`: strips content headers for no content
#[tokio::test]
async fn r12_the_content_headers_of_no_content_are_left_to_the_server() {
    assert_eq!(content_headers(204).await, untouched());
}

/// rack-policy, `cookie_limiter_spec.rb`: strips headers for information request
#[tokio::test]
async fn r12_the_content_headers_of_an_interim_status_are_left_to_the_server() {
    assert_eq!(content_headers(102).await, untouched());
}

/// rack-policy, `helpers_spec.rb`: guards against missing key
#[tokio::test]
async fn without_the_layer_there_is_no_consent() {
    async fn accepted(consent: Option<Extension<Consent>>) -> Html<&'static str> {
        Html(if consent.is_some() { "asked" } else { "nobody asked" })
    }
    let response = answer(Router::new().route("/", get(accepted)), visitor(&["functional"])).await;
    assert_eq!(to_bytes(response.into_body(), 100).await.unwrap(), "nobody asked");
}

/// rack-policy, `helpers_spec.rb`: doesn't accept cookies
#[test]
fn r7_who_carries_no_consent_has_not_consented() {
    let request = undecided::<()>();
    let consent = policy().consent(request.headers());
    assert!(!consent.is_decided() && !consent.allows("functional"));
}

/// rack-policy, `helpers_spec.rb`: accepts cookies
#[test]
fn r7_who_carries_a_consent_has_consented() {
    let request = visitor::<()>(&["functional"]);
    let consent = policy().consent(request.headers());
    assert!(consent.is_decided() && consent.allows("functional"));
}
