//! The service that sets the cookies: each host's line, in the host's wrapping.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use http::header::{COOKIE, DATE, HOST, HeaderMap, HeaderValue, SET_COOKIE};
use http::{Request, Response};
use hyper::body::Incoming;
use tower::{Service, ServiceExt, service_fn};

use super::line::Line;
use super::run::Run;
use super::wrapping::{Wrapped, Wrapping};

/// Requests a cookie of the line's name, path and domain that lives for some minutes.
pub(crate) const BEFORE: &str = "before";
/// Requests no cookie, since only what the browser sends is of interest.
pub(crate) const BACK: &str = "back";

/// The requests and answers at a line's host.
#[derive(Clone, Debug, Default)]
pub(crate) struct Served {
    /// The time at which the line was served, in seconds since 1970-01-01 00:00:00 UTC.
    pub(crate) at: Option<f64>,
    /// The `Cookie` header of that request.
    pub(crate) carried: Vec<u8>,
    /// The `Cookie` header of the next request, if there was one.
    pub(crate) came_back: Option<Vec<u8>>,
}

pub(crate) type Log = Arc<Mutex<HashMap<(Run, usize), Served>>>;

/// Serves the lines, and keeps a log of it.
pub(crate) fn site(
    lines: &Arc<Vec<Line>>,
    log: &Log,
) -> impl Service<Request<Incoming>, Response = Response<String>, Error = Infallible, Future: Send>
+ Clone
+ Send
+ use<> {
    let lines = Arc::clone(lines);
    let inner = service_fn(move |request: Request<Incoming>| {
        let response = set_line(&lines, &request);
        async { Ok(response) }
    });
    let wrapped: Arc<[(Wrapping, Wrapped)]> =
        Wrapping::ALL.map(|wrapping| (wrapping, wrapping.wrap(inner.clone()))).into();
    let log = Arc::clone(log);
    service_fn(move |request: Request<Incoming>| {
        let mut wrapping = Wrapping::Bare;
        if let Some((run, line, _)) = Run::of_host(host(request.headers())) {
            let mut log = log.lock().unwrap();
            let served = log.entry((run, line)).or_default();
            match request.uri().query() {
                Some(BEFORE) => {}
                Some(BACK) => served.came_back = Some(cookie(request.headers())),
                _ => {
                    served.at = Some(now());
                    served.carried = cookie(request.headers());
                    wrapping = run.wrapping;
                }
            }
        }
        let (_, service) =
            wrapped.iter().find(|(found, _)| *found == wrapping).expect("all of them");
        service.clone().oneshot(request)
    })
}

/// The response without a layer; at a host without a line, an empty page.
fn set_line(lines: &[Line], request: &Request<Incoming>) -> Response<String> {
    let mut response = Response::new("<!doctype html><title>lines</title>".to_owned());
    let headers = response.headers_mut();
    headers.insert("content-type", HeaderValue::from_static("text/html"));
    let Some((_, line, domain)) = Run::of_host(host(request.headers())) else { return response };
    let line = &lines[line];
    let mut bytes = line.bytes_in(domain);
    match request.uri().query() {
        Some(BACK) => return response,
        // Behind a line, this was measured to turn every deletion into a cookie.
        Some(BEFORE) => bytes.extend_from_slice(b"; Max-Age=600"),
        _ => {
            if let Some(date) = &line.date {
                headers.insert(DATE, HeaderValue::from_str(date).expect("a header value"));
            }
        }
    }
    headers.insert(SET_COOKIE, HeaderValue::from_bytes(&bytes).expect("a header value"));
    response
}

/// The host that was asked, without its port.
fn host(headers: &HeaderMap) -> &str {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    host.split(':').next().unwrap_or_default()
}

fn cookie(headers: &HeaderMap) -> Vec<u8> {
    headers.get(COOKIE).map(|cookie| cookie.as_bytes().to_vec()).unwrap_or_default()
}

/// The time in seconds since 1970-01-01 00:00:00 UTC.
fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock that is right").as_secs_f64()
}
