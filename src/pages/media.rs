//! Media types of bodies, given and wanted.

use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap};
use http::{HeaderValue, StatusCode};

use crate::pages::refusal::Refusal;

pub(super) const FORM: &str = "application/x-www-form-urlencoded";
pub(super) const JSON: &str = "application/json";

/// Refuses a body of another type than the one that is understood.
///
/// It also keeps away forms that a page of another site sends as JSON: a browser sends that type
/// only where this site allowed it before.
pub(super) fn check(headers: &HeaderMap, wanted: &str) -> Result<(), Refusal> {
    if headers.get(CONTENT_TYPE).is_some_and(|given| essence_is(given, wanted)) {
        return Ok(());
    }
    let detail = format!("The body has to be of the type {wanted}.");
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail))
}

/// Returns `true` if the answer should be JSON, as a script asks for it; browsers name HTML first.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    let first = |accept: &HeaderValue| {
        let first = accept.to_str().ok()?.split(',').next()?;
        Some(first.split(';').next()?.trim().eq_ignore_ascii_case(JSON))
    };
    headers.get(ACCEPT).and_then(first).unwrap_or(false)
}

/// Compares a type without its parameters, such as the charset.
fn essence_is(given: &HeaderValue, wanted: &str) -> bool {
    let essence = given.to_str().ok().and_then(|given| given.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_of_the_type_that_is_understood() {
        for (given, want) in [
            (Some("application/json"), true),
            (Some("Application/JSON ; charset=utf-8"), true),
            (Some("application/jsonp"), false),
            (Some("text/plain"), false),
            (Some(""), false),
            (None, false),
        ] {
            let headers: HeaderMap = given
                .into_iter()
                .map(|given| (CONTENT_TYPE, HeaderValue::from_static(given)))
                .collect();
            assert_eq!(check(&headers, JSON).is_ok(), want, "{given:?}");
        }
    }

    #[test]
    fn scripts_get_json_and_browsers_a_page() {
        for (accept, want) in [
            (Some("application/json"), true),
            (Some("application/json;q=1, text/html"), true),
            (Some("text/html,application/xhtml+xml,*/*;q=0.8"), false),
            (Some("*/*"), false),
            (None, false),
        ] {
            let headers: HeaderMap = accept
                .into_iter()
                .map(|accept| (ACCEPT, HeaderValue::from_static(accept)))
                .collect();
            assert_eq!(wants_json(&headers), want, "{accept:?}");
        }
    }
}
