//! Tests that a visitor can log in to the README's first app, and is known when they come back.

use test_support::process::Server;
use test_support::visitor::Browser;

#[tokio::test]
async fn a_login_survives_the_layer() {
    let server = Server::start(env!("CARGO_BIN_EXE_readme"));
    let browser = Browser::new(server.url());
    assert_eq!(browser.get("/").await.body, "Hello visitor. May we count you?");
    let login = browser.post("/login", "").await;
    assert_eq!((login.status, login.set_names()), (303, vec!["id"]));
    assert_eq!(browser.get("/").await.body, "Hello Ada. May we count you?");
    // tower-sessions marks its cookie `Secure`, but this client sends it to loopback addresses all
    // the same.
    assert_eq!(browser.cookies(), ["id"]);
}
