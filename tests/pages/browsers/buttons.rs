//! Accepting is not easier than refusing (CNIL, délibérations 2020-091 and 2020-092; SAN-2021-023):
//! the two buttons are measured as a visitor sees and reaches them.

use serde_json::Value;
use test_support::browser::{Browser, Key};
use tower_cookie_consent::pages::Closing;

use super::site::{Csp, DARK, LIGHT, chromium, pages, prefer, resize, serve};

/// A script that returns every computed style of a button, except for its position and the styles
/// that depend on it.
const STYLE: &str = "
    (button => Object.fromEntries([...getComputedStyle(button)]
        .filter(name => !/^(perspective-origin|transform-origin|inset|top|left|right|bottom)/.test(name))
        .map(name => [name, getComputedStyle(button).getPropertyValue(name)])))";

fn measure(browser: &mut Browser, surface: &str, value: &str, what: &str) -> Value {
    browser.evaluate(&format!(
        "({what})(document.querySelector('{surface} .tcc-buttons [name=choice][value={value}]'))"
    ))
}

/// The luminance of a colour such as `rgb(11, 87, 164)` (WCAG 2.2).
fn luminance(colour: &str) -> f64 {
    let inner = colour.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')).expect(colour);
    let channels = inner.split(", ").map(|channel| {
        let share = channel.parse::<f64>().unwrap() / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    channels.zip([0.2126, 0.7152, 0.0722]).map(|(channel, weight)| channel * weight).sum()
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn the_two_answers_look_the_same() {
    let Some(mut browser) = chromium() else { return };
    let url = serve(pages("1", Some(Closing::Refuses)), Csp::Own);
    for (path, surface) in [("/", ".tcc-banner"), ("/cookies", ".tcc-preferences")] {
        for (width, scheme) in
            [(320, LIGHT), (320, DARK), (700, LIGHT), (1280, LIGHT), (1280, DARK)]
        {
            let what = format!("{path} at {width} with {scheme:?}");
            resize(&mut browser, width, 700, 1.0);
            prefer(&mut browser, scheme, "");
            for lang in ["en", "fr", "pl", "ar"] {
                browser.navigate(&format!("{url}{path}?lang={lang}"));
                browser.evaluate(
                    "Promise.all(document.getAnimations().map(a => a.finished)).then(() => 0)",
                );
                let of = |browser: &mut Browser, what: &str| {
                    ["refuse", "accept"].map(|value| measure(browser, surface, value, what))
                };
                let [mut refuse, mut accept] = of(&mut browser, STYLE);
                if surface == ".tcc-preferences" && width > 640 {
                    // On a wide window, each button of the preferences is as wide as its text.
                    for style in [&mut refuse, &mut accept] {
                        for name in ["width", "inline-size"] {
                            style.as_object_mut().unwrap().remove(name);
                        }
                    }
                }
                assert_eq!(refuse, accept, "{what} in {lang}");
                let colour = |name: &str| refuse[name].as_str().unwrap().to_owned();
                let of_text = contrast(&colour("color"), &colour("background-color"));
                assert!(of_text >= 4.5, "{what}: text {of_text}");

                let [refuse, accept] =
                    of(&mut browser, "button => button.getBoundingClientRect().toJSON()");
                let number = |of: &Value, name: &str| of[name].as_f64().unwrap();
                assert!(number(&refuse, "height") >= 44.0, "{what}: {refuse}");
                assert!(
                    (number(&refuse, "height") - number(&accept, "height")).abs() < 0.01,
                    "{what}"
                );
                let same =
                    |name: &str| (number(&refuse, name) - number(&accept, name)).abs() < 0.01;
                assert!(same("y") || same("x"), "one level: {refuse} {accept}");
                if surface == ".tcc-banner" {
                    assert!(same("width"), "{what} in {lang}: {refuse} {accept}");
                    assert!(
                        number(&refuse, "bottom") <= 700.0 && number(&accept, "bottom") <= 700.0,
                        "{what} in {lang}: in view"
                    );
                }
            }
        }
    }
}

/// The element that has the focus, by its value or its text.
fn focus(browser: &mut Browser) -> String {
    let focus = browser.evaluate(
        "(element => element.name === 'choice' ? element.value : element.textContent)(document.activeElement)",
    );
    focus.as_str().unwrap().to_owned()
}

#[test]
fn the_keyboard_reaches_both_one_after_the_other() {
    let Some(mut browser) = chromium() else { return };
    let url = serve(pages("1", Some(Closing::DecidesNothing)), Csp::Own);
    browser.navigate(&format!("{url}/"));
    let mut reached = Vec::new();
    for _ in 0..5 {
        browser.press(Key::Tab);
        reached.push(focus(&mut browser));
        // WCAG 2.4.7: the element with the focus shows that it has it.
        let outline =
            browser.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'");
        assert_eq!(outline, true, "{reached:?}");
    }
    assert_eq!(reached, ["refuse", "accept", "Choose one by one", "Close", "Manage my cookies"]);
}

/// WCAG 2.4.11: the element with the focus is not hidden behind the banner, on a short page or a
/// long one.
#[test]
fn the_banner_hides_nothing_that_has_the_focus() {
    let Some(mut browser) = chromium() else { return };
    let url = serve(pages("1", Some(Closing::Refuses)), Csp::Own);
    for (width, height) in [(320, 568), (360, 640), (900, 500), (1280, 800)] {
        resize(&mut browser, width, height, 1.0);
        for lines in [0, 5, 40] {
            browser.navigate(&format!("{url}/?lang=pl"));
            // Links at both ends of the lines, where the banner lies.
            browser.evaluate(&format!(
                "(() => {{
                    const link = '<a href=#>link</a>';
                    const line = '<p style=\"display: flex; justify-content: space-between\">' + link + link + '</p>';
                    document.querySelector('main').insertAdjacentHTML('beforeend', line.repeat({lines}));
                }})()"
            ));
            for step in 0..(6 + 2 * lines) {
                browser.press(Key::Tab);
                let seen = browser.evaluate(
                    "(element => {
                        const box = element.getBoundingClientRect();
                        const front = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                        return element === document.body || element.contains(front);
                    })(document.activeElement)",
                );
                assert_eq!(seen, true, "step {step} of {lines} lines at {width} by {height}");
            }
        }
    }
}

#[test]
fn nothing_is_in_the_way_of_the_page() {
    let Some(mut browser) = chromium() else { return };
    let url = serve(pages("1", Some(Closing::DecidesNothing)), Csp::Own);
    resize(&mut browser, 1280, 700, 1.0);
    browser.navigate(&format!("{url}/"));
    let front = browser.evaluate("document.elementFromPoint(100, 60).closest('main') !== null");
    assert_eq!(front, true, "the page is there to be read");
    let locked = browser.evaluate("getComputedStyle(document.body).overflow + document.querySelectorAll('[inert], dialog, [aria-modal]').length");
    assert_eq!(locked, "visible0");
    // Closing it decides nothing: the banner is gone from this page, and comes back on the next
    // one.
    browser.click(".tcc-banner [data-tcc-hide]");
    assert_eq!(browser.evaluate("document.querySelector('.tcc-banner').hidden"), true);
    assert!(browser.cookies().is_empty());
    browser.navigate(&format!("{url}/"));
    assert_eq!(browser.evaluate("document.querySelector('.tcc-banner').hidden"), false);
}

#[test]
fn motion_is_reduced_and_paper_gets_no_banner() {
    let Some(mut browser) = chromium() else { return };
    let url = serve(pages("1", None), Csp::Own);
    let computed = |browser: &mut Browser, name: &str| {
        browser.evaluate(&format!("getComputedStyle(document.querySelector('.tcc-banner')).{name}"))
    };
    for (motion, want) in [("no-preference", "tcc-rise"), ("reduce", "none")] {
        prefer(&mut browser, &[("prefers-reduced-motion", motion)], "");
        browser.navigate(&format!("{url}/"));
        assert_eq!(computed(&mut browser, "animationName"), want, "{motion}");
    }
    prefer(&mut browser, DARK, "print");
    assert_eq!(computed(&mut browser, "display"), "none");
    browser.navigate(&format!("{url}/cookies"));
    let colours = browser.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('h1')).color]",
    );
    assert_eq!(colours[0], "rgba(0, 0, 0, 0)");
    assert!(contrast(colours[1].as_str().unwrap(), "rgb(255, 255, 255)") > 7.0, "{colours}");
}
