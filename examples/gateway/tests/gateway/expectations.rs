//! `Expect: 100-continue`: a visitor waits with the body until the upstream wants it.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use http::{Response, StatusCode};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use super::support::raw::{exchange, read_until};
use super::support::running::Gateway;
use super::support::upstream::{Upstream, full};

const HEAD: &[u8] =
    b"POST / HTTP/1.1\r\nHost: a.example\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n";
const CONTINUE: &str = "HTTP/1.1 100 Continue\r\n";

async fn wait_for_continue(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(HEAD).await.unwrap();
    let came = read_until(&mut stream, "\r\n\r\n").await;
    assert!(came.starts_with(CONTINUE), "{came}");
    stream.write_all(b"body").await.unwrap();
    stream
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_the_upstream_wants_is_asked_for() {
    let upstream = Upstream::echoing().await;
    let gateway = Gateway::to(&upstream.url);
    let started = Instant::now();
    let mut stream = wait_for_continue(gateway.address()).await;
    assert!(read_until(&mut stream, "body").await.starts_with("HTTP/1.1 200"));
    assert!(started.elapsed() < Duration::from_millis(900), "it was not the upstream that asked");
    assert_eq!(upstream.last().headers()["expect"], "100-continue");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_nobody_wants_is_not_asked_for() {
    let upstream = Upstream::start(|_| async {
        let response = Response::builder().status(StatusCode::UNAUTHORIZED);
        response.body(full("no")).unwrap()
    })
    .await;
    let gateway = Gateway::to(&upstream.url);
    let came = exchange(gateway.address(), HEAD).await;
    assert!(came.starts_with("HTTP/1.1 401"), "{came}");

    let down = Gateway::to("http://127.0.0.1:1");
    let came = exchange(down.address(), HEAD).await;
    assert!(came.starts_with("HTTP/1.1 502"), "{came}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upstream_that_does_not_know_of_it_gets_the_body_after_a_second() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let upstream = tokio::spawn(async move {
        let mut stream = listener.accept().await.unwrap().0;
        read_until(&mut stream, "body").await;
        stream.write_all(b"HTTP/1.0 200 OK\r\n\r\ndone").await.unwrap();
    });
    let gateway = Gateway::to(&format!("http://{address}"));
    let mut stream = wait_for_continue(gateway.address()).await;
    read_until(&mut stream, "done").await;
    upstream.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upstream_in_http2_gets_the_body_all_the_same() {
    let upstream = Upstream::echoing().await;
    let config = format!("[[upstream]]\nto = '{}'\nhttp2 = true", upstream.url);
    let gateway = Gateway::configured(&config);
    let mut stream = wait_for_continue(gateway.address()).await;
    assert!(read_until(&mut stream, "body").await.starts_with("HTTP/1.1 200"));
}
