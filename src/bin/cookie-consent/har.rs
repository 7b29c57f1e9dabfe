//! Reads HAR files, in which browsers' developer tools save a visit.

use std::fmt;

use cookie::time::format_description::parse_borrowed;
use cookie::time::format_description::well_known::Rfc3339;
use cookie::time::{OffsetDateTime, UtcOffset};
use serde::Deserialize;

/// A request of the visit, and the cookies that its response set.
pub(crate) struct Exchange {
    /// The method, the URL without its query, and the status: `GET https://example.org/ 200`.
    pub(crate) title: String,
    /// The path of the URL.
    pub(crate) path: String,
    pub(crate) set_cookies: Vec<Vec<u8>>,
    /// The response's `Date`, or the time of the request if it has none.
    pub(crate) date: Option<Vec<u8>>,
}

/// The error of reading a HAR file.
#[derive(Debug)]
pub(crate) struct HarError(serde_json::Error);

impl fmt::Display for HarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no HAR file: {}; save the visit in the network tab of a browser, as HAR with all content",
            self.0
        )
    }
}

impl std::error::Error for HarError {}

#[derive(Deserialize)]
struct Har {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(default)]
    started_date_time: String,
    request: Request,
    response: Response,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    url: String,
}

#[derive(Deserialize)]
struct Response {
    status: i64,
    headers: Vec<Header>,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    value: String,
}

/// Returns the exchanges of a HAR file, in order.
pub(crate) fn read(text: &[u8]) -> Result<Vec<Exchange>, HarError> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let har: Har = serde_json::from_slice(text).map_err(HarError)?;
    Ok(har.log.entries.into_iter().map(exchange).collect())
}

/// Says why no response of a visit sets a cookie, if none does.
pub(crate) fn missing(exchanges: &[Exchange]) -> Option<String> {
    let hint = "browsers leave them out of a HAR unless it is exported with sensitive data";
    let responses = if exchanges.len() == 1 { "response" } else { "responses" };
    exchanges
        .iter()
        .all(|exchange| exchange.set_cookies.is_empty())
        .then(|| format!("{} {responses}, no Set-Cookie: {hint}", exchanges.len()))
}

fn exchange(Entry { started_date_time, request, response }: Entry) -> Exchange {
    // The query is left out, since it may contain personal data.
    let url = request.url.split(['?', '#']).next().unwrap_or_default();
    let behind_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = behind_scheme.find('/').map_or("/", |at| &behind_scheme[at..]);
    let values = |name: &'static str| {
        let headers = response.headers.iter();
        let named = headers.filter(move |header| header.name.eq_ignore_ascii_case(name));
        // Some browsers write several headers of one name as one entry with line breaks.
        named
            .flat_map(|header| header.value.split('\n'))
            .map(|value| value.trim().as_bytes().to_vec())
    };
    Exchange {
        title: format!("{} {url} {}", request.method, response.status),
        path: path.to_owned(),
        set_cookies: values("set-cookie").collect(),
        date: values("date").next().or_else(|| Some(http_date(&started_date_time)?.into_bytes())),
    }
}

/// Writes a time of a HAR file as the header `Date` does (RFC 9110, section 5.6.7).
fn http_date(started: &str) -> Option<String> {
    let time = OffsetDateTime::parse(started, &Rfc3339).ok()?.checked_to_offset(UtcOffset::UTC)?;
    let form = "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT";
    time.format(&parse_borrowed::<2>(form).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_dates() {
        for (started, want) in [
            ("2026-11-01T13:00:09.125Z", Some("Sun, 01 Nov 2026 13:00:09 GMT")),
            ("2026-11-28T00:30:00.000+01:00", Some("Fri, 27 Nov 2026 23:30:00 GMT")),
            ("", None),
            ("yesterday", None),
            ("9999-12-31T23:59:59-23:59", None),
        ] {
            assert_eq!(http_date(started).as_deref(), want, "{started}");
        }
    }
}
