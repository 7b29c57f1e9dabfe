//! Clones of the layer and the service share one configuration.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::SystemTime;

use http::{Request, Response};
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::{Choice, Consent, CookieConsentLayer, source_fn};

use super::site::{builder, response, undecided};

/// The consent that reaches the handler.
async fn hand_out(request: Request<()>) -> Result<Response<Consent>, Infallible> {
    let consent = request.extensions().get::<Consent>().unwrap().clone();
    Ok(response::<()>(&["_ga=1"]).map(|()| consent))
}

#[tokio::test]
async fn clones_share_one_configuration() {
    // Every closure of the policy holds the token, whose count shows how many copies of them there
    // are.
    let token: Arc<str> = Arc::from("token");
    let [source, clock, exempt, observer] = [(); 4].map(|()| token.clone());
    let layer = CookieConsentLayer::new(
        builder()
            .source(source_fn(move |_, registry| {
                assert_eq!(&*source, "token");
                Choice::undecided(registry)
            }))
            .clock(move || {
                assert_eq!(&*clock, "token");
                SystemTime::now()
            })
            .dangerously_exempt(move |_| &*exempt != "token")
            .observe(move |_| assert_eq!(&*observer, "token")),
    );
    assert_eq!(Arc::strong_count(&token), 5);

    let service = layer.clone().layer(service_fn(hand_out));
    let mut registries = Vec::new();
    for _ in 0..100 {
        let response = service.clone().oneshot(undecided()).await.unwrap();
        registries.push(std::ptr::from_ref(response.body().registry()));
        assert_eq!(Arc::strong_count(&token), 5);
    }
    registries.dedup();
    assert_eq!(registries.len(), 1, "all requests are judged by one registry");

    drop((layer, service));
    assert_eq!(Arc::strong_count(&token), 1, "nothing is left behind");
}
