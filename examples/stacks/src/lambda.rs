use std::convert::Infallible;

use lambda_http::http::header::{HeaderValue, SET_COOKIE};
use lambda_http::{Error, Request, Response, Service, service_fn};
use tower::Layer;
use tower_cookie_consent::{Consent, CookieConsentLayer, Registry};

pub async fn run(registry: Registry) -> Result<(), Error> {
    lambda_http::run(app(registry)).await
}

/// What answers a request, for the runtime and for tests.
pub fn app(
    registry: Registry,
) -> impl Service<Request, Response = Response<String>, Error = Infallible, Future: Send> {
    CookieConsentLayer::new(registry).layer(service_fn(home))
}

async fn home(request: Request) -> Result<Response<String>, Infallible> {
    let consent = request.extensions().get::<Consent>();
    let is_counted = consent.is_some_and(|consent| consent.allows("analytics"));
    let mut response = Response::new(if is_counted { "counted" } else { "not counted" }.to_owned());
    for line in ["session=1; HttpOnly", "_ga=GA1.1; Max-Age=63072000"] {
        response.headers_mut().append(SET_COOKIE, HeaderValue::from_static(line));
    }
    Ok(response)
}
