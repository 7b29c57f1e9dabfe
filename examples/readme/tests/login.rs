//! A visitor logs in to the README's first app, and comes back.

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
    // tower-sessions marks its cookie `Secure`, and this client keeps it to loopback all the same.
    assert_eq!(browser.cookies(), ["id"]);
}
