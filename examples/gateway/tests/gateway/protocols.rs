//! HTTP/1.0, HTTP/1.1 and HTTP/2, with and without TLS, on either side.

use std::path::Path;
use std::sync::Arc;

use http::{HeaderValue, Method, Request, Response, StatusCode, Version};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::support::client::{client, get, send};
use super::support::raw::exchange;
use super::support::running::Gateway;
use super::support::upstream::{Upstream, full, page};
use test_support::folder::Folder;

/// Writes a certificate for `localhost` and its key.
fn certify(folder: &Folder) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    folder.write("cert.pem", &cert.pem());
    folder.write("key.pem", &signing_key.serialize_pem());
}

fn acceptor(folder: &Folder, protocols: &[&str]) -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_file(folder.path("cert.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(folder.path("key.pem")).unwrap();
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    TlsAcceptor::from(Arc::new(config))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn http1_and_http2_meet_in_every_way() {
    for upstream_http2 in [false, true] {
        let upstream = Upstream::setting(&["session=1", "_ga=1"]).await;
        let config = format!("[[upstream]]\nto = '{}'\nhttp2 = {upstream_http2}", upstream.url);
        let gateway = Gateway::configured(&config);
        for http2 in [false, true] {
            let way = format!("in http2 {http2}, out http2 {upstream_http2}");
            let request = Request::get(format!("{}/path?query", gateway.url))
                .header("cookie", "a=1")
                .header("cookie", "b=2");
            let answer = send(&client(http2, None), request).await;
            assert_eq!(
                (answer.set_cookies(), &*answer.text),
                (vec!["session=1"], "a page"),
                "{way}"
            );
            let version = if http2 { Version::HTTP_2 } else { Version::HTTP_11 };
            assert_eq!(answer.version, version, "{way}");

            let seen = upstream.last();
            let version = if upstream_http2 { Version::HTTP_2 } else { Version::HTTP_11 };
            assert_eq!(seen.version(), version, "{way}");
            assert_eq!(seen.uri().path_and_query().unwrap(), "/path?query", "{way}");
            let cookies: Vec<_> = seen.headers().get_all("cookie").iter().collect();
            assert_eq!(cookies, ["a=1; b=2"], "{way}");
            let host = gateway.url.trim_start_matches("http://");
            let authority = seen.uri().authority().map(http::uri::Authority::as_str);
            let line = seen.headers().get("host").map(|host| host.to_str().unwrap());
            assert_eq!(line.or(authority), Some(host), "{way}");
            // HTTP/2 names the host in the address, and HTTP/1.1 in a header.
            assert_eq!(authority.is_some(), upstream_http2, "{way}");
            assert_eq!(authority.or(line), Some(host), "{way}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_is_an_upstream_too() {
    let upstream = Upstream::setting(&["session=1", "_ga=1"]).await;
    let inner = Gateway::to(&upstream.url);
    for http2 in [false, true] {
        let config = format!("[[upstream]]\nto = '{}'\nhttp2 = {http2}", inner.url);
        let outer = Gateway::configured(&config);
        let request = Request::get(&outer.url).header("host", "shop.example");
        let answer = send(&client(false, None), request).await;
        assert_eq!((answer.set_cookies(), &*answer.text), (vec!["session=1"], "a page"));
        assert_eq!(upstream.last().headers()["host"], "shop.example");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn visitors_connect_over_tls() {
    let upstream = Upstream::setting(&["session=1; Secure", "_ga=1"]).await;
    let folder = Folder::new();
    certify(&folder);
    let config = format!(
        "tls = {{ certificate = 'cert.pem', key = 'key.pem' }}\n[[upstream]]\nto = '{}'",
        upstream.url
    );
    let gateway = Gateway::in_folder(folder, &config, &[]);
    assert!(gateway.url.starts_with("https://"));
    let url = format!("https://localhost:{}", gateway.address().port());
    for http2 in [false, true] {
        let client = client(http2, Some(&gateway.folder.path("cert.pem")));
        let answer = send(&client, Request::get(&url)).await;
        assert_eq!(answer.set_cookies(), ["session=1; Secure"]);
        assert_eq!(answer.version == Version::HTTP_2, http2);
        assert_eq!(upstream.last().headers()["x-forwarded-proto"], "https");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_certificate_is_shown_when_it_is_there_with_its_key() {
    let upstream = Upstream::setting(&[]).await;
    let folder = Folder::new();
    certify(&folder);
    let config = format!(
        "tls = {{ certificate = 'cert.pem', key = 'key.pem' }}\n[[upstream]]\nto = '{}'",
        upstream.url
    );
    let gateway = Gateway::in_folder(folder, &config, &[]);
    let url = format!("https://localhost:{}", gateway.address().port());
    let shown = async |certificate: &str| {
        let client = client(false, Some(&gateway.folder.path(certificate)));
        client.get(url.parse().unwrap()).await.is_ok()
    };
    let old = gateway.folder.read("cert.pem").unwrap();
    gateway.folder.write("old.pem", &old);
    let new = Folder::new();
    certify(&new);
    gateway.folder.write("cert.pem", &new.read("cert.pem").unwrap());
    gateway.signal("HUP");
    gateway.logs("nothing was read anew");
    assert!(shown("old.pem").await && !shown("cert.pem").await, "the key is the old one");
    gateway.folder.write("key.pem", &new.read("key.pem").unwrap());
    gateway.signal("HUP");
    gateway.logs("were read anew");
    assert!(shown("cert.pem").await && !shown("old.pem").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_without_a_body_keep_what_they_say_of_one() {
    let upstream = Upstream::start(|request| async move {
        let mut response = Response::new(full(""));
        let status = request.uri().path().trim_start_matches('/').parse().unwrap();
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        if *request.method() == Method::HEAD {
            response.headers_mut().insert("content-length", 1234.into());
        }
        response.headers_mut().insert("etag", HeaderValue::from_static("\"one\""));
        response
    })
    .await;
    let gateway = Gateway::to(&upstream.url);
    for http2 in [false, true] {
        for (method, status, length) in
            [(Method::HEAD, 200, Some("1234")), (Method::GET, 204, None), (Method::GET, 304, None)]
        {
            let request = Request::builder().method(&method);
            let request = request.uri(format!("{}/{status}", gateway.url));
            let answer = send(&client(http2, None), request).await;
            assert_eq!((answer.status.as_u16(), &*answer.text), (status, ""));
            let stated =
                answer.headers.get("content-length").map(|length| length.to_str().unwrap());
            assert_eq!(stated, length, "{method} {status} {http2}");
            assert_eq!(answer.headers["etag"], "\"one\"");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn upstreams_are_reached_over_tls_if_they_are_who_they_should_be() {
    let folder = Folder::new();
    certify(&folder);
    for (protocols, version) in
        [(&["h2", "http/1.1"] as &[_], Version::HTTP_2), (&["http/1.1"], Version::HTTP_11)]
    {
        let answer = |_| async { page("secret", &["_ga=1"]) };
        let upstream = Upstream::over(Some(acceptor(&folder, protocols)), answer).await;
        let trusted = folder.path("cert.pem");
        let config =
            |ca: &Path| format!("[[upstream]]\nto = '{}'\nca = '{}'", upstream.url, ca.display());
        let gateway = Gateway::configured(&config(&trusted));
        let answer = get(&gateway.url).await;
        assert_eq!((&*answer.text, answer.set_cookies().len()), ("secret", 0));
        assert_eq!(upstream.last().version(), version);

        let others = Folder::new();
        certify(&others);
        let gateway = Gateway::configured(&config(&others.path("cert.pem")));
        assert_eq!(get(&gateway.url).await.status, 502);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn http1_0_is_answered_without_chunks() {
    let upstream = Upstream::setting(&["session=1", "_ga=1"]).await;
    let gateway = Gateway::to(&upstream.url);
    for head in ["GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.0\r\nHost: a.example\r\n\r\n"] {
        let answer = exchange(gateway.address(), head.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.0 200 OK\r\n"), "{answer}");
        assert!(
            answer.contains("set-cookie: session=1\r\n") && !answer.contains("_ga"),
            "{answer}"
        );
        assert!(answer.ends_with("\r\n\r\na page") && !answer.contains("chunked"), "{answer}");
    }
}
