//! A site with the pages, as axum mounts them, and a visitor's requests.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::response::Html;
use axum::routing::get;
use http::header::{COOKIE, SET_COOKIE};
use http::{Request, Response};
use test_support::headers::carried;
use tower::ServiceExt;
use tower_cookie_consent::pages::Pages;
use tower_cookie_consent::registry::Language;
use tower_cookie_consent::{Choice, Consent, CookieConsentLayer, Policy, Registry};

pub(crate) const REGISTRY: &str = r#"
    version = "7"
    updated = 2026-11-01
    title = { en = "Cookie policy", fr = "Politique des cookies" }

    [categories.essential]
    basis = "necessary"
    title = "Essentials"
    cookies = { sid = "session" }

    [categories.analytics]
    basis = "consent"
    title = { en = "Statistics", fr = "Statistiques" }
    purpose = "Counting <visits>"
    [categories.analytics.services.matomo]
    title = "Matomo"
    provider = "Example & Sons"
    cookies = { "_pk_*" = "13 months" }
    [categories.analytics.services.hotjar]
    cookies = ["_hj*"]

    [categories.chat]
    basis = "opt-out"
    cookies = ["chat"]

    [categories.advertising]
    basis = "prohibited"
    lifetime = "90 days"
    cookies = ["_fbp"]
"#;

pub(crate) fn policy() -> Policy {
    Policy::new(Registry::from_toml(REGISTRY).unwrap())
}

pub(crate) fn pages() -> Pages {
    Pages::new(policy())
}

/// The site: a front page with the banner, and the pages below `/cookies`.
pub(crate) fn app(pages: &Pages) -> Router {
    let shown = pages.clone();
    let home = async move |request: Request<Body>| {
        let lang = Language::ENGLISH;
        let consent = request.extensions().get::<Consent>().unwrap();
        let (head, banner) = (shown.head(), shown.banner(consent, lang));
        let manage = shown.manage(lang);
        Html(format!(
            "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport \
             content='width=device-width, initial-scale=1'><title>Home</title>{head}\
             <body>{banner}<main><h1>Home</h1><p>A page.</p>{manage}</main>"
        ))
    };
    Router::new()
        .route("/", get(home))
        .nest_service("/cookies", pages.clone())
        .layer(CookieConsentLayer::new(pages.policy().clone()))
}

pub(crate) async fn ask(request: Request<Body>) -> Response<Body> {
    app(&pages()).oneshot(request).await.unwrap()
}

pub(crate) async fn text(response: Response<Body>) -> String {
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

pub(crate) async fn page(path: &str) -> String {
    text(ask(Request::get(path).body(Body::empty()).unwrap()).await).await
}

/// The form of the site's own page `/shop`.
pub(crate) fn sent(body: &'static str) -> Request<Body> {
    Request::post("/cookies")
        .header("host", "shop.example")
        .header("sec-fetch-site", "same-origin")
        .header("referer", "https://shop.example/shop?page=2")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap()
}

/// The consent cookie, as a request carries it.
pub(crate) fn cookie(policy: &Policy, choice: &Choice) -> String {
    let lines = policy.consent(&http::HeaderMap::new()).store(choice).unwrap();
    carried(lines.iter().last().unwrap()).to_str().unwrap().to_owned()
}

/// Makes a request one of a visitor who granted these ids and refused all others.
pub(crate) fn of_visitor(mut request: Request<Body>, granted: &[&str]) -> Request<Body> {
    let policy = policy();
    let refused = Choice::decided(policy.registry()).refuse_all();
    let choice = granted.iter().fold(refused, |choice, id| choice.grant(id));
    request.headers_mut().insert(COOKIE, cookie(&policy, &choice).parse().unwrap());
    request
}

/// The decisions in the consent cookie that a response sets: `a=true&b=false`.
pub(crate) fn stored(response: &Response<Body>) -> Option<String> {
    let lines = response.headers().get_all(SET_COOKIE).iter();
    let mut values = lines.filter_map(|line| {
        let line = line.to_str().unwrap();
        line.strip_prefix("__Host-cookie_consent=")?.split(';').next()
    });
    let value = values.next_back()?;
    let pairs =
        value.split('&').filter(|pair| !pair.starts_with("version=") && !pair.starts_with("time="));
    Some(pairs.collect::<Vec<_>>().join("&"))
}
