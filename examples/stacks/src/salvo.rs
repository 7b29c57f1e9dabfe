use salvo::http::cookie::{Cookie, time::Duration};
use salvo::prelude::{Request, Response, Router, Service, TowerLayerCompat, handler};
use tower_cookie_consent::{Consent, CookieConsentLayer, Registry};

/// A hoop of the service is around all routes.
pub fn app(registry: Registry) -> Service {
    Service::new(Router::new().get(home)).hoop(CookieConsentLayer::new(registry).compat())
}

#[handler]
async fn home(request: &mut Request, response: &mut Response) {
    let consent = request.extensions().get::<Consent>();
    let is_counted = consent.is_some_and(|consent| consent.allows("analytics"));
    response.add_cookie(Cookie::build(("session", "1")).http_only(true).build());
    response.add_cookie(Cookie::build(("_ga", "GA1.1")).max_age(Duration::days(730)).build());
    response.render(if is_counted { "counted" } else { "not counted" });
}
