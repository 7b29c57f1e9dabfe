//! The lines of public test suites, with what two browsers stored of them. The file lies beside
//! the checkout; where it does not, this is left out.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tower_cookie_consent::set_cookie::{Lifetime, ServedAt, SetCookie};

use crate::draft::COOKIE_AGE_LIMIT;

/// Seconds by which a jar may be off: it was read a moment after the line was served.
const TOLERANCE: f64 = 5.0;
const BROWSERS: [&str; 2] = ["chromium", "firefox"];

/// One line of the file, and what the browsers made of it.
struct Measured {
    id: String,
    line: Vec<u8>,
    date: Option<String>,
    browsers: [Browser; 2],
}

struct Browser {
    name: &'static str,
    served_at: f64,
    stored: Vec<Stored>,
    /// A cookie of that name, set before, was gone afterwards.
    deletes: bool,
}

/// A cookie in a browser's jar. Chromium shows UTF-8, Firefox one character per byte.
struct Stored {
    name: Vec<u8>,
    value: Vec<u8>,
    lifetime: Option<f64>,
}

#[test]
fn r2_r3_what_is_proven_is_what_browsers_stored() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/set-cookie/suites.json");
    let Ok(text) = fs::read_to_string(&path) else {
        println!("left out: no measurements beside the checkout");
        return;
    };
    let lines: Vec<Value> = serde_json::from_str(&text).expect("a JSON list");
    let deviations: Vec<String> =
        lines.iter().map(read_measured).flat_map(|measured| deviations(&measured)).collect();
    println!("{} lines measured", lines.len());
    assert!(deviations.is_empty(), "{} deviations\n{}", deviations.len(), deviations.join("\n"));
}

fn deviations(measured: &Measured) -> Vec<String> {
    let read = SetCookie::parse(&measured.line);
    let mut deviations = Vec::new();
    for browser in &measured.browsers {
        let lifetime = read.lifetime(served_at(measured, browser));
        let mut found = Vec::new();
        for stored in &browser.stored {
            found.extend(name_deviation(&measured.line, read.judged_name(), stored));
            found.extend(lifetime_deviation(lifetime, stored.lifetime));
        }
        let judged_to_stay = matches!(lifetime, Lifetime::Session | Lifetime::Proven(1..));
        if browser.deletes && judged_to_stay {
            found.push(format!("judged {lifetime:?}, deletes"));
        }
        let shown = measured.line[..measured.line.len().min(160)].escape_ascii();
        deviations.extend(found.into_iter().map(|found| {
            let (id, name) = (&measured.id, browser.name);
            format!("{id}, {name}: \"{shown}\"\n    {found}")
        }));
    }
    deviations
}

/// The browser's clock is a fraction of a second off the `Date` it was sent.
#[expect(clippy::cast_possible_truncation, reason = "whole seconds are meant")]
fn served_at(measured: &Measured, browser: &Browser) -> ServedAt {
    let clock = browser.served_at as i64;
    match &measured.date {
        Some(date) => ServedAt::date_header(date.as_bytes(), clock),
        None => ServedAt::clock(clock),
    }
}

#[expect(clippy::cast_precision_loss, reason = "400 days at most")]
fn lifetime_deviation(judged: Lifetime, stored: Option<f64>) -> Option<String> {
    let agrees = match (judged, stored) {
        (Lifetime::Unproven(_), _) | (Lifetime::Session, None) => true,
        (Lifetime::Session | Lifetime::Proven(0), Some(_)) | (Lifetime::Proven(_), None) => false,
        (Lifetime::Proven(seconds), Some(stored)) => {
            let want = seconds.min(COOKIE_AGE_LIMIT.unsigned_abs());
            (want as f64 - stored).abs() <= TOLERANCE
        }
    };
    (!agrees).then(|| format!("judged {judged:?}, stored for {stored:?}"))
}

/// R2: the stored name, or the start of the value where it is stored without one.
fn name_deviation(line: &[u8], judged: &[u8], stored: &Stored) -> Option<String> {
    let came_back = if stored.name.is_empty() {
        let end = stored.value.iter().position(|&byte| byte == b'=');
        &stored.value[..end.unwrap_or(stored.value.len())]
    } else {
        &stored.name
    };
    // A jar's listing may lose what is not UTF-8: then only the ASCII bytes can be compared.
    let ascii = |bytes: &[u8]| -> Vec<u8> { bytes.iter().copied().filter(u8::is_ascii).collect() };
    let same = came_back == judged
        || (std::str::from_utf8(line).is_err() && ascii(came_back) == ascii(judged));
    (!same).then(|| {
        let (judged, came_back) = (judged.escape_ascii(), came_back.escape_ascii());
        format!("judged as \"{judged}\", comes back as \"{came_back}\"")
    })
}

fn read_measured(value: &Value) -> Measured {
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    let raw = text("raw").expect("a raw line");
    let line = match value["enc"].as_str() {
        Some("b64") => base64_decoded(&raw),
        _ => raw.into_bytes(),
    };
    Measured {
        id: text("id").expect("an id"),
        line,
        date: text("date"),
        browsers: BROWSERS.map(|name| Browser {
            name,
            served_at: value[name]["served_at"].as_f64().expect("a clock"),
            deletes: value[name]["deletes"].as_bool().expect("a yes or no"),
            stored: value[name]["stored"]
                .as_array()
                .expect("a list of cookies")
                .iter()
                .map(|cookie| read_stored(name, cookie))
                .collect(),
        }),
    }
}

fn read_stored(browser: &str, cookie: &Value) -> Stored {
    let bytes = |key: &str| {
        let text = cookie[key].as_str().expect("a string");
        let per_byte: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c).ok()).collect();
        match per_byte {
            Some(bytes) if browser == "firefox" => bytes,
            _ => text.as_bytes().to_vec(),
        }
    };
    Stored { name: bytes("name"), value: bytes("value"), lifetime: cookie["lifetime"].as_f64() }
}

/// Base64 as RFC 4648, section 4, has it; padding ends it.
fn base64_decoded(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut buffer, mut bits) = (Vec::new(), 0_u32, 0_u32);
    for byte in text.bytes().take_while(|&byte| byte != b'=') {
        let six = (0..).zip(ALPHABET).find(|(_, letter)| **letter == byte);
        buffer = buffer << 6 | six.expect("a Base64 letter").0;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.extend((buffer >> bits).to_be_bytes().last());
        }
    }
    bytes
}
