//! Requests that are not passed on, since another server may read them in another way.
//!
//! Hyper refuses the worst before the gateway sees it: a length that is no number, two lengths
//! that differ, a transfer coding that does not end with `chunked`, lines that are folded, and
//! space before a colon. This module refuses the cases that hyper leaves to its users.

use http::header::{CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Version};

/// The reason for which a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// `CONNECT`: it asks for a tunnel to anywhere.
    Connect,
    /// `TRACE`: it would show a page's script what the browser and the proxies add.
    Trace,
    /// There is a transfer coding other than `chunked`, or `chunked` twice.
    TransferCoding,
    /// There is more than one length, or one that is no number.
    Length,
    /// The target is neither a path nor a whole address.
    Target,
    /// There is no host, or several, or one that is no valid host.
    Host,
    /// The request line names another host than the `Host` header.
    TwoHosts,
}

impl Refusal {
    pub(crate) const ALL: [Refusal; 7] = [
        Refusal::Connect,
        Refusal::Trace,
        Refusal::TransferCoding,
        Refusal::Length,
        Refusal::Target,
        Refusal::Host,
        Refusal::TwoHosts,
    ];

    pub(crate) fn status(self) -> StatusCode {
        match self {
            Refusal::Connect | Refusal::TransferCoding => StatusCode::NOT_IMPLEMENTED,
            Refusal::Trace => StatusCode::METHOD_NOT_ALLOWED,
            Refusal::Length | Refusal::Target | Refusal::Host | Refusal::TwoHosts => {
                StatusCode::BAD_REQUEST
            }
        }
    }

    /// The name under which the metrics count it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Refusal::Connect => "connect",
            Refusal::Trace => "trace",
            Refusal::TransferCoding => "transfer-coding",
            Refusal::Length => "length",
            Refusal::Target => "target",
            Refusal::Host => "host",
            Refusal::TwoHosts => "two-hosts",
        }
    }
}

/// Checks a request for reasons not to pass it on.
pub(crate) fn check<B>(request: &Request<B>) -> Result<(), Refusal> {
    if request.method() == Method::CONNECT {
        return Err(Refusal::Connect);
    }
    if request.method() == Method::TRACE {
        return Err(Refusal::Trace);
    }
    let lines = Lines::of(request.headers());
    lines.check_framing()?;
    let path = request.uri().path();
    let is_target = path.starts_with('/') || path == "*" && request.method() == Method::OPTIONS;
    if !is_target {
        return Err(Refusal::Target);
    }
    let line = lines.host.first;
    if lines.host.are_several {
        return Err(Refusal::Host);
    }
    if line.is_some_and(|line| !is_host(line.as_bytes())) {
        return Err(Refusal::Host);
    }
    match (request.uri().authority(), line) {
        (None, None) if request.version() != Version::HTTP_10 => Err(Refusal::Host),
        (Some(named), _) if !is_host(named.as_str().as_bytes()) => Err(Refusal::Host),
        (Some(named), Some(line))
            if !line.as_bytes().eq_ignore_ascii_case(named.as_str().as_bytes()) =>
        {
            Err(Refusal::TwoHosts)
        }
        _ => Ok(()),
    }
}

/// Returns the host of a request that passed the [`check`]; `None` for one in HTTP/1.0 that names none.
pub(crate) fn host<B>(request: &Request<B>) -> Option<HeaderValue> {
    let line = request.headers().get(HOST).cloned();
    line.or_else(|| HeaderValue::from_str(request.uri().authority()?.as_str()).ok())
}

/// The lines of one name.
#[derive(Default)]
struct Found<'a> {
    first: Option<&'a HeaderValue>,
    are_several: bool,
}

/// The lines that say where a request goes and where it ends, found by one walk over all.
#[derive(Default)]
struct Lines<'a> {
    host: Found<'a>,
    transfer_encoding: Found<'a>,
    content_length: Found<'a>,
}

impl<'a> Found<'a> {
    fn add(&mut self, line: &'a HeaderValue) {
        self.are_several = self.first.is_some();
        self.first = Some(self.first.unwrap_or(line));
    }
}

impl<'a> Lines<'a> {
    fn of(headers: &'a HeaderMap) -> Self {
        let mut lines = Lines::default();
        for (name, line) in headers {
            if *name == HOST {
                lines.host.add(line);
            } else if *name == CONTENT_LENGTH {
                lines.content_length.add(line);
            } else if *name == TRANSFER_ENCODING {
                lines.transfer_encoding.add(line);
            }
        }
        lines
    }

    fn check_framing(&self) -> Result<(), Refusal> {
        let Lines { transfer_encoding: codings, content_length: lengths, .. } = self;
        if let Some(coding) = codings.first {
            let is_chunked = coding.as_bytes().trim_ascii().eq_ignore_ascii_case(b"chunked");
            if !is_chunked || codings.are_several {
                return Err(Refusal::TransferCoding);
            }
            if lengths.first.is_some() {
                return Err(Refusal::Length);
            }
        }
        match lengths.first {
            Some(_) if lengths.are_several => Err(Refusal::Length),
            Some(length) if !length.as_bytes().iter().all(u8::is_ascii_digit) => {
                Err(Refusal::Length)
            }
            _ => Ok(()),
        }
    }
}

/// Returns `true` if these bytes are a host name or an address, with or without a port.
fn is_host(bytes: &[u8]) -> bool {
    let (host, port) = if let Some(rest) = bytes.strip_prefix(b"[") {
        let Some(end) = rest.iter().position(|byte| *byte == b']') else { return false };
        let is_address = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
        if !rest[..end].iter().all(is_address) {
            return false;
        }
        (&rest[..end], &rest[end + 1..])
    } else {
        let end = bytes.iter().position(|byte| *byte == b':').unwrap_or(bytes.len());
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._".contains(byte);
        if !bytes[..end].iter().all(is_name) {
            return false;
        }
        (&bytes[..end], &bytes[end..])
    };
    let is_port = match port.split_first() {
        None => true,
        Some((b':', digits)) => digits.iter().all(u8::is_ascii_digit),
        Some(_) => false,
    };
    !host.is_empty() && is_port
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A request as hyper hands it over.
    fn request(version: Version, uri: &str, headers: &[(&str, &str)]) -> Request<()> {
        let mut request = Request::builder().version(version).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap()
    }

    #[test]
    fn a_request_names_its_host_once() {
        use Version as V;
        let b = Some("b.example");
        for (version, uri, hosts, want) in [
            (V::HTTP_11, "/", &["b.example"] as &[_], Ok(b)),
            (V::HTTP_11, "/", &["[::1]:80"], Ok(Some("[::1]:80"))),
            (V::HTTP_11, "/", &[], Err(Refusal::Host)),
            (V::HTTP_10, "/", &[], Ok(None)),
            (V::HTTP_11, "/", &[""], Err(Refusal::Host)),
            (V::HTTP_11, "/", &["b.example", "b.example"], Err(Refusal::Host)),
            (V::HTTP_11, "/", &["b.example, c.example"], Err(Refusal::Host)),
            (V::HTTP_11, "/", &["b.example/c"], Err(Refusal::Host)),
            (V::HTTP_11, "/", &["user@b.example"], Err(Refusal::Host)),
            (V::HTTP_11, "/", &["b.example:80:80"], Err(Refusal::Host)),
            (V::HTTP_11, "/", &["b.example:x"], Err(Refusal::Host)),
            (V::HTTP_11, "/", &[":80"], Err(Refusal::Host)),
            (V::HTTP_11, "/", &["[::1"], Err(Refusal::Host)),
            (V::HTTP_11, "/", &["[::1]x"], Err(Refusal::Host)),
            (V::HTTP_11, "/", &["[b.example]"], Err(Refusal::Host)),
            (V::HTTP_11, "http://b.example/", &["B.example"], Ok(Some("B.example"))),
            (V::HTTP_11, "http://b.example/", &["c.example"], Err(Refusal::TwoHosts)),
            (V::HTTP_11, "http://u@b.example/", &["u@b.example"], Err(Refusal::Host)),
            (V::HTTP_2, "https://b.example/", &[], Ok(b)),
            (V::HTTP_2, "https://b.example/", &["b.example"], Ok(b)),
            (V::HTTP_2, "https://b.example/", &["c.example"], Err(Refusal::TwoHosts)),
            (V::HTTP_2, "/", &[], Err(Refusal::Host)),
        ] {
            let headers: Vec<_> = hosts.iter().map(|host| ("host", *host)).collect();
            let request = request(version, uri, &headers);
            let found = check(&request).map(|()| host(&request));
            let found = found.as_ref().map(|host| host.as_ref().map(|host| host.to_str().unwrap()));
            assert_eq!(found, want.as_ref().map(|host| *host), "{version:?} {uri} {hosts:?}");
        }
    }

    #[test]
    fn a_body_ends_in_one_way_only() {
        for (lines, want) in [
            (&[("transfer-encoding", "chunked")] as &[_], None),
            (&[("transfer-encoding", " Chunked ")], None),
            (&[("transfer-encoding", "gzip, chunked")], Some(Refusal::TransferCoding)),
            (&[("transfer-encoding", "chunked, chunked")], Some(Refusal::TransferCoding)),
            (&[("transfer-encoding", "\tchunked;q=1")], Some(Refusal::TransferCoding)),
            (
                &[("transfer-encoding", "chunked"), ("transfer-encoding", "chunked")],
                Some(Refusal::TransferCoding),
            ),
            (&[("transfer-encoding", "chunked"), ("content-length", "3")], Some(Refusal::Length)),
            (&[("content-length", "3")], None),
            (&[("content-length", "+3")], Some(Refusal::Length)),
            (&[("content-length", "3"), ("content-length", "3")], Some(Refusal::Length)),
        ] {
            let lines = [&[("host", "a.example")], lines].concat();
            let found = check(&request(Version::HTTP_11, "/", &lines)).err();
            assert_eq!(found, want, "{lines:?}");
        }
    }

    #[test]
    fn rfc9112_3_2_a_target_is_a_path_or_an_address() {
        for (method, target, want) in [
            (Method::GET, "/", None),
            (Method::GET, "/a?b", None),
            (Method::GET, "http://a.example", None),
            (Method::OPTIONS, "*", None),
            (Method::GET, "*", Some(Refusal::Target)),
            (Method::GET, "a.example", Some(Refusal::Target)),
            (Method::OPTIONS, "a.example:80", Some(Refusal::Target)),
        ] {
            let mut request = request(Version::HTTP_11, target, &[("host", "a.example")]);
            *request.method_mut() = method;
            assert_eq!(check(&request).err(), want, "{} {target}", request.method());
        }
    }

    #[test]
    fn tunnels_and_echoes_are_refused() {
        for (method, want) in [(Method::CONNECT, Refusal::Connect), (Method::TRACE, Refusal::Trace)]
        {
            let mut request = request(Version::HTTP_11, "/", &[("host", "a.example")]);
            *request.method_mut() = method;
            assert_eq!(check(&request), Err(want));
            assert!(want.status().is_client_error() || want.status().is_server_error());
        }
    }
}
