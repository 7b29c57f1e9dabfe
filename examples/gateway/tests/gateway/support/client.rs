//! Clients that show an answer byte for byte.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode, Version};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) version: Version,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn set_cookies(&self) -> Vec<&str> {
        self.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap()).collect()
    }
}

pub(crate) type Client =
    hyper_util::client::legacy::Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// Makes a client that speaks HTTP/1.1, or only HTTP/2, and trusts an authority.
pub(crate) fn client(http2: bool, authority: Option<&Path>) -> Client {
    let builder = HttpsConnectorBuilder::new().with_tls_config(trust(authority)).https_or_http();
    let connector =
        if http2 { builder.enable_http2().build() } else { builder.enable_http1().build() };
    let mut builder = hyper_util::client::legacy::Client::builder(TokioExecutor::new());
    builder.http2_only(http2).build(connector)
}

/// Makes the settings of TLS that trusts only this authority.
pub(crate) fn trust(authority: Option<&Path>) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    if let Some(path) = authority {
        roots.add(CertificateDer::from_pem_file(path).unwrap()).unwrap();
    }
    ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth()
}

pub(crate) async fn whole(response: Response<Incoming>) -> Answer {
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer {
        status: parts.status,
        version: parts.version,
        headers: parts.headers,
        text: String::from_utf8(body.to_vec()).unwrap(),
    }
}

/// Asks for a page by HTTP/1.1.
pub(crate) async fn get(url: &str) -> Answer {
    send(&client(false, None), Request::get(url)).await
}

pub(crate) async fn send(client: &Client, request: http::request::Builder) -> Answer {
    let request = request.body(Full::default()).unwrap();
    whole(client.request(request).await.unwrap()).await
}
