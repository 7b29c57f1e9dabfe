//! On the narrowest phone (320 CSS pixels, WCAG 1.4.10), nothing scrolls sideways.

use tower_cookie_consent::pages::Closing;
use tower_cookie_consent::registry::Language;

use super::site::{Csp, chromium, pages, resize, serve};

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
