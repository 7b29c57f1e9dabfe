use axum::http::header::SET_COOKIE;
use axum::response::AppendHeaders;
use axum::routing::get;
use axum::{Extension, Router, response::IntoResponse};
use tower_cookie_consent::{Consent, CookieConsentLayer, Registry};

pub fn app(registry: Registry) -> Router {
    Router::new().route("/", get(home)).layer(CookieConsentLayer::new(registry))
}

async fn home(Extension(consent): Extension<Consent>) -> impl IntoResponse {
    let set = AppendHeaders([
        (SET_COOKIE, "session=1; HttpOnly"),
        (SET_COOKIE, "_ga=GA1.1; Max-Age=63072000"),
    ]);
    (set, if consent.allows("analytics") { "counted" } else { "not counted" })
}
