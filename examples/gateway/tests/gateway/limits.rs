//! The limits on the size and the time of a request.

use std::time::{Duration, Instant};

use http::{Request, Response};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::support::client::{client, get};
use super::support::frames;
use super::support::raw::{exchange, read};
use super::support::running::Gateway;
use super::support::upstream::{Upstream, full};

const START: &str = "GET / HTTP/1.1\r\nHost: a.example\r\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_is_too_large_is_refused() {
    let upstream = Upstream::setting(&[]).await;
    let config = format!(
        "limits = {{ head-bytes = 8192, headers = 20 }}\n[[upstream]]\nto = '{}'",
        upstream.url
    );
    let gateway = Gateway::configured(&config);
    let large = format!("{START}X: {}\r\n\r\n", "x".repeat(20_000));
    let many = format!("{START}{}\r\n", "X: y\r\n".repeat(30));
    for head in [large, many] {
        let answer = exchange(gateway.address(), head.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    }
    let long = format!("GET /{} HTTP/1.1\r\nHost: a.example\r\n\r\n", "x".repeat(70_000));
    let answer = exchange(gateway.address(), long.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    assert!(upstream.seen().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_is_too_large_is_refused_in_http2_too() {
    let upstream = Upstream::setting(&[]).await;
    let config = format!("limits = {{ head-bytes = 8192 }}\n[[upstream]]\nto = '{}'", upstream.url);
    let gateway = Gateway::configured(&config);
    let ask = async |size| {
        let request = Request::get(&gateway.url).header("x", "x".repeat(size));
        let request = request.body(bytes::Bytes::new().into()).unwrap();
        client(true, None).request(request).await.map(|response| response.status().as_u16())
    };
    assert_eq!(ask(4000).await.unwrap(), 200);
    assert!(ask(20_000).await.map_or(true, |status| status == 431));
    assert_eq!(upstream.seen().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_whose_head_is_too_large_is_none() {
    let upstream = Upstream::start(|request| async move {
        let count = request.uri().path()[1..].parse().unwrap();
        let names = (0..count).map(|number: u32| format!("x-{number}"));
        let head = names.fold(Response::builder(), |head, name| head.header(name, "x".repeat(99)));
        head.body(full("ok")).unwrap()
    })
    .await;
    let limits = "limits = { head-bytes = 8192, headers = 500 }";
    let gateway = Gateway::configured(&format!("{limits}\n[[upstream]]\nto = '{}'", upstream.url));
    for (count, status) in [(50, 200), (400, 502), (50, 200)] {
        assert_eq!(get(&format!("{}/{count}", gateway.url)).await.status, status);
    }
}

/// Returns the time until the other side closes. With `drip`, it is sent a byte now and then.
async fn until_closed(mut stream: TcpStream, drip: bool) -> Duration {
    let started = Instant::now();
    let closed = async {
        loop {
            let mut buffer = [0; 1024];
            match timeout(Duration::from_millis(200), stream.read(&mut buffer)).await {
                Ok(Ok(0) | Err(_)) => break,
                // This fails if the other side has closed meanwhile, which the next read shows.
                Err(_) if drip => drop(stream.write_all(b"x").await),
                Ok(Ok(_)) | Err(_) => {}
            }
        }
    };
    timeout(Duration::from_secs(20), closed).await.expect("it stays open");
    started.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_and_silent_visitors_are_let_go() {
    let upstream = Upstream::setting(&[]).await;
    let config = format!(
        "limits = {{ head-seconds = 1, idle-seconds = 2, answer-seconds = 1 }}\n\
         [[upstream]]\nto = '{}'",
        upstream.url
    );
    let gateway = Gateway::configured(&config);
    let connect = async |start: &str| {
        let mut stream = TcpStream::connect(gateway.address()).await.unwrap();
        stream.write_all(start.as_bytes()).await.unwrap();
        stream
    };
    let nothing = until_closed(connect("").await, false);
    let half_a_head = until_closed(connect(&format!("{START}X: ")).await, true);
    let kept_alive = until_closed(connect(&format!("{START}\r\n")).await, false);
    let half_a_body = until_closed(
        connect("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 9\r\n\r\nx").await,
        false,
    );
    let all = tokio::join!(nothing, half_a_head, kept_alive, half_a_body);
    for (what, took) in
        [("nothing", all.0), ("a head", all.1), ("kept alive", all.2), ("a body", all.3)]
    {
        assert!(took < Duration::from_secs(5), "{what} took {took:?}");
    }
    assert!(all.1 > Duration::from_millis(800), "a head got {:?}", all.1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_for_nothing_in_http2_is_let_go() {
    let upstream = Upstream::setting(&[]).await;
    let config = format!(
        "limits = {{ idle-seconds = 2, answer-seconds = 1 }}\n[[upstream]]\nto = '{}'",
        upstream.url
    );
    let gateway = Gateway::configured(&config);
    let stream = TcpStream::connect(gateway.address()).await.unwrap();
    let took = timeout(Duration::from_secs(10), frames::ping(stream)).await.expect("it stays open");
    assert!(took > Duration::from_millis(1500) && took < Duration::from_secs(5), "{took:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upstream_that_does_not_answer_is_given_up() {
    let upstream = Upstream::start(|_| async {
        sleep(Duration::from_secs(60)).await;
        Response::new(full("late"))
    })
    .await;
    let config =
        format!("limits = {{ answer-seconds = 1 }}\n[[upstream]]\nto = '{}'", upstream.url);
    let gateway = Gateway::configured(&config);
    let answer = get(&gateway.url).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.headers["retry-after"]),
        (504, &"5".parse().unwrap())
    );
    // The upstream is not asked again, since it may still be at work.
    assert_eq!(upstream.seen().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_may_take_longer_than_an_answer() {
    let upstream = Upstream::echoing().await;
    let config =
        format!("limits = {{ answer-seconds = 1 }}\n[[upstream]]\nto = '{}'", upstream.url);
    let gateway = Gateway::configured(&config);
    let mut stream = TcpStream::connect(gateway.address()).await.unwrap();
    let head = b"POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 6\r\n\r\n";
    stream.write_all(head).await.unwrap();
    for byte in b"upload" {
        sleep(Duration::from_millis(400)).await;
        stream.write_all(&[*byte]).await.unwrap();
    }
    let answer = read(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("upload"), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_connections_are_open_than_may_be() {
    let upstream = Upstream::setting(&[]).await;
    let config = format!("limits = {{ connections = 2 }}\n[[upstream]]\nto = '{}'", upstream.url);
    let gateway = Gateway::configured(&config);
    let request = format!("{START}\r\n");
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(gateway.address()).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        assert!(read(&mut stream).await.starts_with("HTTP/1.1 200"));
        held.push(stream);
    }
    let mut third = TcpStream::connect(gateway.address()).await.unwrap();
    third.write_all(request.as_bytes()).await.unwrap();
    assert_eq!(read(&mut third).await, "", "it waits");
    held.pop();
    assert!(read(&mut third).await.starts_with("HTTP/1.1 200"));
}
