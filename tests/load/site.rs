//! A site with logins that sets a cookie of every kind in every response.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::Path;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Router};
use http::HeaderValue;
use http::header::SET_COOKIE;
use tower_cookie_consent::{Choice, Consent, CookieConsentLayer, Registry};
use tower_sessions::cookie::time;
use tower_sessions::{Expiry, MemoryStore, Session, SessionManagerLayer};

const REGISTRY: &str = r#"
    version = "7"

    [consent]
    secure = false

    [categories.essential]
    basis = "necessary"
    cookies = { id = "30 days", auth = "30 days", csrf = "session" }

    [categories.functional]
    basis = "consent"
    cookies = ["theme"]

    [categories.analytics]
    basis = "consent"
    cookies = { _ga = "13 months", _gid = "1 day" }

    [categories.advertising]
    basis = "prohibited"
    cookies = ["_fbp"]
"#;

/// The header that names the user, where there is a login.
pub(crate) const USER: &str = "x-user";

pub(crate) fn layer() -> CookieConsentLayer {
    CookieConsentLayer::new(toml::from_str::<Registry>(REGISTRY).unwrap())
}

/// The site with sessions, without the layer.
pub(crate) fn site() -> Router {
    // Visitors who have not logged in have no session, so that the number of sessions is that of
    // the users.
    let sessions = SessionManagerLayer::new(MemoryStore::default())
        .with_secure(false)
        .with_always_save(true)
        .with_expiry(Expiry::OnInactivity(time::Duration::days(90)));
    Router::new()
        .route("/", get(page))
        .route("/slow", get(slow))
        .route("/login/{user}", post(login))
        .route("/logout", post(logout))
        .route("/consent/{grants}", post(choose))
        .layer(sessions)
}

async fn page(session: Session) -> Response {
    let user: Option<String> = session.get("user").await.unwrap();
    let mut response = every_kind();
    if let Some(user) = user {
        response.headers_mut().insert(USER, HeaderValue::try_from(user).unwrap());
    }
    response
}

/// A page that takes a while: time to go away.
async fn slow(session: Session) -> Response {
    tokio::time::sleep(Duration::from_millis(20)).await;
    page(session).await
}

async fn login(Path(user): Path<String>, session: Session) -> Response {
    session.insert("user", user).await.unwrap();
    every_kind()
}

async fn logout(session: Session) -> Response {
    session.flush().await.unwrap();
    every_kind()
}

/// Stores a choice that grants some categories, as `analytics+functional`.
async fn choose(Path(grants): Path<String>, Extension(consent): Extension<Consent>) -> Response {
    let refused = Choice::decided(consent.registry()).refuse_all();
    let choice = grants.split('+').fold(refused, Choice::grant);
    let mut response = every_kind();
    consent.store(&choice).unwrap().append_to(response.headers_mut());
    response
}

/// Sets one cookie of every kind. Each contains the number of the response, so that no two are
/// equal.
fn every_kind() -> Response {
    static RESPONSES: AtomicU64 = AtomicU64::new(0);
    let number = RESPONSES.fetch_add(1, Ordering::Relaxed);
    let mut response = Response::new("a page".into());
    for line in [
        format!("_fbp={number}; Path=/"),
        format!("csrf={number}; HttpOnly; Path=/"),
        format!("_ga={number}; Path=/; Max-Age=3600"),
        format!("unheard-of={number}"),
        format!("auth={number}; HttpOnly; Path=/; Max-Age=31536000"),
        format!("_gid={number}; Path=/; Max-Age=172800"),
        format!("theme={number}; Path=/"),
        "_gcl_au=; Path=/; Max-Age=0".to_owned(),
    ] {
        response.headers_mut().append(SET_COOKIE, HeaderValue::try_from(line).unwrap());
    }
    response
}
