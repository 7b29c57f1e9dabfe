//! A chain of a visitor, a server and the gateway in either order, a site and a tag manager, and the checks of such a chain.

use std::time::{Duration, Instant};

use http::{HeaderMap, Method, Version};
use test_support::folder::Folder;
use test_support::waiting::PATIENCE;

use super::server::{Kind, Place, Server, certify, substituted};
use super::site::{LOGIN, site, tag_manager};
use super::visitor::{ADDRESS, LIE, Visitor};
use crate::support::client::Answer;
use crate::support::running::Gateway;
use crate::support::upstream::Upstream;

pub(crate) struct Chain {
    kind: Kind,
    place: Place,
    visitor: Visitor,
    gateway: Gateway,
    server: Server,
    site: Upstream,
}

impl Chain {
    /// Starts a chain with the server in front of the gateway; `None` if it is not installed.
    pub(crate) async fn in_front(kind: Kind) -> Option<Self> {
        let (site, tag_manager) = (site().await, tag_manager().await);
        let replaced = [
            ("127.0.0.1:3000", "127.0.0.1:0".to_owned()),
            ("http://127.0.0.1:8080", site.url.clone()),
            ("http://127.0.0.1:8888", tag_manager.url.clone()),
        ];
        let gateway = gateway(Folder::new(), "in-front.toml", &replaced);
        let server = Server::start(kind, Place::InFront, gateway.address().port())?;
        let scheme = if kind.ends_tls() { "https" } else { "http" };
        let url = format!("{scheme}://localhost:{}", server.port);
        let visitor = Visitor::new(url, &server.certificate());
        let place = Place::InFront;
        let chain = Chain { kind, place, visitor, gateway, server, site };
        Some(chain.answering().await)
    }

    /// Starts a chain with the server behind the gateway, which ends TLS; `None` if it is not installed.
    pub(crate) async fn behind(kind: Kind) -> Option<Self> {
        let (site, tag_manager) = (site().await, tag_manager().await);
        let port = site.url.rsplit(':').next().unwrap().parse().unwrap();
        let server = Server::start(kind, Place::Behind, port)?;
        let folder = Folder::new();
        certify(&folder);
        let replaced = [
            ("0.0.0.0:443", "127.0.0.1:0".to_owned()),
            ("/etc/ssl/site", folder.root().join("site").to_str().unwrap().to_owned()),
            ("127.0.0.1:8080", format!("127.0.0.1:{}", server.port)),
            ("http://127.0.0.1:8888", tag_manager.url.clone()),
        ];
        let gateway = gateway(folder, "behind.toml", &replaced);
        let url = format!("https://localhost:{}", gateway.address().port());
        let visitor = Visitor::new(url, &gateway.folder.path("site.pem"));
        let place = Place::Behind;
        let chain = Chain { kind, place, visitor, gateway, server, site };
        Some(chain.answering().await)
    }

    /// Waits until the whole chain answers.
    async fn answering(self) -> Self {
        let start = Instant::now();
        loop {
            let answer = self.visitor.try_get("/ready").await;
            if answer.as_ref().is_ok_and(|answer| answer.status == 200) {
                return self;
            }
            let said = self.server.said();
            assert!(start.elapsed() < 3 * PATIENCE, "{:?}: {answer:?} {said}", self.kind);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Sends the form that accepts everything, from a page of this origin.
    async fn choose(&self, origin: &str) -> Answer {
        let request = self.visitor.request(Method::POST, "/cookies", "session=Ada");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let form = "version=2025-01-15&choice=accept";
        self.visitor.send(request.header("origin", origin), form).await
    }

    /// Returns the cookie of a visitor who accepts everything.
    async fn consent(&self) -> String {
        let answer = self.choose(self.visitor.origin()).await;
        assert_eq!((answer.status.as_u16(), answer.set_cookies().len()), (303, 1), "{answer:?}");
        answer.set_cookies()[0].split(';').next().unwrap().to_owned()
    }

    /// Checks the login and the tag manager, before and after the visitor consents.
    pub(crate) async fn keeps_the_policy(&self) {
        let visitor = &self.visitor;
        let login = visitor.send(visitor.request(Method::POST, "/login", ""), "user=Ada").await;
        assert_eq!((login.status.as_u16(), login.set_cookies()), (303, LOGIN.to_vec()));
        assert_eq!(login.headers["location"], "/");
        let tags = visitor.get("/metrics/collect", "session=Ada").await;
        assert_eq!((tags.status.as_u16(), tags.set_cookies()), (200, vec![]));

        // The pages recognise another site's form by `Origin` and `Host`.
        assert_eq!(self.choose("https://other.example").await.status, 403);
        let cookies = format!("session=Ada; {}", self.consent().await);
        let tags = visitor.get("/metrics/collect", &cookies).await;
        let capped =
            |pair| format!("{pair}; Max-Age=34128000; Path=/; HttpOnly; Secure; SameSite=Lax");
        let want = [capped("FPID=FPID2.2.a"), capped("_ga=GA1.1.a")];
        assert_eq!(tags.set_cookies(), want);
    }

    /// Checks that the site learns the visitor's address, and none of the visitor's lies about it.
    pub(crate) async fn names_the_visitor(&self) {
        let visitor = &self.visitor;
        let mut request = visitor.request(Method::POST, "/shown", "session=Ada; lang=fr");
        let said = [
            ("origin", visitor.origin()),
            ("sec-fetch-dest", "document"),
            ("sec-fetch-site", "same-origin"),
            ("sec-gpc", "1"),
        ];
        for (name, value) in said {
            request = request.header(name, value);
        }
        let answer = visitor.send(request, "").await;
        let has_tls = self.place == Place::Behind || self.kind.ends_tls();
        let version = if has_tls { Version::HTTP_2 } else { Version::HTTP_11 };
        assert_eq!(answer.version, version);

        let seen = self.site.last();
        let seen = seen.headers();
        for (name, value) in said {
            assert_eq!(all(seen, name), value, "{name}");
        }
        let (scheme, host) = visitor.origin().split_once("://").unwrap();
        assert_eq!(all(seen, "cookie"), "session=Ada; lang=fr");
        assert_eq!(all(seen, "host"), host);
        assert_eq!(all(seen, "x-forwarded-proto"), scheme);
        assert_eq!(all(seen, "x-forwarded-host"), host);
        let passed = all(seen, "x-forwarded-for");
        let (first, rest) = passed.split_once(", ").unwrap_or((&passed, ""));
        assert_eq!(first, ADDRESS.to_string(), "{passed}");
        assert!(["", "127.0.0.1"].contains(&rest), "{passed}");
        for (name, value) in seen {
            let value = value.to_str().unwrap();
            assert!(!value.contains(LIE), "{name}: {value}");
        }
        if self.place == Place::Behind {
            let want = format!("for={ADDRESS};host=\"{host}\";proto=https");
            assert_eq!(all(seen, "forwarded"), want);
        }
        let lines = self.gateway.accesses(1);
        assert_eq!(lines.last().unwrap()["client"], ADDRESS.to_string());
    }

    /// Checks that pages which set cookies are made anew, and that others come from the cache if there is one.
    pub(crate) async fn shares_no_page_of_one_visitor(&self) {
        let choice = self.consent().await;
        let mut texts: Vec<String> = Vec::new();
        for cookies in ["", "session=Ada", &choice, "", &choice] {
            let visit = self.visitor.get("/page", cookies).await;
            assert!(visit.text.ends_with("for one") && !texts.contains(&visit.text), "{visit:?}");
            assert_eq!(visit.set_cookies().len(), usize::from(cookies == choice), "{visit:?}");
            texts.push(visit.text);
        }
        let first = self.visitor.get("/for-all", "").await;
        let second = self.visitor.get("/for-all", "").await;
        assert!(first.text.ends_with("for all"), "{first:?}");
        assert_eq!(first.text == second.text, self.kind.caches(), "{first:?} {second:?}");
        if self.kind.caches() {
            let of_another = self.visitor.at_another_host().get("/for-all", "").await;
            assert_ne!(of_another.text, first.text, "another site");
        }
    }
}

/// Joins all lines of a header.
fn all(headers: &HeaderMap, name: &str) -> String {
    let lines: Vec<_> = headers.get_all(name).iter().map(|line| line.to_str().unwrap()).collect();
    lines.join(", ")
}

fn gateway(folder: Folder, recipe: &str, replaced: &[(&str, String)]) -> Gateway {
    folder.write("cookies.toml", &substituted("cookies.toml", &[]));
    let config = folder.write("gateway.toml", &substituted(recipe, replaced));
    Gateway::start(folder, &["--config", &config, "--admin", "127.0.0.1:0"])
}
