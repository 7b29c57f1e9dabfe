//! Asking the processor as Envoy does, and doing what Envoy 1.40 does with the answer.

use std::pin::Pin;
use std::task::{Context, Poll};

use envoy_types::pb::envoy::config::core::v3 as core;
use envoy_types::pb::envoy::service::ext_proc::v3::external_processor_client::ExternalProcessorClient;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_response::Response;
use envoy_types::pb::envoy::service::ext_proc::v3::{
    HeaderMutation, HeadersResponse, HttpHeaders, ProcessingRequest, ProcessingResponse,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tonic::Streaming;
use tonic::transport::{Channel, Endpoint};

/// The lines of a message's head, in their order.
pub(crate) type Lines = Vec<(String, Vec<u8>)>;

/// One stream, as Envoy opens it for a request.
pub(crate) struct Stream {
    to: UnboundedSender<ProcessingRequest>,
    from: Streaming<ProcessingResponse>,
}

/// The messages that are sent, as a stream.
struct Sent(UnboundedReceiver<ProcessingRequest>);

impl tokio_stream::Stream for Sent {
    type Item = ProcessingRequest;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx)
    }
}

/// A connection to a processor: `127.0.0.1:4444`, or `unix:` and a path.
pub(crate) async fn connect(address: &str) -> Channel {
    endpoint(address).connect().await.unwrap()
}

/// Makes a connection that takes no more than so many unread bytes.
pub(crate) async fn connect_narrow(address: &str, bytes: u32) -> Channel {
    endpoint(address).initial_stream_window_size(bytes).connect().await.unwrap()
}

fn endpoint(address: &str) -> Endpoint {
    let uri = match address.strip_prefix("unix:") {
        Some(path) => format!("unix://{path}"),
        None => format!("http://{address}"),
    };
    Endpoint::from_shared(uri).unwrap()
}

pub(crate) fn lines(of: &[(&str, &str)]) -> Lines {
    of.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect()
}

impl Stream {
    pub(crate) async fn open(channel: &Channel) -> Self {
        let (to, messages) = unbounded_channel();
        let mut client = ExternalProcessorClient::new(channel.clone());
        let from = client.process(Sent(messages)).await.unwrap().into_inner();
        Stream { to, from }
    }

    /// Opens a stream for a request of a visitor who sends these cookies.
    pub(crate) async fn visit(channel: &Channel, cookies: &str) -> Self {
        let mut stream = Stream::open(channel).await;
        stream.request(&lines(&[(":authority", "shop.example"), ("cookie", cookies)])).await;
        stream
    }

    pub(crate) fn send(&self, message: ProcessingRequest) {
        self.to.send(message).unwrap();
    }

    pub(crate) async fn answer(&mut self) -> Response {
        self.from.message().await.unwrap().unwrap().response.unwrap()
    }

    /// Returns the status with which the processor refuses to answer.
    pub(crate) async fn refusal(&mut self) -> tonic::Status {
        self.from.message().await.unwrap_err()
    }

    /// Sends a request's head, and returns it after the processor's changes.
    pub(crate) async fn request(&mut self, head: &Lines) -> Lines {
        self.send(message(Request::RequestHeaders(sent(head))));
        match self.answer().await {
            Response::RequestHeaders(answer) => applied(head, changes(answer)),
            other => panic!("{other:?}"),
        }
    }

    /// Sends a response's head, and returns it after the processor's changes.
    pub(crate) async fn response(&mut self, head: &Lines) -> Lines {
        applied(head, self.changes(head).await)
    }

    /// Sends a response's head, and returns the changes that the processor answers.
    pub(crate) async fn changes(&mut self, head: &Lines) -> Option<HeaderMutation> {
        self.send(message(Request::ResponseHeaders(sent(head))));
        match self.answer().await {
            Response::ResponseHeaders(answer) => changes(answer),
            other => panic!("{other:?}"),
        }
    }

    /// Sends a response that sets these cookies, and returns those that are left.
    pub(crate) async fn set_cookies(&mut self, set: &[&str]) -> Vec<String> {
        let head = set.iter().map(|line| ("set-cookie".to_owned(), line.as_bytes().to_vec()));
        let head = [(":status".to_owned(), b"200".to_vec())].into_iter().chain(head).collect();
        values(&self.response(&head).await, "set-cookie")
    }
}

/// Returns the values of a header, in their order.
pub(crate) fn values(head: &Lines, name: &str) -> Vec<String> {
    let lines = head.iter().filter(|(other, _)| other == name);
    lines.map(|(_, value)| String::from_utf8(value.clone()).unwrap()).collect()
}

pub(crate) fn message(request: Request) -> ProcessingRequest {
    ProcessingRequest { request: Some(request), ..ProcessingRequest::default() }
}

pub(crate) fn sent(head: &Lines) -> HttpHeaders {
    let headers = head.iter().map(|(name, value)| core::HeaderValue {
        key: name.clone(),
        raw_value: value.clone(),
        ..core::HeaderValue::default()
    });
    let headers = core::HeaderMap { headers: headers.collect() };
    HttpHeaders { headers: Some(headers), ..HttpHeaders::default() }
}

fn changes(answer: HeadersResponse) -> Option<HeaderMutation> {
    answer.response.and_then(|response| response.header_mutation)
}

/// Returns a head after a mutation, as Envoy 1.40 applies it: it removes first, only `append` decides if a line
/// is added, and a line that is not added replaces the first of its name.
fn applied(head: &Lines, changes: Option<HeaderMutation>) -> Lines {
    let mut head = head.clone();
    let Some(changes) = changes else { return head };
    head.retain(|(name, _)| !changes.remove_headers.contains(name));
    for option in changes.set_headers {
        #[allow(deprecated)]
        let append = option.append.is_some_and(|append| append.value);
        let line = option.header.unwrap();
        assert!(line.value.is_empty(), "values travel as bytes");
        match head.iter_mut().find(|(name, _)| *name == line.key && !append) {
            Some((_, value)) => *value = line.raw_value,
            None => head.push((line.key, line.raw_value)),
        }
    }
    head
}
