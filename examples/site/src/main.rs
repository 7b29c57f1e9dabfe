//! A small site that keeps the cookie policy of Cexro OCR or of Whispever (`examples/policies`).
//!
//! ```sh
//! cargo run -p site                    # http://127.0.0.1:3000
//! cargo run -p site -- 127.0.0.1:8080  # or PORT=8080
//! cargo run -p site -- --policy whispever --records /var/lib/site/consent.jsonl
//! cargo run -p site --features ledger  # records in SQLite, or where DATABASE_URL leads
//! ```
//!
//! `/` asks the visitor by the crate's banner; `/cookies` has the preferences and the policy. `/set/…`
//! sets cookies of a kind, all of them, whatever the visitor chose: no handler asks. The layer lets
//! through what it may. A choice that is made while logged in follows the account, and each one
//! leaves a record: a line in a file, or a row of a database (`examples/ledger`).

mod account;
mod arguments;
mod inventory;
mod login;
mod page;
mod policies;
mod records;
mod set;
#[cfg(feature = "ledger")]
mod stopping;
mod words;

use std::error::Error;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Path, State};
use axum::http::header::{CACHE_CONTROL, COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{AppendHeaders, Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router, middleware};
use example_support::listen;
use tower_cookie_consent::pages::Pages;
use tower_cookie_consent::registry::{AccountPrecedence, Language, RequestFilter};
use tower_cookie_consent::{
    Consent, CookieConsentLayer, How, MissingCookieConsentLayer, Policy, Registry, RequestHeaders,
    Shown,
};
use tower_http::csrf::CsrfLayer;

use crate::account::Accounts;
use crate::arguments::Arguments;
use crate::page::Frame;
use crate::policies::Site;
use crate::records::Records;
use crate::words::LANGUAGES;

#[derive(Clone)]
pub(crate) struct App {
    site: &'static Site,
    pages: Pages,
    accounts: Accounts,
    records: Arc<Records>,
    secure: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = arguments::read()?;
    if arguments.export {
        return records::export(&arguments).await;
    }
    let records = Arc::new(Records::open(&arguments)?);
    let app = app(&arguments, &records)?;
    let listener = listen(arguments.address).await?;
    #[cfg(feature = "ledger")]
    {
        stopping::serve(listener, app).await?;
        records.close().await;
    }
    #[cfg(not(feature = "ledger"))]
    axum::serve(listener, app).await?;
    Ok(())
}

fn app(arguments: &Arguments, records: &Arc<Records>) -> Result<Router, Box<dyn Error>> {
    let &Arguments { site, secure, record_ids, .. } = arguments;
    let registry = Registry::from_toml(site.registry)?;
    let registry = registry
        .with_consent_cookie(|cookie| cookie.with_secure(secure).with_record_id(record_ids))?;
    // The later of the account's choice and the device's, so that a choice counts when it is made.
    let policy = Policy::builder(registry).account_precedence(AccountPrecedence::Latest);
    // Cookies of an earlier consent are deleted from the browser, and not read until they are gone.
    let policy = policy.sweep().filter_requests(RequestFilter::Declared).build();
    let records = Arc::clone(records);
    let kept = Arc::clone(&records);
    let pages = Pages::new(policy.clone())
        .in_languages(LANGUAGES)
        .texts_in("fr")
        .on_choice(move |record| kept.keep(&record));
    let app = App { site, pages: pages.clone(), accounts: Accounts::default(), records, secure };
    Ok(Router::new()
        .route("/", get(home))
        .route("/set/{kind}", get(set_cookies))
        .route("/login", post(log_in))
        .route("/logout", post(log_out))
        .nest_service("/cookies", pages)
        .layer(middleware::from_fn_with_state(app.clone(), account::follow))
        .with_state(app)
        .layer(CsrfLayer::new()) // or any other site could log a visitor in
        .layer(CookieConsentLayer::new(policy))) // outermost: sees every Set-Cookie
}

/// Who asks for a page, and in which language.
struct Visitor {
    consent: Consent,
    let_in: RequestHeaders,
    language: Language,
}

/// `?lang=` decides, or else the languages that the browser asks for.
impl FromRequestParts<App> for Visitor {
    type Rejection = MissingCookieConsentLayer;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let query = parts.uri.query().unwrap_or_default();
        let asked = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
        let asked = LANGUAGES.into_iter().find(|language| asked == Some(language.tag()));
        let language = asked.unwrap_or_else(|| app.pages.language(&parts.headers));
        let consent = Consent::from_request_parts(parts, app).await?;
        let lines = parts.headers.get_all(COOKIE).iter();
        let let_in = lines.map(|line| (COOKIE, line.clone())).collect();
        Ok(Visitor { consent, let_in, language })
    }
}

impl Visitor {
    fn frame<'a>(&'a self, app: &'a App) -> Frame<'a> {
        let Visitor { consent, let_in, language } = self;
        Frame { site: app.site, pages: &app.pages, consent, let_in, language: *language }
    }

    fn back(&self) -> Redirect {
        Redirect::to(&page::address("/", self.language))
    }
}

async fn home(State(app): State<App>, visitor: Visitor) -> Response {
    let page = Html(visitor.frame(&app).home().into_string());
    // The page is this visitor's, and old as soon as they choose.
    ([(CACHE_CONTROL, HeaderValue::from_static("no-store"))], page).into_response()
}

/// Attempts to set every cookie of a kind. Nothing here looks at the visitor's consent: this is the
/// code that somebody forgot about, or that came with a dependency.
async fn set_cookies(
    State(app): State<App>,
    visitor: Visitor,
    Path(kind): Path<String>,
) -> Result<Response, (StatusCode, String)> {
    let lines = set::lines(app.site.kinds, &kind).ok_or_else(|| {
        let kinds: Vec<_> = set::names(app.site.kinds).collect();
        (StatusCode::NOT_FOUND, format!("no cookies of the kind {kind:?}: {}\n", kinds.join(", ")))
    })?;
    let secure = if app.secure { "; Secure" } else { "" };
    let attempts: Vec<String> = lines.iter().map(|line| format!("{line}{secure}")).collect();
    let page = Html(visitor.frame(&app).attempted(&kind, &attempts).into_string());
    let lines = attempts.into_iter().map(|line| (SET_COOKIE, line));
    Ok((AppendHeaders(lines), page).into_response())
}

/// Logs in whoever says so. From here on the choice of their account counts on this device.
async fn log_in(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let name = fields.iter().find(|(key, _)| key == "name").map_or("", |(_, name)| name.trim());
    if name.is_empty() {
        return visitor.back().into_response();
    }
    if let Some(choice) = app.accounts.choice(name) {
        let shown = Shown::on("login").in_language(visitor.language.tag());
        app.records.keep(&visitor.consent.record(&choice, How::Account, shown));
    }
    (login::log_in(name, app.site, app.secure), visitor.back()).into_response()
}

async fn log_out(State(app): State<App>, visitor: Visitor) -> Response {
    (login::log_out(app.site, app.secure), visitor.back()).into_response()
}
