//! A visitor refuses, accepts, chooses, changes and withdraws: in both browsers, with and without
//! script, by mouse and by keyboard. Each time the jar, the server and the record agree.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use test_support::browser::{Browser, Key};

use super::site::{Csp, browsers, pages, serve};

/// The device by which the visitor presses something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Mouse,
    Keyboard,
}

/// A visitor of a site.
struct Visitor<'a> {
    browser: &'a mut Browser,
    url: String,
    by: By,
    csp: Csp,
    /// The records that the pages handed out and nobody has looked at yet.
    records: Arc<Mutex<Vec<Value>>>,
}

const BANNER: &str = ".tcc-banner:not([hidden]) form:not([hidden])";

impl Visitor<'_> {
    fn open(&mut self, path: &str) {
        self.browser.navigate(&format!("{}{path}", self.url));
    }

    /// Presses what a selector finds; the keyboard gets there by `Tab` alone.
    fn press(&mut self, selector: &str, key: Key) {
        if self.by == By::Mouse {
            return self.browser.click(selector);
        }
        self.browser.evaluate(
            "(() => { document.activeElement.blur(); getSelection().removeAllRanges(); })()",
        );
        let reached = format!("document.activeElement.matches({})", Value::from(selector));
        for _ in 0..60 {
            self.browser.press(Key::Tab);
            if self.browser.evaluate(&reached) == true {
                return self.browser.press(key);
            }
        }
        panic!("{selector} is out of the keyboard's reach");
    }

    /// Answers the banner on the front page, and waits until it is gone.
    fn answer_banner(&mut self, answer: &str) {
        self.open("/?page=1");
        assert_eq!(self.shows(BANNER), true, "the banner asks");
        self.press(&format!(".tcc-banner .tcc-buttons [value={answer}]"), Key::Enter);
        let loaded =
            "document.readyState === 'complete' && document.querySelector('main') !== null";
        let gone = format!("document.querySelector('{BANNER}') === null");
        self.browser.wait_until(&format!("{loaded} && {gone}"));
        let place = self.browser.evaluate("location.pathname + location.search");
        assert_eq!(place, "/?page=1", "the visitor is where they were");
        // The script answers on the same page only where the page's Content-Security-Policy lets it
        // speak to the server.
        let said = self.browser.evaluate("document.querySelector('.tcc-done')?.textContent ?? ''");
        let without_reload = self.csp == Csp::Own;
        assert_eq!(said.as_str().unwrap().contains("You have "), without_reload, "{said}");
        if without_reload {
            let inside =
                self.browser.evaluate("document.activeElement.closest('.tcc-done') !== null");
            assert_eq!(inside, true, "the focus is on what was said");
        }
    }

    /// Presses a button of the preferences, and waits until they show that.
    fn answer_preferences(&mut self, answer: &str, ticks: &[&str], decided: bool) {
        self.open("/cookies");
        for id in ["analytics", "google-analytics", "hotjar", "functional", "intercom"] {
            let ticked = self.shows(&format!("input[value={id}]:checked")) == true;
            if answer == "save" && ticked != ticks.contains(&id) {
                self.press(&format!("input[type=checkbox][value={id}]"), Key::Space);
            }
        }
        // Either the script shows the new state on the same page, or a new page is loaded.
        let button = format!(".tcc-preferences [name=choice][value={answer}]");
        self.browser.evaluate(&format!(
            "(() => {{ window.old = document.querySelector('{button}').dataset.tccDone; }})()"
        ));
        self.press(&button, Key::Enter);
        let state = "document.querySelector('.tcc-state').textContent";
        let withdraw =
            format!("document.querySelector('[data-tcc-withdraw]').hidden !== {decided}");
        let loaded = "document.readyState === 'complete'";
        self.browser.wait_until(&format!(
            "{loaded} && {withdraw} && (window.old === undefined || {state} === window.old)"
        ));
    }

    fn shows(&mut self, selector: &str) -> Value {
        self.browser
            .evaluate(&format!("document.querySelector({}) !== null", Value::from(selector)))
    }

    /// Compares what the jar has after every cookie was attempted with what the server says, and with
    /// the record of how the visitor decided; there is none before they did.
    fn check(&mut self, how: Option<&str>, decided: bool, allowed: &[&str]) {
        let what = format!("{} by {:?} under {:?}", self.browser.name(), self.by, self.csp);
        self.open("/set");
        self.open("/?check");
        let jar: BTreeSet<_> = self
            .browser
            .cookies()
            .into_iter()
            .map(|cookie| String::from_utf8(cookie.name).unwrap())
            .filter(|name| name != "cookie_consent")
            .collect();
        let want = ["cexro_session"].iter().chain(allowed).map(|name| (*name).to_owned()).collect();
        let records = std::mem::take(&mut *self.records.lock().unwrap());
        assert_eq!(jar, want, "{what}: the jar, after {records:?}");
        assert_eq!(self.shows(BANNER), !decided, "{what}: the banner");
        self.open("/cookies/choice");
        let choice = self
            .browser
            .evaluate("JSON.parse(document.body.innerText || document.body.textContent)");
        assert_eq!(choice["decided"], decided, "{what}: {choice}");
        for (cookie, id) in [("_ga", "google-analytics"), ("_hjid", "hotjar")] {
            let lets = allowed.contains(&cookie);
            assert_eq!(choice["services"][id]["allowed"], lets, "{what}: {choice}");
        }
        let functional = &choice["categories"]["functional"]["allowed"];
        assert_eq!(functional, &json!(allowed.contains(&"cexro_theme")), "{what}: {choice}");
        assert_eq!(records.len(), usize::from(how.is_some()), "{what}: {records:?}");
        for record in &records {
            assert_eq!(record["how"], *how.unwrap(), "{what}");
            check_record(record, allowed, &what);
        }
    }
}

/// Compares a record with the cookies that the decisions in it allow. A service on which the record
/// has no decision follows its purpose.
fn check_record(record: &Value, allowed: &[&str], what: &str) {
    for (cookie, purpose, service) in [
        ("_ga", "analytics", "google-analytics"),
        ("_hjid", "analytics", "hotjar"),
        ("cexro_theme", "functional", ""),
    ] {
        let decision = match &record["services"][service]["decision"] {
            Value::Null => &record["purposes"][purpose]["decision"],
            decision => decision,
        };
        assert_eq!(decision == "granted", allowed.contains(&cookie), "{what}, {cookie}: {record}");
    }
}

const ALL: [&str; 3] = ["_ga", "_hjid", "cexro_theme"];

#[test]
fn every_answer_counts_however_it_is_given() {
    for mut browser in browsers() {
        for csp in [Csp::Own, Csp::Strict, Csp::NoScript] {
            let records = Arc::new(Mutex::new(Vec::new()));
            let kept = Arc::clone(&records);
            let keep = move |record| kept.lock().unwrap().push(json!(record));
            let url = serve(pages("1", None).on_choice(keep), csp);
            for by in [By::Mouse, By::Keyboard] {
                browser.clear_cookies();
                let (url, records) = (url.clone(), Arc::clone(&records));
                let mut visitor = Visitor { browser: &mut browser, url, by, csp, records };
                visitor.check(None, false, &[]);
                visitor.answer_banner("refuse");
                visitor.check(Some("refuse-all"), true, &[]);
                visitor.answer_preferences("save", &["google-analytics", "functional"], true);
                visitor.check(Some("saved"), true, &["_ga", "cexro_theme"]);
                visitor.answer_preferences("save", &["hotjar"], true);
                visitor.check(Some("saved"), true, &["_hjid"]);
                visitor.answer_preferences("withdraw", &[], false);
                visitor.check(Some("withdrawn"), false, &[]);
                visitor.answer_banner("accept");
                visitor.check(Some("accept-all"), true, &ALL);
                visitor.answer_preferences("refuse", &[], true);
                visitor.check(Some("refuse-all"), true, &[]);
                visitor.answer_preferences("accept", &[], true);
                visitor.check(Some("accept-all"), true, &ALL);
            }
        }
    }
}
