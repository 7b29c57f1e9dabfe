//! Pictures of the pages, for people to look at, in the target folder below `pages`. If the
//! variable `PAGES_PICTURES` is set, the pictures of the documentation are made anew.

use std::path::Path;
use std::{env, fs};

use serde_json::{Value, json};
use test_support::browser::Browser;
use tower_cookie_consent::pages::Closing;

use super::site::{Csp, DARK, LIGHT, chromium, pages, prefer, resize, serve};

/// The pictures that the documentation shows.
const DOCUMENTED: [&str; 4] = ["banner-light", "preferences-dark", "banner-phone", "banner-arabic"];

/// The picture of the window.
fn picture(browser: &mut Browser, format: &Value) -> Vec<u8> {
    let taken = browser.command("Page.captureScreenshot", format);
    decoded(taken["data"].as_str().unwrap())
}

/// Base64, as CDP writes it.
fn decoded(text: &str) -> Vec<u8> {
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for digit in text.chars().take_while(|digit| *digit != '=') {
        let value = u32::try_from(digits.find(digit).unwrap()).unwrap();
        (bits, count) = (bits << 6 | value, count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count).to_le_bytes()[0]);
            bits &= (1 << count) - 1;
        }
    }
    bytes
}

/// Writes the picture of the window.
fn write(browser: &mut Browser, name: &str) {
    // The picture has to wait until the banner has slid in.
    browser.evaluate("Promise.all(document.getAnimations().map(a => a.finished)).then(() => 0)");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).unwrap();
    let png = picture(browser, &json!({ "format": "png" }));
    assert!(png.starts_with(b"\x89PNG"), "{name}");
    fs::write(folder.join(name).with_extension("png"), png).unwrap();
    if env::var_os("PAGES_PICTURES").is_some() && DOCUMENTED.contains(&name) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pictures");
        let small = picture(browser, &json!({ "format": "webp", "quality": 60 }));
        fs::write(folder.join(name).with_extension("webp"), small).unwrap();
    }
}

#[test]
fn pictures_are_made_of_every_look() {
    let Some(mut browser) = chromium() else { return };
    let url = serve(pages("2025-01-15", Some(Closing::Refuses)), Csp::Own);
    for (name, path, width, height, scheme) in [
        ("banner-light", "/?lang=en", 900, 600, LIGHT),
        ("banner-dark", "/?lang=de", 900, 600, DARK),
        ("banner-phone", "/?lang=fr", 360, 640, LIGHT),
        ("banner-small", "/?lang=nl", 320, 568, DARK),
        ("banner-arabic", "/?lang=ar", 900, 600, LIGHT),
        ("preferences-light", "/cookies?lang=fr", 900, 1400, LIGHT),
        ("preferences-dark", "/cookies?lang=en", 900, 700, DARK),
        ("preferences-phone", "/cookies?lang=pl", 320, 2400, LIGHT),
        ("preferences-arabic", "/cookies?lang=ar", 900, 1400, DARK),
    ] {
        resize(&mut browser, width, height, 1.0);
        prefer(&mut browser, scheme, "");
        browser.navigate(&format!("{url}{path}"));
        write(&mut browser, name);
    }
    // Two more show the page on paper, and the banner once it was answered.
    resize(&mut browser, 800, 1100, 1.0);
    prefer(&mut browser, DARK, "print");
    browser.navigate(&format!("{url}/cookies?lang=en"));
    write(&mut browser, "preferences-print");
    prefer(&mut browser, LIGHT, "");
    resize(&mut browser, 900, 600, 1.0);
    browser.navigate(&format!("{url}/?lang=en"));
    browser.click(".tcc-banner [value=accept]");
    browser.wait_until("!document.querySelector('.tcc-done').hidden");
    write(&mut browser, "banner-done");
}
