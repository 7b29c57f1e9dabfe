//! In windows of all sizes, nothing scrolls sideways (at 320 CSS pixels: WCAG 1.4.10), is cut off or broken.

use serde_json::json;
use tower_cookie_consent::pages::Closing;
use tower_cookie_consent::registry::Language;

use super::site::{Csp, chromium, pages, prefer, resize, serve};

#[test]
fn nothing_scrolls_sideways() {
    let Some(mut browser) = chromium() else { return };
    let url = serve(pages("1", Some(Closing::Refuses)), Csp::Own);
    for width in [320, 640, 1280] {
        resize(&mut browser, width, 700, 1.0);
        for language in Language::ALL {
            for path in ["/", "/cookies"] {
                browser.navigate(&format!("{url}{path}?lang={language}"));
                let wider = browser.evaluate(
                    "[document.documentElement, ...document.querySelectorAll('.tcc, .tcc *')]
                        .filter(it => it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 1)
                        .filter(it => !['SPAN', 'CODE', 'STRONG', 'A', 'TIME'].includes(it.tagName))
                        .map(it => it.outerHTML.slice(0, 100))",
                );
                assert_eq!(wider, serde_json::json!([]), "{path} in {language} at {width}");
            }
        }
    }
}

/// On a phone whose letters are twice as large (WCAG 1.4.4), nothing is cut off, no word is squeezed into
/// a column of a few letters, and no text shows beside the answers.
#[test]
fn large_letters_have_room() {
    let Some(mut browser) = chromium() else { return };
    let url = serve(pages("1", Some(Closing::Refuses)), Csp::Own);
    prefer(&mut browser, &[("prefers-reduced-motion", "reduce")], "");
    browser.command("Page.setFontSizes", &json!({ "fontSizes": { "standard": 32, "fixed": 26 } }));
    resize(&mut browser, 360, 800, 1.0);
    for language in Language::ALL {
        browser.navigate(&format!("{url}/?lang={language}"));
        let size = browser.evaluate("getComputedStyle(document.documentElement).fontSize");
        assert_eq!(size, "32px");
        let gaps = browser.evaluate(
            "(() => {
                const banner = document.querySelector('.tcc-banner');
                banner.scrollTop = 0;
                const answers = banner.querySelector('.tcc-answers').getBoundingClientRect();
                return [banner.scrollWidth - banner.clientWidth,
                        Math.round(banner.getBoundingClientRect().bottom - answers.bottom)];
            })()",
        );
        assert_eq!(gaps, json!([0, 0]), "{language}");
        browser.navigate(&format!("{url}/cookies?lang={language}"));
        let narrow = browser.evaluate(
            "[document.documentElement.scrollWidth - document.documentElement.clientWidth,
              ...[...document.querySelectorAll('.tcc td')].map(it => it.clientWidth).filter(it => it < 240)]",
        );
        assert_eq!(narrow, json!([0]), "{language}");
        let columns =
            browser.evaluate("getComputedStyle(document.querySelector('.tcc td')).display");
        assert_eq!(columns, "block", "{language}");
    }
}

/// WCAG 2.5.8: what can be clicked has at least 24 by 24 CSS pixels.
#[test]
fn every_target_is_large_enough() {
    let Some(mut browser) = chromium() else { return };
    let url = serve(pages("1", Some(Closing::Refuses)), Csp::Own);
    for width in [320, 1280] {
        resize(&mut browser, width, 700, 1.0);
        for path in ["/", "/cookies"] {
            browser.navigate(&format!("{url}{path}"));
            let small = browser.evaluate(
                "[...document.querySelectorAll('.tcc button, .tcc-banner a, .tcc-languages a, .tcc-box')]
                    .filter(it => it.getClientRects().length > 0)
                    .map(it => [it.textContent, it.getBoundingClientRect().height, it.getBoundingClientRect().width])
                    .filter(([, height, width]) => height < 24 || width < 24)",
            );
            assert_eq!(small, serde_json::json!([]), "{path} at {width}");
        }
    }
}

/// However low the window is, the visitor sees both answers as a whole.
#[test]
fn both_answers_are_in_sight() {
    let Some(mut browser) = chromium() else { return };
    let url = serve(pages("1", Some(Closing::Refuses)), Csp::Own);
    prefer(&mut browser, &[("prefers-reduced-motion", "reduce")], "");
    for (width, height) in [(320, 568), (740, 320), (1280, 320), (1280, 900)] {
        resize(&mut browser, width, height, 1.0);
        for language in Language::ALL {
            browser.navigate(&format!("{url}/?lang={language}"));
            let hidden = browser.evaluate(
                "[...document.querySelectorAll('.tcc-answers button')].filter(it => {
                    const box = it.getBoundingClientRect();
                    const at = y => document.elementFromPoint(box.x + box.width / 2, y);
                    return at(box.top + 4) !== it || at(box.bottom - 4) !== it;
                }).map(it => it.textContent)",
            );
            assert_eq!(hidden, serde_json::json!([]), "{language} at {width} by {height}");
        }
    }
}

/// On a phone, the labels of a table's values keep their words whole, and all values begin at one edge, whichever
/// way their script runs.
#[test]
fn the_values_of_a_row_stand_in_a_column() {
    let Some(mut browser) = chromium() else { return };
    let url = serve(pages("1", None), Csp::Own);
    resize(&mut browser, 360, 700, 1.0);
    for language in Language::ALL {
        browser.navigate(&format!("{url}/cookies?lang={language}"));
        let broken = browser.evaluate(
            "(() => {
                const pen = document.createElement('canvas').getContext('2d');
                return [...document.querySelectorAll('.tcc td')].filter(cell => {
                    const room = parseFloat(getComputedStyle(cell).gridTemplateColumns);
                    pen.font = getComputedStyle(cell, '::before').font;
                    return cell.dataset.label.split(' ').some(word => pen.measureText(word).width > room);
                }).map(cell => cell.dataset.label);
            })()",
        );
        assert_eq!(broken, serde_json::json!([]), "{language}");
        let edges = browser.evaluate(
            "[...new Set([...document.querySelectorAll('.tcc td')].map(cell => {
                const range = document.createRange();
                range.selectNodeContents(cell);
                const box = range.getBoundingClientRect();
                return Math.round(document.dir === 'rtl' || cell.closest('[dir=rtl]') ? box.right : box.left);
            }))]",
        );
        assert_eq!(edges.as_array().unwrap().len(), 1, "{language}: {edges}");
    }
}

/// Where there is room, a name of usual length is not broken.
#[test]
fn names_of_cookies_and_dates_stay_on_one_line() {
    let Some(mut browser) = chromium() else { return };
    let url = serve(pages("1", None), Csp::Own);
    for width in [360, 1280] {
        resize(&mut browser, width, 700, 1.0);
        for language in [Language::FRENCH, Language::ARABIC] {
            browser.navigate(&format!("{url}/cookies?lang={language}"));
            let broken = browser.evaluate(
                "[...document.querySelectorAll('.tcc td code, .tcc time')]
                    .filter(it => it.textContent.length <= 14 && it.getClientRects().length > 1)
                    .map(it => it.textContent)",
            );
            assert_eq!(broken, serde_json::json!([]), "{language} at {width}");
        }
    }
}
