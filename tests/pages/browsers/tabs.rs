//! The script tells its page of a choice by an event, and the other open pages of the site as well.

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

/// The script ticked the services along with their category, and the visitor took the ticks away.
#[test]
fn what_is_stored_is_what_the_boxes_show() {
    for mut browser in browsers() {
        for csp in [Csp::Own, Csp::Strict] {
            let url = serve(pages("1", None), csp);
            browser.clear_cookies();
            browser.navigate(&format!("{url}/cookies"));
            browser.click("input[value=analytics]");
            browser.click("input[value=hotjar]");
            browser.click("input[value=google-analytics]");
            browser.click(".tcc-preferences [value=save]");
            browser.wait_until(
                "document.readyState === 'complete' && !document.querySelector('[data-tcc-withdraw]').hidden",
            );
            browser.navigate(&format!("{url}/cookies/choice"));
            let choice = browser
                .evaluate("JSON.parse(document.body.innerText || document.body.textContent)");
            assert_eq!(choice["categories"]["analytics"]["decision"], "granted", "{choice}");
            for service in ["hotjar", "google-analytics"] {
                assert_eq!(choice["services"][service]["decision"], "refused", "{choice}");
            }
        }
    }
}

/// If the script cannot reach the server, the browser sends the form itself; a visitor who comes
/// back finds the form as it was.
#[test]
fn an_answer_that_was_not_heard_is_given_once_more() {
    for mut browser in browsers() {
        let url = serve(pages("1", None), Csp::Own);
        browser.clear_cookies();
        browser.navigate(&format!("{url}/"));
        browser.evaluate(
            "(() => {
                window.sent = [];
                window.fetch = () => Promise.reject(new TypeError('offline'));
                HTMLFormElement.prototype.submit = function () {
                    sent.push(new FormData(this).getAll('choice'));
                };
            })()",
        );
        browser.click(".tcc-banner [value=accept]");
        browser.wait_until("sent.length === 1");
        browser.click(".tcc-banner [value=refuse]");
        browser.wait_until("sent.length === 2");
        assert_eq!(browser.evaluate("sent"), json!([["accept"], ["refuse"]]), "{}", browser.name());
    }
}

const ASKS: &str = "document.querySelector('.tcc-banner:not([hidden])') !== null";

/// The event by which browsers tell a page that they kept it while the visitor was elsewhere.
#[test]
fn a_page_that_was_kept_asks_no_more() {
    for mut browser in browsers() {
        let url = serve(pages("1", None), Csp::Own);
        browser.clear_cookies();
        browser.navigate(&format!("{url}/"));
        browser.evaluate(
            "fetch('/cookies', { method: 'POST', body: new URLSearchParams({ choice: 'refuse' }) })
                .then(() => 0)",
        );
        assert_eq!(browser.evaluate(ASKS), true, "{}: it has not heard of it", browser.name());
        browser.evaluate(
            "(() => { dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })); })()",
        );
        browser.wait_until(&format!("!({ASKS})"));
    }
}

/// The same holds for the browser's own back button, whether or not the browser kept the page.
#[test]
fn who_goes_back_after_a_refusal_is_not_asked_again() {
    for mut browser in browsers() {
        for csp in [Csp::Own, Csp::Strict] {
            let url = serve(pages("1", None), csp);
            browser.clear_cookies();
            browser.navigate(&format!("{url}/"));
            assert_eq!(browser.evaluate(ASKS), true, "{}", browser.name());
            let here = browser.evaluate("history.length");
            browser.navigate(&format!("{url}/cookies"));
            browser.click(".tcc-preferences [value=refuse]");
            browser.wait_until(
                "document.readyState === 'complete' && !document.querySelector('[data-tcc-withdraw]').hidden",
            );
            browser.evaluate(&format!(
                "(() => {{ setTimeout(() => history.go({here} - history.length)); }})()"
            ));
            browser.wait_until(&format!(
                "location.pathname === '/' && document.readyState === 'complete' && !({ASKS})"
            ));
        }
    }
}
