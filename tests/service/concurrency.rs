//! Many visitors at once, over few connections: no cookie reaches another visitor, and none is
//! lost.

use std::convert::Infallible;
use std::sync::Arc;

use http::header::{COOKIE, HeaderValue, SET_COOKIE};
use http::{Request, Response};
use hyper::body::Incoming;
use tokio::task::{JoinSet, yield_now};
use tower::{Layer, service_fn};
use tower_cookie_consent::{CookieConsentLayer, Report, ReportEntry};

use super::server::serve;
use super::site::{builder, granted, layer, set_cookies};

const VISITORS: usize = 64;
const PAGES: usize = 50;

/// Sets cookies of every kind after a while; their values are the page's number.
async fn site(request: Request<Incoming>) -> Result<Response<String>, Infallible> {
    let page = request.uri().path().trim_start_matches('/').to_owned();
    let number: usize = page.parse().unwrap();
    for _ in 0..number % 7 {
        yield_now().await;
    }
    let mut response = Response::new(page.clone());
    for line in [
        format!("_fbp={page}"),
        format!("sid={page}; HttpOnly"),
        format!("_ga={page}; Max-Age=5"),
        format!("unheard-of={page}"),
        format!("theme={page}"),
        format!("id={page}; Max-Age=99999999"),
    ] {
        response.headers_mut().append(SET_COOKIE, HeaderValue::from_str(&line).unwrap());
    }
    Ok(response)
}

/// Consent cookies, and whether they grant analytics and functional cookies.
fn consents() -> [(Option<HeaderValue>, bool, bool); 5] {
    [
        (None, false, false),
        (Some(granted(&["analytics"])), true, false),
        (Some(granted(&[])), false, false),
        (Some(granted(&["functional"])), false, true),
        (Some(granted(&["analytics", "functional"])), true, true),
    ]
}

fn want(page: usize, analytics: bool, functional: bool) -> Vec<String> {
    let mut want = vec![format!("sid={page}; HttpOnly")];
    want.extend(analytics.then(|| format!("_ga={page}; Max-Age=5")));
    want.extend(functional.then(|| format!("theme={page}")));
    want.push(format!("id={page}; Max-Age=2592000"));
    want
}

/// One visitor looks at many pages, each time with another consent.
async fn visit(layer: CookieConsentLayer, client: reqwest::Client) {
    let address = serve(layer.layer(service_fn(site))).await;
    let consents = Arc::new(consents());
    let mut visitors = JoinSet::new();
    for visitor in 0..VISITORS {
        let (client, consents) = (client.clone(), consents.clone());
        visitors.spawn(async move {
            for page in (0..PAGES).map(|page| page * VISITORS + visitor) {
                let (cookie, analytics, functional) = &consents[(page + visitor) % consents.len()];
                let mut request = client.get(format!("http://{address}/{page}"));
                if let Some(cookie) = cookie {
                    request = request.header(COOKIE, cookie);
                }
                let response = request.send().await.unwrap();
                let got = set_cookies(response.headers());
                assert_eq!(got, want(page, *analytics, *functional), "page {page}");
                assert_eq!(response.text().await.unwrap(), page.to_string());
            }
        });
    }
    visitors.join_all().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn over_http_1_no_cookie_leaks_and_none_is_lost() {
    let client = reqwest::Client::builder().no_proxy();
    visit(layer(), client.build().unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn over_one_http_2_connection_no_cookie_leaks_and_none_is_lost() {
    let client = reqwest::Client::builder().no_proxy().http2_prior_knowledge();
    visit(layer(), client.build().unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_report_is_of_one_response() {
    fn check(report: &Report) {
        let names: Vec<_> = report.entries().iter().map(ReportEntry::name).collect();
        assert_eq!(names, ["_fbp", "sid", "_ga", "unheard-of", "theme", "id"]);
    }
    let client = reqwest::Client::builder().no_proxy();
    visit(CookieConsentLayer::new(builder().observe(check)), client.build().unwrap()).await;
}
