//! A fault of the configuration is told with its line, and the gateway does not start.

use super::support::REGISTRY;
use super::support::client::get;
use super::support::running::{Gateway, configuration, refusal};
use super::support::upstream::Upstream;
use test_support::folder::Folder;

#[test]
fn a_mistake_is_told_with_its_line() {
    let upstream = "[[upstream]]\nto = 'http://127.0.0.1:1'\n";
    for (config, line, what) in [
        // Three lines come before each of these.
        ("lisen = '127.0.0.1:1'", 4, "unknown field `lisen`"),
        ("limits = { head-second = 1 }", 4, "unknown field `head-second`"),
        ("limits = { head-seconds = 0 }", 4, "nonzero"),
        ("\nlimits = { idle-seconds = 60 }", 5, "answer-seconds"),
        ("[[upstream]]\nto = '127.0.0.1:8080'", 5, "http://127.0.0.1:8080"),
        ("[[upstream]]\nto = 'http://a.example'\nhots = 'a'", 6, "unknown field `hots`"),
        ("[[upstream]]\nto = 'http://a.example'\npath = 'api'", 6, "starts with a slash"),
        ("trusted-proxies = ['10.0.0.0/99']", 4, "invalid"),
        ("trusted-proxies = ['proxy.example']", 4, "write an address"),
        ("admin = '127.0.0.1:1'", 4, "duplicate key"),
        ("tls = { certificate = 'a.pem' }", 4, "missing field `key`"),
        (
            "[[upstream]]\nto = 'http://a.example'\n\n[[upstream]]\nto = 'http://b.example'",
            7,
            "every host/ goes to http://a.example already",
        ),
    ] {
        let folder = Folder::new();
        folder.write("cookies.toml", REGISTRY);
        let text = if config.contains("[[upstream]]") {
            config.to_owned()
        } else {
            format!("{config}\n{upstream}")
        };
        let path = folder.write("gateway.toml", &configuration(&text));
        let said = refusal(&folder, &["--config", &path]);
        assert!(said.starts_with("gateway: ") && said.contains("gateway.toml"), "{said}");
        assert!(said.contains(&format!("line {line}")), "{config}: {said}");
        assert!(said.contains(what), "{config}: {said}");
    }
}

#[test]
fn what_is_missing_is_told() {
    let folder = Folder::new();
    let registry = folder.write("cookies.toml", REGISTRY);
    let wrong = folder.write("wrong.toml", "version = '1'\n[categories.a]\nbasis = 'maybe'\n");
    let to = ["--to", "http://127.0.0.1:1"];
    for (arguments, what) in [
        (vec![], "an upstream"),
        (to.to_vec(), "a registry"),
        (vec![&*registry], "an upstream"),
        ([&["none.toml"], &to[..]].concat(), "Write this file first"),
        ([&[&*wrong], &to[..]].concat(), "line 3"),
        ([&[&*registry, "--draft", &*registry], &to[..]].concat(), "another file for the draft"),
        (vec!["--to", "127.0.0.1:1"], "http://127.0.0.1:8080"),
    ] {
        let said = refusal(&folder, &arguments);
        assert!(said.contains(what), "{arguments:?}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_alone_will_do() {
    let upstream = Upstream::setting(&["session=1", "_ga=1"]).await;
    let folder = Folder::new();
    let registry = folder.write("cookies.toml", REGISTRY);
    let addresses = ["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"];
    let arguments = [&[&*registry, "--to", &upstream.url], &addresses[..]].concat();
    let gateway = Gateway::start(folder, &arguments);
    assert_eq!(get(&gateway.url).await.set_cookies(), ["session=1"]);
}
