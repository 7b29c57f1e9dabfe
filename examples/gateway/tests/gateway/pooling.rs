//! The connections to an upstream are used again, and closed in time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{Request, Response};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::{Barrier, Notify};
use tokio::time::sleep;

use super::support::client::{Answer, client, get, send};
use super::support::raw::read_until;
use super::support::running::{Gateway, configuration};
use super::support::scripted::{Scripted, Then};
use super::support::upstream::{Upstream, full, page};
use test_support::waiting::until;

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// Sends a request that must not be sent twice.
async fn post(url: &str) -> Answer {
    send(&client(false, None), Request::post(url)).await
}

/// Sends so many requests at once, each over a connection of its own.
async fn together(url: &str, count: usize) {
    let all = (0..count).map(|_| tokio::spawn(post(url.to_owned().leak())));
    for one in all.collect::<Vec<_>>() {
        let answer = one.await.unwrap();
        assert_eq!(answer.status, 200, "{answer:?}");
    }
}

/// Starts an upstream that answers when so many requests are there.
async fn gathering(count: usize) -> Upstream {
    let all = Arc::new(Barrier::new(count));
    Upstream::start(move |request| {
        let all = all.clone();
        async move {
            if request.uri().path() == "/together" {
                all.wait().await;
            }
            page("a page", &[])
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_is_used_again_by_one_request_at_a_time() {
    let upstream = gathering(3).await;
    let gateway = Gateway::to(&upstream.url);
    for _ in 0..5 {
        assert_eq!(post(&gateway.url).await.status, 200);
    }
    assert_eq!(upstream.accepted(), 1);
    for _ in 0..2 {
        together(&format!("{}/together", gateway.url), 3).await;
        assert_eq!(upstream.accepted(), 3);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn http2_carries_many_requests_over_one_connection() {
    let upstream = gathering(10).await;
    let config = format!("[[upstream]]\nto = '{}'\nhttp2 = true", upstream.url);
    let gateway = Gateway::configured(&config);
    post(&gateway.url).await;
    together(&format!("{}/together", gateway.url), 10).await;
    assert_eq!(upstream.accepted(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_is_lost_to_a_connection_that_the_upstream_has_closed() {
    let upstream = Scripted::start(OK, Then::ClosesLater).await;
    let gateway = Gateway::to(&upstream.url);
    for number in 1..=3 {
        let answer = post(&gateway.url).await;
        assert_eq!((answer.status.as_u16(), &*answer.text), (200, "ok"));
        until(|| upstream.closed() == number, || format!("{number} to be closed"));
        sleep(Duration::from_millis(50)).await;
    }
    assert_eq!((upstream.accepted(), upstream.requests()), (3, 3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_ends_its_connection_is_the_last_on_it() {
    for (answer, then) in [
        ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", Then::Waits),
        ("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", Then::Waits),
        ("HTTP/1.1 200 OK\r\n\r\nok", Then::Closes),
    ] {
        let upstream = Scripted::start(answer, then).await;
        let gateway = Gateway::to(&upstream.url);
        for number in 1..=2 {
            assert_eq!(post(&gateway.url).await.text, "ok", "{answer:?}");
            until(|| upstream.closed() == number, || format!("{number} closed: {answer:?}"));
        }
        assert_eq!((upstream.accepted(), upstream.requests()), (2, 2), "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_without_a_request_is_nobodys_answer() {
    const FORGED: &str =
        "HTTP/1.1 200 OK\r\nSet-Cookie: session=forged\r\nContent-Length: 6\r\n\r\nforged";
    for (answer, then) in
        [(&*format!("{OK}{FORGED}").leak(), Then::Waits), (OK, Then::Sends(FORGED))]
    {
        let upstream = Scripted::start(answer, then).await;
        let gateway = Gateway::to(&upstream.url);
        for _ in 0..3 {
            let answer = post(&gateway.url).await;
            assert_eq!((&*answer.text, answer.set_cookies().len()), ("ok", 0), "{then:?}");
            sleep(Duration::from_millis(400)).await;
        }
        assert_eq!((upstream.accepted(), upstream.requests()), (3, 3), "{then:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_nobody_needs_is_closed_in_time() {
    let upstream = Scripted::start(OK, Then::Waits).await;
    let limits = "limits = { upstream-idle-seconds = 1 }";
    let gateway = Gateway::configured(&format!("{limits}\n[[upstream]]\nto = '{}'", upstream.url));
    get(&gateway.url).await;
    let since = Instant::now();
    until(|| upstream.closed() == 1, || "the connection to be closed".to_owned());
    let kept = since.elapsed();
    assert!(kept > Duration::from_millis(900) && kept < Duration::from_secs(5), "{kept:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_a_visitor_gives_up_takes_its_connection_along() {
    const HALF: &str = "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf";
    let upstream = Scripted::start(HALF, Then::Waits).await;
    let gateway = Gateway::to(&upstream.url);
    let mut visitor = TcpStream::connect(gateway.address()).await.unwrap();
    visitor.write_all(b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").await.unwrap();
    read_until(&mut visitor, "half").await;
    assert_eq!(upstream.closed(), 0);
    drop(visitor);
    until(|| upstream.closed() == 1, || "the connection to be closed".to_owned());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reload_lets_go_of_an_upstream_when_its_last_request_is_answered() {
    for http2 in [false, true] {
        let answer: &Notify = Box::leak(Box::default());
        let old = Upstream::start(move |request| async move {
            if request.uri().path() == "/held" {
                answer.notified().await;
            }
            Response::new(full("old"))
        })
        .await;
        let new = Upstream::start(|_| async { page("new", &[]) }).await;
        let config = |upstream: &Upstream| {
            let limits = "limits = { upstream-idle-seconds = 600 }";
            format!("{limits}\n[[upstream]]\nto = '{}'\nhttp2 = {http2}", upstream.url)
        };
        let gateway = Gateway::configured(&config(&old));
        assert_eq!(get(&gateway.url).await.text, "old");
        let held = format!("{}/held", gateway.url);
        let held = tokio::spawn(async move { post(&held).await });
        until(|| old.seen().len() == 2, || "the request".to_owned());

        gateway.folder.write("gateway.toml", &configuration(&config(&new)));
        gateway.signal("HUP");
        gateway.logs("registry and configuration were read anew");
        assert_eq!(get(&gateway.url).await.text, "new");
        assert_eq!(old.open(), 1, "the one with the request");
        answer.notify_one();
        assert_eq!(held.await.unwrap().text, "old");
        until(|| old.open() == 0, || format!("{} connections to be closed", old.open()));
    }
}
