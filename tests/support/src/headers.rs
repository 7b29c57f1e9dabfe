//! Writes and reads `Cookie` and `Set-Cookie` headers for tests.

use http::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};

/// Returns the headers of a request with these `Cookie` lines.
pub fn request(cookies: &[&str]) -> HeaderMap {
    cookies.iter().map(|line| (COOKIE, value(line))).collect()
}

/// Returns the headers of a response with these `Set-Cookie` lines.
pub fn response(set_cookies: &[impl AsRef<str>]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in set_cookies {
        headers.append(SET_COOKIE, value(line.as_ref()));
    }
    headers
}

/// Returns the `Set-Cookie` lines of a response, in order.
pub fn set_cookies(response: &HeaderMap) -> Vec<String> {
    let lines = response.get_all(SET_COOKIE).iter();
    lines.map(|line| String::from_utf8_lossy(line.as_bytes()).into()).collect()
}

/// Returns the name and value of a `Set-Cookie` line, as the browser sends them back.
pub fn carried(set_cookie: &HeaderValue) -> HeaderValue {
    let pair = set_cookie.as_bytes().split(|byte| *byte == b';').next();
    HeaderValue::from_bytes(pair.unwrap_or_default()).expect("a part of a header value")
}

fn value(line: &str) -> HeaderValue {
    HeaderValue::from_bytes(line.as_bytes()).expect("a header value")
}
