//! The lines of the access log, with the request, the answer, and the verdicts on the cookies.

use http::Request;

use super::support::client::{client, send};
use super::support::running::Gateway;
use super::support::upstream::Upstream;
use test_support::folder::Folder;
use test_support::waiting::until;

const LINES: [&str; 2] = ["session=SECRET", "_ga=SECRET; Max-Age=60"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_says_all_but_values_and_queries() {
    let upstream = Upstream::setting(&LINES).await;
    let gateway = Gateway::to(&upstream.url);
    let request = Request::get(format!("{}/login?token=SECRET", gateway.url))
        .header("host", "a.example")
        .header("cookie", "session=SECRET");
    send(&client(false, None), request).await;
    let line = &gateway.accesses(1)[0];
    assert!(!line.to_string().contains("SECRET"), "{line}");
    for (key, want) in [
        ("client", "127.0.0.1".into()),
        ("scheme", "http".into()),
        ("method", "GET".into()),
        ("host", "a.example".into()),
        ("path", "/login".into()),
        ("protocol", "HTTP/1.1".into()),
        ("status", 200.into()),
        ("bytes", 6.into()),
        ("upstream", serde_json::Value::from(&*upstream.url)),
        (
            "cookies",
            serde_json::json!([{
                "name": "_ga", "category": "analytics", "verdict": "strip", "reason": "undecided",
            }]),
        ),
    ] {
        assert_eq!(line[key], want, "{key}");
    }
    assert!(line["time"].as_f64().unwrap() > 1.7e9 && line["seconds"].as_f64().unwrap() < 60.0);
    assert!(!gateway.log().contains("SECRET"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_opened_anew_when_it_was_moved_away() {
    let upstream = Upstream::setting(&LINES).await;
    let config = format!("access-log = 'access.log'\n[[upstream]]\nto = '{}'", upstream.url);
    let gateway = Gateway::in_folder(Folder::new(), &config, &[]);
    let folder = &gateway.folder;
    let wait = |name: &'static str, path: &'static str| {
        let has = || folder.read(name).is_some_and(|text| text.contains(path));
        until(has, || format!("{path} in {name}"));
    };
    let get = async |path| {
        send(&client(false, None), Request::get(format!("{}{path}", gateway.url))).await
    };
    get("/one").await;
    wait("access.log", "/one");
    std::fs::rename(folder.path("access.log"), folder.path("old.log")).unwrap();
    get("/two").await;
    wait("old.log", "/two");
    gateway.signal("HUP");
    until(|| folder.read("access.log").is_some(), || "the new file".to_owned());
    get("/three").await;
    wait("access.log", "/three");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_log_is_kept_where_none_is_wanted() {
    let upstream = Upstream::setting(&LINES).await;
    let config = format!("access-log = 'off'\n[[upstream]]\nto = '{}'", upstream.url);
    let mut gateway = Gateway::configured(&config);
    send(&client(false, None), Request::get(&gateway.url)).await;
    gateway.signal("TERM");
    assert!(gateway.ends().success());
    assert!(gateway.access().is_empty());
}
