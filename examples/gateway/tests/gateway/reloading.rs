//! Registry and configuration are read anew while visitors come.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use http::Request;

use super::support::REGISTRY;
use super::support::client::{client, get, send};
use super::support::running::{Gateway, configuration};
use super::support::upstream::{Upstream, page};
use test_support::folder::Folder;

const READ: &str = "registry and configuration were read anew";
const REFUSED: &str = "nothing was read anew, and all stays: ";

/// The registry with analytics that need no consent.
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
