//! The browser driver itself.

use std::convert::Infallible;
use std::thread;
use std::time::Duration;

use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderValue, Request, Response};
use hyper::body::Incoming;
use tower::service_fn;

use super::installed::{CHROMIUM, FIREFOX, start};
use super::server::{Scheme, Server};
use test_support::browser::JarCookie;

const PAGE: &str = "<!doctype html><title>A page</title><body style='height: 5000px'>
    <p style='margin-top: 3000px'><button onclick='location = \"/next\"'>Go on</button>";
const NEXT_PAGE: &str = "<!doctype html><title>Another page</title>";
const LINES: [&[u8]; 2] = [
    "a\u{fc}=1; Path=/x; Domain=site.test; HttpOnly; SameSite=Lax".as_bytes(),
    b"b=2; Max-Age=600; SameSite=Strict; Secure",
];

async fn site(request: Request<Incoming>) -> Result<Response<String>, Infallible> {
    // Browsers also request an icon.
    let is_next = request.uri().path() == "/next";
    let page = if is_next { NEXT_PAGE } else { PAGE };
    let mut response = Response::new(page.to_owned());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
    for line in LINES.iter().filter(|_| is_next) {
        response.headers_mut().append(SET_COOKIE, HeaderValue::from_bytes(line).unwrap());
    }
    Ok(response)
}

#[test]
fn a_page_is_opened_asked_and_clicked_and_its_cookies_are_seen() {
    for mut browser in [CHROMIUM, FIREFOX].into_iter().filter_map(start) {
        for scheme in [Scheme::Http, Scheme::Https] {
            let server = Server::start(scheme, service_fn(site));
            browser.navigate(&server.url("www.site.test", "/"));
            assert_eq!(browser.evaluate("document.title"), "A page");
            assert_eq!(browser.evaluate("fetch('/').then(answer => answer.status)"), 200);
            browser.click("button");
            browser.wait_until("document.title == 'Another page'");

            let mut cookies = browser.cookies();
            cookies.sort_by(|a, b| a.name.cmp(&b.name));
            let [a, secure @ ..] = &cookies[..] else { panic!("no cookie") };
            assert_eq!((&a.name[..], &a.value[..]), ("a\u{fc}".as_bytes(), &b"1"[..]));
            assert_eq!((&a.domain[..], a.host_only, &a.path[..]), ("site.test", false, "/x"));
            assert_eq!((a.expires, a.secure, a.http_only), (None, false, true));
            assert_eq!(a.same_site.to_lowercase(), "lax");
            match secure {
                [] => assert_eq!(scheme, Scheme::Http),
                [b] => assert_secure(b),
                _ => panic!("{cookies:?}"),
            }
            browser.clear_cookies();
            assert_eq!(browser.cookies(), []);
        }
    }
}

#[test]
fn a_cookie_that_has_expired_is_not_in_the_jar() {
    for mut browser in [CHROMIUM, FIREFOX].into_iter().filter_map(start) {
        let server = Server::start(Scheme::Http, service_fn(site));
        browser.navigate(&server.url("www.site.test", "/"));
        browser.evaluate("document.cookie = 'short=1; Max-Age=2'");
        assert_eq!(browser.cookies().len(), 1, "{}", browser.name());
        thread::sleep(Duration::from_secs(3));
        assert_eq!(browser.cookies(), [], "{}", browser.name());
    }
}

fn assert_secure(b: &JarCookie) {
    assert_eq!((&b.name[..], &b.value[..]), (&b"b"[..], &b"2"[..]));
    assert_eq!((&b.domain[..], b.host_only, &b.path[..]), ("www.site.test", true, "/"));
    assert!(b.expires.is_some_and(|expires| expires > 1_700_000_000.0), "{b:?}");
    assert_eq!((b.secure, b.http_only), (true, false));
    assert_eq!(b.same_site.to_lowercase(), "strict");
}
