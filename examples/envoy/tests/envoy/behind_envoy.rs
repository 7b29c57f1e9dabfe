//! The walk-through of the README, behind the real Envoy.

use reqwest::ClientBuilder;
use reqwest::header::{HeaderMap, HeaderValue};
use test_support::visitor::Browser;
use tokio::task::JoinSet;

use super::orders;
use super::support::REGISTRY;
use super::support::processor::Processor;
use super::support::real::Envoy;
use super::support::site;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_logs_in_consents_and_refuses() {
    let registry = format!("{REGISTRY}\n[consent]\nfilter-requests = 'declared'");
    let processor = Processor::with(&registry, "");
    let Some(envoy) = Envoy::start(site::start().await, &processor.address).await else { return };
    let browser = Browser::new(&envoy.url);

    // Nothing is tracked before anybody asks, and the login works.
    assert_eq!(browser.get("/").await.set_names(), [""; 0]);
    let login = browser.post("/login", "user=Ada").await;
    assert_eq!((login.status, login.set_names()), (303, vec!["session"]));
    assert!(login.headers["cache-control"].to_str().unwrap().contains("private"));
    assert_eq!(browser.get("/").await.body, "session");

    // Consent counts from the answer that stores it, with the lifetime that the policy says.
    assert_eq!(browser.post("/accept", "").await.status, 200);
    let tracked = browser.get("/").await;
    assert_eq!(tracked.set_cookies(), ["_ga=GA1.1.1; Max-Age=34128000; Path=/"]);
    assert_eq!(browser.get("/").await.body, "__Host-cookie_consent _ga session");

    // A refusal takes back what consent allowed.
    assert_eq!(browser.post("/refuse", "").await.status, 200);
    assert_eq!(browser.get("/").await.set_names(), [""; 0]);
    assert_eq!(browser.get("/").await.body, "__Host-cookie_consent session");

    let stripped = "processor_cookies_total{category=\"analytics\",verdict=\"strip\",\
                    reason=\"refused\",report_only=\"false\"}";
    assert_eq!(processor.metric(stripped).await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r19_what_was_set_before_envoy_stood_there_is_swept() {
    let registry = format!("{REGISTRY}\n[consent]\nsweep = true");
    let processor = Processor::with(&registry, "");
    let site = site::start().await;
    let Some(envoy) = Envoy::start(site, &processor.address).await else { return };
    let navigates = HeaderMap::from_iter([
        ("sec-fetch-dest".parse().unwrap(), HeaderValue::from_static("document")),
        ("sec-fetch-site".parse().unwrap(), HeaderValue::from_static("none")),
    ]);
    let browser = Browser::with(&envoy.url, ClientBuilder::new().default_headers(navigates));

    // Cookies know no port, so this is the same host.
    browser.get(&format!("http://127.0.0.1:{site}/")).await;
    assert_eq!(browser.cookies(), ["_ga"]);
    browser.get("/").await;
    assert!(!browser.cookies().contains(&"_ga".to_owned()), "{:?}", browser.cookies());
    assert!(!browser.get("/").await.body.contains("_ga"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kept_lines_survive_in_every_order() {
    let processor = Processor::with(REGISTRY, "listen = ['127.0.0.1:0', 'unix:cookies.sock']");
    let socket = format!("unix:{}", processor.folder.path("cookies.sock").display());
    let Some(envoy) = Envoy::start(site::start().await, &socket).await else { return };
    for (number, (set, left)) in orders::all().enumerate() {
        let visitor = Browser::new(&envoy.url);
        let answer = visitor.get(&format!("/order/{number}")).await;
        assert_eq!(answer.set_cookies(), left, "{set:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_cookie_passes_a_processor_that_is_dead_or_hangs() {
    let mut processor = Processor::new();
    let Some(envoy) = Envoy::start(site::start().await, &processor.address).await else { return };
    let browser = Browser::new(&envoy.url);
    assert_eq!(browser.get("/").await.status, 200);

    processor.halts();
    let answer = browser.get("/").await;
    assert_eq!((answer.status, answer.set_names().len()), (504, 0));
    processor.signal("CONT");

    processor.kill();
    let answer = browser.get("/").await;
    assert_eq!((answer.status, answer.set_names().len()), (500, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_cookie_passes_a_dead_processor_where_envoy_is_told_to_fail_open() {
    let mut processor = Processor::new();
    let open = [("failure_mode_allow: false", "failure_mode_allow: true")];
    let site = site::start().await;
    let Some(envoy) = Envoy::with(site, &processor.address, &open).await else { return };
    let browser = Browser::new(&envoy.url);
    assert_eq!(browser.get("/").await.set_names(), [""; 0]);
    let allowed = "http.visitors.ext_proc.failure_mode_allowed";
    assert_eq!(envoy.statistic(allowed).await, 0);

    processor.kill();
    let answer = browser.get("/").await;
    assert_eq!((answer.status, answer.set_names()), (200, vec!["_ga"]));
    assert!(envoy.statistic(allowed).await > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn visitors_who_hang_up_leave_nothing_behind() {
    const VISITORS: u64 = 20;
    let processor = Processor::new();
    let Some(envoy) = Envoy::start(site::start().await, &processor.address).await else { return };
    let client = ClientBuilder::new().no_proxy().build().unwrap();
    let mut visits = JoinSet::new();
    for _ in 0..VISITORS {
        visits.spawn(client.get(format!("{}/never", envoy.url)).send());
    }
    processor.reaches("processor_exchanges", VISITORS).await;
    visits.shutdown().await;
    processor.reaches("processor_exchanges", 0).await;
    assert_eq!(processor.metric("processor_requests_total").await, VISITORS);
    assert_eq!(processor.metric("processor_responses_total").await, 0);
    assert_eq!(Browser::new(&envoy.url).get("/").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_under_way_is_answered_when_the_processor_is_told_to_stop() {
    let mut processor = Processor::new();
    let Some(envoy) = Envoy::start(site::start().await, &processor.address).await else { return };
    let browser = Browser::new(&envoy.url);
    let visit = tokio::spawn(async move {
        let answer = browser.get("/slow").await;
        (answer.status, browser.cookies())
    });
    processor.reaches("processor_exchanges", 1).await;
    processor.signal("TERM");
    processor.logs("stopping");
    assert_eq!(visit.await.unwrap(), (200, vec!["session".to_owned()]));
    assert!(processor.ends().success());
}
