//! Clients that are slow, and clients that disconnect.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::logins::Protocol;

const HEAD: &str = "GET /slow HTTP/1.1\r\nHost: localhost\r\nCookie: cookie_consent=x\r\n\r\n";

/// The connection preface of HTTP/2 and an empty SETTINGS frame.
const HTTP_2: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

/// The number of those who went away, by the way they went.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) slow: AtomicU64,
    pub(crate) gone: AtomicU64,
    pub(crate) reset: AtomicU64,
}

/// Sends the head byte by byte, and gets its answer all the same.
pub(crate) async fn slow_heads(address: SocketAddr, counts: Arc<Counts>, until: Instant) {
    let head = HEAD.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    while Instant::now() < until {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        for byte in head.as_bytes() {
            stream.write_all(&[*byte]).await.unwrap();
            sleep(Duration::from_millis(1)).await;
        }
        let mut response = String::new();
        stream.read_to_string(&mut response).await.unwrap();
        assert!(response.starts_with("HTTP/1.1 200 OK\r\n"), "{response}");
        counts.slow.fetch_add(1, Ordering::Relaxed);
    }
}

/// Closes the connection during a request, during a response, or in between.
pub(crate) async fn closed_connections(address: SocketAddr, counts: Arc<Counts>, until: Instant) {
    let fast = HEAD.replace("/slow", "/");
    let ways: [(&[u8], usize); 6] = [
        (b"", 0),
        (&HEAD.as_bytes()[..HEAD.len() / 2], 0),
        (HEAD.as_bytes(), 0),
        (fast.as_bytes(), 10),
        (&fast.repeat(50).into_bytes(), 100),
        (HTTP_2, 1),
    ];
    for (sent, read) in ways.into_iter().cycle() {
        if Instant::now() >= until {
            return;
        }
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(sent).await.unwrap();
        stream.read_exact(&mut vec![0; read]).await.unwrap();
        // This is long enough for the server to process the request.
        sleep(Duration::from_millis(5)).await;
        drop(stream);
        counts.gone.fetch_add(1, Ordering::Relaxed);
    }
}

/// Cancels requests on an HTTP/2 connection that stays open: their streams are reset.
pub(crate) async fn reset_streams(address: SocketAddr, counts: Arc<Counts>, until: Instant) {
    let client = Protocol::Http2.client().build().unwrap();
    let page = |path: &str| client.get(format!("http://{address}/{path}")).send();
    while Instant::now() < until {
        for patience in 0..10 {
            if timeout(Duration::from_millis(patience), page("slow")).await.is_err() {
                counts.reset.fetch_add(1, Ordering::Relaxed);
            }
        }
        let response = page("").await.unwrap();
        assert_eq!(response.text().await.unwrap(), "a page");
    }
}
