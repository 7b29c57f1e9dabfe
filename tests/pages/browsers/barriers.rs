//! axe-core finds nothing to object to: in every language, every state, narrow and wide, light and
//! dark.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use test_support::browser::Browser;
use test_support::left_out::left_out_unless;
use tower_cookie_consent::pages::Closing;
use tower_cookie_consent::registry::Language;

use super::site::{Csp, DARK, LIGHT, chromium, pages, prefer, resize, serve};

/// axe-core, where npm has put it (`axe/package.json` names the version).
fn axe() -> Option<String> {
    let script = "tests/pages/axe/node_modules/axe-core/axe.min.js";
    let script = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(script)).ok();
    if script.is_none() {
        let command = "npm install --prefix tests/pages/axe";
        left_out_unless("REQUIRE_NODE", "axe-core", "nobody looked for barriers", command);
    }
    script
}

/// The objections of axe to the open page, and the number of its rules that passed.
fn objections(browser: &mut Browser, axe: &str) -> (Value, u64) {
    browser.evaluate(&format!("(() => {{ {axe}; return 0; }})()"));
    let found = browser.evaluate(
        "axe.run(document, { resultTypes: ['violations', 'incomplete'] }).then(found => ({
            passes: found.passes.length,
            violations: found.violations.map(it => [it.id, it.nodes.map(node => [node.target, node.failureSummary])]),
        }))",
    );
    (found["violations"].clone(), found["passes"].as_u64().unwrap())
}

/// A state of the site, and what the visitor does to get there.
type State = (&'static str, &'static str, fn(&mut Browser, &str));

const STATES: [State; 6] = [
    ("the banner", "/", |_, _| {}),
    ("the banner of a visitor who is asked again", "/", |browser, url| {
        browser.evaluate(
            "document.cookie = 'cookie_consent=version=0&time=1600000000&analytics=true; path=/'",
        );
        browser.navigate(&format!("{url}&again"));
    }),
    ("the banner once it was answered", "/", |browser, _| {
        browser.click(".tcc-banner [value=refuse]");
        browser.wait_until("!document.querySelector('.tcc-done').hidden");
    }),
    ("the preferences", "/cookies", |_, _| {}),
    ("the preferences of a visitor who has decided", "/cookies", |browser, _| {
        browser.click("input[value=hotjar]");
        browser.click("[value=save]");
        browser.wait_until("!document.querySelector('[data-tcc-withdraw]').hidden");
    }),
    ("the preferences under a new policy", "/cookies", |browser, _| {
        browser.evaluate("(() => { document.querySelector('[name=version]').value = '0'; })()");
        browser.click("[value=accept]");
        browser.wait_until("document.querySelector('[role=alert]') !== null");
    }),
];

#[test]
fn axe_finds_nothing() {
    let (Some(axe), Some(mut browser)) = (axe(), chromium()) else { return };
    let url = serve(pages("1", Some(Closing::Refuses)), Csp::Own);
    let (mut runs, mut rules) = (0, 0);
    for language in Language::ALL {
        for (state, path, reach) in STATES {
            for (width, scheme) in [(320, DARK), (1280, LIGHT)] {
                browser.clear_cookies();
                resize(&mut browser, width, 800, 1.0);
                prefer(&mut browser, &[scheme[0], ("prefers-reduced-motion", "reduce")], "");
                let page = format!("{url}{path}?lang={language}");
                browser.navigate(&page);
                reach(&mut browser, &page);
                let (found, passed) = objections(&mut browser, &axe);
                assert_eq!(found, json!([]), "{state} in {language} at {width} with {scheme:?}");
                runs += 1;
                rules += passed;
            }
        }
    }
    println!("axe-core: {runs} pages, {rules} rules passed, no objection");
}

/// Shows that the test above can fail: axe objects to a page with faults.
#[test]
fn axe_finds_what_is_wrong() {
    let (Some(axe), Some(mut browser)) = (axe(), chromium()) else { return };
    let url = serve(pages("1", None), Csp::Own);
    browser.navigate(&format!("{url}/"));
    browser
        .evaluate("(() => { document.querySelector('.tcc-button').style.color = '#2266bb'; })()");
    let (found, _) = objections(&mut browser, &axe);
    assert_eq!(found[0][0], "color-contrast", "{found}");
}
