//! An external processor that changes nothing: what Envoy and gRPC cost by themselves.
//!
//! `measure.py` holds the policy's processor against it. The argument is the address.

use std::pin::Pin;

use envoy_types::pb::envoy::service::ext_proc::v3::external_processor_server::{
    ExternalProcessor, ExternalProcessorServer,
};
use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request as Asked;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_response::Response as Answer;
use envoy_types::pb::envoy::service::ext_proc::v3::{
    BodyResponse, HeadersResponse, ProcessingRequest, ProcessingResponse, TrailersResponse,
};
use tokio::net::TcpListener;
use tokio_stream::{Stream, StreamExt};
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status, Streaming};

struct Nothing;

#[tonic::async_trait]
impl ExternalProcessor for Nothing {
    type ProcessStream =
        Pin<Box<dyn Stream<Item = Result<ProcessingResponse, Status>> + Send + 'static>>;

    async fn process(
        &self,
        request: Request<Streaming<ProcessingRequest>>,
    ) -> Result<Response<Self::ProcessStream>, Status> {
        let answers = request.into_inner().filter_map(|message| match message {
            Ok(message) => message.request.map(|asked| Ok(answer(&asked))),
            Err(status) => Some(Err(status)),
        });
        Ok(Response::new(Box::pin(answers)))
    }
}

fn answer(asked: &Asked) -> ProcessingResponse {
    let response = match asked {
        Asked::RequestHeaders(_) => Answer::RequestHeaders(HeadersResponse::default()),
        Asked::ResponseHeaders(_) => Answer::ResponseHeaders(HeadersResponse::default()),
        Asked::RequestBody(_) => Answer::RequestBody(BodyResponse::default()),
        Asked::ResponseBody(_) => Answer::ResponseBody(BodyResponse::default()),
        Asked::RequestTrailers(_) => Answer::RequestTrailers(TrailersResponse::default()),
        Asked::ResponseTrailers(_) => Answer::ResponseTrailers(TrailersResponse::default()),
    };
    ProcessingResponse { response: Some(response), ..ProcessingResponse::default() }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).ok_or("an address is missing, such as 127.0.0.1:4444")?;
    let incoming = TcpIncoming::from(TcpListener::bind(address).await?).with_nodelay(Some(true));
    let service = ExternalProcessorServer::new(Nothing);
    Ok(Server::builder().add_service(service).serve_with_incoming(incoming).await?)
}
