//! Tests a visitor with two devices, one of which another person uses too.

use test_support::process::Server;
use test_support::visitor::Browser;

/// Returns the text of the page, and whether it sets the cookie that needs consent.
async fn sees(device: &Browser) -> (String, bool) {
    let page = device.get("/").await;
    let said = page.body.lines().next().unwrap().to_owned();
    (said, page.set_names().contains(&"_ga"))
}

fn said(text: &str, counted: bool) -> (String, bool) {
    (text.to_owned(), counted)
}

#[tokio::test]
async fn the_accounts_choice_counts_on_every_device_while_logged_in() {
    let server = Server::start(env!("CARGO_BIN_EXE_account"));
    let [phone, family] = [Browser::new(server.url()), Browser::new(server.url())];

    assert_eq!(phone.post("/login", "name=Ada").await.status, 303);
    assert_eq!(sees(&phone).await, said("Ada is not counted.", false), "nothing was chosen");
    assert_eq!(phone.post("/choice", "ticked=analytics").await.status, 303);
    assert_eq!(sees(&phone).await, said("Ada is counted.", true));
    assert_eq!(phone.cookies(), ["_ga", "id"], "no choice is stored on the device");

    // On the other device, somebody without an account refused.
    assert_eq!(family.post("/choice", "ticked=").await.status, 303);
    assert_eq!(sees(&family).await, said("a visitor is not counted.", false));
    family.post("/login", "name=Ada").await;
    assert_eq!(sees(&family).await, said("Ada is counted.", true));
    family.post("/logout", "").await;
    assert_eq!(sees(&family).await, said("a visitor is not counted.", false), "as before");

    // Withdrawing reaches as far as granting.
    family.post("/login", "name=Ada").await;
    family.post("/choice", "ticked=").await;
    assert_eq!(sees(&phone).await, said("Ada is not counted.", false));
    let elsewhere = phone.post_from_elsewhere("/choice", "ticked=analytics").await;
    assert_eq!(elsewhere.status, 403);
    phone.post("/logout", "").await;
    assert_eq!(sees(&phone).await, said("a visitor is not counted.", false));
}
