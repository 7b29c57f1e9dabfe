use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self as actix, SET_COOKIE};
use actix_web::middleware::Next;
use actix_web::web::{Data, ReqData};
use actix_web::{Error, HttpMessage, HttpResponse};
use http::header::{HeaderMap, HeaderName, HeaderValue};
use tower_cookie_consent::{Consent, Policy};

/// `App::new().app_data(Data::new(policy)).wrap(from_fn(keep))`: the last `wrap` is the outermost.
pub async fn keep(
    policy: Data<Policy>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let consent = policy.consent(&modern(request.headers()));
    request.extensions_mut().insert(consent.clone());
    match next.call(request).await {
        Ok(mut response) => {
            enforce(&policy, &consent, response.headers_mut());
            Ok(response.map_into_boxed_body())
        }
        // An error of another middleware, which becomes a response outside of this one.
        Err(error) => {
            let mut response = error.error_response();
            enforce(&policy, &consent, response.headers_mut());
            Err(InternalError::from_response(error, response).into())
        }
    }
}

fn enforce(policy: &Policy, consent: &Consent, headers: &mut actix::HeaderMap) {
    let mut judged = modern(headers);
    policy.enforce(consent, &mut judged);
    headers.clear();
    for (name, value) in &judged {
        let name = actix::HeaderName::from_bytes(name.as_str().as_bytes());
        let value = actix::HeaderValue::from_bytes(value.as_bytes());
        headers.append(name.expect("a name"), value.expect("a value"));
    }
}

/// Actix speaks of headers in types of http 0.2.
fn modern(headers: &actix::HeaderMap) -> HeaderMap {
    let line = |(name, value): (&actix::HeaderName, &actix::HeaderValue)| {
        let name = HeaderName::from_bytes(name.as_str().as_bytes()).expect("a name");
        (name, HeaderValue::from_bytes(value.as_bytes()).expect("a value"))
    };
    headers.iter().map(line).collect()
}

pub async fn home(consent: ReqData<Consent>) -> HttpResponse {
    HttpResponse::Ok()
        .append_header((SET_COOKIE, "session=1; HttpOnly"))
        .append_header((SET_COOKIE, "_ga=GA1.1; Max-Age=63072000"))
        .body(if consent.allows("analytics") { "counted" } else { "not counted" })
}
