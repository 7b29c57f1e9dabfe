//! A visit to a site over TCP, with a client that stores cookies as a browser does.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::Extension;
use axum::response::{AppendHeaders, IntoResponse};
use axum::routing::{get, post};
use http::HeaderValue;
use http::header::{HeaderName, SET_COOKIE};
use hyper::body::{Body, Bytes, Frame};
use reqwest::cookie::{CookieStore, Jar};
use tower::Layer;
use tower_cookie_consent::{Choice, Consent};

use super::server::serve;
use super::site::{layer, names};

/// Returns what every page of the site sets.
fn cookies() -> AppendHeaders<[(HeaderName, &'static str); 3]> {
    AppendHeaders([
        (SET_COOKIE, "sid=1; HttpOnly; Secure"),
        (SET_COOKIE, "_ga=1; Path=/; Max-Age=63072000"),
        (SET_COOKIE, "_fbp=1"),
    ])
}

/// The visitor sends the categories that are granted.
async fn choose(Extension(consent): Extension<Consent>, grants: String) -> impl IntoResponse {
    let refused = Choice::decided(consent.registry()).refuse_all();
    let choice = grants.split_whitespace().fold(refused, Choice::grant);
    let stored = consent.store(&choice).unwrap().into_iter().next().unwrap();
    (cookies(), AppendHeaders([(SET_COOKIE, stored)]))
}

/// A refusal that also deletes what earlier consent stored.
async fn refuse(Extension(consent): Extension<Consent>) -> impl IntoResponse {
    let refused = Choice::decided(consent.registry()).refuse_all();
    let lines = consent.store(&refused).unwrap().into_iter();
    (cookies(), AppendHeaders(lines.map(|line| (SET_COOKIE, line)).collect::<Vec<_>>()))
}

async fn withdraw(Extension(consent): Extension<Consent>) -> impl IntoResponse {
    let deleted = consent.withdraw().into_iter().next().unwrap();
    (cookies(), AppendHeaders([(SET_COOKIE, deleted)]))
}

fn site() -> Router {
    Router::new()
        .route("/", get(|| async { cookies() }))
        .route("/choose", post(choose))
        .route("/refuse", post(refuse))
        .route("/withdraw", post(withdraw))
}

struct Visitor {
    client: reqwest::Client,
    jar: Arc<Jar>,
    site: String,
}

impl Visitor {
    async fn arrives() -> Self {
        let jar = Arc::new(Jar::default());
        let client =
            reqwest::Client::builder().cookie_provider(jar.clone()).no_proxy().build().unwrap();
        let site = format!("http://{}", serve(layer().layer(site())).await);
        Visitor { client, jar, site }
    }

    /// Returns the names of the cookies that the response to a request sets, sorted.
    async fn is_set(&self, request: reqwest::RequestBuilder) -> Vec<String> {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        names(response.headers()).into_iter().map(str::to_owned).collect()
    }

    async fn looks(&self) -> Vec<String> {
        self.is_set(self.client.get(&self.site)).await
    }

    async fn sends(&self, path: &str, body: &'static str) -> Vec<String> {
        self.is_set(self.client.post(format!("{}{path}", self.site)).body(body)).await
    }

    /// Returns `true` if the browser would send a cookie with the next request.
    fn holds(&self, name: &str) -> bool {
        let sent = self.jar.cookies(&self.site.parse().unwrap());
        let sent = sent.as_ref().map_or("", |value| value.to_str().unwrap());
        sent.split("; ").any(|pair| pair.split('=').next() == Some(name))
    }
}

#[tokio::test]
async fn undecided_then_granted_then_withdrawn() {
    let visitor = Visitor::arrives().await;
    assert_eq!(visitor.looks().await, ["sid"]);
    assert!(visitor.holds("sid") && !visitor.holds("_ga"));

    // R9: the choice counts in the very response that stores it.
    assert_eq!(
        visitor.sends("/choose", "analytics").await,
        ["__Host-cookie_consent", "_ga", "sid"]
    );
    assert!(visitor.holds("__Host-cookie_consent") && visitor.holds("_ga"));
    assert_eq!(visitor.looks().await, ["_ga", "sid"]);

    assert_eq!(visitor.sends("/withdraw", "").await, ["__Host-cookie_consent", "sid"]);
    assert!(!visitor.holds("__Host-cookie_consent"));
    assert_eq!(visitor.looks().await, ["sid"]);
}

#[tokio::test]
async fn refused_then_granted_then_refused() {
    let visitor = Visitor::arrives().await;
    assert_eq!(visitor.sends("/choose", "").await, ["__Host-cookie_consent", "sid"]);
    assert_eq!(visitor.looks().await, ["sid"]);
    assert_eq!(
        visitor.sends("/choose", "functional analytics").await,
        ["__Host-cookie_consent", "_ga", "sid"]
    );
    assert_eq!(visitor.looks().await, ["_ga", "sid"]);
    assert_eq!(visitor.sends("/choose", "functional").await, ["__Host-cookie_consent", "sid"]);
    assert_eq!(visitor.looks().await, ["sid"]);
    // The README says so: a cookie that the browser has already stays there until something deletes
    // it.
    assert!(visitor.holds("_ga"));
}

#[tokio::test]
async fn a_refusal_deletes_what_earlier_consent_stored() {
    let visitor = Visitor::arrives().await;
    visitor.sends("/choose", "analytics").await;
    assert!(visitor.holds("_ga"));
    // The deletion of a cookie passes, and its renewal does not.
    assert_eq!(visitor.sends("/refuse", "").await, ["__Host-cookie_consent", "_ga", "sid"]);
    assert!(
        visitor.holds("sid") && visitor.holds("__Host-cookie_consent") && !visitor.holds("_ga")
    );
}

#[tokio::test]
async fn prohibited_cookies_never_reach_the_browser() {
    let visitor = Visitor::arrives().await;
    visitor.sends("/choose", "advertising analytics functional essential").await;
    visitor.looks().await;
    visitor.sends("/withdraw", "").await;
    assert!(!visitor.holds("_fbp"));
}

#[tokio::test]
async fn the_lifetime_is_capped_on_the_wire() {
    let visitor = Visitor::arrives().await;
    visitor.sends("/choose", "analytics").await;
    let response = visitor.client.get(&visitor.site).send().await.unwrap();
    let lines: Vec<_> = response.headers().get_all(SET_COOKIE).iter().collect();
    assert_eq!(lines, ["sid=1; HttpOnly; Secure", "_ga=1; Max-Age=34128000; Path=/"]);
}

/// Sends one frame, and then keeps the visitor waiting.
struct Endless(Option<Bytes>);

impl Body for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match self.0.take() {
            Some(bytes) => Poll::Ready(Some(Ok(Frame::data(bytes)))),
            None => Poll::Pending,
        }
    }
}

#[tokio::test]
async fn a_streamed_body_is_not_waited_for() {
    let site = tower::service_fn(async |_: http::Request<_>| {
        let mut response = http::Response::new(Endless(Some(Bytes::from("first"))));
        response.headers_mut().insert(SET_COOKIE, HeaderValue::from_static("_ga=1"));
        Ok(response)
    });
    let address = serve(layer().layer(site)).await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut response = client.get(format!("http://{address}")).send().await.unwrap();
    assert!(!response.headers().contains_key(SET_COOKIE));
    assert_eq!(response.chunk().await.unwrap().unwrap(), "first");
}
