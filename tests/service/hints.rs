//! The feature `tower-cookies`: a warning, once, when the layer is on the wrong side.

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use tower::ServiceExt;
use tower_cookies::CookieManagerLayer;
use tower_sessions::{MemoryStore, SessionManagerLayer};
use tracing::Level;

use super::alone::alone;
use super::log::{Log, Logged};
use super::site::{layer, undecided};

fn site() -> Router {
    Router::new().route("/", get(|| async { "hello" }))
}

/// What is logged while each of some sites answers two requests.
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

#[track_caller]
fn assert_one_warning(logged: &[Logged]) {
    let [warning] = logged else { panic!("not one event: {logged:?}") };
    assert_eq!(warning.level, Level::WARN);
    let text = warning.fields.get("message").unwrap();
    for word in ["CookieConsentLayer", "CookieManagerLayer", "Router::layer", "ServiceBuilder"] {
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
        assert_one_warning(&logged([inside, another, outside]));
    });
}

#[test]
fn warns_when_inside_a_session_layer() {
    alone("hints::warns_when_inside_a_session_layer", || {
        let sessions = SessionManagerLayer::new(MemoryStore::default());
        let outside = site().layer(sessions.clone()).layer(layer());
        assert!(logged([outside]).is_empty());

        let inside = site().layer(layer()).layer(sessions);
        assert_one_warning(&logged([inside]));
    });
}

#[test]
fn warns_when_the_extensions_are_off() {
    alone("hints::warns_when_the_extensions_are_off", || {
        let bare = layer().consent_extension(false).report_extension(false);
        assert_one_warning(&logged([site().layer(bare).layer(CookieManagerLayer::new())]));
    });
}
