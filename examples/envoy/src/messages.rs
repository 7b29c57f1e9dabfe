//! Envoy's messages, as far as the policy reads them.
//!
//! The types of `envoy-types` are complete, but they copy each name and each value of a head. The ones here keep
//! slices of the message as it was received, and skip all fields that are not declared.

use bytes::Bytes;
use http::header::{HOST, HeaderName};

/// `envoy.service.ext_proc.v3.ProcessingRequest`.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ProcessingRequest {
    #[prost(oneof = "Told", tags = "2, 3, 4, 5, 6, 7")]
    pub(crate) request: Option<Told>,
    /// Is `true` if Envoy only shows what passes, and waits for no answer.
    #[prost(bool, tag = "10")]
    pub(crate) observability_mode: bool,
}

/// The part of a request or a response that a message is about.
#[derive(Clone, PartialEq, prost::Oneof)]
pub(crate) enum Told {
    #[prost(message, tag = "2")]
    RequestHeaders(HttpHeaders),
    #[prost(message, tag = "3")]
    ResponseHeaders(HttpHeaders),
    #[prost(message, tag = "4")]
    RequestBody(Skipped),
    #[prost(message, tag = "5")]
    ResponseBody(Skipped),
    #[prost(message, tag = "6")]
    RequestTrailers(Skipped),
    #[prost(message, tag = "7")]
    ResponseTrailers(Skipped),
}

/// The head of a request or of a response.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct HttpHeaders {
    #[prost(message, optional, tag = "1")]
    pub(crate) headers: Option<HeaderMap>,
}

impl HttpHeaders {
    /// Returns `true` if there is a line of this header.
    pub(crate) fn has(&self, name: &HeaderName) -> bool {
        self.line(name).is_some()
    }

    /// The host that a request is for.
    pub(crate) fn host(&self) -> Option<&[u8]> {
        self.line(&HOST).map(|line| &**line.bytes())
    }

    /// The first line of a header.
    fn line(&self, name: &HeaderName) -> Option<&HeaderValue> {
        let mut lines = self.headers.iter().flat_map(|map| &map.headers);
        lines.find(|line| line.header().eq_ignore_ascii_case(name.as_str().as_bytes()))
    }
}

/// `envoy.config.core.v3.HeaderMap`.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct HeaderMap {
    #[prost(message, repeated, tag = "1")]
    pub(crate) headers: Vec<HeaderValue>,
}

/// One line of a head. Envoy writes `raw_value`, and `value` if it is told to.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct HeaderValue {
    #[prost(bytes = "bytes", tag = "1")]
    pub(crate) key: Bytes,
    #[prost(bytes = "bytes", tag = "2")]
    pub(crate) value: Bytes,
    #[prost(bytes = "bytes", tag = "3")]
    pub(crate) raw_value: Bytes,
}

impl HeaderValue {
    /// The header's name. Envoy sends the host in the pseudo-header of HTTP/2, for HTTP/1.1 too.
    pub(crate) fn header(&self) -> &[u8] {
        if self.key == ":authority" { HOST.as_str().as_bytes() } else { &self.key }
    }

    /// The value, of which one form is empty.
    pub(crate) fn bytes(&self) -> &Bytes {
        if self.raw_value.is_empty() { &self.value } else { &self.raw_value }
    }
}

/// A message whose content does not matter.
#[derive(Clone, Copy, PartialEq, prost::Message)]
pub(crate) struct Skipped {}

#[cfg(test)]
mod tests {
    use envoy_types::pb::envoy::config::core::v3 as core;
    use envoy_types::pb::envoy::service::ext_proc::v3 as envoy;
    use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request as Sent;
    use envoy_types::pb::google::protobuf::Struct;
    use prost::Message;

    use super::*;

    fn received(request: Sent, observability_mode: bool) -> ProcessingRequest {
        let request = Some(request);
        let attributes = [("request.id".to_owned(), Struct::default())].into();
        let sent = envoy::ProcessingRequest {
            request,
            attributes,
            observability_mode,
            protocol_config: Some(envoy::ProtocolConfiguration::default()),
            ..Default::default()
        };
        ProcessingRequest::decode(sent.encode_to_vec().as_slice()).unwrap()
    }

    fn head() -> envoy::HttpHeaders {
        let line = |key: &str, value: &str, raw_value: &[u8]| core::HeaderValue {
            key: key.to_owned(),
            value: value.to_owned(),
            raw_value: raw_value.to_vec(),
        };
        let headers = vec![line("cookie", "", b"a=\xff"), line("x-text", "b", b"")];
        let headers = Some(core::HeaderMap { headers });
        let attributes = [("request.path".to_owned(), Struct::default())].into();
        envoy::HttpHeaders { headers, attributes, end_of_stream: true }
    }

    #[test]
    fn a_head_is_read_as_envoy_writes_it() {
        let line = |key: &'static str, value: &'static str, raw_value: &'static [u8]| HeaderValue {
            key: key.into(),
            value: value.into(),
            raw_value: raw_value.into(),
        };
        let headers = vec![line("cookie", "", b"a=\xff"), line("x-text", "b", b"")];
        let read = HttpHeaders { headers: Some(HeaderMap { headers }) };
        for (sent, told) in [
            (Sent::RequestHeaders(head()), Told::RequestHeaders(read.clone())),
            (Sent::ResponseHeaders(head()), Told::ResponseHeaders(read)),
        ] {
            assert_eq!(received(sent.clone(), false).request, Some(told));
            assert!(!received(sent.clone(), false).observability_mode);
            assert!(received(sent, true).observability_mode);
        }
    }

    #[test]
    fn what_else_comes_is_told_apart() {
        let body = envoy::HttpBody { body: b"text".to_vec(), ..Default::default() };
        let trailers = envoy::HttpTrailers { trailers: head().headers };
        for (sent, told) in [
            (Sent::RequestBody(body.clone()), Told::RequestBody(Skipped {})),
            (Sent::ResponseBody(body), Told::ResponseBody(Skipped {})),
            (Sent::RequestTrailers(trailers.clone()), Told::RequestTrailers(Skipped {})),
            (Sent::ResponseTrailers(trailers), Told::ResponseTrailers(Skipped {})),
        ] {
            assert_eq!(received(sent, false).request, Some(told));
        }
    }

    #[test]
    fn values_are_slices_of_the_message() {
        let request = Some(Sent::RequestHeaders(head()));
        let sent = envoy::ProcessingRequest { request, ..Default::default() };
        let message = Bytes::from(sent.encode_to_vec());
        let read = ProcessingRequest::decode(message.clone()).unwrap();
        let Some(Told::RequestHeaders(head)) = read.request else { panic!() };
        for line in head.headers.unwrap().headers {
            assert!(message.as_ptr_range().contains(&line.key.as_ptr()));
        }
    }
}
