//! One request and its response, which Envoy sends on one stream.

use std::sync::Arc;
use std::time::Instant;

use envoy_types::pb::envoy::service::ext_proc::v3::processing_response::Response;
use envoy_types::pb::envoy::service::ext_proc::v3::{
    BodyResponse, CommonResponse, HeaderMutation, HeadersResponse, ProcessingResponse,
    TrailersResponse,
};
use http::header::{COOKIE, HeaderMap, MaxSizeReached, SET_COOKIE};
use tonic::Status;
use tower_cookie_consent::Consent;
use tower_cookie_consent::registry::RequestFilter;

use crate::messages::{HttpHeaders, ProcessingRequest, Told};
use crate::metrics::Metrics;
use crate::mutation::{Lines, change, change_all, take_unreadable};
use crate::received::Received;
use crate::sites::Sites;

/// The state of a visit between its request and its response.
#[derive(Debug)]
pub(crate) struct Exchange {
    sites: Arc<Sites>,
    metrics: Arc<Metrics>,
    /// The consent that the request showed, under the policy of its host.
    visit: Option<Consent>,
}

impl Exchange {
    pub(crate) fn new(sites: Arc<Sites>, metrics: Arc<Metrics>) -> Self {
        metrics.exchanges.inc();
        Exchange { sites, metrics, visit: None }
    }

    /// Answers a message of Envoy; `None` if Envoy waits for no answer.
    ///
    /// # Errors
    ///
    /// The message cannot be answered, so its request or response must not pass.
    pub(crate) fn answer(
        &mut self,
        message: ProcessingRequest,
    ) -> Option<Result<ProcessingResponse, Status>> {
        let start = Instant::now();
        let response = match message.request? {
            Told::RequestHeaders(head) => {
                let answer = self.request(head).map(Response::RequestHeaders);
                self.metrics.requests.answered(start.elapsed());
                answer
            }
            Told::ResponseHeaders(head) => {
                let answer = self.response(head).map(Response::ResponseHeaders);
                self.metrics.responses.answered(start.elapsed());
                answer
            }
            Told::ResponseTrailers(_) => Ok(Response::ResponseTrailers(TrailersResponse {
                header_mutation: self.trailers(),
            })),
            Told::RequestTrailers(_) => Ok(Response::RequestTrailers(TrailersResponse::default())),
            Told::RequestBody(_) => Ok(Response::RequestBody(BodyResponse::default())),
            Told::ResponseBody(_) => Ok(Response::ResponseBody(BodyResponse::default())),
        };
        // Then Envoy only shows the message, and waits for no answer.
        if message.observability_mode {
            return None;
        }
        let answer = |response| ProcessingResponse {
            response: Some(response),
            ..ProcessingResponse::default()
        };
        Some(response.map(answer).map_err(|error| Status::resource_exhausted(error.to_string())))
    }

    /// Reads the choice from a request, and removes the cookies that the application may not read.
    fn request(&mut self, sent: HttpHeaders) -> Result<HeadersResponse, MaxSizeReached> {
        let policy = self.sites.of(&sent);
        let mut head = Received::new(sent, |name| policy.reads_of_request(name))?;
        let consent = policy.consent(&head.headers);
        let mut mutation = HeaderMutation::default();
        if policy.request_filter() != RequestFilter::Off {
            // No other header of a request is changed.
            let cookies = head.headers.get_all(COOKIE).iter();
            let before: Lines = cookies.map(|line| (COOKIE, line.clone())).collect();
            policy.filter_request(&consent, &mut head.headers);
            change(&before, &head, &mut mutation);
        }
        self.visit = Some(consent);
        Ok(self.headers_response(&head, mutation))
    }

    /// Makes a response keep the policy.
    fn response(&mut self, sent: HttpHeaders) -> Result<HeadersResponse, MaxSizeReached> {
        // Without a request that says otherwise, the visitor has chosen nothing.
        let nobody = || self.sites.of(&HttpHeaders::default()).consent(&HeaderMap::new());
        let consent = self.visit.get_or_insert_with(nobody);
        let policy = consent.policy();
        if !policy.sweeps()
            && policy.request_filter() == RequestFilter::Off
            && !sent.has(&SET_COOKIE)
        {
            // There is nothing to judge, and no cookie of the request to tell of.
            return Ok(HeadersResponse::default());
        }
        let mut head = Received::new(sent, |name| policy.reads_of_response(name))?;
        let lines = head.headers.iter().map(|(name, value)| (name.clone(), value.clone()));
        let before: Lines = lines.collect();
        policy.enforce_unreported(consent, &mut head.headers);
        let mut mutation = HeaderMutation::default();
        change_all(&before, &head, &mut mutation);
        Ok(self.headers_response(&head, mutation))
    }

    /// Trailers set no cookie that a browser keeps, and no other client should keep one.
    fn trailers(&self) -> Option<HeaderMutation> {
        let remove_headers = vec![SET_COOKIE.as_str().to_owned()];
        (!self.sites.settings.report_only)
            .then(|| HeaderMutation { remove_headers, ..HeaderMutation::default() })
    }

    fn headers_response(&self, head: &Received, mut mutation: HeaderMutation) -> HeadersResponse {
        if self.sites.settings.report_only {
            return HeadersResponse::default();
        }
        for name in [COOKIE, SET_COOKIE] {
            take_unreadable(&name, head, &mut mutation);
        }
        if mutation.remove_headers.is_empty() && mutation.set_headers.is_empty() {
            return HeadersResponse::default();
        }
        let header_mutation = Some(mutation);
        let response = Some(CommonResponse { header_mutation, ..CommonResponse::default() });
        HeadersResponse { response }
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.metrics.exchanges.dec();
    }
}
