//! Tests the service with a client that behaves like a browser, over HTTP/1 and HTTP/2.

use reqwest::ClientBuilder;

use test_support::process::Server;
use test_support::visitor::Browser;

const NECESSARY: [&str; 2] = [
    "session-id=a1b2c3; Path=/; HttpOnly; SameSite=Lax",
    "auth-token=d4e5f6; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax",
];
const PREFERENCE: &str = "theme-preference=dark; Max-Age=31536000; Path=/";

#[tokio::test]
async fn hyper_keeps_the_policy_over_http_1() {
    hyper_keeps_the_policy(ClientBuilder::new().http1_only()).await;
}

#[tokio::test]
async fn hyper_keeps_the_policy_over_http_2() {
    hyper_keeps_the_policy(ClientBuilder::new().http2_prior_knowledge()).await;
}

async fn hyper_keeps_the_policy(client: ClientBuilder) {
    let server = Server::start(env!("CARGO_BIN_EXE_plain-hyper"));
    let browser = Browser::with(server.url(), client);
    assert_eq!(browser.get("/").await.set_cookies(), NECESSARY);

    let accepted = browser.post("/accept", "").await;
    let lines = accepted.set_cookies();
    assert_eq!(lines[..3], [&NECESSARY[..], &[PREFERENCE]].concat(), "the choice counts at once");
    assert!(lines[3].starts_with("cookie_consent="), "{lines:?}");
    let page = browser.get("/").await;
    assert_eq!(page.set_cookies(), [&NECESSARY[..], &[PREFERENCE]].concat());
    assert!(page.body.starts_with("You have accepted"), "{}", page.body);

    let refused = browser.post("/refuse", "").await;
    assert!(refused.set_cookies().contains(&"theme-preference=; Path=/; Max-Age=0"));
    assert_eq!(browser.get("/").await.set_cookies(), NECESSARY);
    assert_eq!(browser.cookies(), ["auth-token", "cookie_consent", "session-id"]);
    assert_eq!(browser.get("/nowhere").await.status, 404);
}

#[tokio::test]
async fn another_site_cannot_choose_for_a_visitor() {
    let server = Server::start(env!("CARGO_BIN_EXE_plain-hyper"));
    let browser = Browser::new(server.url());
    let answer = browser.post_from_elsewhere("/accept", "").await;
    assert_eq!((answer.status, answer.set_names()), (403, Vec::new()));
}
