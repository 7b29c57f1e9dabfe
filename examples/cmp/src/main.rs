//! A small site behind a banner that it already has: orestbida's cookieconsent, from npm.
//!
//! ```sh
//! npm install --prefix examples/cmp
//! cargo run -p cmp      # http://127.0.0.1:3000
//! ```
//!
//! Nothing on the page and in the banner knows of the layer. `/set/essential`, `/set/functional`,
//! `/set/analytics`, `/set/advertising` and `/set/undeclared` set cookies of those kinds, whatever
//! the visitor chose. What is clicked in the banner decides which of them leave the server.

mod page;
mod script;

#[path = "../../site/src/set.rs"]
mod set;

use std::env;
use std::error::Error;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::response::{AppendHeaders, Html, IntoResponse, Response};
use axum::routing::get;
use example_support::listen;
use tower_cookie_consent::registry::{Cmp, CmpSource};
use tower_cookie_consent::{Consent, CookieConsentLayer, Gpc, Policy, Registry};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let app = app()?;
    let listener = listen(env::args().nth(1)).await?;
    axum::serve(listener, app).await?;
    Ok(())
}

fn app() -> Result<Router, Box<dyn Error>> {
    Ok(Router::new()
        .route("/", get(home))
        .route("/set/{kind}", get(set_cookies))
        .merge(script::routes()?)
        .layer(CookieConsentLayer::new(policy()?)))
}

/// The categories `analytics` and `functionality` of the banner have their usual meanings. Of the
/// services only one has to be mapped: the other is called as in the policy.
fn policy() -> Result<Policy, Box<dyn Error>> {
    let registry = Registry::from_toml(include_str!("../../policies/cexro.toml"))?;
    let banner = CmpSource::new(Cmp::Orestbida).with_mapping("ga", "google-analytics");
    Ok(Policy::builder(registry).source(Gpc).source(banner).build())
}

/// Shows what the server knows, and deletes what the visitor no longer allows: the banner's script
/// reaches no `HttpOnly` cookie.
///
/// Only for who has decided: a visitor whose browser held back the banner's cookie, as it does with
/// `SameSite=Strict` on the way from another site, is not to lose theirs.
async fn home(consent: Consent) -> Response {
    let page = Html(page::home(&consent).into_string());
    let answer = ([(CACHE_CONTROL, "no-store")], page);
    if consent.is_decided() {
        (consent.leftovers(consent.choice()), answer).into_response()
    } else {
        answer.into_response()
    }
}

/// Attempts to set every cookie of a kind. Nothing here looks at the visitor's consent.
async fn set_cookies(Path(kind): Path<String>) -> Response {
    let Some(lines) = set::lines(set::CEXRO, &kind) else {
        return (
            StatusCode::NOT_FOUND,
            format!("kinds: {}\n", set::names(set::CEXRO).collect::<Vec<_>>().join(", ")),
        )
            .into_response();
    };
    let page = Html(page::attempted(&kind, lines).into_string());
    (AppendHeaders(lines.iter().map(|line| (SET_COOKIE, *line))), page).into_response()
}
