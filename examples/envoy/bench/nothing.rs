//! An external processor that decides nothing, which shows the cost of Envoy and of gRPC.
//!
//! `measure.py` compares the policy's processor with it. The first argument is the address. With a second
//! argument, it changes every response as the policy changes those of the measured site. So the cost of the
//! change in Envoy can be told from the cost of finding it.

use std::pin::Pin;

use envoy_types::pb::envoy::config::core::v3::{HeaderValue, HeaderValueOption};
use envoy_types::pb::envoy::service::ext_proc::v3::external_processor_server::{
    ExternalProcessor, ExternalProcessorServer,
};
use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request as Asked;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_response::Response as Answer;
use envoy_types::pb::envoy::service::ext_proc::v3::{
    BodyResponse, CommonResponse, HeaderMutation, HeadersResponse, ProcessingRequest,
    ProcessingResponse, TrailersResponse,
};
use tokio::net::TcpListener;
use tokio_stream::{Stream, StreamExt};
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status, Streaming};

/// A processor that answers every response's head with this.
struct Nothing(HeadersResponse);

#[tonic::async_trait]
impl ExternalProcessor for Nothing {
    type ProcessStream =
        Pin<Box<dyn Stream<Item = Result<ProcessingResponse, Status>> + Send + 'static>>;

    async fn process(
        &self,
        request: Request<Streaming<ProcessingRequest>>,
    ) -> Result<Response<Self::ProcessStream>, Status> {
        let change = self.0.clone();
        let answers = request.into_inner().filter_map(move |message| match message {
            Ok(message) => message.request.map(|asked| Ok(answer(&asked, &change))),
            Err(status) => Some(Err(status)),
        });
        Ok(Response::new(Box::pin(answers)))
    }
}

fn answer(asked: &Asked, change: &HeadersResponse) -> ProcessingResponse {
    let response = match asked {
        Asked::RequestHeaders(_) => Answer::RequestHeaders(HeadersResponse::default()),
        Asked::ResponseHeaders(_) => Answer::ResponseHeaders(change.clone()),
        Asked::RequestBody(_) => Answer::RequestBody(BodyResponse::default()),
        Asked::ResponseBody(_) => Answer::ResponseBody(BodyResponse::default()),
        Asked::RequestTrailers(_) => Answer::RequestTrailers(TrailersResponse::default()),
        Asked::ResponseTrailers(_) => Answer::ResponseTrailers(TrailersResponse::default()),
    };
    ProcessingResponse { response: Some(response), ..ProcessingResponse::default() }
}

/// Makes the change that the policy makes to the site's response: one of its two cookies is left, and shared caches
/// are told.
fn change() -> HeadersResponse {
    let line = |key: &str, value: &str| HeaderValueOption {
        header: Some(HeaderValue {
            key: key.to_owned(),
            raw_value: value.into(),
            ..HeaderValue::default()
        }),
        append_action: 2,
        ..HeaderValueOption::default()
    };
    let mutation = HeaderMutation {
        set_headers: vec![
            line("set-cookie", "session=0123456789abcdef; Path=/; HttpOnly"),
            line("cache-control", "private"),
        ],
        remove_headers: vec!["set-cookie".to_owned()],
    };
    let header_mutation = Some(mutation);
    HeadersResponse { response: Some(CommonResponse { header_mutation, ..Default::default() }) }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().ok_or("an address is missing, such as 127.0.0.1:4444")?;
    let answer = arguments.next().map(|_| change()).unwrap_or_default();
    let incoming = TcpIncoming::from(TcpListener::bind(address).await?).with_nodelay(Some(true));
    let service = ExternalProcessorServer::new(Nothing(answer));
    Ok(Server::builder().add_service(service).serve_with_incoming(incoming).await?)
}
