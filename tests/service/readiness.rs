//! Readiness, errors and cancellation are the inner service's own.

use std::cell::Cell;
use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::future::{pending, ready};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use http::{Request, Response};
use tower::{Layer, Service, ServiceExt, service_fn};
use tower_cookie_consent::CookieConsent;
use tower_test::mock::{self, Handle, Mock, Spawn};

use super::site::{layer, response, set_cookies, undecided};

#[derive(Debug)]
struct Broken(u8);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "broken {}", self.0)
    }
}

impl Error for Broken {}

type Outer = Spawn<CookieConsent<Mock<Request<()>, Response<()>>>>;
type Inner = Handle<Request<()>, Response<()>>;

fn mocked() -> (Outer, Inner) {
    mock::spawn_layer(layer())
}

fn which(error: &(dyn Error + Send + Sync + 'static)) -> u8 {
    error.downcast_ref::<Broken>().expect("the very error of the inner service").0
}

#[tokio::test]
async fn r12_is_ready_exactly_when_the_inner_service_is() {
    let (mut service, mut inner) = mocked();
    inner.allow(0);
    assert!(service.poll_ready().is_pending());
    assert!(inner.poll_request().is_pending(), "not called before it is ready");
    assert!(!service.is_woken());

    inner.allow(1);
    assert!(service.is_woken());
    assert!(matches!(service.poll_ready(), Poll::Ready(Ok(()))));
    let answer = service.call(undecided());
    assert!(service.poll_ready().is_pending(), "one request was allowed");

    let (_, send) = inner.next_request().await.unwrap();
    send.send_response(response(&["sid=1", "_ga=1"]));
    assert_eq!(set_cookies(answer.await.unwrap().headers()), ["sid=1"]);
}

#[tokio::test]
async fn r12_errors_pass_unchanged() {
    let (mut service, mut inner) = mocked();
    inner.send_error(Broken(1));
    let Poll::Ready(Err(error)) = service.poll_ready() else { panic!("ready without error") };
    assert_eq!(which(&*error), 1);

    let (mut service, mut inner) = mocked();
    assert!(service.poll_ready().is_ready());
    let answer = service.call(undecided());
    inner.next_request().await.unwrap().1.send_error(Broken(2));
    assert_eq!(which(&*answer.await.unwrap_err()), 2);
}

#[tokio::test]
async fn r12_an_answer_comes_when_the_inner_one_does() {
    let (mut service, mut inner) = mocked();
    assert!(service.poll_ready().is_ready());
    let mut answer = Box::pin(service.call(undecided()));
    let patience = Duration::from_millis(10);
    assert!(tokio::time::timeout(patience, &mut answer).await.is_err());
    inner.next_request().await.unwrap().1.send_response(response(&["_ga=1"]));
    assert!(!answer.await.unwrap().headers().contains_key("set-cookie"));
}

#[test]
fn the_inner_service_is_called_in_call() {
    let calls = Cell::new(0);
    let mut service = layer().layer(service_fn(|_: Request<()>| {
        calls.set(calls.get() + 1);
        ready(Ok::<_, Infallible>(response::<()>(&["_ga=1"])))
    }));
    let unpolled = service.call(undecided());
    assert_eq!(calls.get(), 1);
    drop(unpolled);
    assert_eq!(calls.get(), 1);
}

#[test]
fn dropping_an_answer_drops_the_inner_one() {
    let token = Arc::new(());
    let mut service = layer().layer(service_fn(|_: Request<()>| {
        let held = token.clone();
        async move {
            let answer = pending::<Result<Response<()>, Infallible>>().await;
            drop(held);
            answer
        }
    }));
    let mut context = Context::from_waker(Waker::noop());
    for polls in 0..3 {
        let mut answer = Box::pin(service.call(undecided()));
        for _ in 0..polls {
            assert!(answer.as_mut().poll(&mut context).is_pending());
        }
        assert_eq!(Arc::strong_count(&token), 2);
        drop(answer);
        assert_eq!(Arc::strong_count(&token), 1, "after {polls} polls");
    }
}

/// A clone is another service, whose readiness does not count for this one.
#[tokio::test]
async fn only_the_instance_that_is_ready_is_called() {
    struct Careful(bool);

    impl Clone for Careful {
        fn clone(&self) -> Self {
            Careful(false)
        }
    }

    impl Service<Request<()>> for Careful {
        type Response = Response<()>;
        type Error = Infallible;
        type Future = std::future::Ready<Result<Response<()>, Infallible>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
            self.0 = true;
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, _: Request<()>) -> Self::Future {
            assert!(std::mem::take(&mut self.0), "called without being ready");
            ready(Ok(response(&["sid=1"])))
        }
    }

    let mut service = layer().layer(Careful(false));
    for _ in 0..3 {
        let mut clone = service.clone();
        service.ready().await.unwrap().call(undecided()).await.unwrap();
        clone.ready().await.unwrap().call(undecided()).await.unwrap();
    }
}
