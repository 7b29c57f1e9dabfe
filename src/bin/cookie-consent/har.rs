//! HAR files: what browsers' developer tools save of a visit.

use std::fmt;

use serde::Deserialize;

/// A request of the visit and what its response set.
pub(crate) struct Exchange {
    /// Method, URL without query, and status: `GET https://example.org/ 200`.
    pub(crate) title: String,
    /// The path of the URL.
    pub(crate) path: String,
    pub(crate) set_cookies: Vec<Vec<u8>>,
    pub(crate) date: Option<Vec<u8>>,
}

/// Why a HAR file could not be read.
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

/// The exchanges of a HAR file, in their order.
pub(crate) fn read(text: &[u8]) -> Result<Vec<Exchange>, HarError> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let har: Har = serde_json::from_slice(text).map_err(HarError)?;
    Ok(har.log.entries.into_iter().map(exchange).collect())
}

fn exchange(Entry { request, response }: Entry) -> Exchange {
    // A query may hold what is nobody's business.
    let url = request.url.split(['?', '#']).next().unwrap_or_default();
    let behind_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = behind_scheme.find('/').map_or("/", |at| &behind_scheme[at..]);
    let values = |name: &'static str| {
        let headers = response.headers.iter();
        let named = headers.filter(move |header| header.name.eq_ignore_ascii_case(name));
        // Several lines of one name are one entry with line breaks, to some browsers.
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
