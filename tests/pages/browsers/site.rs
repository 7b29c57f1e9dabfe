//! A site on a port of its own, with the policy of an example, and the browsers that visit it.

use std::future::ready;
use std::net::TcpListener as Listener;
use std::thread;

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::map_response;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, SET_COOKIE};
use serde_json::json;
use test_support::browser::Browser;
use test_support::left_out::left_out;
use tower_cookie_consent::pages::{Closing, Pages};
use tower_cookie_consent::registry::Language;
use tower_cookie_consent::{Consent, CookieConsentLayer, Policy, Registry};

/// The Content-Security-Policy of every page of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Csp {
    /// The pages send their own, and the front page none.
    Own,
    /// The strictest one under which everything has to work.
    Strict,
    /// One that allows no script at all.
    NoScript,
}

impl Csp {
    fn header(self) -> Option<&'static str> {
        match self {
            Csp::Own => None,
            Csp::Strict => {
                Some("default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'")
            }
            Csp::NoScript => Some("default-src 'none'; style-src 'self'; form-action 'self'"),
        }
    }
}

pub(super) const POLICY: &str = include_str!("../../../examples/policies/cexro.toml");

/// The site's own style: plain, and dark for who wants it.
const STYLE: &str = "html { color-scheme: light dark; background: Canvas; color: CanvasText } \
                     body { font-family: sans-serif }";

/// One cookie of each kind that the policy knows.
const ATTEMPTS: [&str; 4] = [
    "cexro_session=1; Path=/",
    "_ga=1; Path=/; Max-Age=86400",
    "_hjid=1; Path=/; Max-Age=86400; HttpOnly",
    "cexro_theme=1; Path=/; Max-Age=86400",
];

/// The pages of the policy, with every button that the banner can have.
pub(super) fn pages(version: &str, closing: Option<Closing>) -> Pages {
    let policy = POLICY.replace("version = \"2025-01-15\"", &format!("version = {version:?}"));
    let pages = Pages::new(Policy::new(Registry::from_toml(&policy).unwrap())).texts_in("fr");
    closing.map_or(pages.clone(), |closing| pages.closing(closing))
}

/// Serves the site until the tests end, and returns its address.
pub(super) fn serve(pages: Pages, csp: Csp) -> String {
    let listener = Listener::bind(("127.0.0.1", 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, app(pages, csp)).await.unwrap();
        });
    });
    url
}

fn app(pages: Pages, csp: Csp) -> Router {
    let policy = pages.policy().clone();
    Router::new()
        .route("/", get(home))
        .route("/set", get(set))
        .route("/site.css", get(async || ([(CONTENT_TYPE, "text/css")], STYLE)))
        .nest_service("/cookies", pages.clone())
        .layer(Extension(pages))
        .layer(map_response(move |response: Response| ready(with_policy(response, csp))))
        .layer(CookieConsentLayer::new(policy))
}

fn with_policy(mut response: Response, csp: Csp) -> Response {
    if let Some(policy) = csp.header() {
        let policy = HeaderValue::from_static(policy);
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// A page as a site has it, with the banner in front.
async fn home(Extension(pages): Extension<Pages>, request: Request<Body>) -> Html<String> {
    let consent = request.extensions().get::<Consent>().unwrap();
    let query = request.uri().query().unwrap_or_default();
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
    let lang = asked.and_then(|tag| tag.parse().ok()).unwrap_or(Language::ENGLISH);
    let dir = if lang == Language::ARABIC { "rtl" } else { "ltr" };
    let (head, banner, manage) = (pages.head(), pages.banner(consent, lang), pages.manage(lang));
    let words = "Lorem ipsum dolor sit amet, consectetur adipisici elit, sed eiusmod tempor. ";
    let text = format!("<p lang=la>{}</p>", words.repeat(2)).repeat(2);
    Html(format!(
        "<!doctype html><html lang={lang} dir={dir}><head><meta charset=utf-8>\
         <meta name=viewport content='width=device-width, initial-scale=1'>\
         <link rel=stylesheet href=/site.css><title>Cexro OCR</title>{head}</head>\
         <body>{banner}<main><h1>Cexro OCR</h1>{text}<p>{manage}</p></main></body></html>"
    ))
}

/// Attempts to set every cookie.
async fn set() -> impl IntoResponse {
    axum::response::AppendHeaders(ATTEMPTS.map(|line| (SET_COOKIE, line)))
}

/// Chromium; `None` if it is not installed, which is printed.
pub(super) fn chromium() -> Option<Browser> {
    let browser = Browser::chromium();
    if browser.is_none() {
        left_out("chromium", "no page was looked at", "apt-get install chromium");
    }
    browser
}

/// Both browsers, as far as they are installed.
pub(super) fn browsers() -> Vec<Browser> {
    let firefox = Browser::firefox();
    if firefox.is_none() {
        left_out("firefox-esr", "no page was visited with it", "apt-get install firefox-esr");
    }
    chromium().into_iter().chain(firefox).collect()
}

/// Sets the size of Chromium's window, in CSS pixels.
pub(super) fn resize(browser: &mut Browser, width: u32, height: u32, scale: f64) {
    let size = json!({
        "width": width, "height": height, "deviceScaleFactor": scale, "mobile": false,
    });
    browser.command("Emulation.setDeviceMetricsOverride", &size);
}

/// Sets what Chromium says of the visitor's preferences: `prefers-color-scheme` and the like.
pub(super) fn prefer(browser: &mut Browser, features: &[(&str, &str)], media: &str) {
    let features: Vec<_> =
        features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    let preferences = json!({ "media": media, "features": features });
    browser.command("Emulation.setEmulatedMedia", &preferences);
}

pub(super) const LIGHT: &[(&str, &str)] = &[("prefers-color-scheme", "light")];
pub(super) const DARK: &[(&str, &str)] = &[("prefers-color-scheme", "dark")];
