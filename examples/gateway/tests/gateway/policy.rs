//! The policy is kept, whatever is spoken on either side.

use http::Request;

use super::support::REGISTRY;
use super::support::client::{client, get, send};
use super::support::raw::exchange;
use super::support::running::Gateway;
use super::support::scripted::{Scripted, Then};
use super::support::upstream::Upstream;
use test_support::folder::Folder;

const LINES: [&str; 3] =
    ["session=1; HttpOnly; Max-Age=99999", "_ga=GA1.1; Max-Age=63072000", "unknown=1"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_visitor_has_not_consented_to_is_stripped() {
    let upstream = Upstream::setting(&LINES).await;
    let gateway = Gateway::to(&upstream.url);
    let answer = get(&gateway.url).await;
    assert_eq!((answer.status.as_u16(), &*answer.text), (200, "a page"));
    assert_eq!(answer.set_cookies(), ["session=1; HttpOnly"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_choice_in_the_consent_cookie_counts() {
    let upstream = Upstream::setting(&LINES).await;
    let gateway = Gateway::to(&upstream.url);
    let registry = tower_cookie_consent::Registry::from_toml(REGISTRY).unwrap();
    let policy = tower_cookie_consent::Policy::new(registry);
    let choice = tower_cookie_consent::Choice::decided(policy.registry()).grant_all();
    let mut stored = http::HeaderMap::new();
    let consent = policy.consent(&stored);
    consent.store(&choice).unwrap().append_to(&mut stored);
    let cookie = stored["set-cookie"].to_str().unwrap().split(';').next().unwrap();
    for http2 in [false, true] {
        let request = Request::get(&gateway.url).header("cookie", cookie);
        let answer = send(&client(http2, None), request).await;
        let want = ["session=1; HttpOnly", "_ga=GA1.1; Max-Age=34128000"];
        assert_eq!(answer.set_cookies(), want, "{:?}", answer.version);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn report_only_changes_nothing_and_counts_all() {
    let upstream = Upstream::setting(&LINES).await;
    let config = format!("[[upstream]]\nto = '{}'", upstream.url);
    let gateway = Gateway::in_folder(Folder::new(), &config, &["--report-only"]);
    assert_eq!(get(&gateway.url).await.set_cookies(), LINES);
    let stripped = "gateway_cookies_total{category=\"analytics\",verdict=\"strip\",\
                    reason=\"undecided\",report_only=\"true\"}";
    assert_eq!(gateway.metric(stripped).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_cookie_comes_before_the_answer() {
    const EARLY: &str = "HTTP/1.1 103 Early Hints\r\nSet-Cookie: _ga=1\r\n\r\n\
                         HTTP/1.1 200 OK\r\nSet-Cookie: session=1\r\nContent-Length: 2\r\n\r\nok";
    let upstream = Scripted::start(EARLY, Then::Waits).await;
    let gateway = Gateway::to(&upstream.url);
    let request = b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";
    let answer = exchange(gateway.address(), request).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("ok"), "{answer}");
    assert!(answer.contains("set-cookie: session=1\r\n") && !answer.contains("_ga"), "{answer}");
}
