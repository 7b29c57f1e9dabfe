//! The lines of public test suites, with what two browsers stored for them. The file is beside the
//! checkout. If it is missing, tests that need it are left out.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tower_cookie_consent::set_cookie::ServedAt;

const BROWSERS: [&str; 2] = ["chromium", "firefox"];

/// A line of the file, and what the browsers made of it.
pub(super) struct Measured {
    pub(super) id: String,
    pub(super) line: Vec<u8>,
    pub(super) date: Option<String>,
    pub(super) browsers: [Browser; 2],
}

pub(super) struct Browser {
    pub(super) name: &'static str,
    pub(super) served_at: f64,
    pub(super) stored: Vec<Stored>,
    /// True if a cookie of that name that was set before was gone afterwards.
    pub(super) deletes: bool,
}

/// A cookie in a browser's jar. Chromium shows UTF-8, Firefox one character per byte.
pub(super) struct Stored {
    pub(super) name: Vec<u8>,
    pub(super) value: Vec<u8>,
    pub(super) lifetime: Option<f64>,
}

/// Returns all lines. If the file does not exist, it says so and returns `None`.
pub(super) fn measured() -> Option<Vec<Measured>> {
    let Some(lines) = entries() else {
        println!("left out: no measurements beside the checkout");
        return None;
    };
    println!("{} lines measured", lines.len());
    Some(lines.iter().map(read_measured).collect())
}

/// Returns the entries of the file, if it exists.
pub(crate) fn entries() -> Option<Vec<Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/set-cookie/suites.json");
    let text = fs::read_to_string(path).ok()?;
    Some(serde_json::from_str(&text).expect("a JSON list"))
}

/// Returns the line of an entry.
pub(crate) fn line(entry: &Value) -> Vec<u8> {
    let raw = entry["raw"].as_str().expect("a raw line");
    match entry["enc"].as_str() {
        Some("b64") => base64_decoded(raw),
        _ => raw.as_bytes().to_vec(),
    }
}

impl Measured {
    /// The browser's clock differs by a fraction of a second from the `Date` that it was sent.
    #[expect(clippy::cast_possible_truncation, reason = "whole seconds are meant")]
    pub(super) fn served_at(&self, browser: &Browser) -> ServedAt {
        let clock = browser.served_at as i64;
        match &self.date {
            Some(date) => ServedAt::date_header(date.as_bytes(), clock),
            None => ServedAt::clock(clock),
        }
    }

    /// Returns the first bytes of the line for a message.
    pub(super) fn shown(&self) -> String {
        self.line[..self.line.len().min(160)].escape_ascii().to_string()
    }
}

fn read_measured(value: &Value) -> Measured {
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    Measured {
        id: text("id").expect("an id"),
        line: line(value),
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

/// Decodes Base64 by RFC 4648, section 4. Padding ends it.
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
