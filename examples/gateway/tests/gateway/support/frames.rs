//! Writes HTTP/2 frame by frame, for requests that no client would send.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GO_AWAY: u8 = 7;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

/// The outcome of a request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The request was answered with this status.
    Answered(u16),
    /// The stream was reset, or the connection given up.
    Reset,
}

/// Sends one request with these header lines, each as it stands here, and without a body.
pub(crate) async fn ask(address: SocketAddr, headers: &[(&str, &str)]) -> Outcome {
    let mut block = Vec::new();
    for text in headers.iter().flat_map(|(name, value)| [("\0", *name), ("", *value)]) {
        // This is a literal that is not indexed. A length below 127 takes one byte.
        block.extend_from_slice(text.0.as_bytes());
        block.push(u8::try_from(text.1.len()).unwrap());
        block.extend_from_slice(text.1.as_bytes());
    }
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = frame(HEADERS, END_STREAM | END_HEADERS, 1, &block);
    let all = [PREFACE, &frame(SETTINGS, 0, 0, &[]), &request].concat();
    stream.write_all(&all).await.unwrap();
    timeout(Duration::from_secs(20), outcome(&mut stream)).await.expect("an answer")
}

/// Sends pings and never a request, and returns the time until the other side closes.
pub(crate) async fn ping(stream: TcpStream) -> Duration {
    let started = Instant::now();
    let (mut answers, mut stream) = stream.into_split();
    let pings = tokio::spawn(async move {
        let start = [PREFACE, &frame(SETTINGS, 0, 0, &[])].concat();
        let mut sent = stream.write_all(&start).await;
        while sent.is_ok() {
            sleep(Duration::from_millis(200)).await;
            sent = stream.write_all(&frame(PING, 0, 0, &[0; 8])).await;
        }
    });
    while answers.read(&mut [0; 1024]).await.is_ok_and(|count| count > 0) {}
    pings.abort();
    started.elapsed()
}

fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags, 0, 0, 0, stream], payload].concat()
}

async fn outcome(stream: &mut TcpStream) -> Outcome {
    loop {
        let mut head = [0; 9];
        if stream.read_exact(&mut head).await.is_err() {
            return Outcome::Reset;
        }
        let mut payload = vec![0; usize::from(head[1]) << 8 | usize::from(head[2])];
        stream.read_exact(&mut payload).await.unwrap();
        match head[3] {
            HEADERS => return Outcome::Answered(status(&payload)),
            RESET | GO_AWAY => return Outcome::Reset,
            _ => {}
        }
    }
}

/// Reads the status, which comes first: an entry of the static table, or a literal whose name is in it.
fn status(block: &[u8]) -> u16 {
    const STATIC: [u16; 7] = [200, 204, 206, 304, 400, 404, 500];
    match block {
        // A change of the table's size may come before it.
        [first, rest @ ..] if first & 0b1110_0000 == 0b0010_0000 => status(rest),
        [first @ 0x88..=0x8e, ..] => STATIC[usize::from(first - 0x88)],
        other => panic!("another status: {other:x?}"),
    }
}
