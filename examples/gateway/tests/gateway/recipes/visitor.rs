//! A visitor with an address of their own, who tells lies about it.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use bytes::Bytes;
use http::{Method, Request};
use http_body_util::Full;
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use crate::support::client::{Answer, Client, trust, whole};

/// Another address than that of the servers.
pub(crate) const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));

/// The false address that the visitor sends about themselves. No site may see it.
pub(crate) const LIE: &str = "192.0.2.66";

pub(crate) struct Visitor {
    client: Client,
    url: String,
}

impl Visitor {
    /// Makes a visitor who speaks HTTP/2 if TLS offers it.
    pub(crate) fn new(url: String, certificate: &Path) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_local_address(Some(ADDRESS));
        connector.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(trust(Some(certificate)))
            .https_or_http()
            .enable_all_versions()
            .wrap_connector(connector);
        let client =
            hyper_util::client::legacy::Client::builder(TokioExecutor::new()).build(connector);
        Visitor { client, url }
    }

    /// Returns the same visitor, who asks for another host on the same machine.
    pub(crate) fn at_another_host(&self) -> Self {
        Visitor { client: self.client.clone(), url: self.url.replace("localhost", "127.0.0.1") }
    }

    /// Returns scheme, host and port, as a browser sends them in `Origin`.
    pub(crate) fn origin(&self) -> &str {
        &self.url
    }

    /// Asks for a page; the result is `Err` if nobody listens.
    pub(crate) async fn try_get(&self, path: &str) -> Result<Answer, String> {
        let request = self.request(Method::GET, path, "").body(Full::default()).unwrap();
        let answer = self.client.request(request).await;
        Ok(whole(answer.map_err(|error| format!("{error:?}"))?).await)
    }

    pub(crate) async fn get(&self, path: &str, cookies: &str) -> Answer {
        self.send(self.request(Method::GET, path, cookies), "").await
    }

    pub(crate) async fn send(&self, request: http::request::Builder, body: &str) -> Answer {
        let request = request.body(Full::new(Bytes::from(body.to_owned()))).unwrap();
        whole(self.client.request(request).await.unwrap()).await
    }

    /// Makes a request with a browser's headers, and with a false address in each header that names visitors.
    pub(crate) fn request(
        &self,
        method: Method,
        path: &str,
        cookies: &str,
    ) -> http::request::Builder {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.url));
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        for name in ["for", "proto", "host", "port", "prefix"] {
            request = request.header(format!("x-forwarded-{name}"), LIE);
        }
        let request = request.header("x-real-ip", LIE).header("x_forwarded_for", LIE);
        request.header("forwarded", format!("for={LIE}"))
    }
}
