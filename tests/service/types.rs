//! Checks what the types of the layer and the service can do; most of it is checked by compiling.

use std::cell::Cell;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::marker::PhantomPinned;
use std::rc::Rc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use http::{Request, Response};
use tower::layer::util::{Identity, Stack};
use tower::{Layer, Service, ServiceBuilder, ServiceExt};
use tower_cookie_consent::{
    Choice, Consent, CookieConsent, CookieConsentLayer, Policy, Registry, Report, ResponseFuture,
};
use tower_cookies::CookieManagerLayer;

use super::site::{layer, names, response, undecided};

fn is_shared<T: Clone + Send + Sync + 'static>() {}
fn is_sent<T: Send + 'static>() {}
fn is_unpinned<T: Unpin>() {}

#[test]
fn services_are_clone_send_and_sync_when_the_inner_one_is() {
    is_shared::<CookieConsentLayer>();
    is_shared::<CookieConsent<()>>();
    is_shared::<CookieConsent<Router>>();
    is_shared::<CookieConsent<CookieConsent<Router>>>();
    is_shared::<(Policy, Registry, Consent, Choice, Report)>();
    is_sent::<CookieConsent<Cell<u8>>>();
    is_sent::<ResponseFuture<Cell<u8>>>();
    is_unpinned::<ResponseFuture<Ready<()>>>();
    is_unpinned::<CookieConsent<Cell<u8>>>();
}

#[test]
fn a_service_is_no_more_than_a_pointer_and_its_flags_larger_than_the_inner_one() {
    assert!(size_of::<CookieConsent<()>>() <= 16);
    assert!(size_of::<CookieConsent<[u64; 10]>>() <= 80 + 16);
    assert!(size_of::<CookieConsentLayer>() <= 16);
}

#[tokio::test]
async fn the_service_inside_can_be_reached() {
    let mut service = CookieConsent::layer(super::site::registry()).layer(1);
    assert_eq!(*service.get_ref(), 1);
    *service.get_mut() = 2;
    assert_eq!(service.into_inner(), 2);

    let site = tower::service_fn(async |_: Request<()>| {
        Ok::<_, Infallible>(response::<()>(&["sid=1", "_ga=1"]))
    });
    let service = CookieConsent::new(site, super::site::registry());
    let answer = service.oneshot(undecided()).await.unwrap();
    assert_eq!(names(answer.headers()), ["sid"]);
}

/// Neither `Clone`, nor `Send`, nor `Unpin`, nor `'static`.
struct Borrowing<'a> {
    calls: &'a Cell<u32>,
    local: Rc<str>,
    _pinned: PhantomPinned,
}

impl<'a> Service<Request<&'a str>> for Borrowing<'_> {
    type Response = Response<&'a str>;
    // An error that is no `std::error::Error`.
    type Error = Rc<str>;
    type Future = Ready<Result<Response<&'a str>, Rc<str>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Rc<str>>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<&'a str>) -> Self::Future {
        self.calls.set(self.calls.get() + 1);
        ready(match *request.body() {
            "" => Err(self.local.clone()),
            body => Ok(response::<()>(&["sid=1", "_ga=1"]).map(|()| body)),
        })
    }
}

#[tokio::test]
async fn the_inner_service_need_not_be_clone_send_or_static() {
    let calls = Cell::new(0);
    let local: Rc<str> = Rc::from("broken");
    let body = String::from("the body");
    let mut service =
        layer().layer(Borrowing { calls: &calls, local: local.clone(), _pinned: PhantomPinned });

    let answer = service.call(Request::new(&*body)).await.unwrap();
    assert_eq!(names(answer.headers()), ["sid"]);
    assert!(std::ptr::eq(*answer.body(), &raw const *body));

    let error = service.call(Request::new("")).await.unwrap_err();
    assert!(Rc::ptr_eq(&error, &local));
    assert_eq!(calls.get(), 2);
}

/// The type of the layer does not depend on the policy, nor on its closures.
fn consent_layer(policy: impl Into<Policy>) -> CookieConsentLayer {
    CookieConsentLayer::new(policy)
}

struct App {
    service: CookieConsent<Router>,
}

impl App {
    fn new(layer: &CookieConsentLayer, router: Router) -> Self {
        App { service: layer.layer(router) }
    }

    fn answer(&mut self, request: Request<Body>) -> AppAnswer {
        self.service.call(request)
    }
}

type Stacked = Stack<CookieManagerLayer, Stack<CookieConsentLayer, Identity>>;
type AppAnswer = ResponseFuture<<Router as Service<Request<Body>>>::Future>;

#[tokio::test]
async fn the_types_can_be_written_down() {
    let policy =
        Policy::builder(super::site::registry()).dangerously_exempt(|_| false).observe(|_| {});
    let router = Router::new().route("/", get(|| async { response::<Body>(&["_ga=1"]) }));
    let mut app = App::new(&consent_layer(policy), router);
    let answer = app.answer(undecided()).await.unwrap();
    assert!(!answer.headers().contains_key("set-cookie"));

    let stack: Stacked = ServiceBuilder::new()
        .layer(consent_layer(super::site::registry()))
        .layer(CookieManagerLayer::new())
        .into_inner();
    let inner =
        tower::service_fn(async |_: Request<()>| Ok::<_, Infallible>(response::<()>(&["_ga=1"])));
    let answer = stack.layer(inner).oneshot(undecided()).await.unwrap();
    assert!(!answer.headers().contains_key("set-cookie"));
}
