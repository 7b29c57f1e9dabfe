//! Several upstreams, by host and by path.

use http::Request;

use super::support::client::{client, send};
use super::support::running::Gateway;
use super::support::upstream::{Upstream, page};
use test_support::folder::Folder;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_goes_to_the_upstream_of_its_host_and_path() {
    let mut urls = Vec::new();
    for name in ["site", "api", "shop", "rest"] {
        let upstream = Upstream::start(move |_| async move { page(name, &["_ga=1"]) }).await;
        urls.push(upstream.url);
    }
    let config = format!(
        "[[upstream]]\nto = '{}'\nhost = 'a.example'\n\
         [[upstream]]\nto = '{}'\nhost = 'a.example'\npath = '/api'\n\
         [[upstream]]\nto = '{}'\nhost = 'shop.example'\n",
        urls[0], urls[1], urls[2]
    );
    let ask = async |gateway: &Gateway, host: &str, path: &str| {
        let request = Request::get(format!("{}{path}", gateway.url)).header("host", host);
        let answer = send(&client(false, None), request).await;
        assert_eq!(answer.set_cookies().len(), 0);
        (answer.status.as_u16(), answer.text)
    };
    let gateway = Gateway::configured(&config);
    for (host, path, want) in [
        ("a.example", "/", "site"),
        ("A.example:8080", "/apis", "site"),
        ("a.example", "/api", "api"),
        ("a.example", "/api/x?y", "api"),
        ("shop.example", "/api", "shop"),
    ] {
        assert_eq!(ask(&gateway, host, path).await, (200, want.to_owned()), "{host}{path}");
    }
    assert_eq!(ask(&gateway, "other.example", "/").await.0, 404);

    let gateway = Gateway::in_folder(Folder::new(), &config, &["--to", &urls[3]]);
    assert_eq!(ask(&gateway, "other.example", "/").await.1, "rest");
    assert_eq!(ask(&gateway, "shop.example", "/").await.1, "shop");
}
