//! A gateway that is told to stop lets requests end.

use std::time::{Duration, Instant};

use http::Response;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::Notify;

use super::support::raw::{read, read_until};
use super::support::running::Gateway;
use super::support::upstream::{Upstream, full};
use test_support::waiting::until;

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";

/// An upstream that answers when it is told.
async fn held() -> (Upstream, &'static Notify) {
    let notify: &Notify = Box::leak(Box::default());
    let upstream = Upstream::start(move |_| async move {
        notify.notified().await;
        Response::new(full("the answer"))
    })
    .await;
    (upstream, notify)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_under_way_are_answered_and_new_visitors_go_elsewhere() {
    let (upstream, answer) = held().await;
    let mut gateway = Gateway::to(&upstream.url);
    let mut idle = TcpStream::connect(gateway.address()).await.unwrap();
    idle.write_all(b"GET /-/health HTTP/1.1\r\nHost: a.example\r\n\r\n").await.unwrap();
    read_until(&mut idle, "ok\n").await;
    let mut stream = TcpStream::connect(gateway.address()).await.unwrap();
    stream.write_all(REQUEST).await.unwrap();
    until(|| upstream.seen().len() == 1, || "the request".to_owned());

    gateway.signal("TERM");
    assert_eq!(read(&mut idle).await, "", "a connection without a request is closed");
    let address = gateway.address();
    until(|| std::net::TcpStream::connect(address).is_err(), || "a closed door".to_owned());
    let health = super::support::client::get(&format!("{}/health", gateway.admin)).await;
    assert_eq!((health.status.as_u16(), &*health.text), (503, "draining\n"));

    answer.notify_one();
    let came = read(&mut stream).await;
    assert!(came.starts_with("HTTP/1.1 200") && came.ends_with("the answer"), "{came}");
    assert!(gateway.ends().success());
    assert_eq!(gateway.access().len(), 1, "its line is written");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_holds_it_up_for_ever() {
    for second_signal in [false, true] {
        let (upstream, _) = held().await;
        let limits = if second_signal { "" } else { "limits = { drain-seconds = 1 }\n" };
        let mut gateway =
            Gateway::configured(&format!("{limits}[[upstream]]\nto = '{}'", upstream.url));
        let mut stream = TcpStream::connect(gateway.address()).await.unwrap();
        stream.write_all(REQUEST).await.unwrap();
        until(|| upstream.seen().len() == 1, || "the request".to_owned());
        let started = Instant::now();
        gateway.signal("TERM");
        gateway.logs("stopping");
        if second_signal {
            gateway.signal("TERM");
        }
        assert_eq!(gateway.ends().success(), !second_signal);
        assert!(started.elapsed() < Duration::from_secs(10));
    }
}
