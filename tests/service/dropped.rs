//! Cookies that the browser drops are a warning, once, and those that it keeps are none.

use http::{Method, Request, Response};
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::registry::{Category, ConsentCookie, Declaration, Registry};
use tower_cookie_consent::{Choice, Consent, CookieConsentLayer};
use tracing::Level;

use super::alone::alone;
use super::log::{Log, Logged};

type Error = Box<dyn std::error::Error + Send + Sync>;

/// Stores a choice that grants everything, or withdraws it, as the path says.
async fn site(request: Request<()>) -> Result<Response<()>, Error> {
    let consent = request.extensions().get::<Consent>().expect("the layer's");
    let mut response = Response::new(());
    let all = Choice::decided(consent.registry()).grant_all();
    match request.uri().path() {
        "/store" => consent.store(&all)?.append_to(response.headers_mut()),
        "/withdraw" => consent.withdraw().append_to(response.headers_mut()),
        _ => _ = response.headers_mut().append("set-cookie", "ga=1".parse()?),
    }
    Ok(response)
}

fn request(method: Method, path: &str, headers: &[(&str, &str)]) -> Request<()> {
    let request = Request::builder().method(method).uri(path);
    let add = |request: http::request::Builder, (name, value): &(&str, &str)| {
        request.header(*name, *value)
    };
    headers.iter().fold(request, add).body(()).unwrap()
}

/// The warnings of a site whose consent cookie has these settings, which answers these requests.
fn warnings(
    settings: fn(ConsentCookie) -> ConsentCookie,
    requests: impl IntoIterator<Item = Request<()>>,
) -> Vec<Logged> {
    let registry = Registry::builder().version("1").category(Category::consent("ads").cookie("ga"));
    let registry = registry.build().unwrap().with_consent_cookie(settings).unwrap();
    let site = CookieConsentLayer::new(registry).layer(service_fn(site));
    let (log, _listening) = Log::listen();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for request in requests {
        runtime.block_on(site.clone().oneshot(request)).unwrap();
    }
    log.take().into_iter().filter(|event| event.level == Level::WARN).collect()
}

const PLAIN: &[(&str, &str)] = &[("origin", "http://192.168.1.5:3000")];

#[test]
fn a_choice_that_the_browser_drops_is_a_warning_once() {
    alone("dropped::a_choice_that_the_browser_drops_is_a_warning_once", || {
        let stored = || request(Method::POST, "/store", PLAIN);
        let logged = warnings(|cookie| cookie, [stored(), stored(), stored()]);
        let [warning] = &logged[..] else { panic!("not one warning: {logged:?}") };
        let text = warning.fields.get("message").unwrap();
        assert!(text.contains("plain HTTP") && text.contains("with_secure(false)"), "{text}");
    });
}

#[test]
fn what_the_browser_keeps_or_may_keep_is_no_warning() {
    alone("dropped::what_the_browser_keeps_or_may_keep_is_no_warning", || {
        let post = |headers: &[(&str, &str)]| request(Method::POST, "/store", headers);
        let kept = [
            post(&[]),
            post(&[("origin", "null")]),
            post(&[("origin", "https://example.org")]),
            post(&[("origin", "http://localhost:3000")]),
            // The page came over plain HTTP and sends its form to TLS; or the browser was told to
            // trust the address.
            post(&[PLAIN[0], ("sec-fetch-site", "cross-site")]),
            post(&[PLAIN[0], ("sec-fetch-site", "same-origin")]),
            // Headers that a proxy adds are not believed.
            post(&[("x-forwarded-proto", "http"), ("forwarded", "proto=http")]),
            request(Method::GET, "/store", PLAIN),
            request(Method::POST, "/withdraw", PLAIN),
            request(Method::POST, "/", PLAIN),
        ];
        let logged = warnings(|cookie| cookie, kept);
        assert!(logged.is_empty(), "{logged:?}");
        let logged = warnings(|cookie| cookie.with_secure(false), [post(PLAIN)]);
        assert!(logged.is_empty(), "{logged:?}");
    });
}

const SAME: (&str, &str) = ("sec-fetch-site", "same-origin");

#[test]
fn a_choice_for_another_domain_is_a_warning_once() {
    alone("dropped::a_choice_for_another_domain_is_a_warning_once", || {
        let stored =
            || request(Method::POST, "/store", &[("origin", "http://localhost:3000"), SAME]);
        let logged = warnings(|cookie| cookie.with_domain("example.com"), [stored(), stored()]);
        let [warning] = &logged[..] else { panic!("not one warning: {logged:?}") };
        let text = warning.fields.get("message").unwrap();
        assert!(
            text.contains("domain example.com,") && text.contains("ConsentCookie::new()"),
            "{text}"
        );
    });
}

#[test]
fn a_choice_for_the_domain_of_its_host_is_no_warning() {
    alone("dropped::a_choice_for_the_domain_of_its_host_is_no_warning", || {
        let post = |path: &str, origin: &str, site: (&str, &str)| {
            request(Method::POST, path, &[("origin", origin), site])
        };
        let kept = [
            post("/store", "https://example.com", SAME),
            post("/store", "https://www.example.com:8443", SAME),
            // The page is on another host than the one that answers, and nothing is known of that one.
            post("/store", "https://example.org", ("sec-fetch-site", "cross-site")),
            post("/store", "https://a.example.org", ("sec-fetch-site", "same-site")),
            post("/store", "null", SAME),
            post("/withdraw", "https://example.org", SAME),
            post("/", "https://example.org", SAME),
        ];
        let logged = warnings(|cookie| cookie.with_domain("example.com"), kept);
        assert!(logged.is_empty(), "{logged:?}");
        let logged = warnings(|cookie| cookie, [post("/store", "https://example.org", SAME)]);
        assert!(logged.is_empty(), "{logged:?}");
    });
}

/// The warnings of a site that sets these lines after a form came over plain HTTP. Its registry demands `secure` of
/// the necessary `sid`, and of `ga`, which asks.
fn warnings_of_lines(lines: &'static [&'static str], times: usize) -> Vec<Logged> {
    let secure = |name: &str| Declaration::new(name).secure(true);
    let essential = Category::necessary("essential").cookie(secure("sid")).cookie("plain");
    let ads = Category::consent("ads").cookie(secure("ga"));
    let registry = Registry::builder().version("1").category(essential).category(ads);
    let site = service_fn(async |_: Request<()>| {
        let add =
            |response: http::response::Builder, line: &&str| response.header("set-cookie", *line);
        lines.iter().fold(Response::builder(), add).body(())
    });
    let site = CookieConsentLayer::new(registry.build().unwrap()).layer(site);
    let (log, _listening) = Log::listen();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for _ in 0..times {
        runtime.block_on(site.clone().oneshot(request(Method::POST, "/login", PLAIN))).unwrap();
    }
    log.take().into_iter().filter(|event| event.level == Level::WARN).collect()
}

#[test]
fn r21_a_login_that_is_lost_by_the_registry_s_demand_is_a_warning_once() {
    alone("dropped::r21_a_login_that_is_lost_by_the_registry_s_demand_is_a_warning_once", || {
        let logged = warnings_of_lines(&["plain=1", "sid=1; HttpOnly"], 3);
        let [warning] = &logged[..] else { panic!("not one warning: {logged:?}") };
        let text = warning.fields.get("message").unwrap();
        assert!(text.contains("demands `secure` of sid,"), "{text}");
    });
}

#[test]
fn r21_what_the_demand_does_not_change_is_no_warning() {
    alone("dropped::r21_what_the_demand_does_not_change_is_no_warning", || {
        // The application's own Secure, a deletion, a cookie of which nothing is demanded, and one that is stripped.
        let lines = &["sid=1; Secure", "sid=; Max-Age=0", "plain=1", "ga=1"];
        let logged = warnings_of_lines(lines, 1);
        assert!(logged.is_empty(), "{logged:?}");
    });
}
