//! Upstreams that are down, and those that break off.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use http::Request;
use http_body_util::BodyExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::support::client::{client, get, send};
use super::support::raw::exchange;
use super::support::running::Gateway;
use super::support::upstream::{Upstream, page};

const FAILURES: &str = "gateway_upstream_failures_total";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_hears_of_an_upstream_that_is_down_and_when_to_come_back() {
    let gateway = Gateway::to("http://127.0.0.1:1");
    let answer = get(&gateway.url).await;
    assert_eq!((answer.status.as_u16(), &*answer.text), (502, "502 Bad Gateway\n"));
    assert_eq!(answer.headers["retry-after"], "5");
    assert_eq!(answer.headers["cache-control"], "no-store");
    gateway.logs("http://127.0.0.1:1 did not answer");
    let failures =
        "gateway_upstream_failures_total{upstream=\"http://127.0.0.1:1\",kind=\"connect\"}";
    assert_eq!(gateway.metric(failures).await, 1);
    // The gateway itself is well.
    assert_eq!(get(&format!("{}/-/health", gateway.url)).await.text, "ok\n");
    assert_eq!(get(&format!("{}/health", gateway.admin)).await.text, "ok\n");
}

/// Returns `true` if a request comes. The heads of these tests come in one piece.
async fn comes(stream: &mut TcpStream) -> bool {
    stream.read(&mut [0; 4096]).await.is_ok_and(|count| count > 0)
}

/// An upstream that answers the first request of each connection, and breaks off at the second.
async fn closing() -> (String, Arc<AtomicU32>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicU32::new(0));
    let count = requests.clone();
    tokio::spawn(async move {
        loop {
            let mut stream = listener.accept().await.unwrap().0;
            let count = count.clone();
            tokio::spawn(async move {
                assert!(comes(&mut stream).await);
                count.fetch_add(1, Ordering::Relaxed);
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await.unwrap();
                if comes(&mut stream).await {
                    count.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    (url, requests)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_safely_be_sent_again_is() {
    let (url, requests) = closing().await;
    let gateway = Gateway::to(&url);
    for _ in 0..3 {
        assert_eq!(get(&gateway.url).await.status, 200);
    }
    // Three requests were answered, and two were not.
    assert_eq!(requests.load(Ordering::Relaxed), 5);

    let (url, requests) = closing().await;
    let gateway = Gateway::to(&url);
    let mut statuses = Vec::new();
    for _ in 0..3 {
        let request = Request::post(&gateway.url);
        statuses.push(send(&client(false, None), request).await.status.as_u16());
    }
    assert_eq!(statuses, [200, 502, 200], "what may have happened does not happen twice");
    assert_eq!(requests.load(Ordering::Relaxed), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_cannot_be_read_is_the_visitors_failure() {
    for http2 in [false, true] {
        let upstream = Upstream::start(|request| async {
            let whole = request.into_body().collect().await.is_ok();
            page(if whole { "whole" } else { "broken" }, &[])
        });
        let upstream = upstream.await;
        let config = format!("[[upstream]]\nto = '{}'\nhttp2 = {http2}", upstream.url);
        let gateway = Gateway::configured(&config);
        let head = "POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n";
        let request = format!("{head}1;x\ny\r\n");
        let answer = exchange(gateway.address(), request.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "http2 {http2}: {answer}");
        assert!(!answer.contains("retry-after"), "{answer}");
        for (kind, count) in [("request-body", 1), ("broken", 0)] {
            let upstream = &upstream.url;
            let metric = format!("{FAILURES}{{upstream=\"{upstream}\",kind=\"{kind}\"}}");
            assert_eq!(gateway.metric(&metric).await, count, "{kind}, http2 {http2}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_http_is_no_answer() {
    for bytes in [
        "",
        "nonsense\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nSet-Cookie : _ga=1\r\n\r\n",
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            loop {
                let mut stream = listener.accept().await.unwrap().0;
                assert!(comes(&mut stream).await);
                stream.write_all(bytes.as_bytes()).await.unwrap();
            }
        });
        let gateway = Gateway::to(&url);
        let answer = get(&gateway.url).await;
        assert_eq!((answer.status.as_u16(), answer.set_cookies().len()), (502, 0), "{bytes:?}");
    }
}
