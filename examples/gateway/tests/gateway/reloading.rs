//! Registry and configuration are read anew while visitors come.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use http::Request;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::support::REGISTRY;
use super::support::client::{client, get, send};
use super::support::raw::read;
use super::support::running::{Gateway, configuration};
use super::support::upstream::{Upstream, page};
use test_support::folder::Folder;
use test_support::waiting::until;

const READ: &str = "registry and configuration were read anew";
const REFUSED: &str = "nothing was read anew, and all stays: ";

/// Returns the registry with analytics that need no consent.
fn lenient() -> String {
    REGISTRY.replace("\"consent\"", "\"necessary\"")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_file_is_read_by_itself() {
    let upstream = Upstream::setting(&["_ga=1"]).await;
    let gateway = Gateway::to(&upstream.url);
    assert_eq!(get(&gateway.url).await.set_cookies(), [""; 0]);
    gateway.folder.write("cookies.toml", &lenient());
    gateway.logs(READ);
    assert_eq!(get(&gateway.url).await.set_cookies(), ["_ga=1"]);
    assert_eq!(gateway.metric("gateway_reloads_total{result=\"accepted\"}").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_refused_and_the_old_stays() {
    let upstream = Upstream::setting(&["_ga=1", "session=1"]).await;
    let gateway = Gateway::to(&upstream.url);
    for (file, text, what) in [
        ("cookies.toml", REGISTRY.replace("\"consent\"", "\"maybe\""), "line 7"),
        ("gateway.toml", configuration("lisen = 1"), "unknown field `lisen`"),
    ] {
        let good = gateway.folder.read(file).unwrap();
        gateway.folder.write(file, &text);
        gateway.signal("HUP");
        gateway.logs(what);
        assert!(gateway.log().contains(REFUSED), "{}", gateway.log());
        assert_eq!(get(&gateway.url).await.set_cookies(), ["session=1"]);
        gateway.folder.write(file, &good);
    }
    assert_eq!(gateway.metric("gateway_reloads_total{result=\"refused\"}").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_upstream_and_other_limits_hold_from_then_on() {
    let [one, two] = [
        Upstream::start(|_| async { page("one", &[]) }).await,
        Upstream::start(|_| async { page("two", &[]) }).await,
    ];
    let gateway = Gateway::to(&one.url);
    assert_eq!(get(&gateway.url).await.text, "one");
    let config = format!("listen = '127.0.0.1:9'\n[[upstream]]\nto = '{}'", two.url);
    let config = configuration(&config).replacen("listen = '127.0.0.1:0'\n", "", 1);
    gateway.folder.write("gateway.toml", &config);
    gateway.signal("HUP");
    gateway.logs(READ);
    assert_eq!(get(&gateway.url).await.text, "two");
    gateway.logs("hold from the next start");
}

/// Writes another configuration, and waits until it was read; `times` is the number of reloads by then.
fn configure(gateway: &Gateway, config: &str, times: usize) {
    gateway.folder.write("gateway.toml", &configuration(config));
    gateway.signal("HUP");
    let read = || gateway.log().matches(READ).count();
    until(|| read() == times, || format!("{times} reloads: {}", gateway.log()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_access_log_goes_where_the_file_says_now() {
    let upstream = Upstream::setting(&["_ga=1"]).await;
    let to = format!("[[upstream]]\nto = '{}'", upstream.url);
    let gateway = Gateway::configured(&to);
    let ask = async |path: &str| get(&format!("{}{path}", gateway.url)).await;
    ask("/one").await;
    gateway.accesses(1);
    configure(&gateway, &format!("access-log = 'off'\n{to}"), 1);
    ask("/off").await;
    configure(&gateway, &format!("access-log = 'access.log'\n{to}"), 2);
    ask("/two").await;
    let file = || gateway.folder.read("access.log").unwrap_or_default();
    until(|| file().ends_with('\n'), || "a line in the file".to_owned());
    configure(&gateway, &to, 3);
    ask("/three").await;
    // A log that cannot be opened is refused, and all stays as it was.
    let wrong = format!("access-log = 'none/access.log'\nreport-only = true\n{to}");
    gateway.folder.write("gateway.toml", &configuration(&wrong));
    gateway.signal("HUP");
    gateway.logs(REFUSED);
    gateway.logs("none/access.log: ");
    assert_eq!(ask("/four").await.set_cookies(), [""; 0]);

    let lines = gateway.accesses(3);
    let paths: Vec<_> = lines.iter().map(|line| line["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["/one", "/three", "/four"]);
    let line: serde_json::Value = serde_json::from_str(&file()).unwrap();
    assert_eq!(line["path"], "/two");
    for line in lines.iter().chain([&line]) {
        assert_eq!(line["cookies"][0]["name"], "_ga", "{line}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_draft_is_where_the_file_says_now() {
    let upstream = Upstream::setting(&["other=1"]).await;
    let to = format!("[[upstream]]\nto = '{}'", upstream.url);
    let mut gateway = Gateway::configured(&to);
    get(&gateway.url).await;
    configure(&gateway, &format!("draft = 'one.toml'\n{to}"), 1);
    get(&gateway.url).await;
    let has = |name| gateway.folder.read(name).is_some_and(|text| text.contains("other"));
    until(|| has("one.toml"), || "the draft".to_owned());
    configure(&gateway, &format!("draft = 'two.toml'\n{to}"), 2);
    until(|| has("two.toml"), || "the other draft".to_owned());
    configure(&gateway, &to, 3);
    for name in ["one.toml", "two.toml"] {
        gateway.folder.write(name, "");
    }
    get(&gateway.url).await;
    gateway.signal("TERM");
    assert!(gateway.ends().success());
    let texts = ["one.toml", "two.toml"].map(|name| gateway.folder.read(name).unwrap());
    assert_eq!(texts, ["", ""], "no draft is wanted any more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn as_many_visitors_connect_as_the_file_says_now() {
    let upstream = Upstream::setting(&[]).await;
    let config = |count: u32| {
        format!("limits = {{ connections = {count} }}\n[[upstream]]\nto = '{}'", upstream.url)
    };
    let gateway = Gateway::configured(&config(1));
    let connect = async || {
        let mut stream = TcpStream::connect(gateway.address()).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").await.unwrap();
        stream
    };
    let answers = async |stream: &mut TcpStream| read(stream).await.starts_with("HTTP/1.1 200");
    let mut one = connect().await;
    assert!(answers(&mut one).await);
    let mut two = connect().await;
    assert!(!answers(&mut two).await);
    configure(&gateway, &config(2), 1);
    assert!(answers(&mut two).await);
    configure(&gateway, &config(1), 2);
    drop(one);
    let mut three = connect().await;
    assert!(!answers(&mut three).await, "two has the only place");
    drop(two);
    assert!(answers(&mut three).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_is_lost_meanwhile() {
    let upstream = Upstream::setting(&["_ga=1", "session=1"]).await;
    let gateway = Arc::new(Gateway::in_folder(
        Folder::new(),
        &format!("access-log = 'off'\n[[upstream]]\nto = '{}'", upstream.url),
        &[],
    ));
    let stop = Arc::new(AtomicBool::new(false));
    let [strict, lenient_count] = [(); 2].map(|()| Arc::new(AtomicU64::new(0)));
    let mut visitors = Vec::new();
    for number in 0..8 {
        let (gateway, stop) = (gateway.clone(), stop.clone());
        let (strict, lenient_count) = (strict.clone(), lenient_count.clone());
        visitors.push(tokio::spawn(async move {
            let client = client(number % 2 == 0, None);
            while !stop.load(Ordering::Relaxed) {
                let answer = send(&client, Request::get(&gateway.url)).await;
                assert_eq!(answer.status, 200);
                match answer.set_cookies()[..] {
                    ["session=1"] => strict.fetch_add(1, Ordering::Relaxed),
                    ["_ga=1", "session=1"] => lenient_count.fetch_add(1, Ordering::Relaxed),
                    ref other => panic!("{other:?}"),
                };
            }
        }));
    }
    for round in 0..20 {
        let text = if round % 2 == 0 { lenient() } else { REGISTRY.to_owned() };
        gateway.folder.write("cookies.toml", &text);
        gateway.signal("HUP");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    stop.store(true, Ordering::Relaxed);
    for visitor in visitors {
        visitor.await.unwrap();
    }
    let counts = [strict, lenient_count].map(|count| count.load(Ordering::Relaxed));
    assert!(counts.iter().all(|count| *count > 50), "{counts:?} answers");
    assert!(gateway.metric("gateway_reloads_total{result=\"accepted\"}").await >= 15);
    assert_eq!(gateway.metric("gateway_reloads_total{result=\"refused\"}").await, 0);
}
