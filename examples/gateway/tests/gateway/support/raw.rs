//! Sends bytes over TCP, for requests that no client would send.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Sends bytes, and returns all that comes until the other side closes, or keeps silent for a while.
pub(crate) async fn exchange(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    read(&mut stream).await
}

/// Returns all that comes until the other side closes, or keeps silent for a while.
pub(crate) async fn read(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(Ok(count)) = timeout(Duration::from_millis(500), stream.read(&mut buffer)).await {
        if count == 0 {
            break;
        }
        text.extend_from_slice(&buffer[..count]);
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Reads until a text has come, and returns all that came.
pub(crate) async fn read_until(stream: &mut TcpStream, what: &str) -> String {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    while !text.contains(what) {
        let count = timeout(Duration::from_secs(20), stream.read(&mut buffer)).await;
        let count = count.unwrap_or_else(|_| panic!("waited for {what:?} in {text}")).unwrap();
        assert_ne!(count, 0, "closed before {what:?} in {text}");
        text.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    text
}
