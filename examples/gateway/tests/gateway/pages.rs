//! The pages on which a visitor chooses.

use test_support::visitor::Browser;

use super::support::running::Gateway;
use super::support::upstream::Upstream;
use test_support::folder::Folder;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_chooses_at_the_gateway() {
    let upstream = Upstream::setting(&["session=1", "_ga=1"]).await;
    let config = format!("draft = 'drafted.toml'\n[[upstream]]\nto = '{}'", upstream.url);
    let mut gateway = Gateway::in_folder(Folder::new(), &config, &["--pages", "/cookies"]);
    let browser = Browser::new(&gateway.url);
    let page = browser.get("/cookies").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("analytics") && page.body.contains("_ga"), "{}", page.body);
    assert!(upstream.seen().is_empty(), "the pages are the gateway's own");

    assert_eq!(browser.get("/").await.set_names(), ["session"]);
    let form = "version=2025-01-15&choice=accept";
    assert_eq!(browser.post_from_elsewhere("/cookies", form).await.status, 403);
    let stored = browser.post("/cookies", form).await;
    assert_eq!((stored.status, stored.set_names().len()), (303, 1), "{}", stored.body);
    assert_eq!(browser.get("/").await.set_names(), ["session", "_ga"]);
    assert_eq!(browser.get("/cookiesx").await.body, "a page", "another path");

    gateway.signal("TERM");
    assert!(gateway.ends().success());
    let drafted = gateway.folder.read("drafted.toml").unwrap_or_default();
    assert!(!drafted.contains("cookie_consent"), "what the gateway sets itself: {drafted}");
}
