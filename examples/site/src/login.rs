//! Tells who is logged in, by a cookie that says so.
//!
//! Whoever says so is: this is about the session's cookie, not about passwords. A real site has a
//! session layer, as the first app of the README has (`cargo run -p readme`).

use axum::http::HeaderName;
use axum::http::header::SET_COOKIE;
use axum::response::AppendHeaders;
use tower_cookie_consent::Consent;

use crate::policies::Site;

/// A `Set-Cookie` line, as a part of a response.
pub(crate) type Line = AppendHeaders<[(HeaderName, String); 1]>;

/// The name of the visitor who is logged in.
pub(crate) fn user(consent: &Consent, site: &Site) -> Option<String> {
    let value = consent.request().cookie(site.session.as_bytes()).next()?;
    let digits = std::str::from_utf8(value).ok()?;
    let starts = (0..digits.len()).step_by(2);
    let byte = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    let name = String::from_utf8(starts.map(byte).collect::<Option<_>>()?).ok()?;
    (!name.is_empty()).then_some(name)
}

/// The policy promises that this cookie ends with the browser's session. It holds the name in
/// hexadecimal digits, whatever characters it has.
pub(crate) fn log_in(name: &str, site: &Site, secure: bool) -> Line {
    let digits: Vec<String> = name.bytes().map(|byte| format!("{byte:02x}")).collect();
    let digits = digits.concat();
    line(&format!("{digits}; HttpOnly"), site, secure)
}

pub(crate) fn log_out(site: &Site, secure: bool) -> Line {
    line("; Max-Age=0", site, secure)
}

fn line(value: &str, site: &Site, secure: bool) -> Line {
    let secure = if secure { "; Secure" } else { "" };
    let name = site.session;
    AppendHeaders([(SET_COOKIE, format!("{name}={value}; SameSite=Lax; Path=/{secure}"))])
}
