//! The rows of a table: layers around one service, each asked the same.

use std::convert::Infallible;

use http::header::{HeaderName, HeaderValue};
use http::{Request, Response};
use tower_cookie_consent::CookieConsentLayer;
use tower_cookies::CookieManagerLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_layer::{Identity, Layer};
use tower_service::Service;

use super::hand_written::HandWrittenLayer;
use super::inner::{NoOpLayer, Prepared, Stocked, call};
use super::shape::Shape;

/// So few calls that they stay in the cache, as the headers of a request that was just read do.
pub(crate) const BATCH: usize = 32;

/// A layer, and what has to be true of a response that went through it.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    check: fn(&Shape, &Response<()>),
    prepare: Box<Prepare>,
    prepare_clones: Box<Prepare>,
}

type Prepare = dyn Fn(&Shape, usize) -> Box<dyn Batch> + Send + Sync;

/// Calls that were prepared, so that only answering them is measured.
pub(crate) trait Batch {
    fn answer(&mut self);

    /// The first response, when there was an answer.
    fn first(&self) -> &Response<()>;
}

impl Row {
    /// Returns so many calls, each of a service of its own.
    pub(crate) fn batch(&self, shape: &Shape, calls: usize) -> Box<dyn Batch> {
        (self.prepare)(shape, calls)
    }

    /// Returns so many calls that each clone one service before and drop the clone behind, as servers do.
    pub(crate) fn batch_of_clones(&self, shape: &Shape, calls: usize) -> Box<dyn Batch> {
        (self.prepare_clones)(shape, calls)
    }

    /// Asserts that what left is what may leave.
    pub(crate) fn check(&self, shape: &Shape, answered: &dyn Batch) {
        (self.check)(shape, answered.first());
    }
}

/// What a shape is measured with. Only the last three keep the policy.
pub(crate) fn rows(shape: &Shape) -> Vec<Row> {
    let with_extensions = CookieConsentLayer::new(shape.registry.clone());
    let without = with_extensions.clone().consent_extension(false).report_extension(false);
    let set_header = SetResponseHeaderLayer::overriding(
        HeaderName::from_static("x-frame-options"),
        HeaderValue::from_static("DENY"),
    );
    let is_set: fn(&Shape, &Response<()>) =
        |_, response| assert_eq!(response.headers()["x-frame-options"], "DENY");
    vec![
        row("bare", Identity::new(), |_, _| {}),
        row("no_op", NoOpLayer, |_, _| {}),
        row("set_header", set_header, is_set),
        row("tower_cookies", CookieManagerLayer::new(), |_, _| {}),
        row("hand_written", HandWrittenLayer::new(&shape.registry), Shape::check),
        row("consent", without, Shape::check),
        row("consent_with_extensions", with_extensions, Shape::check),
    ]
}

fn row<L>(name: &'static str, layer: L, check: fn(&Shape, &Response<()>)) -> Row
where
    L: Layer<Prepared> + Layer<Stocked> + Clone + Send + Sync + 'static,
    <L as Layer<Prepared>>::Service:
        Service<Request<()>, Response = Response<()>, Error = Infallible> + 'static,
    <L as Layer<Stocked>>::Service:
        Service<Request<()>, Response = Response<()>, Error = Infallible> + Clone + 'static,
{
    let cloned = layer.clone();
    Row {
        name,
        check,
        prepare: Box::new(move |shape, calls| {
            let (responses, owners) = shape.responses(calls);
            let services =
                responses.into_iter().map(|response| layer.layer(Prepared::new(response)));
            Box::new(Calls {
                asked: services.map(|service| (service, Some(shape.request()))).collect(),
                answered: Vec::with_capacity(calls),
                _owners: owners,
            })
        }),
        prepare_clones: Box::new(move |shape, calls| {
            let (responses, owners) = shape.responses(calls);
            Stocked::stock(responses);
            Box::new(Clones {
                service: cloned.layer(Stocked),
                asked: (0..calls).map(|_| shape.request()).collect(),
                answered: Vec::with_capacity(calls),
                _owners: owners,
            })
        }),
    }
}

/// A service for each call.
struct Calls<S> {
    asked: Vec<(S, Option<Request<()>>)>,
    answered: Vec<Response<()>>,
    /// They free the values of lines that were stripped, as the responses do those of lines that were kept.
    _owners: Vec<HeaderValue>,
}

impl<S> Batch for Calls<S>
where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible>,
{
    fn answer(&mut self) {
        for (service, request) in &mut self.asked {
            self.answered.push(call(service, request.take().expect("asked once")));
        }
    }

    fn first(&self) -> &Response<()> {
        &self.answered[0]
    }
}

/// A clone of one service for each call.
struct Clones<S> {
    service: S,
    asked: Vec<Request<()>>,
    answered: Vec<Response<()>>,
    _owners: Vec<HeaderValue>,
}

impl<S> Batch for Clones<S>
where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible> + Clone,
{
    fn answer(&mut self) {
        for request in self.asked.drain(..) {
            self.answered.push(call(&mut self.service.clone(), request));
        }
    }

    fn first(&self) -> &Response<()> {
        &self.answered[0]
    }
}
