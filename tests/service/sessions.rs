//! Logging in and out with tower-sessions.

use axum::Router;
use axum::body::Body;
use axum::routing::{get, post};
use http::header::{COOKIE, HeaderValue, SET_COOKIE};
use http::{Method, Request, Response, StatusCode};
use tower::{ServiceBuilder, ServiceExt};
use tower_sessions::cookie::time::{Duration, OffsetDateTime};
use tower_sessions::{Expiry, MemoryStore, Session, SessionManagerLayer};

use super::site::{THIRTY_DAYS, granted, layer, only_cookie, response, set_cookies};

const NINETY_DAYS: Expiry = Expiry::OnInactivity(Duration::days(90));

/// Logs in, and tries to set a cookie that the visitor has not consented to.
async fn login(session: Session) -> Response<Body> {
    session.insert("user", "Ada").await.unwrap();
    response(&["_ga=1"])
}

async fn user(session: Session) -> Result<String, StatusCode> {
    session.get("user").await.unwrap().ok_or(StatusCode::UNAUTHORIZED)
}

async fn logout(session: Session) {
    session.flush().await.unwrap();
}

fn site() -> Router {
    Router::new()
        .route("/login", post(login))
        .route("/user", get(user))
        .route("/logout", post(logout))
}

fn sessions(expiry: Expiry) -> SessionManagerLayer<MemoryStore> {
    SessionManagerLayer::new(MemoryStore::default()).with_expiry(expiry)
}

fn request(method: Method, path: &str, cookies: &[&HeaderValue]) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for cookie in cookies {
        request = request.header(COOKIE, *cookie);
    }
    request.body(Body::empty()).unwrap()
}

#[tokio::test]
async fn a_visitor_who_has_not_decided_logs_in_and_out() {
    let site = site().layer(sessions(NINETY_DAYS)).layer(layer());

    let response = site.clone().oneshot(request(Method::POST, "/login", &[])).await.unwrap();
    let session = only_cookie(response.headers());
    let line = set_cookies(response.headers())[0];
    assert!(line.starts_with("id="), "{line}");
    assert!(line.contains(THIRTY_DAYS), "capped to the declaration: {line}");
    assert!(line.contains("; HttpOnly; SameSite=Strict; Secure; Path=/"), "{line}");

    let response = site.clone().oneshot(request(Method::GET, "/user", &[&session])).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert!(!response.headers().contains_key(SET_COOKIE));

    let response = site.clone().oneshot(request(Method::POST, "/logout", &[&session])).await;
    let response = response.unwrap();
    let line = set_cookies(response.headers())[0];
    assert!(line.starts_with("id=; Path=/; Max-Age=0; Expires="), "a deletion passes: {line}");

    let response = site.oneshot(request(Method::GET, "/user", &[&session])).await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn r10_every_kind_of_expiry() {
    let year = OffsetDateTime::now_utc() + Duration::days(365);
    let cases = [
        (Expiry::OnSessionEnd, None),
        (Expiry::OnInactivity(Duration::days(1)), Some("Max-Age=86400")),
        (Expiry::OnInactivity(Duration::days(30)), Some("Max-Age=2592000")),
        (NINETY_DAYS, Some("Max-Age=2592000")),
        (Expiry::AtDateTime(year), Some("Max-Age=2592000")),
    ];
    for (expiry, want) in cases {
        let site = site().layer(sessions(expiry)).layer(layer());
        let response = site.oneshot(request(Method::POST, "/login", &[])).await.unwrap();
        let [line] = set_cookies(response.headers())[..] else { panic!("{response:?}") };
        let lifetime = line.split("; ").find(|attribute| attribute.starts_with("Max-Age"));
        assert_eq!(lifetime, want, "{expiry:?}: {line}");
    }
}

/// A session that is not necessary: the site keeps the steps of a wizard in it.
#[tokio::test]
async fn a_session_that_needs_consent_ends_even_after_it_is_withdrawn() {
    let site = site().layer(sessions(Expiry::OnSessionEnd).with_name("wizard")).layer(layer());
    let yes = granted(&["functional"]);
    let no = granted(&[]);

    let response = site.clone().oneshot(request(Method::POST, "/login", &[&no])).await.unwrap();
    assert!(!response.headers().contains_key(SET_COOKIE));

    let response = site.clone().oneshot(request(Method::POST, "/login", &[&yes])).await.unwrap();
    let session = only_cookie(response.headers());

    let logout = request(Method::POST, "/logout", &[&no, &session]);
    let response = site.oneshot(logout).await.unwrap();
    assert_eq!(only_cookie(response.headers()), "wizard=");
}

/// The README says so: the layer does not see cookies that are set outside of it.
#[tokio::test]
async fn inside_of_the_session_layer_its_cookie_passes_unseen() {
    let inside = [
        site().layer(layer()).layer(sessions(NINETY_DAYS)),
        site().layer(ServiceBuilder::new().layer(sessions(NINETY_DAYS)).layer(layer())),
    ];
    for site in inside {
        let response = site.oneshot(request(Method::POST, "/login", &[])).await.unwrap();
        let line = set_cookies(response.headers())[0];
        assert!(line.contains("; Max-Age=7776000"), "not capped: {line}");
    }
    let outside = site().layer(ServiceBuilder::new().layer(layer()).layer(sessions(NINETY_DAYS)));
    let response = outside.oneshot(request(Method::POST, "/login", &[])).await.unwrap();
    assert!(set_cookies(response.headers())[0].contains(THIRTY_DAYS));
}
