//! Reads HAR files, in which browsers' developer tools save a visit.

use std::fmt;

use serde::Deserialize;

/// A request of the visit, and the cookies that its response set.
pub(crate) struct Exchange {
    /// The method, the URL without its query, and the status: `GET https://example.org/ 200`.
    pub(crate) title: String,
    /// The path of the URL.
    pub(crate) path: String,
    pub(crate) set_cookies: Vec<Vec<u8>>,
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
struct Entry {
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

fn exchange(Entry { request, response }: Entry) -> Exchange {
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
        date: values("date").next(),
    }
}
