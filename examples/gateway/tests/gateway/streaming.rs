//! Bodies pass as they come, both ways.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use http_body_util::BodyExt;
use hyper::body::Frame;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::support::client::{client, get, whole};
use super::support::raw::read_until;
use super::support::running::Gateway;
use super::support::upstream::{Body, Upstream, full, page};
use test_support::waiting::until;

const SOON: Duration = Duration::from_secs(10);

/// A body of the frames that come through a channel.
struct Sent<T>(mpsc::Receiver<T>);

impl hyper::body::Body for Sent<Frame<Bytes>> {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        self.0.poll_recv(cx).map(|frame| frame.map(Ok))
    }
}

/// Makes an upstream's only answer, whose body is sent through a channel later.
fn sent(receiver: mpsc::Receiver<Frame<Bytes>>) -> impl Fn() -> Body {
    let receiver = Mutex::new(Some(receiver));
    move || BodyExt::boxed(Sent(receiver.lock().unwrap().take().unwrap()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn server_sent_events_arrive_as_they_are_sent() {
    let (sender, receiver) = mpsc::channel(1);
    let body = sent(receiver);
    let upstream = Upstream::start(move |_| {
        let response = Response::builder().header("content-type", "text/event-stream");
        let response = response.header("set-cookie", "_ga=1").body(body()).unwrap();
        async { response }
    })
    .await;
    let gateway = Gateway::to(&upstream.url);
    let mut stream = TcpStream::connect(gateway.address()).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").await.unwrap();
    for event in ["data: one\n\n", "data: two\n\n"] {
        sender.send(Frame::data(event.into())).await.unwrap();
        // The next event is sent when this one has come.
        let came = read_until(&mut stream, event).await;
        assert!(!came.contains("set-cookie"), "{came}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_arrives_as_it_is_sent() {
    let (sender, mut arrived) = mpsc::unbounded_channel();
    let upstream = Upstream::start(move |request| {
        let sender = sender.clone();
        async move {
            let mut body = request.into_body();
            while let Some(frame) = body.frame().await {
                sender.send(frame.unwrap().into_data().unwrap()).unwrap();
            }
            page("done", &[])
        }
    })
    .await;
    let gateway = Gateway::to(&upstream.url);
    let mut stream = TcpStream::connect(gateway.address()).await.unwrap();
    let head = b"POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n";
    stream.write_all(head).await.unwrap();
    for part in ["one", "two"] {
        let chunk = format!("3\r\n{part}\r\n");
        stream.write_all(chunk.as_bytes()).await.unwrap();
        // The next part is sent when this one has arrived.
        let came = timeout(SOON, arrived.recv()).await.unwrap().unwrap();
        assert_eq!(came, part);
    }
    stream.write_all(b"0\r\n\r\n").await.unwrap();
    read_until(&mut stream, "done").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_bodies_pass_whole_in_little_memory() {
    const SIZE: usize = 64 * 1024 * 1024;
    let upstream = Upstream::start(|request| async move {
        // The body is sent back as it comes.
        Response::new(request.into_body().boxed())
    })
    .await;
    let gateway = Gateway::to(&upstream.url);
    get(&gateway.url).await;
    let before = gateway.memory();
    for http2 in [false, true] {
        let bytes: Bytes = (0..=u8::MAX).cycle().take(SIZE).collect();
        let request = Request::post(&gateway.url).body(bytes.clone().into()).unwrap();
        let response = client(http2, None).request(request).await.unwrap();
        let back = response.into_body().collect().await.unwrap().to_bytes();
        assert!(back == bytes, "{} bytes came back by HTTP/2 {http2}", back.len());
    }
    let grown = gateway.memory().saturating_sub(before);
    assert!(grown < 24 * 1024, "{grown} kB for {SIZE} bytes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn trailers_pass_without_cookies() {
    let upstream = Upstream::start(|_| async {
        let mut trailers = HeaderMap::new();
        for (name, value) in [("grpc-status", "0"), ("set-cookie", "_ga=1")] {
            trailers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        let frames = [Frame::data(Bytes::from("x")), Frame::trailers(trailers)];
        let frames = frames.map(Ok::<_, hyper::Error>).into_iter();
        let (sender, receiver) = mpsc::channel(2);
        for frame in frames {
            sender.send(frame.unwrap()).await.unwrap();
        }
        Response::new(BodyExt::boxed(Sent(receiver)))
    })
    .await;
    let config = format!("[[upstream]]\nto = '{}'\nhttp2 = true", upstream.url);
    let gateway = Gateway::configured(&config);
    let request = Request::get(&gateway.url).header("te", "trailers");
    let request = request.body(Bytes::new().into()).unwrap();
    let response = client(true, None).request(request).await.unwrap();
    assert_eq!(upstream.last().headers()["te"], "trailers");
    let body = response.into_body().collect().await.unwrap();
    let trailers = body.trailers().unwrap();
    assert_eq!((trailers.len(), &trailers["grpc-status"]), (1, &HeaderValue::from_static("0")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn visitors_who_take_nothing_hold_nobody_up() {
    const SLOW: usize = 100;
    let upstream = Upstream::start(|request| async move {
        let size = if request.uri().path() == "/large" { 1_000_000 } else { 10 };
        Response::new(full("x".repeat(size)))
    })
    .await;
    let config = format!("[[upstream]]\nto = '{}'\nhttp2 = true", upstream.url);
    let gateway = Gateway::configured(&config);
    let mut slow = Vec::new();
    for _ in 0..SLOW {
        let mut stream = TcpStream::connect(gateway.address()).await.unwrap();
        stream.write_all(b"GET /large HTTP/1.1\r\nHost: a.example\r\n\r\n").await.unwrap();
        slow.push(stream);
    }
    until(|| upstream.seen().len() == SLOW, || format!("{} requests", upstream.seen().len()));
    let quick = timeout(SOON, get(&gateway.url)).await.expect("nobody is held up");
    assert_eq!(quick.text.len(), 10);
}

/// Sets a flag when it is dropped.
struct Dropped(Arc<AtomicBool>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_who_goes_away_takes_the_request_along() {
    let given_up = Arc::new(AtomicBool::new(false));
    let noted = given_up.clone();
    let upstream = Upstream::start(move |_| {
        let work = Dropped(noted.clone());
        async move {
            tokio::time::sleep(Duration::from_secs(3600)).await;
            drop(work);
            Response::new(full("late"))
        }
    })
    .await;
    let gateway = Gateway::to(&upstream.url);
    let mut stream = TcpStream::connect(gateway.address()).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").await.unwrap();
    until(|| !upstream.seen().is_empty(), || "the request".to_owned());
    assert!(!given_up.load(Ordering::Relaxed));
    drop(stream);
    until(|| given_up.load(Ordering::Relaxed), || "the upstream to hear of it".to_owned());
    assert_eq!(gateway.accesses(1)[0]["path"], "/");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_may_take_longer_than_nothing_may_move() {
    for http2 in [false, true] {
        let (sender, receiver) = mpsc::channel(1);
        let body = sent(receiver);
        let upstream = Upstream::start(move |_| {
            let response = Response::new(body());
            async { response }
        })
        .await;
        let limits = "limits = { idle-seconds = 2, answer-seconds = 1 }";
        let config = format!("{limits}\n[[upstream]]\nto = '{}'", upstream.url);
        let gateway = Gateway::configured(&config);
        tokio::spawn(async move {
            for _ in 0..8 {
                tokio::time::sleep(Duration::from_millis(500)).await;
                sender.send(Frame::data("x".into())).await.unwrap();
            }
        });
        let request = Request::get(&gateway.url).body(Bytes::new().into()).unwrap();
        let answer = whole(client(http2, None).request(request).await.unwrap()).await;
        assert_eq!(answer.text, "xxxxxxxx", "HTTP/2 {http2}");
    }
}
