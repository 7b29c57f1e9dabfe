//! Tests the example `cmp` with its real banner in Chromium.

use serde_json::{Value, json};

use test_support::browser::Browser;
use test_support::left_out::left_out;
use test_support::process::{self, Server};

const UNCLICKED: &str = "no banner was clicked";

/// Starts the example with a visitor in Chromium. If one of the two is not installed, it says so
/// and returns `None`.
fn visitor() -> Option<(Server, Browser)> {
    if !process::banner_is_installed() {
        left_out("the banner", UNCLICKED, "npm install --prefix examples/cmp");
        return None;
    }
    let Some(browser) = Browser::chromium() else {
        left_out("chromium", UNCLICKED, "apt-get install chromium");
        return None;
    };
    Some((Server::start(env!("CARGO_BIN_EXE_cmp")), browser))
}

const KINDS: [&str; 5] = ["essential", "functional", "analytics", "advertising", "undeclared"];

const NECESSARY: [&str; 3] = ["__stripe_mid", "auth_token", "csrf_token"];
const FUNCTIONAL: [&str; 3] = ["cexro_language", "cexro_theme", "intercom-id-x1y2z3"];
const GOOGLE: [&str; 3] = ["_ga", "_ga_1A2B3C4D5E", "_gid"];
const HOTJAR: [&str; 2] = ["_hjIncludedInSessionSample", "_hjid"];

/// Returns the names of the cookies in the jar, without the banner's own, after every link was
/// followed.
fn set_all(server: &Server, browser: &mut Browser) -> Vec<String> {
    for kind in KINDS {
        browser.navigate(&format!("{}/set/{kind}", server.url()));
    }
    browser.navigate(server.url());
    cookies(browser)
}

fn cookies(browser: &mut Browser) -> Vec<String> {
    let names = browser.cookies().into_iter().map(|cookie| String::from_utf8(cookie.name).unwrap());
    let mut names: Vec<_> = names.filter(|name| name != "cc_cookie").collect();
    names.sort();
    names
}

fn sorted(names: &[&[&str]]) -> Vec<String> {
    let mut names: Vec<_> = names.concat().into_iter().map(str::to_owned).collect();
    names.sort();
    names
}

/// Returns what the server allows, as the page shows it.
fn allowed(browser: &mut Browser) -> Value {
    browser.evaluate(
        "[...document.querySelectorAll('td[data-id]')]
            .filter(cell => cell.textContent === 'yes').map(cell => cell.dataset.id)",
    )
}

/// Clicks an element once nothing is in front of it, since an element that still moves cannot be
/// hit.
fn click(browser: &mut Browser, selector: &str) {
    browser.wait_until(&format!(
        "(() => {{
            document.documentElement.classList.add('disable--transitions');
            const element = document.querySelector('{selector}');
            element?.scrollIntoView({{ block: 'center', behavior: 'instant' }});
            const box = element?.getBoundingClientRect();
            const front = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return element !== null && element.contains(front ?? null);
        }})()"
    ));
    browser.click(selector);
}

/// Clicks in the banner, after which the page reloads and the server knows the answer.
fn choose(browser: &mut Browser, button: &str, allows: &Value) {
    click(browser, button);
    let want = allows.to_string();
    browser.wait_until(&format!(
        "document.querySelector('#state')?.textContent === 'You have chosen.' &&
         JSON.stringify([...document.querySelectorAll('td[data-id]')]
            .filter(cell => cell.textContent === 'yes').map(cell => cell.dataset.id)) === '{want}'"
    ));
}

fn open_preferences(browser: &mut Browser) {
    browser.wait_until("typeof CookieConsent === 'object' && CookieConsent.validConsent()");
    click(browser, "button[data-cc]");
    browser.wait_until("document.documentElement.classList.contains('show--preferences')");
}

#[test]
fn r9_a_click_in_the_banner_changes_what_the_server_lets_through() {
    let Some((server, mut browser)) = visitor() else { return };
    browser.navigate(server.url());
    browser.wait_until("document.querySelector('#cc-main [data-role=necessary]') !== null");
    assert_eq!(
        browser.evaluate("document.querySelector('#state').textContent"),
        "You have not chosen yet."
    );
    assert_eq!(set_all(&server, &mut browser), sorted(&[&NECESSARY]), "before any choice");

    choose(&mut browser, "#cc-main .cm [data-role=necessary]", &json!([]));
    assert_eq!(set_all(&server, &mut browser), sorted(&[&NECESSARY]), "all refused");

    let all = json!(["analytics", "google-analytics", "hotjar", "functional", "intercom"]);
    open_preferences(&mut browser);
    choose(&mut browser, "#cc-main .pm [data-role=all]", &all);
    let everything = sorted(&[&NECESSARY, &FUNCTIONAL, &GOOGLE, &HOTJAR]);
    assert_eq!(set_all(&server, &mut browser), everything, "all accepted");

    // One service is turned off: its cookies are deleted, even the `HttpOnly` one, and do not come
    // back.
    open_preferences(&mut browser);
    browser.evaluate("document.querySelector('#cc-main input[value=hotjar]').click()");
    let others = json!(["analytics", "google-analytics", "functional", "intercom"]);
    choose(&mut browser, "#cc-main .pm [data-role=save]", &others);
    let without = sorted(&[&NECESSARY, &FUNCTIONAL, &GOOGLE]);
    assert_eq!(set_all(&server, &mut browser), without, "a service refused");

    open_preferences(&mut browser);
    choose(&mut browser, "#cc-main .pm [data-role=necessary]", &json!([]));
    assert_eq!(cookies(&mut browser), sorted(&[&NECESSARY]), "withdrawn");
    assert_eq!(allowed(&mut browser), json!([]));
}

/// The policy promises 30 days for the login and two years for statistics.
#[test]
fn r10_what_the_banner_allows_lives_as_long_as_the_policy_says() {
    let Some((server, mut browser)) = visitor() else { return };
    browser.navigate(server.url());
    choose(
        &mut browser,
        "#cc-main .cm [data-role=all]",
        &json!(["analytics", "google-analytics", "hotjar", "functional", "intercom"]),
    );
    set_all(&server, &mut browser);
    let now = browser.evaluate("Date.now() / 1000").as_f64().unwrap();
    let mut seen = 0;
    for cookie in browser.cookies() {
        let days = match &*cookie.name {
            b"auth_token" => 30.0,
            // Browsers keep nothing for longer than 400 days.
            b"_ga" => 400.0,
            _ => continue,
        };
        let lives = (cookie.expires.expect("no session cookie") - now) / 86_400.0;
        assert!((lives - days).abs() < 0.01, "{cookie:?} lives {lives} days");
        seen += 1;
    }
    assert_eq!(seen, 2);
}
