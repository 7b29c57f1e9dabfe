//! Asks a processor as Envoy does, without Envoy: a stream for each exchange, many at a time.
//!
//! `measure.py` runs it. The arguments are the address, the number of exchanges, and how many run at a time. It
//! prints the exchanges a second, and the 50th and the 99th percentile of their times in microseconds.

use std::time::{Duration, Instant};

use envoy_types::pb::envoy::config::core::v3::{HeaderMap, HeaderValue};
use envoy_types::pb::envoy::service::ext_proc::v3::external_processor_client::ExternalProcessorClient;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request;
use envoy_types::pb::envoy::service::ext_proc::v3::{HttpHeaders, ProcessingRequest};
use tonic::transport::{Channel, Endpoint};

type Error = Box<dyn std::error::Error + Send + Sync>;

/// The head of a browser's request. The site's answer sets one cookie that is allowed, and one that is not.
const REQUEST: &[(&str, &str)] = &[
    (":method", "GET"),
    (":authority", "shop.example"),
    (":path", "/"),
    (":scheme", "https"),
    ("accept", "text/html"),
    ("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"),
    ("cookie", "session=0123456789abcdef; theme=dark"),
];
const RESPONSE: &[(&str, &str)] = &[
    (":status", "200"),
    ("content-type", "text/plain"),
    ("content-length", "100"),
    ("set-cookie", "session=0123456789abcdef; Path=/; HttpOnly"),
    ("set-cookie", "_ga=GA1.1.123456789.1700000000; Path=/; Max-Age=63072000"),
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &str| arguments.next().ok_or(format!("{what} is missing"));
    let address = next("an address")?;
    let exchanges: usize = next("the number of exchanges")?.parse()?;
    let at_a_time: usize = next("how many at a time")?.parse()?;
    let channel = Endpoint::from_shared(format!("http://{address}"))?.connect().await?;
    let start = Instant::now();
    let workers: Vec<_> = (0..at_a_time)
        .map(|_| tokio::spawn(worker(channel.clone(), exchanges / at_a_time)))
        .collect();
    let mut times = Vec::with_capacity(exchanges);
    for worker in workers {
        times.extend(worker.await??);
    }
    let took = start.elapsed();
    times.sort_unstable();
    let of = |percent: usize| times[times.len() * percent / 100].as_micros();
    let a_second = times.len() as u128 * 1_000_000 / took.as_micros();
    println!("{a_second} {} {}", of(50), of(99));
    Ok(())
}

/// Runs one exchange after the other.
async fn worker(channel: Channel, exchanges: usize) -> Result<Vec<Duration>, Error> {
    let mut client = ExternalProcessorClient::new(channel);
    let mut times = Vec::with_capacity(exchanges);
    for _ in 0..exchanges {
        let start = Instant::now();
        let (to, messages) = tokio::sync::mpsc::channel(1);
        to.send(message(Request::RequestHeaders(head(REQUEST)))).await?;
        let messages = tokio_stream::wrappers::ReceiverStream::new(messages);
        let mut answers = client.process(messages).await?.into_inner();
        answers.message().await?.ok_or("no answer to a request")?;
        to.send(message(Request::ResponseHeaders(head(RESPONSE)))).await?;
        answers.message().await?.ok_or("no answer to a response")?;
        drop(to);
        if answers.message().await?.is_some() {
            return Err("an answer that nobody asked for".into());
        }
        times.push(start.elapsed());
    }
    Ok(times)
}

fn message(request: Request) -> ProcessingRequest {
    ProcessingRequest { request: Some(request), ..ProcessingRequest::default() }
}

fn head(lines: &[(&str, &str)]) -> HttpHeaders {
    let headers = lines.iter().map(|(name, value)| HeaderValue {
        key: (*name).to_owned(),
        raw_value: value.as_bytes().to_vec(),
        ..HeaderValue::default()
    });
    let headers = HeaderMap { headers: headers.collect() };
    HttpHeaders { headers: Some(headers), ..HttpHeaders::default() }
}
