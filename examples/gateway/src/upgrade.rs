//! Connections that change to another protocol, such as WebSocket.

use http::header::{CONNECTION, HeaderMap, HeaderValue, UPGRADE};
use http::{Request, Response, StatusCode, Version};
use hyper::body::Body;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::io::copy_bidirectional;

use crate::body::VisitorBody;
use crate::hop_by_hop::lists;
use crate::visitors::Visit;

/// A visitor's request to change to another protocol.
pub(crate) struct Upgrade {
    protocol: HeaderValue,
    visitor: OnUpgrade,
    visit: Visit,
}

impl Upgrade {
    /// Takes the protocol from a request, if it may be passed on.
    ///
    /// An upgrade to HTTP/2 is not passed on, since the visitor would then talk to the upstream past the
    /// policy. Such a request is answered as if it had not asked.
    pub(crate) fn wanted_by(request: &mut Request<VisitorBody>) -> Option<Self> {
        let headers = request.headers();
        let protocol = headers.get(UPGRADE)?;
        let speaks_http = protocol.as_bytes().split(|byte| *byte == b',').any(|name| {
            let name = name.trim_ascii();
            let starts = |with: &[u8]| {
                name.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
            };
            starts(b"h2c") || starts(b"http")
        });
        let is_asked = request.version() == Version::HTTP_11
            && lists(headers, &CONNECTION, b"upgrade")
            && request.body().is_end_stream();
        if speaks_http || !is_asked {
            return None;
        }
        let protocol = protocol.clone();
        let visit = request.body().visit.clone();
        Some(Upgrade { protocol, visitor: hyper::upgrade::on(request), visit })
    }

    /// Asks the upstream for the protocol.
    pub(crate) fn ask(&self, headers: &mut HeaderMap) {
        headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(UPGRADE, self.protocol.clone());
    }

    /// Passes the upstream's answer on. If the upstream changes the protocol, the gateway only carries
    /// bytes from then on.
    pub(crate) fn follow<B>(self, response: &mut Response<B>, protocol: Option<HeaderValue>) {
        let upstream = hyper::upgrade::on(&mut *response);
        let headers = response.headers_mut();
        headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(UPGRADE, protocol.unwrap_or(self.protocol));
        let (visitor, visit) = (self.visitor, self.visit);
        tokio::spawn(async move {
            let _under_way = visit.clone().begin();
            let tunnel = async {
                let (visitor, upstream) = tokio::try_join!(visitor, upstream)?;
                let (mut visitor, mut upstream) = (TokioIo::new(visitor), TokioIo::new(upstream));
                // An error is ignored, since such connections usually end when one side goes away.
                let _ = copy_bidirectional(&mut visitor, &mut upstream).await;
                Ok::<_, hyper::Error>(())
            };
            let ended = tokio::select! {
                ended = tunnel => ended,
                () = visit.idles() => Ok(()),
            };
            if let Err(error) = ended {
                tracing::debug!("an upgrade failed: {error}");
            }
        });
    }
}

/// Returns `true` if the upstream changes to another protocol.
pub(crate) fn is_switch<B>(response: &Response<B>) -> bool {
    response.status() == StatusCode::SWITCHING_PROTOCOLS
}
