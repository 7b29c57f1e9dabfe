//! The same site with banner, preferences and policy page.

use axum::response::Html;
use axum::routing::get;
use axum::{Extension, Router};
use tower_cookie_consent::pages::Pages;
use tower_cookie_consent::registry::Language;
use tower_cookie_consent::{Consent, CookieConsentLayer, Registry};

pub(super) fn app(registry: Registry) -> Router {
    let pages = Pages::new(registry);
    Router::new()
        .route("/", get(home))
        .route("/contact", get(async || Html("<h1>Contact</h1>".to_owned())))
        .route("/health", get(async || "The site is up."))
        .nest_service("/cookies", pages.clone())
        .layer(Extension(pages.clone()))
        .layer(CookieConsentLayer::new(pages.policy().clone()))
}

async fn home(consent: Consent, Extension(pages): Extension<Pages>) -> Html<String> {
    let lang = Language::ENGLISH;
    let (head, banner, manage) = (pages.head(), pages.banner(&consent, lang), pages.manage(lang));
    let body = format!("{banner}<h1>Home</h1>{manage}");
    Html(format!("<!doctype html><html lang=en><title>Home</title>{head}{body}"))
}
