//! The services that Envoy calls: the processor, and the health of the program.

use std::convert::Infallible;
use std::future::{Future, Ready, ready};
use std::pin::Pin;
use std::task::{self, Context, Poll};

use envoy_types::pb::envoy::service::ext_proc::v3::ProcessingResponse;
use tokio_stream::Stream;
use tonic::body::Body;
use tonic::server::{Grpc, StreamingService};
use tonic::{Request, Response, Status, Streaming};
use tonic_health::pb::health_server::{Health, HealthServer};
use tower_service::Service;

use crate::codec::ProcessCodec;
use crate::exchange::Exchange;
use crate::messages::ProcessingRequest;
use crate::processor::Processor;

/// The service's name, as the health service knows it.
pub(crate) const NAME: &str = "envoy.service.ext_proc.v3.ExternalProcessor";
/// The path of its only method.
const PROCESS: &str = "/envoy.service.ext_proc.v3.ExternalProcessor/Process";

/// Hands each call to the service that it is for.
pub(crate) struct Services<H> {
    processor: Processor,
    health: HealthServer<H>,
}

impl<H> Services<H> {
    pub(crate) const fn new(processor: Processor, health: HealthServer<H>) -> Self {
        Services { processor, health }
    }
}

impl<H> Clone for Services<H> {
    fn clone(&self) -> Self {
        Services { processor: self.processor.clone(), health: self.health.clone() }
    }
}

impl<H: Health> Service<http::Request<Body>> for Services<H> {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        if request.uri().path() != PROCESS {
            // The health service answers its own methods, and says of all others that they do not exist.
            return self.health.call(request);
        }
        let processor = self.processor.clone();
        Box::pin(async { Ok(Grpc::new(ProcessCodec).streaming(processor, request).await) })
    }
}

impl StreamingService<ProcessingRequest> for Processor {
    type Response = ProcessingResponse;
    type ResponseStream = Answers;
    type Future = Ready<Result<Response<Answers>, Status>>;

    fn call(&mut self, request: Request<Streaming<ProcessingRequest>>) -> Self::Future {
        let (messages, exchange) = (request.into_inner(), self.exchange());
        ready(Ok(Response::new(Answers { messages, exchange })))
    }
}

/// The answers to the messages of one stream. A message is read only when the answer to the one before was
/// taken. If Envoy gives a stream up, nothing goes on for it.
pub(crate) struct Answers {
    messages: Streaming<ProcessingRequest>,
    exchange: Exchange,
}

impl Stream for Answers {
    type Item = Result<ProcessingResponse, Status>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let answer = match task::ready!(Pin::new(&mut self.messages).poll_next(cx)) {
                Some(Ok(message)) => self.exchange.answer(message),
                Some(Err(status)) => Some(Err(status)),
                None => return Poll::Ready(None),
            };
            if answer.is_some() {
                return Poll::Ready(answer);
            }
        }
    }
}
