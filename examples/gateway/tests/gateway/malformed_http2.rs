//! HTTP/2 that cannot be said in HTTP/1.1, or would be read there in another way.

use super::support::frames::{Outcome, ask};
use super::support::running::Gateway;
use super::support::upstream::Upstream;

const METHOD: (&str, &str) = (":method", "GET");
const SCHEME: (&str, &str) = (":scheme", "http");
const AUTHORITY: (&str, &str) = (":authority", "a.example");
const PATH: (&str, &str) = (":path", "/");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_is_in_order_is_passed_on() {
    let upstream = Upstream::setting(&[]).await;
    let gateway = Gateway::to(&upstream.url);
    for more in [&[] as &[_], &[("host", "a.example")], &[("te", "trailers")], &[("x", "y")]] {
        let headers = [&[METHOD, SCHEME, AUTHORITY, PATH], more].concat();
        let seen = upstream.seen().len();
        assert_eq!(ask(gateway.address(), &headers).await, Outcome::Answered(200), "{more:?}");
        assert_eq!(upstream.seen().len(), seen + 1, "{more:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rfc9113_8_2_and_8_3_what_is_malformed_goes_nowhere() {
    let upstream = Upstream::setting(&[]).await;
    let gateway = Gateway::to(&upstream.url);
    let reset = Outcome::Reset;
    for (more, want) in [
        // These headers are for connections of HTTP/1.1.
        (("transfer-encoding", "chunked"), &reset),
        (("connection", "close"), &reset),
        (("keep-alive", "timeout=5"), &reset),
        (("proxy-connection", "keep-alive"), &reset),
        (("upgrade", "h2c"), &reset),
        (("te", "gzip"), &reset),
        // These names and values would end a line or a name in HTTP/1.1.
        (("X-Upper", "1"), &reset),
        (("x y", "1"), &reset),
        (("x:y", "1"), &reset),
        (("x\r\ny", "1"), &reset),
        (("", "1"), &reset),
        (("x", "y\r\nhost: b.example"), &reset),
        (("x", "y\nhost: b.example"), &reset),
        (("x", "y\rhost: b.example"), &reset),
        (("x", "y\0"), &reset),
        // These lengths are wrong, since there is no body.
        (("content-length", "4"), &reset),
        (("content-length", "+0"), &reset),
        (("content-length", "0, 0"), &reset),
        // These pseudo-headers come after others, are unknown, or belong to answers.
        ((":path", "/smuggled"), &reset),
        ((":other", "1"), &reset),
        ((":status", "200"), &reset),
        // These hosts contradict the address, or are not valid.
        (("host", "b.example"), &Outcome::Answered(400)),
        (("host", "a.example, b.example"), &Outcome::Answered(400)),
        (("host", ""), &Outcome::Answered(400)),
    ] {
        let headers = [METHOD, SCHEME, AUTHORITY, PATH, more];
        assert_eq!(ask(gateway.address(), &headers).await, *want, "{more:?}");
    }
    for (headers, want) in [
        ([METHOD, SCHEME, PATH, PATH], &reset),
        ([METHOD, METHOD, SCHEME, PATH], &reset),
        ([METHOD, SCHEME, (":authority", "user@a.example"), PATH], &Outcome::Answered(400)),
        ([METHOD, SCHEME, (":authority", "a.example/x"), PATH], &reset),
        ([METHOD, SCHEME, (":authority", "a.example\r\nx: y"), PATH], &reset),
        ([METHOD, SCHEME, AUTHORITY, (":path", "")], &reset),
        ([METHOD, SCHEME, AUTHORITY, (":path", "/ HTTP/1.1\r\nx: y")], &reset),
        ([METHOD, SCHEME, AUTHORITY, (":path", "/ /x")], &reset),
        ([METHOD, SCHEME, AUTHORITY, (":path", "*")], &Outcome::Answered(400)),
        ([METHOD, SCHEME, AUTHORITY, (":path", "x")], &reset),
        ([(":method", "GET / HTTP/1.1\r\nx:"), SCHEME, AUTHORITY, PATH], &reset),
        ([(":method", ""), SCHEME, AUTHORITY, PATH], &reset),
        ([METHOD, (":scheme", "http://b.example/?"), AUTHORITY, PATH], &reset),
        ([("x", "before"), METHOD, SCHEME, PATH], &reset),
    ] {
        assert_eq!(ask(gateway.address(), &headers).await, *want, "{headers:?}");
    }
    assert_eq!(upstream.seen().len(), 0, "{:?}", upstream.seen());
}
