//! The script tells the page by an event, and the site's other pages that are open.

use serde_json::json;

use super::site::{Csp, browsers, pages, serve};

/// Opens the front page once more inside of itself, as another tab would have it, and listens in both.
const LISTEN: &str = "new Promise(resolve => {
    window.heard = [];
    const frame = document.createElement('iframe');
    frame.src = '/?frame';
    frame.onload = () => {
        for (const [where, page] of [['here', document], ['there', frame.contentDocument]]) {
            page.addEventListener('cookie-consent', event => heard.push([where, event.detail]));
        }
        resolve(0);
    };
    document.body.append(frame);
})";

#[test]
fn other_tabs_and_tag_managers_hear_of_a_choice() {
    for mut browser in browsers() {
        let url = serve(pages("1", None), Csp::Own);
        browser.navigate(&format!("{url}/"));
        browser.evaluate(LISTEN);
        browser.click(".tcc-banner [value=accept]");
        browser.wait_until("heard.length === 2");
        let heard = browser.evaluate(
            "heard.map(([where, it]) => [where, it.decided, it.categories.analytics.allowed]).sort()",
        );
        assert_eq!(heard, json!([["here", true, true], ["there", true, true]]));
        let banner =
            "document.querySelector('iframe').contentDocument.querySelector('.tcc-banner').hidden";
        assert_eq!(browser.evaluate(banner), true, "the other tab asks no more");

        // The choice is withdrawn elsewhere: the tab that still has its banner asks again.
        browser.evaluate(
            "fetch('/cookies', { method: 'POST', body: new URLSearchParams({ choice: 'withdraw' }),
                headers: { accept: 'application/json' } })
                .then(answer => answer.json())
                .then(consent => { new BroadcastChannel('cookie-consent').postMessage(consent); return 0; })",
        );
        browser.wait_until("heard.length === 4");
        assert_eq!(browser.evaluate(banner), false, "{}", browser.name());
        let asks = "[document.querySelector('.tcc-banner').hidden, document.querySelector('.tcc-banner form').hidden]";
        assert_eq!(browser.evaluate(asks), json!([false, false]), "{}", browser.name());
    }
}

#[test]
fn a_category_ticks_its_services_where_scripts_run() {
    for mut browser in browsers() {
        let url = serve(pages("1", None), Csp::Own);
        browser.navigate(&format!("{url}/cookies"));
        let ticked = "[...document.querySelectorAll('input:checked')].map(box => box.value)";
        browser.click("input[value=analytics]");
        let all = json!(["analytics", "google-analytics", "hotjar"]);
        assert_eq!(browser.evaluate(ticked), all, "{}", browser.name());
        browser.click("input[value=hotjar]");
        assert_eq!(browser.evaluate(ticked), json!(["analytics", "google-analytics"]));
        browser.click("input[value=analytics]");
        assert_eq!(browser.evaluate(ticked), json!([]));
    }
}
