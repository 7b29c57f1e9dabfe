//! Responses, with the headers that each kind has.

use http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
    HeaderValue, LOCATION, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{Response, StatusCode};

use crate::pages::assets::Asset;
use crate::pages::body::Body;
use crate::pages::media::JSON;
use crate::pages::refusal::Refusal;
use crate::pages::route::Route;
use crate::policy::Consent;

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// The pages load nothing but the site's own, nobody shows them in a frame to have them clicked, and
/// their forms lead to the site.
const SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                               connect-src 'self'; form-action 'self'; base-uri 'none'; \
                               frame-ancestors 'none'";

/// Returns a visitor's own page.
pub(super) fn html(status: StatusCode, page: String) -> Response<Body> {
    let mut response = personal(status, HTML, page);
    set(&mut response, CONTENT_SECURITY_POLICY, SECURITY_POLICY);
    set(&mut response, X_FRAME_OPTIONS, "DENY");
    // The form comes back with the page's address in `Referer`, and other sites learn nothing.
    set(&mut response, REFERRER_POLICY, "same-origin");
    response
}

/// Returns a visitor's consent as JSON.
pub(super) fn consent(consent: &Consent) -> Response<Body> {
    match serde_json::to_string(consent) {
        Ok(body) => personal(StatusCode::OK, JSON, body),
        // Maps whose keys are texts are always written.
        Err(error) => refused(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())),
    }
}

/// Returns a response that no cache may keep: it depends on the visitor's cookies, and is old as soon as they choose.
fn personal(status: StatusCode, content_type: &'static str, body: String) -> Response<Body> {
    let mut response = with_body(status, content_type, body);
    set(&mut response, CACHE_CONTROL, "no-store");
    set(&mut response, VARY, "Cookie, Accept-Language");
    response
}

/// Script or style, which are the same for everybody. Under its own name, an asset never changes.
pub(super) fn asset(asset: &'static Asset, is_current: bool) -> Response<Body> {
    let mut response = with_body(StatusCode::OK, asset.content_type, asset.content);
    let forever = "public, max-age=31536000, immutable";
    set(&mut response, CACHE_CONTROL, if is_current { forever } else { "no-store" });
    response
}

/// Returns the description of the service.
pub(super) fn description(text: &'static str) -> Response<Body> {
    let mut response = with_body(StatusCode::OK, JSON, text);
    set(&mut response, CACHE_CONTROL, "no-cache");
    response
}

/// Leads to another page of the site, which is asked for with `GET`.
pub(super) fn see_other(path: &str) -> Response<Body> {
    let mut response = Response::new(Body::default());
    *response.status_mut() = StatusCode::SEE_OTHER;
    set(&mut response, CACHE_CONTROL, "no-store");
    // Paths are checked before they come here: they are visible ASCII.
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(LOCATION, location);
    response
}

/// Tells the methods of an address.
pub(super) fn options(route: Route) -> Response<Body> {
    let mut response = Response::new(Body::default());
    *response.status_mut() = StatusCode::NO_CONTENT;
    set(&mut response, ALLOW, route.allow());
    response
}

/// Says why a request was not carried out.
pub(super) fn refused(refusal: Refusal) -> Response<Body> {
    let mut response = with_body(refusal.status, TEXT, refusal.detail + "\n");
    set(&mut response, CACHE_CONTROL, "no-store");
    response
}

/// Says that an address has no such method.
pub(super) fn method_not_allowed(route: Route) -> Response<Body> {
    let detail = format!("This address has {}.", route.allow());
    let mut response = refused(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, detail));
    set(&mut response, ALLOW, route.allow());
    response
}

/// Returns the response to `HEAD`: what `GET` would get, without its body.
pub(super) fn head_of(response: Response<Body>) -> Response<Body> {
    response.map(|_| Body::default())
}

fn with_body(
    status: StatusCode,
    content_type: &'static str,
    body: impl Into<Body> + AsRef<str>,
) -> Response<Body> {
    let length = HeaderValue::from(body.as_ref().len());
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    set(&mut response, CONTENT_TYPE, content_type);
    set(&mut response, X_CONTENT_TYPE_OPTIONS, "nosniff");
    response.headers_mut().insert(CONTENT_LENGTH, length);
    response
}

fn set(response: &mut Response<Body>, name: HeaderName, value: &'static str) {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
}
