//! Requests that two servers may read in two ways.
//!
//! Each hides a request for `/smuggled` in what some server takes for a body or for a header. The
//! upstream must not see it, whatever the answer is.

use http::Request;

use super::support::client::{client, send};
use super::support::raw::exchange;
use super::support::running::Gateway;
use super::support::upstream::Upstream;

const HIDDEN: &str = "GET /smuggled HTTP/1.1\r\nHost: a.example\r\n\r\n";

/// Sends a head with a hidden request behind it, checks that the upstream did not see that one, and returns the
/// answer.
async fn attempt(gateway: &Gateway, upstream: &Upstream, head: &str, body: &str) -> String {
    let seen = upstream.seen().len();
    let answer = exchange(gateway.address(), format!("{head}\r\n{body}{HIDDEN}").as_bytes()).await;
    let new = upstream.seen().split_off(seen);
    let smuggled = new.iter().any(|request| request.uri().path() == "/smuggled");
    assert!(!smuggled, "{head:?} was answered with {answer}");
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_may_be_read_in_two_ways_is_refused() {
    let upstream = Upstream::setting(&[]).await;
    let gateway = Gateway::to(&upstream.url);
    let post = "POST / HTTP/1.1\r\nHost: a.example\r\n";
    let chunked = "Transfer-Encoding: chunked\r\n";
    for (lines, body, want) in [
        // These have two lengths.
        ("Content-Length: 0\r\nContent-Length: 49\r\n", "", "400"),
        ("Content-Length: 49\r\nContent-Length: 0\r\n", "", "400"),
        ("Content-Length: 0, 49\r\n", "", "400"),
        ("Content-Length: 0, 0\r\n", "", "400"),
        // These lengths are no numbers.
        ("Content-Length: +0\r\n", "", "400"),
        ("Content-Length: -1\r\n", "", "400"),
        ("Content-Length: 0x0\r\n", "", "400"),
        ("Content-Length: 0 0\r\n", "", "400"),
        ("Content-Length: \r\n", "", "400"),
        ("Content-Length: 99999999999999999999999\r\n", "", "400"),
        // Some servers take these codings for `chunked`, and others do not.
        ("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n", "400"),
        ("Transfer-Encoding: chunkedx\r\n", "0\r\n\r\n", "400"),
        ("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n", "400"),
        ("Transfer-Encoding: \r\n", "0\r\n\r\n", "400"),
        ("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n", "400"),
        ("Transfer-Encoding: identity\r\n", "0\r\n\r\n", "400"),
        ("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n", "400"),
        ("Transfer-Encoding:\u{b}chunked\r\n", "0\r\n\r\n", "400"),
        ("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n", "501"),
        ("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n", "501"),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", "501"),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n", "400"),
        // Some servers clean these names up.
        ("Transfer-Encoding : chunked\r\n", "0\r\n\r\n", "400"),
        ("Transfer-Encoding\t: chunked\r\n", "0\r\n\r\n", "400"),
        (" Transfer-Encoding: chunked\r\n", "0\r\n\r\n", "400"),
        ("X: y\r\n Transfer-Encoding: chunked\r\n", "0\r\n\r\n", "400"),
        ("X: y\rTransfer-Encoding: chunked\r\n", "0\r\n\r\n", "400"),
        ("X: y\r\n\tz\r\n", "", "400"),
        ("X: y\rz\r\n", "", "400"),
        ("X: y\0\r\n", "0\r\n\r\n", "400"),
        ("X\0: y\r\n", "", "400"),
        ("X\r: y\r\n", "", "400"),
        (": y\r\n", "", "400"),
        ("X\r\n", "", "400"),
        ("Content-Length : 0\r\n", "", "400"),
        // These chunks are not valid.
        (chunked, "0x0\r\n\r\n", ""),
        (chunked, "+0\r\n\r\n", ""),
        (chunked, "-1\r\n\r\n", ""),
        (chunked, "\r\n\r\n", ""),
        (chunked, "ffffffffffffffffff\r\n", ""),
        (chunked, "10000000000000000\r\n", ""),
        (chunked, "0 0\r\n\r\n", ""),
        (chunked, "0;x\ny\r\n\r\n", ""),
        (chunked, "1;x\rGET /smuggled HTTP/1.1\r\n\r\n", ""),
        (chunked, "1\nx\n0\n\n", ""),
        (chunked, "0\r\nX : y\r\n\r\n", ""),
        (chunked, "1\r\nxyz\r\n0\r\n\r\n", ""),
        // These have two hosts.
        ("Host: b.example\r\n", "", "400"),
    ] {
        let answer = attempt(&gateway, &upstream, &format!("{post}{lines}"), body).await;
        if want.is_empty() {
            // The head was in order, so the upstream may have answered before the body was read.
            assert!(!answer.contains("HTTP/1.1 200") || answer.matches("HTTP/1.1").count() == 1);
        } else {
            let status = format!("HTTP/1.1 {want}");
            assert!(answer.starts_with(&status), "{lines:?}: {answer}");
            assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{lines:?}: {answer}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_length_beside_chunks_does_not_count_and_the_connection_ends() {
    // Hyper drops the length before the gateway sees it, as RFC 9112, 6.1 and 6.3 allow.
    for lines in [
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Content-Length: 4\r\ntransfer-encoding: Chunked\r\nContent-Length: 5\r\n",
        // A server that takes the bare line feed for a part of the value sees only the length.
        "Content-Length: 5\r\nX: y\nTransfer-Encoding: chunked\r\n",
    ] {
        let upstream = Upstream::setting(&[]).await;
        let gateway = Gateway::to(&upstream.url);
        let head = format!("POST / HTTP/1.1\r\nHost: a.example\r\n{lines}");
        let answer = attempt(&gateway, &upstream, &head, "0\r\n\r\n").await;
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{lines:?}: {answer}");
        for seen in upstream.seen() {
            assert!(!seen.headers().contains_key("content-length"), "{lines:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rfc9112_6_3_a_length_that_is_said_twice_is_passed_on_once() {
    let upstream = Upstream::echoing().await;
    let gateway = Gateway::to(&upstream.url);
    let head = "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 4\r\ncontent-length: 4\r\n";
    let answer = exchange(gateway.address(), format!("{head}\r\nbody").as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("\r\n\r\nbody"), "{answer}");
    let lengths = upstream.last().headers().get_all("content-length").iter().count();
    assert_eq!(lengths, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_length_in_http2_does_not_hide_a_request_from_http1() {
    let upstream = Upstream::setting(&[]).await;
    let gateway = Gateway::to(&upstream.url);
    let client = client(true, None);
    for length in ["0", "4", "1000"] {
        let request = Request::post(&gateway.url).header("content-length", length);
        let request = request.body(format!("body{HIDDEN}").into()).unwrap();
        // HTTP/2 resets some of these requests, so there may be no answer.
        if let Ok(response) = client.request(request).await {
            assert!(!response.status().is_server_error() || response.status() == 502);
        }
        let again = send(&client, Request::get(format!("{}/next", gateway.url))).await;
        assert_eq!(again.text, "a page");
    }
    let paths = upstream.seen();
    assert!(paths.iter().all(|request| request.uri().path() != "/smuggled"), "{paths:?}");
    assert_eq!(paths.iter().filter(|request| request.uri().path() == "/next").count(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn http1_0_has_no_chunks() {
    let upstream = Upstream::setting(&[]).await;
    let gateway = Gateway::to(&upstream.url);
    let head = "POST / HTTP/1.0\r\nHost: a.example\r\nConnection: keep-alive\r\n\
                Transfer-Encoding: chunked\r\n";
    let answer = attempt(&gateway, &upstream, head, "0\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 400") || answer.starts_with("HTTP/1.0 400"), "{answer}");
    assert!(upstream.seen().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_request_line_and_the_host_agree() {
    let upstream = Upstream::setting(&[]).await;
    let gateway = Gateway::to(&upstream.url);
    for (request, want) in [
        ("GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n", "200"),
        ("GET http://a.example/ HTTP/1.1\r\nHost: b.example\r\n\r\n", "400"),
        ("GET http://a@b.example/ HTTP/1.1\r\nHost: a@b.example\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nHost:\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nHost: a.example/x\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nHost: a.example\r\nhost: a.example\r\n\r\n", "400"),
        ("GET / HTTP/1.1 \r\nHost: a.example\r\n\r\n", "400"),
        ("GET  / HTTP/1.1\r\nHost: a.example\r\n\r\n", "400"),
        ("GET / HTTP/1.2\r\nHost: a.example\r\n\r\n", "400"),
        ("GET a.example HTTP/1.1\r\nHost: a.example\r\n\r\n", "400"),
        ("GET * HTTP/1.1\r\nHost: a.example\r\n\r\n", "400"),
        ("GET x/y HTTP/1.1\r\nHost: a.example\r\n\r\n", "400"),
        ("GET //b.example/ HTTP/1.1\r\nHost: b.example/\r\n\r\n", "400"),
        ("GET /\0 HTTP/1.1\r\nHost: a.example\r\n\r\n", "400"),
        ("GET /\rx HTTP/1.1\r\nHost: a.example\r\n\r\n", "400"),
        ("CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n", "501"),
        ("TRACE / HTTP/1.1\r\nHost: a.example\r\n\r\n", "405"),
    ] {
        let answer = exchange(gateway.address(), request.as_bytes()).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {want}")), "{request:?}: {answer}");
    }
    assert_eq!(upstream.seen().len(), 1);
    assert_eq!(gateway.metric("gateway_refused_requests_total{reason=\"two-hosts\"}").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_chunks_say_beside_their_size_goes_no_further() {
    let upstream = Upstream::echoing().await;
    let gateway = Gateway::to(&upstream.url);
    let head = "POST / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\
                Transfer-Encoding: chunked\r\n\r\n";
    let body = "2;name=\"value\"\r\nab\r\n000001\r\nc\r\n0;last\r\nX: trailer\r\n\r\n";
    let answer = exchange(gateway.address(), format!("{head}{body}").as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("\r\n\r\nabc"), "{answer}");
    // A visitor who sends nothing but such extensions is cut off.
    let body = format!("1;{}\r\na\r\n0\r\n\r\n", "x".repeat(100_000));
    let answer = exchange(gateway.address(), format!("{head}{body}").as_bytes()).await;
    assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
}
