use poem::http::header::SET_COOKIE;
use poem::web::Data;
use poem::{Endpoint, EndpointExt, IntoResponse, Response, Route, get, handler};
use tower_cookie_consent::{Consent, Policy, Registry};

pub fn app(registry: Registry) -> impl Endpoint<Output = Response> {
    let policy = Policy::new(registry);
    Route::new().at("/", get(home)).around(move |site, mut request| {
        let policy = policy.clone();
        async move {
            let consent = policy.consent(request.headers());
            policy.filter_request(&consent, request.headers_mut());
            request.extensions_mut().insert(consent.clone());
            // An error becomes a response here, and may set cookies as well.
            let mut response = site.get_response(request).await;
            policy.enforce(&consent, response.headers_mut());
            Ok(response)
        }
    })
}

#[handler]
fn home(consent: Data<&Consent>) -> impl IntoResponse + use<> {
    let page = if consent.allows("analytics") { "counted" } else { "not counted" };
    let page = page.with_header(SET_COOKIE, "session=1; HttpOnly");
    page.with_header(SET_COOKIE, "_ga=GA1.1; Max-Age=63072000")
}
