//! Headers that are for one connection alone (RFC 9110, 7.6.1).

use http::header::{
    CONNECTION, CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue, TE, TRANSFER_ENCODING,
    UPGRADE,
};

const KEEP_ALIVE: HeaderName = HeaderName::from_static("keep-alive");
const PROXY_CONNECTION: HeaderName = HeaderName::from_static("proxy-connection");

/// These headers are for one connection alone; `Connection` lists further ones.
static OWN: [HeaderName; 6] =
    [CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, TE, TRANSFER_ENCODING, UPGRADE];

/// This header is for no connection, but no visitor may send it: CGI programs read it as the variable
/// `HTTP_PROXY`.
const PROXY: HeaderName = HeaderName::from_static("proxy");

/// Removes the headers of a request that are not for the upstream. `te: trailers` stays where the upstream
/// speaks HTTP/2, since gRPC asks for it.
pub(crate) fn remove_from_request(headers: &mut HeaderMap, keep_trailers: bool) {
    let trailers = keep_trailers && lists(headers, &TE, b"trailers");
    remove(headers);
    headers.remove(PROXY);
    if trailers {
        headers.insert(TE, HeaderValue::from_static("trailers"));
    }
}

/// Removes the headers of a response that are not for the visitor.
pub(crate) fn remove_from_response(headers: &mut HeaderMap) {
    // The body was read by its transfer coding, so a length beside it may be wrong.
    if headers.contains_key(TRANSFER_ENCODING) {
        headers.remove(CONTENT_LENGTH);
    }
    remove(headers);
}

/// Returns `true` if a header that is a list has this token.
pub(crate) fn lists(headers: &HeaderMap, name: &HeaderName, token: &[u8]) -> bool {
    let mut tokens = headers.get_all(name).iter().flat_map(tokens);
    tokens.any(|other| other.eq_ignore_ascii_case(token))
}

fn remove(headers: &mut HeaderMap) {
    // A message has few names, so it takes less to go through them than to look each of these up.
    let mut found = [false; OWN.len()];
    for name in headers.keys() {
        for (found, is) in found.iter_mut().zip(which(name)) {
            *found |= is;
        }
    }
    for (name, _) in OWN.iter().zip(found).filter(|(_, found)| *found) {
        if *name == CONNECTION {
            for nominated in nominated(headers) {
                headers.remove(nominated);
            }
        }
        headers.remove(name);
    }
}

/// Returns for each header of [`OWN`] whether this is its name. A comparison with a constant takes less than
/// one with an element of a static.
fn which(name: &HeaderName) -> [bool; OWN.len()] {
    [
        *name == CONNECTION,
        *name == KEEP_ALIVE,
        *name == PROXY_CONNECTION,
        *name == TE,
        *name == TRANSFER_ENCODING,
        *name == UPGRADE,
    ]
}

/// Returns the headers that `Connection` names, without those whose removal would change the message's meaning.
fn nominated(headers: &HeaderMap) -> Vec<HeaderName> {
    let all = headers.get_all(CONNECTION).iter().flat_map(tokens);
    let others = all.filter(|token| {
        let common: [&[u8]; 3] = [b"close", b"keep-alive", b"upgrade"];
        !common.iter().any(|common| token.eq_ignore_ascii_case(common))
    });
    let names = others.filter_map(|token| HeaderName::from_bytes(token).ok());
    names.filter(|name| *name != HOST && *name != CONTENT_LENGTH).collect()
}

fn tokens(value: &HeaderValue) -> impl Iterator<Item = &[u8]> {
    value.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        let line = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        lines.iter().map(line).collect()
    }

    #[test]
    fn rfc9110_7_6_1_a_connections_own_headers_stay_on_it() {
        let mut found = headers(&[
            ("connection", "close, X-One"),
            ("connection", "x-two,,host, content-length"),
            ("keep-alive", "timeout=5"),
            ("proxy-connection", "keep-alive"),
            ("te", "gzip, trailers"),
            ("transfer-encoding", "chunked"),
            ("upgrade", "h2c"),
            ("x-one", "1"),
            ("x-two", "2"),
            ("proxy", "http://attacker.example"),
            ("host", "a.example"),
            ("content-length", "3"),
            ("trailer", "x-checksum"),
            ("x-three", "3"),
        ]);
        let mut for_http2 = found.clone();
        let kept = [
            ("host", "a.example"),
            ("content-length", "3"),
            ("trailer", "x-checksum"),
            ("x-three", "3"),
        ];
        remove_from_request(&mut found, false);
        assert_eq!(found, headers(&kept));
        remove_from_request(&mut for_http2, true);
        assert_eq!(for_http2, headers(&[&[("te", "trailers")], &kept[..]].concat()));
    }

    #[test]
    fn a_response_in_chunks_has_no_length() {
        let mut found = headers(&[("content-length", "3"), ("transfer-encoding", "chunked")]);
        remove_from_response(&mut found);
        assert_eq!(found, HeaderMap::new());
        let mut found = headers(&[("content-length", "3"), ("connection", "close")]);
        remove_from_response(&mut found);
        assert_eq!(found, headers(&[("content-length", "3")]));
    }
}
