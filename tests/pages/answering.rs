//! Methods, statuses and headers of every address.

use axum::body::Body;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, Method, Request, StatusCode};

use super::site::{ask, page, sent, stored, text};

const PAGE: &str = "GET, HEAD, POST, OPTIONS";
const CHOICE: &str = "GET, HEAD, PUT, DELETE, OPTIONS";
const FILE: &str = "GET, HEAD, OPTIONS";

async fn assets() -> Vec<String> {
    let home = page("/").await;
    let addresses = home.split('"').filter(|text| text.starts_with("/cookies/consent-"));
    addresses.map(str::to_owned).collect()
}

fn request(method: &Method, path: &str) -> Request<Body> {
    Request::builder().method(method).uri(path).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn every_address_has_its_methods_and_no_others() {
    let mut addresses = vec![
        ("/cookies".to_owned(), PAGE),
        ("/cookies/".to_owned(), PAGE),
        ("/cookies/choice".to_owned(), CHOICE),
        ("/cookies/openapi.json".to_owned(), FILE),
    ];
    let assets = assets().await;
    assert_eq!(assets.len(), 2, "{assets:?}");
    addresses.extend(assets.into_iter().map(|asset| (asset, FILE)));
    let methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "COOK"];
    for (path, allow) in addresses {
        for method in methods {
            let method: Method = method.parse().unwrap();
            let response = ask(request(&method, &path)).await;
            let allowed = allow.split(", ").any(|name| name == method.as_str());
            let not_allowed = response.status() == StatusCode::METHOD_NOT_ALLOWED;
            assert_eq!(not_allowed, !allowed, "{method} {path}: {}", response.status());
            if method == Method::OPTIONS || not_allowed {
                assert_eq!(response.headers()[ALLOW], allow, "{method} {path}");
            }
        }
        let options = ask(request(&Method::OPTIONS, &path)).await;
        assert_eq!(options.status(), StatusCode::NO_CONTENT, "{path}");
    }
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    for path in ["/cookies", "/cookies/choice", "/cookies/openapi.json", &assets().await[0]] {
        let get = ask(request(&Method::GET, path)).await;
        let head = ask(request(&Method::HEAD, path)).await;
        assert_eq!(get.status(), StatusCode::OK, "{path}");
        assert_eq!((head.status(), head.headers()), (get.status(), get.headers()), "{path}");
        let length: usize = get.headers()[CONTENT_LENGTH].to_str().unwrap().parse().unwrap();
        assert_eq!((text(get).await.len(), text(head).await.len()), (length, 0), "{path}");
    }
}

#[tokio::test]
async fn what_is_at_no_address_is_not_found() {
    for path in ["/cookies/other", "/cookies/choice/x", "/cookies/consent-1.js", "/cookies/%2e%2e"]
    {
        for method in [Method::GET, Method::POST, Method::OPTIONS] {
            let response = ask(request(&method, path)).await;
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn caches_keep_what_is_everybodys_and_nothing_personal() {
    for (path, want) in [("/cookies", "no-store"), ("/cookies/choice", "no-store")] {
        let response = ask(request(&Method::GET, path)).await;
        assert_eq!(response.headers()[CACHE_CONTROL], want, "{path}");
    }
    for asset in assets().await {
        let response = ask(request(&Method::GET, &asset)).await;
        assert_eq!(response.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
        // A page that was made before an update gets the present asset under its old address, and
        // does not keep it.
        let (name, extension) = asset.rsplit_once('.').unwrap();
        let older = format!("{}0000000000000000.{extension}", &name[..name.len() - 16]);
        let response_to_older = ask(request(&Method::GET, &older)).await;
        assert_eq!(response_to_older.status(), StatusCode::OK);
        assert_eq!(response_to_older.headers()[CACHE_CONTROL], "no-store");
        assert_eq!(text(response_to_older).await, text(response).await);
    }
    // The layer adds that a response with a choice is private.
    let stored = ask(sent("choice=refuse")).await.headers()[CACHE_CONTROL].clone();
    assert_eq!(stored, "private, no-store");
}

#[tokio::test]
async fn pages_are_for_the_site_alone() {
    let response = ask(request(&Method::GET, "/cookies")).await;
    let header = |name: &str| response.headers()[name].to_str().unwrap();
    let policy = header("content-security-policy");
    assert!(policy.starts_with("default-src 'none';") && policy.contains("frame-ancestors 'none'"));
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(header("x-frame-options"), "DENY");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("referrer-policy"), "same-origin");
    let body = text(response).await;
    for inline in [
        " style=",
        "<style",
        " onclick=",
        " onload=",
        "javascript:",
        "<script>",
        "http:",
        "https:",
        "//",
    ] {
        assert!(!body.contains(inline), "{inline}");
    }
}

#[tokio::test]
async fn another_site_chooses_for_nobody() {
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://other.example"),
        ("origin", "null"),
    ] {
        let mut form = sent("choice=accept");
        form.headers_mut().remove("sec-fetch-site");
        form.headers_mut().insert(name, value.parse().unwrap());
        let mut put =
            Request::put("/cookies/choice").body(Body::from(r#"{"decisions":{}}"#)).unwrap();
        *put.headers_mut() = form.headers().clone();
        put.headers_mut().insert(CONTENT_TYPE, "application/json".parse().unwrap());
        let mut delete = request(&Method::DELETE, "/cookies/choice");
        *delete.headers_mut() = form.headers().clone();
        for request in [form, put, delete] {
            let method = request.method().clone();
            let response = ask(request).await;
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{method} with {name}: {value}");
            assert_eq!(stored(&response), None);
        }
    }
}

#[tokio::test]
async fn a_body_of_another_type_is_not_understood() {
    let json = Some("application/json");
    let form = Some("application/x-www-form-urlencoded; charset=utf-8");
    let other = StatusCode::UNSUPPORTED_MEDIA_TYPE;
    for (method, path, content_type, want) in [
        ("POST", "/cookies", form, StatusCode::SEE_OTHER),
        ("POST", "/cookies", json, other),
        ("POST", "/cookies", Some("multipart/form-data"), other),
        ("POST", "/cookies", Some("text/plain"), other),
        ("POST", "/cookies", None, other),
        ("PUT", "/cookies/choice", form, other),
        ("PUT", "/cookies/choice", Some("text/plain"), other),
        ("PUT", "/cookies/choice", None, other),
        ("PUT", "/cookies/choice", json, StatusCode::BAD_REQUEST),
    ] {
        let mut headers = HeaderMap::new();
        headers.extend(content_type.map(|value| (CONTENT_TYPE, value.parse().unwrap())));
        let mut request = Request::builder().method(method).uri(path);
        *request.headers_mut().unwrap() = headers;
        let response = ask(request.body(Body::from("choice=refuse")).unwrap()).await;
        assert_eq!(response.status(), want, "{method} {path} {content_type:?}");
    }
}

#[tokio::test]
async fn no_more_is_read_of_a_body_than_65_536_bytes() {
    for (length, want) in [(65_536, StatusCode::SEE_OTHER), (65_537, StatusCode::PAYLOAD_TOO_LARGE)]
    {
        let body = format!("choice=refuse{}", "&".repeat(length - "choice=refuse".len()));
        assert_eq!(body.len(), length);
        let mut whole = sent("");
        *whole.body_mut() = Body::from(body.clone());
        whole.headers_mut().insert(CONTENT_LENGTH, length.into());
        assert_eq!(ask(whole).await.status(), want, "{length}, stated");

        let parts =
            body.into_bytes().chunks(1_000).map(|part| Ok(part.to_vec())).collect::<Vec<_>>();
        let mut streamed = sent("");
        *streamed.body_mut() = body_of(parts);
        assert_eq!(ask(streamed).await.status(), want, "{length}, in parts");
    }
    // A body whose announced length is too large is not read at all.
    let mut endless = sent("");
    *endless.body_mut() = Body::new(Endless);
    endless.headers_mut().insert(CONTENT_LENGTH, u64::MAX.into());
    assert_eq!(ask(endless).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_body_that_breaks_off_stores_nothing() {
    let mut request = sent("");
    *request.body_mut() = body_of(vec![Ok(b"choice=accept".to_vec()), Err("gone")]);
    let response = ask(request).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(stored(&response), None);
}

/// A body that comes in parts.
fn body_of(parts: Vec<Result<Vec<u8>, &'static str>>) -> Body {
    Body::new(Parts(parts.into_iter()))
}

struct Parts(std::vec::IntoIter<Result<Vec<u8>, &'static str>>);

impl hyper::body::Body for Parts {
    type Data = bytes::Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<bytes::Bytes>, std::io::Error>>> {
        let part = self.0.next().map(|part| {
            part.map(|part| hyper::body::Frame::data(part.into())).map_err(std::io::Error::other)
        });
        std::task::Poll::Ready(part)
    }
}

/// A body that must not be read.
struct Endless;

impl hyper::body::Body for Endless {
    type Data = bytes::Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<bytes::Bytes>, std::io::Error>>> {
        panic!("it was read")
    }
}
