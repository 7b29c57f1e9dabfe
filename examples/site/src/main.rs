//! A small site that keeps the cookie policy of Cexro OCR (`examples/policies/cexro.toml`).
//!
//! ```sh
//! cargo run -p site                    # http://127.0.0.1:3000
//! cargo run -p site -- 127.0.0.1:8080  # or PORT=8080
//! ```
//!
//! `/` shows the visitor's cookies and choice, with a form to change it that needs no script.
//! `/set/essential`, `/set/functional`, `/set/analytics`, `/set/advertising` and `/set/undeclared`
//! set cookies of those kinds, all of them, whatever the visitor chose: no handler asks. The layer
//! lets through what it may.

mod choice;
mod inventory;
mod login;
mod page;
mod set;
mod words;

use std::env;
use std::error::Error;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::response::{AppendHeaders, Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use example_support::listen;
use tower_cookie_consent::{Choice, ConfigError, Consent, CookieConsentLayer, Registry};
use tower_http::csrf::CsrfLayer;

use words::Lang;

/// An answer, or the status and the text of what went wrong.
type Answer = Result<Response, (StatusCode, String)>;

#[derive(Clone, Copy)]
struct Site {
    /// Is `true` if cookies are only for TLS. Always so on a site that is not this example.
    secure: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (address, site) = arguments()?;
    let app = app(site)?;
    let listener = listen(address).await?;
    axum::serve(listener, app).await?;
    Ok(())
}

/// Secure cookies are the default, of the consent cookie and of session layers, and a site should
/// leave it at that. This example speaks plain HTTP, and yet they work: Chromium, Firefox and curl
/// take a loopback address for as safe as TLS. Safari does not, and no browser does for another
/// machine's address; `--insecure-cookies` is for trying the example there.
fn arguments() -> Result<(Option<String>, Site), String> {
    let mut site = Site { secure: true };
    let mut address = None;
    for argument in env::args().skip(1) {
        match argument.as_str() {
            "--insecure-cookies" => site.secure = false,
            flag if flag.starts_with('-') => {
                return Err(format!("unknown {flag}; usage: site [ADDRESS] [--insecure-cookies]"));
            }
            _ => address = Some(argument),
        }
    }
    Ok((address, site))
}

fn app(site: Site) -> Result<Router, Box<dyn Error>> {
    Ok(Router::new()
        .route("/", get(home))
        .route("/set/{kind}", get(set_cookies))
        .route("/consent", post(save))
        .route("/consent/accept", post(accept_all))
        .route("/consent/refuse", post(refuse_all))
        .route("/consent/withdraw", post(withdraw))
        .route("/login", post(log_in))
        .route("/logout", post(log_out))
        .with_state(site)
        .layer(CsrfLayer::new()) // or any other site could send the form, and consent for a visitor
        .layer(CookieConsentLayer::new(registry(site)?))) // outermost: sees every Set-Cookie
}

fn registry(site: Site) -> Result<Registry, ConfigError> {
    let registry = Registry::from_toml(include_str!("../../policies/cexro.toml"))?;
    registry.with_consent_cookie(|cookie| cookie.with_secure(site.secure))
}

async fn home(consent: Consent, lang: Lang) -> Response {
    let visitor = page::Visitor { user: login::user(&consent), cookies: inventory::sent(&consent) };
    let page = Html(page::home(&consent, lang, &visitor));
    // The page is this visitor's, and old as soon as they choose.
    ([(CACHE_CONTROL, "no-store")], page).into_response()
}

/// Attempts to set every cookie of a kind. Nothing here looks at the visitor's consent: this is the
/// code that somebody forgot about, or that came with a dependency.
async fn set_cookies(State(site): State<Site>, lang: Lang, Path(kind): Path<String>) -> Answer {
    let lines = set::lines(&kind).ok_or_else(|| {
        (StatusCode::NOT_FOUND, format!("no cookies of the kind {kind:?}: {}\n", set::kinds()))
    })?;
    let secure = if site.secure { "; Secure" } else { "" };
    let attempts: Vec<String> = lines.iter().map(|line| format!("{line}{secure}")).collect();
    let page = Html(page::attempted(lang, &kind, &attempts));
    let lines = attempts.into_iter().map(|line| (SET_COOKIE, line));
    Ok((AppendHeaders(lines), page).into_response())
}

/// Stores what the form says.
async fn save(consent: Consent, lang: Lang, Form(fields): Form<Vec<(String, String)>>) -> Answer {
    store(&consent, lang, &choice::from_form(consent.registry(), &fields))
}

async fn accept_all(consent: Consent, lang: Lang) -> Answer {
    store(&consent, lang, &Choice::decided(consent.registry()).grant_all())
}

async fn refuse_all(consent: Consent, lang: Lang) -> Answer {
    store(&consent, lang, &Choice::decided(consent.registry()).refuse_all())
}

/// Forgets the choice: the visitor will be asked again.
async fn withdraw(consent: Consent, lang: Lang) -> Response {
    (consent.withdraw(), back(lang)).into_response()
}

/// Sends the cookie that carries the choice, and deletes the cookies that it does not allow: the
/// layer keeps new ones from being set, but those in the browser already are the site's to delete.
fn store(consent: &Consent, lang: Lang, choice: &Choice) -> Answer {
    let lines = consent.store(choice);
    let lines = lines.map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    Ok((lines, back(lang)).into_response())
}

/// Logs in whoever says so.
async fn log_in(
    State(site): State<Site>,
    lang: Lang,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let name = fields.iter().find(|(key, _)| key == "name").map_or("", |(_, name)| name.trim());
    if name.is_empty() {
        return back(lang).into_response();
    }
    (login::log_in(name, site.secure), back(lang)).into_response()
}

async fn log_out(State(site): State<Site>, lang: Lang) -> Response {
    (login::log_out(site.secure), back(lang)).into_response()
}

fn back(lang: Lang) -> Redirect {
    Redirect::to(&page::address("/", lang))
}
