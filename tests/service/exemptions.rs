//! R16: requests that the site exempts pass the layer untouched.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::{HeaderValue, Method, Request, Response, Version};
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::{Consent, CookieConsentLayer, Report};

use super::site::{EVERY_KIND, builder, names, response, set_cookies, visitor};

/// A request that differs from the default one in every part, and whose body cannot be cloned.
fn request(path: &str) -> Request<Box<str>> {
    let mut request = visitor::<()>(&["analytics"]).map(|()| Box::from("the body"));
    *request.method_mut() = Method::PUT;
    *request.uri_mut() = path.parse().unwrap();
    *request.version_mut() = Version::HTTP_10;
    request.headers_mut().append("x-twice", HeaderValue::from_static("1"));
    request.headers_mut().append("x-twice", HeaderValue::from_static("2"));
    request.extensions_mut().insert("the extension");
    request
}

/// Checks the request as the inner service gets it, and answers with cookies of every kind.
async fn inner(got: Request<Box<str>>) -> Result<Response<()>, Infallible> {
    let sent = request(&got.uri().to_string());
    assert_eq!(got.method(), sent.method());
    assert_eq!(got.version(), sent.version());
    assert_eq!(got.headers().get_all("x-twice").iter().collect::<Vec<_>>(), ["1", "2"]);
    assert!(got.headers().contains_key("cookie"));
    assert_eq!(got.extensions().get::<&str>(), Some(&"the extension"));
    assert!(got.extensions().get::<Consent>().unwrap().allows("analytics"));
    assert_eq!(&**got.body(), "the body");
    Ok(response(&EVERY_KIND))
}

#[tokio::test]
async fn r16_an_exempt_response_is_untouched_and_its_request_intact() {
    let observed = Arc::new(AtomicUsize::new(0));
    let counter = observed.clone();
    let layer = CookieConsentLayer::new(
        builder()
            .dangerously_exempt(|request| request.uri.path().starts_with("/admin"))
            .dangerously_exempt(|request| request.uri.path() == "/webhook")
            .observe(move |_| {
                counter.fetch_add(1, Ordering::Relaxed);
            }),
    );
    let site = layer.layer(service_fn(inner));
    for path in ["/admin/users", "/webhook"] {
        let response = site.clone().oneshot(request(path)).await.unwrap();
        assert_eq!(set_cookies(response.headers()), EVERY_KIND, "{path}");
        assert!(response.extensions().get::<Report>().is_none(), "{path}");
    }
    assert_eq!(observed.load(Ordering::Relaxed), 0);

    for path in ["/", "/webhook/2"] {
        let response = site.clone().oneshot(request(path)).await.unwrap();
        assert_eq!(names(response.headers()), ["_ga", "sid"], "{path}");
    }
    assert_eq!(observed.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn r16_the_condition_sees_every_part_of_the_request() {
    let layer = CookieConsentLayer::new(builder().dangerously_exempt(|request| {
        request.method == Method::PUT
            && request.version == Version::HTTP_10
            && request.headers.contains_key("x-twice")
            && request.extensions.get::<&str>() == Some(&"the extension")
    }));
    let response = layer.layer(service_fn(inner)).oneshot(request("/")).await.unwrap();
    assert_eq!(set_cookies(response.headers()), EVERY_KIND);
}
