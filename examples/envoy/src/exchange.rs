//! One request and its response, which Envoy tells on one stream.

use std::sync::Arc;
use std::time::Instant;

use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_response::Response;
use envoy_types::pb::envoy::service::ext_proc::v3::{
    BodyResponse, CommonResponse, HeaderMutation, HeadersResponse, HttpHeaders, ProcessingRequest,
    ProcessingResponse, TrailersResponse,
};
use http::header::{HOST, HeaderMap, SET_COOKIE};
use tower_cookie_consent::Consent;

use crate::metrics::{Metrics, Open};
use crate::mutation::mutation;
use crate::received::Received;
use crate::sites::{Site, Sites};

/// What is known of a visit between its request and its response.
#[derive(Debug)]
pub(crate) struct Exchange {
    sites: Arc<Sites>,
    metrics: Arc<Metrics>,
    visit: Option<(Arc<Site>, Consent)>,
    _open: Open,
}

impl Exchange {
    pub(crate) fn new(sites: Arc<Sites>, metrics: Arc<Metrics>) -> Self {
        let open = metrics.open();
        Exchange { sites, metrics, visit: None, _open: open }
    }

    /// Answers a message of Envoy's; `None` where it waits for no answer.
    pub(crate) fn answer(&mut self, message: ProcessingRequest) -> Option<ProcessingResponse> {
        let start = Instant::now();
        let response = match message.request? {
            Request::RequestHeaders(headers) => {
                let answer = self.request(headers);
                self.metrics.requests.answered(start.elapsed());
                Response::RequestHeaders(answer)
            }
            Request::ResponseHeaders(headers) => {
                let answer = self.response(headers);
                self.metrics.responses.answered(start.elapsed());
                Response::ResponseHeaders(answer)
            }
            Request::ResponseTrailers(_) => {
                Response::ResponseTrailers(TrailersResponse { header_mutation: self.trailers() })
            }
            Request::RequestTrailers(_) => Response::RequestTrailers(TrailersResponse::default()),
            Request::RequestBody(_) => Response::RequestBody(BodyResponse::default()),
            Request::ResponseBody(_) => Response::ResponseBody(BodyResponse::default()),
        };
        // Envoy then only shows what passes.
        if message.observability_mode {
            return None;
        }
        Some(ProcessingResponse { response: Some(response), ..ProcessingResponse::default() })
    }

    /// Takes the choice from a request, and those of its cookies that the application may not read.
    fn request(&mut self, sent: HttpHeaders) -> HeadersResponse {
        let received = Received::new(sent.headers);
        let host = received.headers.get(HOST).map_or(&b""[..], |host| host.as_bytes());
        let site = self.sites.of(host).clone();
        let consent = site.policy.consent(&received.headers);
        let mut wanted = received.headers.clone();
        site.policy.filter_request(&consent, &mut wanted);
        self.visit = Some((site, consent));
        headers_response(self.change(&received, &wanted))
    }

    /// Makes a response keep the policy.
    fn response(&self, sent: HttpHeaders) -> HeadersResponse {
        let received = Received::new(sent.headers);
        let mut wanted = received.headers.clone();
        let (site, consent) = self.visit();
        site.counts.judged(&site.policy.enforce(&consent, &mut wanted));
        headers_response(self.change(&received, &wanted))
    }

    /// Trailers set no cookie that a browser keeps, and no other client should keep one.
    fn trailers(&self) -> Option<HeaderMutation> {
        let remove_headers = vec![SET_COOKIE.as_str().to_owned()];
        (!self.sites.settings.report_only)
            .then(|| HeaderMutation { remove_headers, ..HeaderMutation::default() })
    }

    fn change(&self, received: &Received, wanted: &HeaderMap) -> Option<HeaderMutation> {
        if self.sites.settings.report_only { None } else { mutation(received, wanted) }
    }

    /// Without a request that says otherwise, the visitor has chosen nothing.
    fn visit(&self) -> (Arc<Site>, Consent) {
        self.visit.clone().unwrap_or_else(|| {
            let site = self.sites.of(b"").clone();
            let consent = site.policy.consent(&HeaderMap::new());
            (site, consent)
        })
    }
}

fn headers_response(header_mutation: Option<HeaderMutation>) -> HeadersResponse {
    let response = header_mutation.map(|mutation| CommonResponse {
        header_mutation: Some(mutation),
        ..CommonResponse::default()
    });
    HeadersResponse { response }
}
