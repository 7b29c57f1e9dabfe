//! The scripts of the page about local storage, as they stand there, in front of a real server.
//!
//! The banners that they listen to are closed. In their place is a stub of what each vendor
//! documents, with a method `answer` for what the visitor clicks.

use std::convert::Infallible;

use http::header::{CONTENT_TYPE, HeaderValue, SET_COOKIE};
use http::{Method, Request, Response, StatusCode};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use serde_json::json;
use tower::{Layer, Service, service_fn};
use tower_cookie_consent::{Choice, Consent, CookieConsentLayer, Registry};

use super::installed::{CHROMIUM, start};
use super::server::{Scheme, Server};
use test_support::browser::Browser;

const PAGE: &str = include_str!("../../src/docs/local_storage.md");

const REGISTRY: &str = "
    version = '2026-11-21'
    categories.essential = { basis = 'necessary', cookies = ['sid'] }
    categories.analytics = { basis = 'consent', cookies = ['_ga'] }
    categories.marketing = { basis = 'consent', cookies = ['_fbp'] }
";

/// A banner by the name that its script has as a heading on the page, and a stub of its API.
const BANNERS: [(&str, &str); 3] = [
    (
        "Usercentrics",
        "const stub = {
            event(granted, updatedAt, type) {
                const state = id => granted.includes(id) ? 'ALL_ACCEPTED' : 'ALL_DENIED';
                const categories = { essential: { essential: true, state: 'ALL_ACCEPTED' } };
                for (const id of ['analytics', 'marketing']) categories[id] = { state: state(id) };
                dispatchEvent(new CustomEvent('UC_CONSENT', { detail: {
                    consent: { type, updatedAt, updatedBy: 'onUpdateServices' }, categories } }));
            },
            load() {
                this.event(['analytics', 'marketing'], Date.now() - 86_400_000, 'EXPLICIT');
                this.event(['analytics', 'marketing'], Date.now(), 'IMPLICIT');
            },
            answer(granted) { this.event(granted, Date.now(), 'EXPLICIT'); },
        };",
    ),
    (
        "Termly",
        "window.Termly = {
            listeners: {},
            on(name, listener) { (this.listeners[name] ??= []).push(listener); },
            emit(name, granted) {
                const consentState = { essential: true, performance: false, unclassified: false };
                for (const id of ['analytics', 'marketing']) consentState[id] = granted.includes(id);
                for (const listener of this.listeners[name] ?? []) listener({ consentState });
            },
        };
        const stub = {
            load() { onTermlyLoaded(); Termly.emit('initialized', ['analytics', 'marketing']); },
            answer(granted) { Termly.emit('consent', granted); },
        };",
    ),
    (
        "Sourcepoint",
        "const stub = {
            listeners: [],
            event(eventStatus, granted, success = true) {
                const consents = { 1: granted.length > 0 };
                if (granted.includes('analytics')) consents[8] = true;
                if (granted.includes('marketing')) consents[4] = true;
                for (const listener of this.listeners) {
                    listener({ eventStatus, purpose: { consents } }, success);
                }
            },
            load() {
                this.event('tcloaded', ['analytics', 'marketing']);
                this.event('cmpuishown', ['analytics', 'marketing']);
                this.event('useractioncomplete', ['analytics', 'marketing'], false);
            },
            answer(granted) { this.event('useractioncomplete', granted); },
        };
        window.__tcfapi = (command, version, listener) => {
            if (command === 'addEventListener' && version === 2) stub.listeners.push(listener);
        };",
    ),
];

/// The script below a heading of the page.
fn script(heading: &str) -> &'static str {
    let (_, section) = PAGE.split_once(&format!("\n# {heading}\n")).unwrap();
    let (_, script) = section.split_once("```js\n").unwrap();
    script.split_once("```").unwrap().0
}

/// Serves `/`, a page with the stub and the script, `/set`, which sets a cookie of each category,
/// and `/consent`, which stores what it gets.
fn site(
    stub: &'static str,
    script: &'static str,
) -> impl Service<Request<Incoming>, Response = Response<String>, Error = Infallible, Future: Send>
+ Clone
+ Send {
    let inner = service_fn(move |request: Request<Incoming>| async move {
        Ok(answer(request, stub, script).await)
    });
    CookieConsentLayer::new(toml::from_str::<Registry>(REGISTRY).unwrap()).layer(inner)
}

async fn answer(request: Request<Incoming>, stub: &str, script: &str) -> Response<String> {
    let mut response = Response::new(String::new());
    let consent = request.extensions().get::<Consent>().unwrap().clone();
    match (request.method(), request.uri().path()) {
        (&Method::POST, "/consent") => {
            if request.headers().get("sec-fetch-site").is_none_or(|site| site != "same-origin") {
                *response.status_mut() = StatusCode::FORBIDDEN;
                return response;
            }
            let body = request.into_body().collect().await.unwrap().to_bytes();
            let fields: Vec<_> = form_urlencoded::parse(&body).into_owned().collect();
            let ticked = fields.iter().filter(|(name, _)| name == "grant").map(|(_, id)| id);
            let choice = Choice::from_ticked(consent.registry(), ticked);
            consent.store(&choice).unwrap().append_to(response.headers_mut());
        }
        (_, "/set") => {
            for line in ["sid=1; HttpOnly", "_ga=1; HttpOnly", "_fbp=1; HttpOnly"] {
                response.headers_mut().append(SET_COOKIE, HeaderValue::from_static(line));
            }
        }
        _ => {
            let html = HeaderValue::from_static("text/html");
            response.headers_mut().insert(CONTENT_TYPE, html);
            *response.body_mut() = format!(
                "<!doctype html><title>A page</title><script>{stub}</script><script>{script}</script>"
            );
        }
    }
    response
}

/// The decisions in the consent cookie, as a page's script reads them; `null` without one.
const STORED: &str = "(() => {
    const pair = document.cookie.split('; ').find(it => it.startsWith('__Host-cookie_consent='));
    if (!pair) return null;
    const form = new URLSearchParams(pair.slice(pair.indexOf('=') + 1));
    const age = Date.now() / 1000 - Number(form.get('time'));
    return [form.get('version'), form.get('analytics'), form.get('marketing'), Math.abs(age) < 60];
})()";

fn names(browser: &mut Browser) -> Vec<String> {
    let mut names: Vec<_> =
        browser.cookies().iter().map(|it| String::from_utf8_lossy(&it.name).into()).collect();
    names.retain(|name: &String| !name.starts_with("__Host-"));
    names.sort();
    names
}

#[test]
fn r7_a_banner_in_local_storage_tells_the_server_of_each_answer_and_of_nothing_else() {
    let Some(mut browser) = start(CHROMIUM) else { return };
    for (banner, stub) in BANNERS {
        let script = script(banner);
        assert!(script.lines().count() <= 10, "{banner}: a script of ten lines");
        let server = Server::start(Scheme::Https, site(stub, script));
        let page = server.url("www.site.test", "/");
        let set = "fetch('/set').then(() => true)";

        // The stored choice is reported on every page, which is not an answer.
        browser.navigate(&page);
        browser.evaluate("stub.load()");
        browser.evaluate(set);
        assert_eq!(browser.evaluate(STORED), json!(null), "{banner}");
        assert_eq!(names(&mut browser), ["sid"], "{banner}: before an answer");

        for (granted, stored, allowed) in [
            ("[]", ["false", "false"], &["sid"][..]),
            ("['analytics', 'marketing']", ["true", "true"], &["_fbp", "_ga", "sid"]),
            ("['analytics']", ["true", "false"], &["_ga", "sid"]),
            ("[]", ["false", "false"], &["sid"]),
        ] {
            browser.evaluate(&format!("stub.answer({granted})"));
            let want = json!(["2026-11-21", stored[0], stored[1], true]);
            browser.wait_until(&format!("JSON.stringify({STORED}) === '{want}'"));
            // The cookie that an earlier answer allowed is gone, although no script can delete it.
            let carried = names(&mut browser);
            assert!(
                carried.iter().all(|it| allowed.contains(&it.as_str())),
                "{banner}: {carried:?}"
            );
            browser.evaluate(set);
            assert_eq!(names(&mut browser), allowed, "{banner}: {granted}");
        }
        browser.clear_cookies();
    }
}
