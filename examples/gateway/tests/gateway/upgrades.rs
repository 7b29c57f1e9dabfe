//! Connections that change to another protocol.

use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use http::{Response, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::sleep;
use tungstenite::handshake::server::{Request as Opening, Response as Opened};
use tungstenite::{Message, accept_hdr, client};

use super::support::raw::{exchange, read_until};
use super::support::running::Gateway;
use super::support::upstream::{Upstream, full};

#[test]
fn a_websocket_talks_to_the_upstream() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let stream = listener.accept().unwrap().0;
        #[expect(clippy::result_large_err, reason = "tungstenite's own signature")]
        let set_cookies = |request: &Opening, mut response: Opened| {
            assert_eq!(request.headers()["host"], "a.example");
            assert_eq!(request.headers()["x-forwarded-for"], "127.0.0.1");
            for line in ["session=1", "_ga=1"] {
                response.headers_mut().append("set-cookie", line.parse().unwrap());
            }
            Ok(response)
        };
        let mut socket = accept_hdr(stream, set_cookies).unwrap();
        loop {
            match socket.read() {
                Ok(message @ (Message::Text(_) | Message::Binary(_))) => {
                    socket.send(message).unwrap();
                }
                Ok(_) => {}
                Err(_) => break,
            }
        }
    });
    let gateway = Gateway::to(&format!("http://{address}"));
    let stream = TcpStream::connect(gateway.address()).unwrap();
    let (mut socket, response) = client("ws://a.example/chat", stream).unwrap();
    let set: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
    assert_eq!(set, ["session=1"]);
    for text in ["one".to_owned(), "x".repeat(100_000)] {
        socket.send(Message::text(&*text)).unwrap();
        assert_eq!(socket.read().unwrap().into_text().unwrap(), text);
    }
    socket.close(None).unwrap();
    while socket.read().is_ok() {}
}

const UPGRADE: &str = "GET / HTTP/1.1\r\nHost: a.example\r\nConnection: Upgrade\r\nUpgrade: ";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upstream_that_does_not_go_over_answers_as_ever() {
    let upstream = Upstream::setting(&["session=1", "_ga=1"]).await;
    let gateway = Gateway::to(&upstream.url);
    let answer =
        exchange(gateway.address(), format!("{UPGRADE}websocket\r\n\r\n").as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("a page"), "{answer}");
    assert!(!answer.contains("_ga"), "{answer}");
    assert_eq!(upstream.last().headers()["upgrade"], "websocket");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_gets_past_the_policy_by_another_version_of_http() {
    let upstream = Upstream::setting(&["_ga=1"]).await;
    let gateway = Gateway::to(&upstream.url);
    for protocol in ["h2c", "H2C, websocket", "websocket, h2c", "HTTP/2.0", "http/1.1"] {
        let request = format!(
            "{UPGRADE}{protocol}\r\nConnection: HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQ\r\n\r\n"
        );
        let answer = exchange(gateway.address(), request.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 200") && !answer.contains("_ga"), "{answer}");
        let seen = upstream.last();
        for name in ["connection", "upgrade", "http2-settings"] {
            assert!(!seen.headers().contains_key(name), "{protocol}: {:?}", seen.headers());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upgrade_that_nobody_asked_for_is_an_error() {
    let upstream = Upstream::start(|_| async {
        let response = Response::builder().status(StatusCode::SWITCHING_PROTOCOLS);
        let response = response.header("connection", "upgrade").header("upgrade", "any");
        response.body(full("")).unwrap()
    })
    .await;
    let gateway = Gateway::to(&upstream.url);
    let plain = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";
    let answer = exchange(gateway.address(), plain.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 502"), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tunnel_stays_for_as_long_as_something_moves() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut stream = listener.accept().await.unwrap().0;
        read_until(&mut stream, "\r\n\r\n").await;
        let switch =
            b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n";
        stream.write_all(switch).await.unwrap();
        let (mut reader, mut writer) = stream.split();
        tokio::io::copy(&mut reader, &mut writer).await.unwrap();
    });
    let limits = "limits = { idle-seconds = 2, answer-seconds = 1 }";
    let gateway = Gateway::configured(&format!("{limits}\n[[upstream]]\nto = '{url}'"));
    let mut stream = tokio::net::TcpStream::connect(gateway.address()).await.unwrap();
    stream.write_all(format!("{UPGRADE}x\r\n\r\n").as_bytes()).await.unwrap();
    read_until(&mut stream, "\r\n\r\n").await;
    for _ in 0..8 {
        sleep(Duration::from_millis(500)).await;
        stream.write_all(b"echo").await.unwrap();
        read_until(&mut stream, "echo").await;
    }
    let since = Instant::now();
    assert_eq!(stream.read(&mut [0; 8]).await.unwrap(), 0);
    assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
}
