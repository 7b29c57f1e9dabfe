//! The headers that the gateway adds and removes.

use http::{Method, Request, Response};
use test_support::port::free_port;

use super::support::client::{client, get, send};
use super::support::running::Gateway;
use super::support::upstream::{Upstream, full};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upstream_learns_who_asks_and_of_no_connection() {
    let upstream = Upstream::setting(&[]).await;
    let gateway = Gateway::to(&upstream.url);
    let request = Request::get(format!("{}/a%2Fb/../c?d", gateway.url))
        .header("host", "Shop.example")
        .header("connection", "close, x-private")
        .header("x-private", "1")
        .header("keep-alive", "timeout=5")
        .header("proxy", "http://attacker.example")
        .header("x-forwarded-for", "192.0.2.7")
        .header("x-real-ip", "192.0.2.7")
        .header("forwarded", "for=192.0.2.7");
    send(&client(false, None), request).await;
    let seen = upstream.last();
    assert_eq!(seen.uri(), "/a%2Fb/../c?d");
    let mut lines: Vec<_> = seen
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .filter(|line| !line.starts_with("via: 1.1 gateway-"))
        .collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "forwarded: for=127.0.0.1;host=\"Shop.example\";proto=http",
            "host: Shop.example",
            "x-forwarded-for: 127.0.0.1",
            "x-forwarded-host: Shop.example",
            "x-forwarded-proto: http",
        ]
    );
    assert_eq!(seen.headers().get_all("via").iter().count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trusted_proxy_is_believed() {
    let upstream = Upstream::setting(&[]).await;
    let config =
        format!("trusted-proxies = ['127.0.0.0/8']\n[[upstream]]\nto = '{}'", upstream.url);
    let gateway = Gateway::configured(&config);
    let request = Request::get(&gateway.url)
        .header("x-forwarded-for", "192.0.2.7")
        .header("x-forwarded-proto", "https");
    send(&client(false, None), request).await;
    let seen = upstream.last();
    assert_eq!(seen.headers()["x-forwarded-for"], "192.0.2.7, 127.0.0.1");
    assert_eq!(seen.headers()["x-forwarded-proto"], "https");
    assert_eq!(gateway.accesses(1)[0]["client"], "192.0.2.7");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_learns_of_no_connection_to_the_upstream() {
    let upstream = Upstream::start(|_| async {
        Response::builder()
            .header("connection", "x-private")
            .header("x-private", "1")
            .header("keep-alive", "timeout=5")
            .header("via", "1.1 inner")
            .header("server", "site")
            .body(full("x"))
            .unwrap()
    })
    .await;
    let gateway = Gateway::to(&upstream.url);
    let answer = get(&gateway.url).await;
    for name in ["connection", "keep-alive", "x-private"] {
        assert!(!answer.headers.contains_key(name), "{:?}", answer.headers);
    }
    assert!(answer.headers["via"].to_str().unwrap().starts_with("1.1 inner, 1.1 gateway-"));
    assert_eq!(answer.headers["server"], "site");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_circle_of_gateways_ends() {
    let address = format!("127.0.0.1:{}", free_port());
    let config = format!("[[upstream]]\nto = 'http://{address}'");
    let folder = test_support::folder::Folder::new();
    let gateway = Gateway::in_folder(folder, &config, &["--listen", &address]);
    assert_eq!(get(&gateway.url).await.status, 508);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rfc9110_7_6_2_options_pass_so_many_proxies_and_no_more() {
    let upstream = Upstream::setting(&[]).await;
    let gateway = Gateway::to(&upstream.url);
    let ask = async |left: &str| {
        let request = Request::builder().method(Method::OPTIONS).uri(&gateway.url);
        send(&client(false, None), request.header("max-forwards", left)).await
    };
    assert_eq!(ask("3").await.text, "a page");
    assert_eq!(upstream.last().headers()["max-forwards"], "2");
    assert_eq!(ask("0").await.text, "200 OK\n");
    assert_eq!(upstream.seen().len(), 1);
}
