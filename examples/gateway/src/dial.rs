//! Connects to an upstream.

use std::task::{Context, Poll};

use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use tower::Service;

use crate::limits::Limits;
use crate::origin::Origin;

type Tcp = HttpConnector;

/// Connects to one upstream, for whichever host a request is.
#[derive(Clone, Debug)]
pub(crate) struct Dial {
    tcp: Tcp,
    origin: Uri,
}

impl Dial {
    pub(crate) fn new(origin: &Origin, limits: &Limits) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(limits.connect()));
        Dial { tcp, origin: origin.uri() }
    }

    /// Connects, without TLS.
    pub(crate) fn connect(&self) -> <Tcp as Service<Uri>>::Future {
        self.tcp.clone().call(self.origin.clone())
    }
}

impl Service<Uri> for Dial {
    type Response = <Tcp as Service<Uri>>::Response;
    type Error = <Tcp as Service<Uri>>::Error;
    type Future = <Tcp as Service<Uri>>::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.tcp.poll_ready(cx)
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        self.connect()
    }
}
