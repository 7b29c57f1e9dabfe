//! Checks the layer outside and inside of other layers that write cookies, with `Router::layer` and
//! `ServiceBuilder`.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Request};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use axum_extra::extract::CookieJar;
use tower::{Layer, ServiceBuilder, ServiceExt, service_fn};
use tower_cookies::{Cookie, CookieManagerLayer, Cookies};

use super::site::{EVERY_KIND, layer, names, response, visitor};

/// The cookies that each visitor gets of [`EVERY_KIND`].
const JUDGED: [(&[&str], &[&str]); 4] = [
    (&[], &["sid"]),
    (&["functional"], &["sid", "theme"]),
    (&["analytics"], &["_ga", "sid"]),
    (&["analytics", "functional"], &["_ga", "sid", "theme"]),
];

const ALL: &[&str] = &["_fbp", "_ga", "sid", "theme", "unheard-of"];

/// Puts a layer that writes cookies and the consent layer around the site, in both orders, and each
/// order in both ways: with `Router::layer` and with `ServiceBuilder`.
macro_rules! stacks {
    ($site:expr, $writer:expr) => {{
        let (site, writer) = ($site, $writer);
        let outside = [
            site.clone().layer(writer.clone()).layer(layer()),
            site.clone().layer(ServiceBuilder::new().layer(layer()).layer(writer.clone())),
        ];
        let inside = [
            site.clone().layer(layer()).layer(writer.clone()),
            site.layer(ServiceBuilder::new().layer(writer).layer(layer())),
        ];
        (outside, inside)
    }};
}

async fn cookies_sent_to(site: &Router, grants: &[&str]) -> Vec<String> {
    let response = site.clone().oneshot(visitor::<Body>(grants)).await.unwrap();
    names(response.headers()).into_iter().map(str::to_owned).collect()
}

async fn assert_every_cookie_is_judged(sites: [Router; 2]) {
    for (site, built) in sites.iter().zip(["Router::layer", "ServiceBuilder"]) {
        for (grants, want) in JUDGED {
            assert_eq!(cookies_sent_to(site, grants).await, want, "{grants:?}, {built}");
        }
    }
}

/// The README says so: the layer does not see cookies that are set outside of it.
async fn assert_all_pass_unseen(sites: [Router; 2]) {
    for (site, built) in sites.iter().zip(["Router::layer", "ServiceBuilder"]) {
        for (grants, _) in JUDGED {
            assert_eq!(cookies_sent_to(site, grants).await, ALL, "{grants:?}, {built}");
        }
    }
}

#[tokio::test]
async fn tower_cookies() {
    async fn handler(cookies: Extension<Cookies>) {
        for line in EVERY_KIND {
            cookies.add(Cookie::parse(line).unwrap());
        }
    }
    let site = Router::new().route("/", get(handler));
    let (outside, inside) = stacks!(site, CookieManagerLayer::new());
    assert_every_cookie_is_judged(outside).await;
    assert_all_pass_unseen(inside).await;
}

#[tokio::test]
async fn a_middleware_with_a_cookie_jar_of_axum_extra() {
    async fn add_cookies(jar: CookieJar, request: Request, next: Next) -> (CookieJar, Response) {
        let add = |jar: CookieJar, line| jar.add(Cookie::parse(line).unwrap());
        (EVERY_KIND.into_iter().fold(jar, add), next.run(request).await)
    }
    let site = Router::new().route("/", get(|| async { "hello" }));
    let (outside, inside) = stacks!(site, middleware::from_fn(add_cookies));
    assert_every_cookie_is_judged(outside).await;
    assert_all_pass_unseen(inside).await;
}

#[tokio::test]
async fn a_handler_is_inside_of_every_layer() {
    let site = Router::new().route("/", get(|| async { response::<Body>(&EVERY_KIND) }));
    let (outside, inside) = stacks!(site, CookieManagerLayer::new());
    assert_every_cookie_is_judged(outside).await;
    assert_every_cookie_is_judged(inside).await;
}

#[tokio::test]
async fn other_places_of_an_axum_router() {
    let handler = || async { response::<Body>(&EVERY_KIND) };
    let site = Router::new().route("/", get(handler));
    let judged = [
        ("route_layer", site.clone().route_layer(layer())),
        ("MethodRouter::layer", Router::new().route("/", get(handler).layer(layer()))),
        ("fallback", Router::new().fallback(handler).layer(layer())),
        ("route_service", Router::new().route_service("/", layer().layer(site.clone()))),
        ("a layer twice", site.clone().layer(layer()).layer(layer())),
        ("merged", Router::new().merge(site.clone().layer(layer()))),
    ];
    for (place, site) in judged {
        for (grants, want) in JUDGED {
            assert_eq!(cookies_sent_to(&site, grants).await, want, "{grants:?}, {place}");
        }
    }
    // Routes that are added after the layer are not inside of it.
    let added = Router::new().layer(layer()).route("/", get(handler));
    assert_eq!(cookies_sent_to(&added, &[]).await, ALL);
}

#[tokio::test]
async fn without_a_framework() {
    for (grants, want) in JUDGED {
        let site = ServiceBuilder::new().layer(layer()).layer(CookieManagerLayer::new()).service(
            service_fn(async |request: http::Request<()>| {
                let cookies: &Cookies = request.extensions().get().unwrap();
                cookies.add(Cookie::new("sid", "1"));
                cookies.add(Cookie::new("_ga", "1"));
                Ok::<_, Infallible>(response::<()>(&["theme=1", "_fbp=1"]))
            }),
        );
        let response = site.oneshot(visitor::<()>(grants)).await.unwrap();
        assert_eq!(names(response.headers()), want, "{grants:?}");
    }
}

/// The README says so of routes, and the guide's page on sessions of the fallback.
#[tokio::test]
async fn axum_s_layers_are_around_what_was_added_before_them() {
    async fn every_kind() -> Response {
        response(&EVERY_KIND)
    }
    let site = || Router::new().route("/", get(every_kind)).fallback(every_kind);
    let after = |site: Router| site.route("/after", get(every_kind));
    for (how, site, paths) in [
        ("layer", after(site().layer(layer())), [("/", true), ("/after", false), ("/none", true)]),
        (
            "route_layer",
            after(site().route_layer(layer())),
            [("/", true), ("/after", false), ("/none", false)],
        ),
        ("last", after(site()).layer(layer()), [("/", true), ("/after", true), ("/none", true)]),
    ] {
        for (path, is_judged) in paths {
            let mut request = visitor::<Body>(&[]);
            *request.uri_mut() = path.parse().unwrap();
            let response = site.clone().oneshot(request).await.unwrap();
            let want = if is_judged { &["sid"][..] } else { ALL };
            assert_eq!(names(response.headers()), want, "{how}: {path}");
        }
    }
}
