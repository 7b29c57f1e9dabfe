//! A warning, once, when the layer is on the wrong side of middleware that can be seen.

use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Request};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;
use axum_extra::extract::CookieJar;
use tower::ServiceExt;
use tower_cookies::{Cookie, CookieManagerLayer};
use tower_sessions::{MemoryStore, SessionManagerLayer};
use tracing::Level;

use super::alone::alone;
use super::log::{Log, Logged};
use super::site::{layer, undecided};

fn site() -> Router {
    Router::new().route("/", get(|| async { "hello" }))
}

/// Returns what is logged while each of some sites answers two requests.
fn logged(sites: impl IntoIterator<Item = Router>) -> Vec<Logged> {
    let (log, _listening) = Log::listen();
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
        for site in sites {
            for _ in 0..2 {
                site.clone().oneshot(undecided::<Body>()).await.unwrap();
            }
        }
    });
    log.take()
}

/// `writer` is the layer that the warning names.
#[track_caller]
fn assert_one_warning(logged: &[Logged], writer: &str) {
    let [warning] = logged else { panic!("not one event: {logged:?}") };
    assert_eq!(warning.level, Level::WARN);
    let text = warning.fields.get("message").unwrap();
    for word in ["CookieConsentLayer", writer, "Router::layer", "ServiceBuilder"] {
        assert!(text.contains(word), "{word} is not in: {text}");
    }
}

#[test]
fn warns_once_when_inside_tower_cookies_and_never_when_outside() {
    alone("hints::warns_once_when_inside_tower_cookies_and_never_when_outside", || {
        let outside = site().layer(CookieManagerLayer::new()).layer(layer());
        let without = site().layer(layer());
        assert!(logged([outside.clone(), without]).is_empty());

        let inside = site().layer(layer()).layer(CookieManagerLayer::new());
        let another = inside.clone();
        assert_one_warning(&logged([inside, another, outside]), "CookieManagerLayer");
    });
}

#[test]
fn warns_when_inside_a_session_layer() {
    alone("hints::warns_when_inside_a_session_layer", || {
        let sessions = SessionManagerLayer::new(MemoryStore::default());
        let outside = site().layer(sessions.clone()).layer(layer());
        assert!(logged([outside]).is_empty());

        let inside = site().layer(layer()).layer(sessions);
        assert_one_warning(&logged([inside]), "SessionManagerLayer");
    });
}

#[test]
fn warns_when_the_extensions_are_off() {
    alone("hints::warns_when_the_extensions_are_off", || {
        let bare = layer().consent_extension(false).report_extension(false);
        let inside = site().layer(bare).layer(CookieManagerLayer::new());
        assert_one_warning(&logged([inside]), "CookieManagerLayer");
    });
}

/// The consent layer outside sees all cookies, wherever another one is.
#[test]
fn another_consent_layer_outside_is_no_warning() {
    alone("hints::another_consent_layer_outside_is_no_warning", || {
        let twice = site().layer(layer()).layer(CookieManagerLayer::new()).layer(layer());
        assert!(logged([twice]).is_empty());
    });
}

/// No hint is given for a jar of axum-extra, which leaves nothing in the request that could be
/// seen, nor for extensions that the site itself puts there.
#[test]
fn what_cannot_be_seen_is_no_warning() {
    async fn add_cookie(jar: CookieJar, request: Request, next: Next) -> (CookieJar, Response) {
        (jar.add(Cookie::new("sid", "1")), next.run(request).await)
    }
    alone("hints::what_cannot_be_seen_is_no_warning", || {
        let outside = site().layer(from_fn(add_cookie)).layer(layer());
        let inside = site().layer(layer()).layer(from_fn(add_cookie));
        let own =
            site().layer(layer()).layer(Extension((1, String::from("tower_cookies::Cookies"))));
        assert!(logged([outside, inside, own]).is_empty());
    });
}

/// The order of layers is the same for all requests, so only the first requests are looked at.
#[test]
fn only_the_first_requests_are_looked_at() {
    alone("hints::only_the_first_requests_are_looked_at", || {
        let unseen = site().layer(layer()).layer(Extension(1));
        assert!(logged(vec![unseen; 50]).is_empty());
        let inside = site().layer(layer()).layer(CookieManagerLayer::new());
        assert!(logged([inside]).is_empty());
    });
}
