//! Other ways to mount the service: without a router, at another path, on real servers.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Request, StatusCode};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use test_support::visitor::Browser;
use tokio::net::TcpListener;
use tower::{ServiceBuilder, ServiceExt};
use tower_cookie_consent::pages::Pages;
use tower_cookie_consent::registry::Language;
use tower_cookie_consent::{CookieConsentLayer, Registry};

use super::site::{app, pages, policy, text};

#[tokio::test]
async fn a_plain_hyper_service_answers_like_a_nested_one() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = ServiceBuilder::new().layer(CookieConsentLayer::new(policy())).service(pages());
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let service = TowerToHyperService::new(
                service.clone().map_request(|request: Request<Incoming>| request),
            );
            tokio::spawn(async move {
                let server = auto::Builder::new(TokioExecutor::new());
                let _ = server.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    let visitor = Browser::new(&url);
    let page = visitor.get("/cookies?lang=fr").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("action=\"/cookies\"") && page.body.contains("Tout refuser"));
    let answer = visitor.post("/cookies", "choice=save&grant=matomo&lang=fr").await;
    assert_eq!(
        (answer.status, &answer.headers["location"]),
        (303, &"/cookies?lang=fr".parse().unwrap())
    );
    assert_eq!(visitor.post_from_elsewhere("/cookies", "choice=accept").await.status, 403);
    assert_eq!(visitor.get("/cookies/nothing").await.status, 404);
}

#[tokio::test]
async fn a_router_on_a_real_port_serves_the_pages() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app(&pages())).await });
    let visitor = Browser::new(&url);
    assert!(visitor.get("/").await.body.contains("Refuse all"));
    let answer = visitor.post("/cookies", "choice=refuse").await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.set_names(), ["__Host-cookie_consent"]);
    let head = reqwest::Client::new().head(format!("{url}/cookies")).send().await.unwrap();
    assert_eq!(head.status(), StatusCode::OK);
    assert!(head.headers()["content-length"].to_str().unwrap().parse::<u64>().unwrap() > 1_000);
}

#[tokio::test]
async fn the_pages_lie_where_the_site_puts_them() {
    let pages = pages().at("/legal/cookies/").unwrap();
    let registry = pages.policy().registry().clone();
    let app: Router = Router::new()
        .nest("/legal", Router::new().nest_service("/cookies", pages.clone()))
        .layer(CookieConsentLayer::new(registry));
    let get = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    let page = app.clone().oneshot(get("/legal/cookies")).await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    let body = text(page).await;
    let script = body.split("script src=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(script.starts_with("/legal/cookies/consent-"), "{script}");
    assert!(body.contains("action=\"/legal/cookies\"") && !body.contains("\"/cookies"));
    assert_eq!(app.oneshot(get(script)).await.unwrap().status(), StatusCode::OK);

    let root = Pages::new(policy()).at("/").unwrap();
    let page: Result<_, Infallible> = root.clone().oneshot(get("/")).await;
    assert!(text(page.unwrap().map(Body::new)).await.contains("action=\"/\""));
    assert!(root.head().as_str().contains("href=\"/consent-"));
}

#[tokio::test]
async fn without_the_layer_the_policy_reads_the_choice_itself() {
    let post =
        Request::post("/cookies").header("content-type", "application/x-www-form-urlencoded");
    let post = post.body(Body::from("choice=accept")).unwrap();
    let response = pages().oneshot(post).await.unwrap();
    let line = response.headers()["set-cookie"].to_str().unwrap();
    let request = Request::get("/").header("cookie", line.split(';').next().unwrap());
    let page = pages().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert!(text(page.map(Body::new)).await.contains("You allow:"));
}

#[test]
fn a_service_of_threads_can_be_named() {
    fn check<T: Clone + Send + Sync + 'static>(_: &T) {}
    let pages: Pages = pages();
    check(&pages);
    let registry = Registry::from_toml("version = '1'\ncategories.a.basis = 'necessary'").unwrap();
    let nothing_to_ask = Pages::new(registry);
    let consent = nothing_to_ask.policy().consent(&HeaderMap::new());
    assert!(nothing_to_ask.banner(&consent, Language::ENGLISH).is_empty());
}
