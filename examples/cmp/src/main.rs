//! A small site with an existing banner: orestbida's cookieconsent, from npm.
//!
//! ```sh
//! npm install --prefix examples/cmp
//! cargo run -p cmp      # http://127.0.0.1:3000
//! ```
//!
//! Neither the page nor the banner knows about the layer. `/set/essential`, `/set/functional`,
//! `/set/analytics`, `/set/advertising` and `/set/undeclared` set cookies of those kinds, whatever
//! the visitor chose. The visitor's answer to the banner decides which of them leave the server.

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

/// The banner's categories `analytics` and `functionality` have their usual meanings. Of its
/// services, only one has to be mapped, since the other has the same id in the policy.
fn policy() -> Result<Policy, Box<dyn Error>> {
    let registry = Registry::from_toml(include_str!("../../policies/cexro.toml"))?;
    let banner = CmpSource::new(Cmp::Orestbida).with_mapping("ga", "google-analytics");
    Ok(Policy::builder(registry).source(Gpc).source(banner).build())
}

/// Shows what the server knows, and deletes cookies that the visitor no longer allows, since the
/// banner's script cannot delete `HttpOnly` cookies.
///
/// This is only for visitors who have decided. In a request from another site, the browser may
/// withhold the banner's cookie, as with `SameSite=Strict`, and that visitor must not lose theirs.
async fn home(consent: Consent) -> Response {
    let page = Html(page::home(&consent).into_string());
    let answer = ([(CACHE_CONTROL, "no-store")], page);
    if consent.is_decided() {
        (consent.leftovers(consent.choice()), answer).into_response()
    } else {
        answer.into_response()
    }
}

/// Tries to set every cookie of a kind, without looking at the visitor's consent.
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
