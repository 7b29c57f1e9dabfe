//! The server behind Envoy. It sets cookies without asking, and lets visitors choose.

use std::time::Duration;

use axum::Router;
use axum::extract::Path;
use axum::http::header::{COOKIE, HeaderMap, HeaderName, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::AppendHeaders;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tower_cookie_consent::{Choice, Policy, Registry};

use super::REGISTRY;
use crate::orders;

const GA: &str = "_ga=GA1.1.1; Path=/; Max-Age=63072000";

type Set = AppendHeaders<Vec<(HeaderName, HeaderValue)>>;

/// Starts it on a free port, which is returned.
pub(crate) async fn start() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let router = Router::new()
        .route("/", get(home))
        .route("/login", post(async || (StatusCode::SEE_OTHER, set(&["session=Ada; Path=/", GA]))))
        .route("/accept", post(async |headers: HeaderMap| choose(&headers, true)))
        .route("/refuse", post(async |headers: HeaderMap| choose(&headers, false)))
        .route("/slow", get(slow))
        .route("/never", get(std::future::pending::<()>))
        .route("/order/{number}", get(order));
    tokio::spawn(async { axum::serve(listener, router).await });
    port
}

fn set(lines: &[&str]) -> Set {
    let line = |line: &&str| (SET_COOKIE, HeaderValue::from_str(line).unwrap());
    AppendHeaders(lines.iter().map(line).collect())
}

/// Shows which cookies it was sent, and tracks the visitor.
async fn home(headers: HeaderMap) -> (Set, String) {
    let cookies = headers.get_all(COOKIE).iter().map(|line| line.to_str().unwrap());
    let mut names: Vec<_> = cookies
        .flat_map(|line| line.split("; "))
        .map(|pair| pair.split('=').next().unwrap().to_owned())
        .collect();
    names.sort_unstable();
    (set(&[GA]), names.join(" "))
}

/// Answers so late that a test can do something meanwhile.
async fn slow() -> Set {
    tokio::time::sleep(Duration::from_secs(1)).await;
    set(&["session=Ada; Path=/", GA])
}

async fn order(Path(number): Path<usize>) -> Set {
    set(&orders::all().nth(number).unwrap().0)
}

/// Stores a choice. A site in any language can do this, since the cookie's format is documented.
fn choose(headers: &HeaderMap, granted: bool) -> HeaderMap {
    let policy = Policy::new(Registry::from_toml(REGISTRY).unwrap());
    let undecided = Choice::decided(policy.registry());
    let choice = if granted { undecided.grant_all() } else { undecided.refuse_all() };
    let mut answer = HeaderMap::new();
    policy.consent(headers).store(&choice).unwrap().append_to(&mut answer);
    answer
}
