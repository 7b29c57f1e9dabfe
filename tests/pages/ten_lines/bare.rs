//! A site that asks nobody.

use axum::Router;
use axum::response::Html;
use axum::routing::get;

pub(super) fn app() -> Router {
    Router::new()
        .route("/", get(home))
        .route("/contact", get(async || Html("<h1>Contact</h1>".to_owned())))
        .route("/health", get(async || "The site is up."))
}

async fn home() -> Html<String> {
    Html("<!doctype html><html lang=en><title>Home</title><h1>Home</h1>".to_owned())
}
