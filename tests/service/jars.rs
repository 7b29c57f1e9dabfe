//! The cookie jars of axum-extra in handlers.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::routing::get;
use axum_extra::extract::cookie::{Cookie, Key, SameSite};
use axum_extra::extract::{CookieJar, SignedCookieJar};
use http::header::COOKIE;
use http::{HeaderValue, Request};
use tower::ServiceExt;
use tower_cookies::cookie::time::Duration;

use super::site::{THIRTY_DAYS, layer, names, only_cookie, set_cookies, undecided, visitor};

fn lasting(name: &'static str, days: i64) -> Cookie<'static> {
    Cookie::build((name, "the-value"))
        .max_age(Duration::days(days))
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
}

async fn add_to_jar(jar: CookieJar) -> CookieJar {
    jar.add(lasting("id", 90)).add(lasting("_ga", 90)).add(lasting("_fbp", 90))
}

async fn remove_from_jar(jar: CookieJar) -> CookieJar {
    jar.remove("id").remove("_ga").remove("_fbp")
}

async fn sign(jar: SignedCookieJar) -> SignedCookieJar {
    jar.add(lasting("id", 90)).add(lasting("_ga", 90))
}

async fn verify(jar: SignedCookieJar) -> String {
    jar.iter().map(|cookie| cookie.to_string()).collect::<Vec<_>>().join(", ")
}

fn site() -> Router {
    Router::new()
        .route("/", get(add_to_jar).delete(remove_from_jar))
        .route("/signed", get(sign))
        .route("/verify", get(verify))
        .with_state(Key::generate())
        .layer(layer())
}

fn at(mut request: Request<Body>, path: &'static str) -> Request<Body> {
    *request.uri_mut() = path.parse().unwrap();
    request
}

#[tokio::test]
async fn cookies_of_a_jar_are_judged_and_capped() {
    let response = site().oneshot(undecided::<Body>()).await.unwrap();
    let capped = format!("id=the-value{THIRTY_DAYS}; HttpOnly; SameSite=Lax");
    assert_eq!(set_cookies(response.headers()), [capped]);

    let response = site().oneshot(visitor::<Body>(&["analytics"])).await.unwrap();
    assert_eq!(names(response.headers()), ["_ga", "id"]);
}

#[tokio::test]
async fn r4_removals_of_a_jar_pass_without_consent() {
    let mut request = undecided::<Body>();
    *request.method_mut() = http::Method::DELETE;
    request.headers_mut().insert(COOKIE, HeaderValue::from_static("id=1; _ga=1; _fbp=1"));
    let response = site().oneshot(request).await.unwrap();
    assert_eq!(names(response.headers()), ["_fbp", "_ga", "id"]);
    for line in set_cookies(response.headers()) {
        assert!(line.contains("=; Max-Age=0; Expires="), "{line}");
    }
}

#[tokio::test]
async fn signed_cookies_are_judged_by_name_and_still_verify_when_capped() {
    let site = site();
    let response = site.clone().oneshot(at(undecided(), "/signed")).await.unwrap();
    let sent_back = only_cookie(response.headers());
    assert!(set_cookies(response.headers())[0].contains(THIRTY_DAYS));

    let mut request = at(undecided(), "/verify");
    request.headers_mut().insert(COOKIE, sent_back);
    let response = site.oneshot(request).await.unwrap();
    assert_eq!(to_bytes(response.into_body(), 100).await.unwrap(), "id=the-value");
}
