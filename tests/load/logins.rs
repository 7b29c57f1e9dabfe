//! Users with a cookie jar, who log in, look at pages, change their consent and log out.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use reqwest::{Client, ClientBuilder, Response};

use super::checks::{Checks, Wrong};
use super::site::USER;

const GRANTS: [&str; 4] = ["analytics", "none", "analytics+functional", "functional"];
const PAGES: usize = 8;

/// The number of times that users did each thing.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) logins: AtomicU64,
    pub(crate) visits: AtomicU64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    Http1,
    Http2,
}

impl Protocol {
    pub(crate) fn client(self) -> ClientBuilder {
        let client = Client::builder().no_proxy();
        match self {
            Self::Http1 => client.http1_only(),
            Self::Http2 => client.http2_prior_knowledge(),
        }
    }
}

pub(crate) struct User {
    name: String,
    client: Client,
    address: SocketAddr,
    checks: Arc<Checks>,
    counts: Arc<Counts>,
}

impl User {
    pub(crate) fn new(
        number: usize,
        protocol: Protocol,
        address: SocketAddr,
        (checks, counts): (Arc<Checks>, Arc<Counts>),
    ) -> Self {
        let client = protocol.client().cookie_store(true).build().unwrap();
        Self { name: format!("{protocol:?}-{number}"), client, address, checks, counts }
    }

    pub(crate) async fn come_and_go(self, until: Instant) {
        while Instant::now() < until {
            self.post(&format!("login/{}", self.name)).await;
            self.counts.logins.fetch_add(1, Ordering::Relaxed);
            self.look_around().await;
            for grants in GRANTS {
                self.post(&format!("consent/{grants}")).await;
                self.look_around().await;
            }
            self.post("logout").await;
            self.look("after the logout", None).await;
        }
    }

    async fn look_around(&self) {
        for _ in 0..PAGES {
            self.look("with a session", Some(&self.name)).await;
            self.counts.visits.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Opens a page, which has to show the user, or nobody.
    async fn look(&self, when: &str, want: Option<&str>) {
        let page = self.client.get(format!("http://{}/", self.address));
        let page = finished(page.send().await.unwrap()).await;
        let known = page.get(USER).map(|user| user.to_str().unwrap());
        if known != want {
            self.checks.note(Wrong::LoginLost, format!("{}, {when}: {known:?}", self.name));
        }
    }

    async fn post(&self, path: &str) {
        let response = self.client.post(format!("http://{}/{path}", self.address));
        finished(response.send().await.unwrap()).await;
    }
}

/// The headers of a response, all of which was read.
async fn finished(response: Response) -> http::HeaderMap {
    let headers = response.headers().clone();
    assert_eq!(response.text().await.unwrap(), "a page");
    headers
}
