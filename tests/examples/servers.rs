//! The examples that serve something smaller than a site.

use reqwest::ClientBuilder;

use super::browser::Browser;
use super::process::Server;

const NECESSARY: [&str; 2] = [
    "session-id=a1b2c3; Path=/; HttpOnly; SameSite=Lax",
    "auth-token=d4e5f6; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800",
];
const PREFERENCE: &str = "theme-preference=dark; Path=/; Max-Age=31536000";

#[tokio::test]
async fn hyper_keeps_the_policy_over_http_1() {
    hyper_keeps_the_policy(ClientBuilder::new().http1_only()).await;
}

#[tokio::test]
async fn hyper_keeps_the_policy_over_http_2() {
    hyper_keeps_the_policy(ClientBuilder::new().http2_prior_knowledge()).await;
}

async fn hyper_keeps_the_policy(client: ClientBuilder) {
    let server = Server::start("hyper");
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
async fn report_only_changes_nothing_and_counts_everything() {
    let server = Server::start("report_only");
    let browser = Browser::new(server.url());
    for _ in 0..3 {
        assert_eq!(browser.get("/").await.set_cookies().len(), 4);
    }
    let shop = browser.get("/shop").await;
    assert!(shop.set_cookies()[0].ends_with("Max-Age=31536000"), "{:?}", shop.set_cookies());

    let report = browser.get("/cookie-report").await.body;
    let rows: Vec<_> =
        report.lines().map(|row| row.split_whitespace().collect::<Vec<_>>()).collect();
    for want in [
        "3 _ga analytics/google-analytics strip: the visitor has not decided",
        "3 cexro_theme functional strip: the visitor has not decided",
        "3 experiment_7 strip: it is not declared",
        "1 _fbp advertising/meta strip: the policy prohibits its category",
        "1 auth_token essential cap to 30 days: longer than declared",
        "1 csrf_token essential cap to session: browsers do not agree on its lifetime",
        "3 cexro_session essential keep: its category is necessary",
    ] {
        let want: Vec<_> = want.split(' ').collect();
        assert!(rows.contains(&want), "{want:?} in\n{report}");
    }
    assert_eq!(rows.len(), 10, "{report}");
}
