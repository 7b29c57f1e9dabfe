use tonic::transport::Server;
use tower::layer::util::{Identity, Stack};
use tower_cookie_consent::{Consent, CookieConsentLayer, Registry};

/// The first layer is the outermost. Add the services, and serve.
pub fn server(registry: Registry) -> Server<Stack<CookieConsentLayer, Identity>> {
    Server::builder().layer(CookieConsentLayer::new(registry))
}

/// For the methods of a service.
pub fn is_counted<T>(request: &tonic::Request<T>) -> bool {
    request.extensions().get().is_some_and(|consent: &Consent| consent.allows("analytics"))
}
