//! A site whose pages hold a token of their visitor, and set a cookie that needs consent.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use http::header::{CACHE_CONTROL, COOKIE, EXPIRES, HeaderName, HeaderValue, SET_COOKIE};
use http::{Request, Response};
use tokio::net::TcpListener;
use tower::{Layer, service_fn};
use tower_cookie_consent::registry::Category;
use tower_cookie_consent::{Choice, Consent, CookieConsentLayer, Policy, Registry};

/// The headers for caches on a page of each kind.
pub(crate) const VARIANTS: [&str; 6] =
    ["nothing", "public", "s-maxage", "expires", "accel-expires", "surrogate"];

/// The decision of a visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// A new visitor without any cookie.
    New,
    Undecided,
    Refused,
    Granted,
}

pub(crate) const STATES: [State; 4] =
    [State::New, State::Undecided, State::Refused, State::Granted];

impl State {
    /// The cookies of such a visitor, who is logged in by a session of this name.
    pub(crate) fn cookies(self, session: &str) -> Option<String> {
        let policy = Policy::new(registry());
        let choice = Choice::decided(policy.registry());
        let choice = match self {
            State::New => return None,
            State::Undecided => return Some(format!("sid={session}")),
            State::Refused => choice.refuse_all(),
            State::Granted => choice.grant_all(),
        };
        let lines = policy.consent(&http::HeaderMap::new()).store(&choice).unwrap();
        let line = lines.iter().next().unwrap().to_str().unwrap();
        Some(format!("sid={session}; {}", line.split(';').next().unwrap()))
    }
}

/// The layer around a site.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Layered {
    Not,
    /// The layer says nothing to caches.
    Silent,
    /// The layer has its default settings.
    Told,
}

fn registry() -> Registry {
    let essential = Category::necessary("essential").cookie("sid");
    let analytics = Category::consent("analytics").cookie("_ga");
    Registry::builder().version("1").category(essential).category(analytics).build().unwrap()
}

/// A site on a port of its own, until the test ends.
pub(crate) struct Site {
    pub(crate) address: String,
}

impl Site {
    pub(crate) async fn start(layered: Layered) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let policy = |tell| Policy::builder(registry()).tell_caches(tell);
        let page = service_fn(async |request| Ok::<_, Infallible>(page(&request)));
        let router = axum::Router::new();
        let router = match layered {
            Layered::Not => router.fallback_service(page),
            Layered::Silent => {
                router.fallback_service(CookieConsentLayer::new(policy(false)).layer(page))
            }
            Layered::Told => {
                router.fallback_service(CookieConsentLayer::new(policy(true)).layer(page))
            }
        };
        tokio::spawn(async move { axum::serve(listener, router).await });
        Site { address }
    }
}

/// A page, by the last part of its path.
fn page(request: &Request<Body>) -> Response<Body> {
    static TOKENS: AtomicUsize = AtomicUsize::new(0);
    let token = TOKENS.fetch_add(1, Ordering::Relaxed);
    let says = |name: HeaderName, value| Some((name, HeaderValue::from_static(value)));
    let public = says(CACHE_CONTROL, "public, max-age=60");
    let (told, personal) = match request.uri().path().trim_start_matches('/') {
        "nothing" => (None, true),
        "public" => (public, true),
        "s-maxage" => (says(CACHE_CONTROL, "s-maxage=60, max-age=0"), true),
        "expires" => (says(EXPIRES, "Thu, 31 Dec 2099 23:59:59 GMT"), true),
        "accel-expires" => (says(HeaderName::from_static("x-accel-expires"), "60"), true),
        "surrogate" => (says(HeaderName::from_static("surrogate-control"), "max-age=60"), true),
        "asks" => {
            let consent = request.extensions().get::<Consent>();
            let counted = consent.is_some_and(|consent| consent.allows("analytics"));
            let body = if counted { "counted" } else { "not counted" };
            return with(Response::new(Body::from(body)), public);
        }
        _ => (public, false),
    };
    let session = request.headers().get(COOKIE).map_or("", |line| line.to_str().unwrap());
    let session = session.split("; ").find_map(|pair| pair.strip_prefix("sid="));
    let body = format!("token {token} of {}", session.unwrap_or("a visitor"));
    let mut response = with(Response::new(Body::from(body)), told);
    if personal {
        let line = HeaderValue::try_from(format!("_ga=GA1.{token}; Path=/")).unwrap();
        response.headers_mut().append(SET_COOKIE, line);
    }
    response
}

fn with(mut response: Response<Body>, told: Option<(HeaderName, HeaderValue)>) -> Response<Body> {
    response.headers_mut().extend(told);
    response
}
