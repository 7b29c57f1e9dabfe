//! The gateway raises the limit of open files, since each connection is one.

use std::fs;

use super::support::REGISTRY;
use super::support::client::get;
use super::support::running::{Gateway, configuration};
use super::support::upstream::Upstream;
use test_support::folder::Folder;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_gateway_opens_as_many_files_as_it_may() {
    let upstream = Upstream::setting(&[]).await;
    let folder = Folder::new();
    folder.write("cookies.toml", REGISTRY);
    let config = format!("[[upstream]]\nto = '{}'", upstream.url);
    let config = folder.write("gateway.toml", &configuration(&config));
    let gateway =
        Gateway::after("ulimit -Sn 64 && ulimit -Hn 1000", folder, &["--config", &config]);
    assert_eq!(get(&gateway.url).await.status, 200);
    let limits = fs::read_to_string(format!("/proc/{}/limits", gateway.id())).unwrap();
    let line = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
    let numbers: Vec<_> = line.split_whitespace().skip(3).take(2).collect();
    assert_eq!(numbers, ["1000", "1000"], "{limits}");
}
