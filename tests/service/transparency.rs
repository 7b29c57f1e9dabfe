//! R12: whatever is no `Set-Cookie` passes the layer untouched, with every status and body.

use std::convert::Infallible;
use std::rc::Rc;

use http::header::{CACHE_CONTROL, HeaderName, HeaderValue, SET_COOKIE};
use http::{Request, Response, StatusCode, Version};
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::Report;

use super::site::{layer, lines, undecided};

/// A type that stands for a body and implements no trait at all.
struct Opaque;

#[derive(Clone, Debug, PartialEq)]
struct Marker(u16);

const HEADERS: [(&str, &[u8]); 9] = [
    ("connection", b"upgrade"),
    ("x-first", b"1"),
    ("set-cookie", b"_ga=1"),
    ("vary", b"a"),
    ("set-cookie", b"sid=\xff ;; HTTPONLY"),
    ("vary", b"b"),
    ("set-cookie", b"id=1 ; Expires=Thu, 01 Jan 2099 00:00:00 GMT;x"),
    ("etag", b"\"set-cookie\""),
    ("x-last", b""),
];

fn full_response(status: StatusCode, version: Version, body: Rc<Opaque>) -> Response<Rc<Opaque>> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.version_mut() = version;
    response.extensions_mut().insert(Marker(status.as_u16()));
    for (name, value) in HEADERS {
        let mut value = HeaderValue::from_bytes(value).unwrap();
        value.set_sensitive(name == "etag");
        response.headers_mut().append(name, value);
    }
    response
}

/// Sorts lines by name, and keeps the values of each name in their order. The order of different
/// names is not promised.
fn by_name(mut lines: Vec<(HeaderName, HeaderValue)>) -> Vec<(HeaderName, HeaderValue)> {
    lines.sort_by(|(a, _), (b, _)| a.as_str().cmp(b.as_str()));
    lines
}

#[tokio::test]
async fn r12_r23_only_the_set_cookie_lines_and_what_caches_are_told_change() {
    for status in [101, 103, 200, 204, 206, 304, 401, 407, 418, 500, 503, 599, 999] {
        let status = StatusCode::from_u16(status).unwrap();
        for version in [Version::HTTP_10, Version::HTTP_11, Version::HTTP_2, Version::HTTP_3] {
            let body = Rc::new(Opaque);
            let want = full_response(status, version, body.clone());
            let site = layer().layer(service_fn(async |_: Request<()>| {
                Ok::<_, Infallible>(full_response(status, version, body.clone()))
            }));
            let got = site.oneshot(undecided()).await.unwrap();

            assert_eq!((got.status(), got.version()), (status, version));
            assert!(Rc::ptr_eq(got.body(), &body), "the very same body");
            assert_eq!(got.extensions().get(), Some(&Marker(status.as_u16())));
            assert_eq!(got.extensions().len(), 2, "the marker, and the report");
            assert!(got.extensions().get::<Report>().is_some());

            let id = HeaderValue::from_static("id=1 ; Max-Age=2592000;x");
            let mut headers = lines(want.headers());
            headers.retain(|(_, value)| value != "_ga=1");
            // R23: shared caches must not keep a response from which a cookie was stripped.
            headers.push((CACHE_CONTROL, HeaderValue::from_static("private")));
            for (name, value) in &mut headers {
                if *name == SET_COOKIE && value.as_bytes().starts_with(b"id=") {
                    *value = id.clone();
                }
            }
            assert_eq!(by_name(lines(got.headers())), by_name(headers), "{status}");
            assert!(got.headers()["etag"].is_sensitive());
        }
    }
}

#[tokio::test]
async fn r12_a_response_without_cookies_is_the_same_response() {
    let body = Rc::new(Opaque);
    let strip = |mut response: Response<Rc<Opaque>>| {
        response.headers_mut().remove(SET_COOKIE);
        response
    };
    let build = || strip(full_response(StatusCode::OK, Version::HTTP_11, body.clone()));
    let site = layer().layer(service_fn(async |_: Request<()>| Ok::<_, Infallible>(build())));
    let got = site.oneshot(undecided()).await.unwrap();
    assert_eq!(lines(got.headers()), lines(build().headers()));
    assert_eq!(got.extensions().len(), 1);
    assert!(Rc::ptr_eq(got.body(), &body));
}

#[tokio::test]
async fn r12_the_request_reaches_the_inner_service_as_it_was() {
    let body = Rc::new(Opaque);
    let cookie = HeaderName::from_static("cookie");
    let want = Request::put("http://example.org/a?b#c")
        .version(Version::HTTP_10)
        .header(&cookie, HeaderValue::from_bytes(b"a=\xff;; b").unwrap())
        .header("x", "1")
        .header(&cookie, "c=d")
        .body(body.clone())
        .unwrap();
    let sent = want.clone();
    let site = layer().layer(service_fn(async |got: Request<Rc<Opaque>>| {
        assert_eq!((got.method(), got.uri()), (want.method(), want.uri()));
        assert_eq!(got.version(), want.version());
        assert_eq!(lines(got.headers()), lines(want.headers()));
        assert!(Rc::ptr_eq(got.body(), &body));
        Ok::<_, Infallible>(Response::new(()))
    }));
    site.oneshot(sent).await.unwrap();
}
