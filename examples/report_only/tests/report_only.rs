//! Tests the report after some visits.

use test_support::process::Server;
use test_support::visitor::Browser;

#[tokio::test]
async fn report_only_changes_nothing_and_counts_everything() {
    let server = Server::start(env!("CARGO_BIN_EXE_report-only"));
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
